"""The front door."""

from __future__ import annotations

from django.urls import path

from smconsole import home, views_channels, views_handover, views_people, views_record

urlpatterns = [
    path("", home.today, name="home"),
    path("find/", home.find, name="find"),
    path("record/", views_record.start, name="record"),
    path("record/key/", views_record.key, name="record_key"),
    path("record/posts/<int:pk>/", views_record.of_post, name="record_of_post"),
    path("record/posts/<int:pk>/export/", views_record.export_post, name="export_post"),
    path("record/channels/<int:pk>/", views_record.of_channel, name="record_of_channel"),
    path("record/channels/<int:pk>/export/", views_record.export_channel, name="export_channel"),
    path("people/", views_handover.everybody, name="people"),
    path("people/urgent/", views_people.urgent_list, name="urgent_list"),
    path("people/urgent/<int:pk>/", views_people.urgent, name="urgent"),
    path("people/urgent/<int:pk>/confirm/", views_people.confirm_urgent, name="confirm_urgent"),
    path("people/urgent/<int:pk>/review/", views_people.review_urgent, name="review_urgent"),
    path("people/unowned/", views_people.unowned, name="unowned"),
    path("people/appointments/<int:pk>/end/", views_people.end_appointment, name="end_appointment"),
    path("people/<int:pk>/", views_people.appointments, name="appointments"),
    path("people/<int:pk>/appoint/", views_people.appoint, name="appoint"),
    path("people/<int:pk>/appoint-urgently/", views_people.appoint_urgently, name="appoint_urgently"),
    path("people/handovers/<int:pk>/call-off/", views_handover.call_off_handover, name="call_off_handover"),
    path("people/<int:pk>/hand-over/", views_handover.hand_over, name="hand_over"),
    path("channels/<int:pk>/application/", views_channels.application, name="application"),
    path("channels/<int:pk>/compromised/", views_channels.compromised, name="compromised"),
    path("channels/<int:pk>/application/sign/<str:seat>/", views_channels.sign_gate, name="sign_gate"),
    path("channels/<int:pk>/application/return/<str:seat>/", views_channels.return_gate, name="return_gate"),
    path("channels/<int:pk>/application/refuse/", views_channels.refuse_application, name="refuse_application"),
    path(
        "channels/<int:pk>/application/take-back/", views_channels.take_back_application, name="take_back_application"
    ),
]
