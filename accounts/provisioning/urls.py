"""Addresses of the life of a channel; part of the room's own."""

from __future__ import annotations

from django.urls import path

from accounts.provisioning import views, views_life, views_public

urlpatterns = [
    path("channels/board/", views.board_page, name="board"),
    path("channels/<int:pk>/application/change/", views.amend, name="amend_application"),
    path("channels/<int:pk>/profile/", views.check_profile, name="check_profile"),
    path("channels/<int:pk>/life/", views_life.life_page, name="life"),
    path("channels/<int:pk>/life/<str:move>/", views_life.move_life, name="move_life"),
    path("channels/register/", views_public.official, name="official"),
    path("channels/register/<str:form>/", views_public.official_file, name="official_file"),
    path("channels/impersonations/", views_public.impersonations, name="impersonations"),
    path("channels/impersonations/report/", views_public.report_impersonation, name="report_impersonation"),
    path("channels/impersonations/<int:pk>/", views_public.one_impersonation, name="impersonation"),
    path("channels/impersonations/<int:pk>/step/", views_public.impersonation_step, name="impersonation_step"),
    path("channels/impersonations/<int:pk>/close/", views_public.close_impersonation, name="close_impersonation"),
    path("channels/impersonations/<int:pk>/picture/", views_public.impersonation_picture, name="impersonation_picture"),
]
