"""An incident as people read it: how far it is, what was there, what stands still, how it went. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.audit import subject_of
from accounts.models import AuditEntry
from publishing.models import Delivery, Freeze, Incident, Removal

State = Delivery.State
_TITLES = {
    "incident.opened": ("Taking it down began", "wrong"),
    "removal.evidence": ("What was there is kept", ""),
    "delivery.taking_down": ("Being taken down", ""),
    "delivery.taken_down": ("Taken down", "good"),
    "delivery.cancelled": ("What still waited was cancelled", ""),
    "incident.channel_lifted": ("A channel may speak again", "good"),
    "incident.closed": ("Closed", "good"),
}


@dataclass(frozen=True)
class Chapter:
    """One item of `_timeline.html`."""

    title: str
    by: str
    at: datetime
    words: str
    tone: str


@dataclass(frozen=True)
class Sheet:
    """removals: what is or was public. doubtful: what may still turn out to be. left: how many are still there."""

    removals: list[Removal]
    doubtful: list[Delivery]
    freezes: list[Freeze]
    chapters: list[Chapter]

    @property
    def left(self) -> int:
        return len(self.doubtful) + sum(row.delivery.state != State.TAKEN_DOWN for row in self.removals)


def sheet(incident: Incident) -> Sheet:
    """Everything about one incident, in five queries."""
    removals = incident.removals.select_related("delivery__channel", "delivery__target", "removed_by")
    doubtful = Delivery.objects.filter(
        target__post=incident.post_id, state__in=[State.SENDING, State.UNCONFIRMED]
    ).select_related("channel")
    rows = list(removals.prefetch_related("attempts"))
    return Sheet(
        removals=rows,
        doubtful=list(doubtful),
        freezes=list(incident.freezes.select_related("channel", "lifted_by")),
        chapters=_chapters(incident, rows),
    )


def _chapters(incident: Incident, removals: list[Removal]) -> list[Chapter]:
    where = {subject_of(row.delivery): row.delivery.channel for row in removals}
    about = Q(subject=subject_of(incident)) | Q(subject__in=where)
    entries = AuditEntry.objects.filter(about, action__in=_TITLES, at__gte=incident.opened_at).select_related("by")
    return [
        Chapter(
            _TITLES[entry.action][0],
            str(entry.by or ""),
            entry.at,
            str(where.get(entry.subject, "")),
            _TITLES[entry.action][1],
        )
        for entry in entries
    ]
