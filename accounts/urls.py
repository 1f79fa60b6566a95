from __future__ import annotations

from django.urls import path

from accounts import views, views_notices

app_name = "accounts"

urlpatterns = [
    path("channels/", views.channels, name="channels"),
    path("channels/open/", views.open_channel, name="open_channel"),
    path("channels/connected/", views.connected, name="connected"),
    path("channels/leave/<int:pk>/", views.leave, name="leave"),
    path("channels/choose/<int:pk>/", views.choose, name="choose"),
    path("channels/<int:pk>/", views.channel, name="channel"),
    path("channels/<int:pk>/connect/", views.connect, name="connect"),
    path("channels/<int:pk>/check/", views.check, name="check"),
    path("notices/", views_notices.notice_list, name="notices"),
    path("notices/bell/", views_notices.bell, name="bell"),
    path("notices/read/", views_notices.read_all, name="read_notices"),
    path("notices/<int:pk>/acknowledge/", views_notices.acknowledge, name="acknowledge"),
]
