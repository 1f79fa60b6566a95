"""Where networks tell us something by themselves. Public: whoever knocks proves by a signature who it is."""

from __future__ import annotations

from django.urls import path

from publishing import views_hooks

urlpatterns = [path("facebook/", views_hooks.facebook, name="facebook_hook")]
