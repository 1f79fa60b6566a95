"""Addresses of the life of a channel; part of the room's own."""

from __future__ import annotations

from django.urls import path

from accounts.provisioning import views

urlpatterns = [
    path("channels/board/", views.board_page, name="board"),
    path("channels/<int:pk>/application/change/", views.amend, name="amend_application"),
    path("channels/<int:pk>/profile/", views.check_profile, name="check_profile"),
]
