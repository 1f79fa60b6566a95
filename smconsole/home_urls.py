"""The front door."""

from __future__ import annotations

from django.urls import path

from smconsole import home

urlpatterns = [
    path("", home.today, name="home"),
    path("find/", home.find, name="find"),
]
