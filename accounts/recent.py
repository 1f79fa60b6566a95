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
    records = get_authentication_records(request, request.user)
    at = max((record["at"] for record in records), default=0.0)
    return bool(now.timestamp() - at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def prove(browser: Any, user: User) -> None:
    """As if this person had signed in just now with their password. For a `Client` of Django's, in proofs and tests."""
    request = HttpRequest()
    request.session = browser.session
    record_authentication(request, user, method="password")
    request.session.save()
