from __future__ import annotations

from django.urls import path

from posts.views import compose, reading

app_name = "posts"

urlpatterns = [
    path("", reading.index, name="index"),
    path("new/", compose.new, name="new"),
    path("<int:pk>/", reading.post, name="post"),
    path("<int:pk>/write/", compose.compose, name="compose"),
    path("<int:pk>/save/", compose.save, name="save"),
    path("<int:pk>/copy/", compose.copy, name="copy"),
    path("<int:pk>/compare/", reading.compare, name="compare"),
    path("<int:pk>/priority/", compose.belong, name="belong"),
    path("pictures/<int:pk>/", reading.picture, name="picture"),
]
