"""At every request: who must have a second factor comes to it first, and when somebody was last seen."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts import recent, second_factor, sessions

KEPT = "second_factor_kept"  # in the session: has one, so it need not be asked at every request
# What leads to a second factor, out of the console, or says how the console is.
_OPEN = (
    "mfa_index mfa_activate_totp mfa_add_webauthn mfa_reauthenticate mfa_reauthenticate_webauthn "
    "mfa_view_recovery_codes mfa_download_recovery_codes account_reauthenticate account_logout account_login "
    "account_change_password healthz readyz metrics publishing:feed facebook_hook"
)
OPEN = frozenset(_OPEN.split())


SEEN = "seen"  # in the session: seconds since 1970


class LastSeen:
    """Notes once in five minutes that a session was used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = timezone.now()
            last = request.session.get(SEEN) or recent.proved_at(request)
            if now.timestamp() - last > sessions.TOUCH_AFTER.total_seconds():
                request.session[SEEN] = now.timestamp()
                sessions.touch(request.session.session_key or "", now=now)
        return self.get_response(request)


class SecondFactorFirst:
    """Costs one query a request until a second factor is there, none afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        if not second_factor.is_required() or not request.user.is_authenticated or request.session.get(KEPT):
            return None
        if second_factor.has_one(request.user):
            request.session[KEPT] = True
            return None
        match = request.resolver_match
        if match is None or match.view_name in OPEN:
            return None
        if second_factor.must_have_one(request.user, now=timezone.now()):
            return redirect("mfa_index")
        return None
