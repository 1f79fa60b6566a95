"""Sign-in is for staff who were given a login; nobody signs themselves up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffOnly(DefaultAccountAdapter):
    # The same words whether the name or the password is wrong: nobody learns who has a login.
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "The user name or the password is not right. Check both and try again.",
        "too_many_login_attempts": "Too many tries for this user name. Wait five minutes and try again.",
        "enter_current_password": "That is not your password now. Try again.",
        "rate_limited": "That was very often in a short time. Wait a minute and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
