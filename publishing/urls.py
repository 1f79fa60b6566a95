from __future__ import annotations

from django.urls import path

from publishing import views

app_name = "publishing"

urlpatterns = [
    path("posts/<int:pk>/story/", views.post_story, name="story"),
    path("posts/<int:pk>/recall/", views.recall, name="recall"),
    path("deliveries/<int:pk>/decide/", views.decide, name="decide"),
]
