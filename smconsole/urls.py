"""Every address of the console. Everything is private unless its view says otherwise."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("smconsole.health_urls")),
    path("", include("smconsole.home_urls")),
    path("sign-in/", include("accounts.sign_in_urls")),
    path("", include("accounts.urls")),
    path("posts/", include("posts.urls")),
    path("", include("policy.urls")),
    path("publishing/", include("publishing.urls")),
    path("hooks/", include("publishing.hook_urls")),
    path("numbers/", include("engagement.urls")),
]
