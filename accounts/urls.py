from __future__ import annotations

from django.urls import path

from accounts import views, views_notices, views_priorities

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
    path("wards/<str:code>/priorities/new/", views_priorities.new_priority, name="new_priority"),
    path("priorities/<int:pk>/", views_priorities.priority, name="priority"),
    path("priorities/<int:pk>/mend/", views_priorities.mend_priority, name="mend_priority"),
    path("priorities/<int:pk>/steps/", views_priorities.add_step, name="add_step"),
    path("priorities/<int:pk>/close/", views_priorities.close_priority, name="close_priority"),
    path("priorities/<int:pk>/reopen/", views_priorities.reopen_priority, name="reopen_priority"),
    path("priorities/steps/<int:pk>/strike/", views_priorities.strike_step, name="strike_step"),
    path("notices/", views_notices.notice_list, name="notices"),
    path("notices/bell/", views_notices.bell, name="bell"),
    path("notices/read/", views_notices.read_all, name="read_notices"),
    path("notices/<int:pk>/acknowledge/", views_notices.acknowledge, name="acknowledge"),
]
