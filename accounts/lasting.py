"""Which of two logins is the better one: what it may, and how long it lasts. Pure."""

from __future__ import annotations

from datetime import datetime

from accounts.models.people import LONDON
from platforms.base import Credentials


def worse(standing: Credentials, new: Credentials, *, now: datetime) -> str:
    """Why `new` is worse than the one that works now, in words; empty when it is not.

    Permissions are compared where both tell theirs; a login that the console renews by itself does not end.
    """
    lost = sorted(set(standing.scopes) - set(new.scopes)) if new.scopes else []
    if lost and standing.kind == new.kind:
        return f"The login that works now may also: {', '.join(lost)}. Connect again and allow everything."
    stands, lasts = _ends(standing), _ends(new)
    if lasts is not None and (stands is None or lasts < stands) and not _is_over(stands, now):
        until = "does not end" if stands is None else f"lasts until {_day(stands)}"
        return f"The login that works now {until}, the new one only until {_day(lasts)}."
    return ""


def _ends(login: Credentials) -> datetime | None:
    return None if login.refresh_token else login.expires_at


def _is_over(ends: datetime | None, now: datetime) -> bool:
    return ends is not None and ends <= now


def _day(moment: datetime) -> str:
    local = moment.astimezone(LONDON)
    return f"{local.day} {local:%B %Y}"
