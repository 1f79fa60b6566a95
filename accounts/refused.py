"""Requests that were refused, in the audit: who tried what by hand, and how often; never a word of what they sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts import audit
from accounts.models import AuditEntry, User

REFUSED = "request.refused"
STATUSES = frozenset({403, 404, 409})
# So many of one person's within so long are kept, and the same one once.
MOST, WITHIN = 20, timedelta(minutes=10)
LONGEST = 40  # characters of a key in the address


def keep(
    *, user: User, address: str, method: str, status: int, keys: Mapping[str, object], now: datetime
) -> AuditEntry | None:
    """One line, or None where this person's lately are many already, or the same one is among them.

    address: the name of the URL. keys: the arguments in it, so that the line says which row was asked for. Costs one
    query by the index of the audit's subjects, and the line.
    """
    facts: dict[str, audit.JSON] = {
        "address": address, "method": method, "status": status,
        "keys": {name: str(key)[:LONGEST] for name, key in keys.items() if name != "token"},
    }  # fmt: skip
    mine = AuditEntry.objects.filter(subject=audit.subject_of(user)).order_by("-pk")[:MOST]
    lately = [entry for entry in mine if entry.action == REFUSED and entry.at > now - WITHIN]
    if len(lately) >= MOST or any(entry.facts == facts for entry in lately):
        return None
    return audit.record(user, REFUSED, user, now=now, **facts)
