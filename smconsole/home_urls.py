"""The front door."""

from __future__ import annotations

from django.urls import path

from smconsole import home, views_channels, views_handover

urlpatterns = [
    path("", home.today, name="home"),
    path("find/", home.find, name="find"),
    path("people/", views_handover.everybody, name="people"),
    path("people/<int:pk>/hand-over/", views_handover.hand_over, name="hand_over"),
    path("channels/<int:pk>/application/", views_channels.application, name="application"),
    path("channels/<int:pk>/application/sign/<str:seat>/", views_channels.sign_gate, name="sign_gate"),
    path("channels/<int:pk>/application/return/<str:seat>/", views_channels.return_gate, name="return_gate"),
    path("channels/<int:pk>/application/refuse/", views_channels.refuse_application, name="refuse_application"),
    path(
        "channels/<int:pk>/application/take-back/", views_channels.take_back_application, name="take_back_application"
    ),
]
