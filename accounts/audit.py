"""Who did what to what, and when. The only way in; there is no way to change or remove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from django.db.models import Model

from accounts.models import AuditEntry, User

JSON: TypeAlias = str | int | float | bool | Sequence["JSON"] | Mapping[str, "JSON"] | None


def subject_of(thing: Model) -> str:
    """What an entry calls this row: "room.model:pk"."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def record(by: User | None, action: str, subject: Model, *, now: datetime, **facts: JSON) -> AuditEntry:
    """Keep one entry. Call it inside the transaction of the change itself, so that neither exists without the other.

    by: None is the console itself. action: "post.submitted". facts: never a secret, never a draft's text.
    """
    return AuditEntry.objects.create(by=by, action=action, subject=subject_of(subject), facts=facts, at=now)
