from __future__ import annotations

from django.urls import path

from accounts import (
    views,
    views_mentoring,
    views_notices,
    views_priorities,
    views_trainers,
    views_training,
)
from accounts.provisioning.urls import urlpatterns as of_provisioning

app_name = "accounts"

urlpatterns = [
    *of_provisioning,
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
    path("training/", views_training.training, name="training"),
    path("training/parts/<slug:part>/", views_training.lesson, name="lesson"),
    path("training/test/", views_training.test, name="test"),
    path("training/test/<int:pk>/", views_training.test_result, name="test_result"),
    path("training/test/<int:pk>/answer/", views_training.answer_test, name="answer_test"),
    path("training/workshops/new/", views_trainers.plan_workshop, name="plan_workshop"),
    path("training/workshops/<int:pk>/", views_trainers.workshop, name="workshop"),
    path("training/workshops/<int:pk>/book/", views_training.book, name="book_workshop"),
    path("training/workshops/<int:pk>/leave/", views_training.leave_workshop, name="leave_workshop"),
    path("training/workshops/<int:pk>/attendance/", views_trainers.take_attendance, name="take_attendance"),
    path("training/workshops/<int:pk>/call-off/", views_trainers.call_off, name="call_off_workshop"),
    path("training/people/", views_trainers.trained_people, name="trained_people"),
    path("training/people/<int:pk>/", views_trainers.person_training, name="person_training"),
    path("training/file/", views_trainers.training_file, name="training_file"),
    path("mentoring/", views_mentoring.mentored, name="mentored"),
    path("mentoring/pairs/", views_mentoring.pairs, name="pairs"),
    path("mentoring/authors/<int:pk>/", views_mentoring.coaching, name="coaching"),
    path("mentoring/authors/<int:pk>/pair/", views_mentoring.pair, name="pair"),
    path("mentoring/authors/<int:pk>/check-in/", views_mentoring.check_in, name="check_in"),
    path("mentoring/authors/<int:pk>/note/", views_mentoring.leave_note, name="leave_note"),
    path("mentoring/authors/<int:pk>/shadow/", views_mentoring.keep_shadow, name="keep_shadow"),
    path("notices/", views_notices.notice_list, name="notices"),
    path("notices/bell/", views_notices.bell, name="bell"),
    path("notices/read/", views_notices.read_all, name="read_notices"),
    path("notices/<int:pk>/acknowledge/", views_notices.acknowledge, name="acknowledge"),
]
