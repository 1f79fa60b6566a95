"""Who sits there proved it a short while ago: by signing in, or by their password or second factor once more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import HttpRequest

from accounts.models import User


def is_recent(request: HttpRequest, *, now: datetime) -> bool:
    """Within `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds, in this session. A sign-in counts: it asked the same."""
    return bool(now.timestamp() - proved_at(request) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def proved_at(request: HttpRequest) -> float:
    """When, in seconds since 1970; 0 for never."""
    records = get_authentication_records(request, request.user)
    return max((float(record["at"]) for record in records), default=0.0)


def prove(browser: Any, user: User) -> None:
    """As if this person had signed in just now with their password. For a `Client` of Django's, in proofs and tests."""
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, user, method="password")
    request.session.save()
