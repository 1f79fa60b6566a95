"""Sign-in is for staff who were given a login; nobody signs themselves up."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts import recent

# What stands on the buttons of "Show that it is you", by allauth's name of the way.
WAYS = {
    "reauthenticate": "Use your password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use a passkey",
}


class StaffOnly(DefaultAccountAdapter):
    # The same words whether the name or the password is wrong: nobody learns who has a login.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name or the password is not right. Check both and try again.",
        "too_many_login_attempts": "Too many tries for this user name. Wait five minutes and try again.",
        "enter_current_password": "That is not your password now. Try again.",
        "incorrect_password": "That is not your password. Try again.",
        "rate_limited": "That was very often in a short time. Wait a minute and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not recent.is_recent(self.request, now=timezone.now())

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": WAYS.get(way["id"], way["description"])} for way in ways]

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, "This login has been closed. Ask your DMC administrator.")
        return redirect("account_login")
