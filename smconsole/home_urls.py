"""The front door."""

from __future__ import annotations

from django.urls import path

from smconsole import home, views_handover

urlpatterns = [
    path("", home.today, name="home"),
    path("find/", home.find, name="find"),
    path("people/", views_handover.everybody, name="people"),
    path("people/<int:pk>/hand-over/", views_handover.hand_over, name="hand_over"),
]
