"""Who did what to what, and when. The only way in; there is no way to change or remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

from django.db.models import Model

from accounts.models import AuditEntry, User
from accounts.statements import Insert

JSON: TypeAlias = str | int | float | bool | Sequence["JSON"] | Mapping[str, "JSON"] | None


class Happened(NamedTuple):
    """What `record` would be told."""

    by: User | None
    action: str
    subject: Model
    facts: Mapping[str, JSON]


def subject_of(thing: Model) -> str:
    """What an entry calls this row: "room.model:pk"."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def record(by: User | None, action: str, subject: Model, *, now: datetime, **facts: JSON) -> AuditEntry:
    """Keep one entry. Call it inside the transaction of the change itself, so that neither exists without the other.

    by: None is the console itself. action: "post.submitted". facts: never a secret, never a draft's text.
    """
    return _keep(Happened(by, action, subject, facts), now)


def record_all(things: Iterable[Happened], *, now: datetime) -> None:
    """The same for several things that happened at once, in this order."""
    for one in things:
        _keep(one, now)


def _keep(one: Happened, now: datetime) -> AuditEntry:
    entry = AuditEntry(by=one.by, action=one.action, subject=subject_of(one.subject), facts=one.facts, at=now)
    return _ENTRY.keep(entry)


_ENTRY = Insert(AuditEntry)
