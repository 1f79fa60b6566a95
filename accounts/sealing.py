"""The chain over the audit: each seal signs its entry together with the seal before it.

Writers never wait for each other: they insert entries, and one sealer chains them later. The place in the chain is not
the entry's id. A slow transaction may commit a low id after higher ones were sealed; it takes the next free place.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, AuditSeal

START = "0" * 64
BATCH = 1000
# Entries this many places behind the head may still turn up late in the usual round. Later ones wait for the hour.
REACH = 5000


@dataclass(frozen=True)
class Break:
    """The first place where the chain does not hold. entry: the audit entry's id."""

    entry: int
    why: str


@dataclass(frozen=True)
class Proof:
    """What the chain says. head: the last digest; write it down elsewhere, and a cut-off end is noticed too."""

    entries: int
    sealed: int
    head: str
    first_broken: Break | None

    @property
    def ok(self) -> bool:
        return self.first_broken is None

    @property
    def unsealed(self) -> int:
        return self.entries - self.sealed


def canonical(entry: AuditEntry) -> str:
    """The one way to write an entry down: sorted keys, no spaces, UTC to the microsecond."""
    facts = {
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by_id,
        "action": entry.action,
        "subject": entry.subject,
        "facts": entry.facts,
    }
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(previous: str, entry: AuditEntry) -> str:
    """HMAC-SHA-256, keyed by AUDIT_KEY, over the previous digest and the canonical entry; hexadecimal."""
    words = previous + canonical(entry)
    return hmac.new(settings.AUDIT_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def seal(*, now: datetime) -> int:
    """Chain every entry that has no seal. Returns how many; 0 also when another sealer was first.

    Looking through the whole table costs half a second at a million rows, so that happens in the first minute of an
    hour only; in between the sealer looks around the head.
    """
    sealed = 0
    while waiting := _waiting(everywhere=now.minute == 0):
        if not _append(waiting):
            break
        sealed += len(waiting)
    return sealed


def _waiting(*, everywhere: bool) -> list[AuditEntry]:
    floor = 0
    if not everywhere:
        recent = AuditSeal.objects.order_by("-position").values_list("entry_id", flat=True)[:REACH]
        floor = min(recent, default=0) if len(recent) == REACH else 0
    return list(AuditEntry.objects.filter(seal=None, pk__gt=floor).order_by("pk")[:BATCH])


def _append(entries: list[AuditEntry]) -> bool:
    """One sealer wins: a place in the chain and an entry's seal are unique, and the loser writes nothing."""
    try:
        with transaction.atomic():
            last = AuditSeal.objects.order_by("-position").first()
            AuditSeal.objects.bulk_create(_links(last, entries))
    except IntegrityError:
        return False
    return True


def _links(last: AuditSeal | None, entries: list[AuditEntry]) -> Iterator[AuditSeal]:
    position, previous = (last.position, last.digest) if last else (0, START)
    for entry in entries:
        position += 1
        made = digest(previous, entry)
        yield AuditSeal(position=position, entry=entry, previous=previous, digest=made)
        previous = made


def prove(*, expected_head: str = "") -> Proof:
    """Walk the chain from its start. expected_head: a digest written down earlier that must still be in it."""
    head, count, found = START, 0, not expected_head
    for seal_, entry in _walk():
        count += 1
        if why := _fault(count, head, seal_, entry):
            return Proof(AuditEntry.objects.count(), AuditSeal.objects.count(), head, Break(seal_.entry_id, why))
        head = seal_.digest
        found = found or head == expected_head
    cut = None if found else Break(0, "The head that was written down is no longer in the chain: its end was cut off.")
    return Proof(AuditEntry.objects.count(), count, head, cut)


def _walk() -> Iterator[tuple[AuditSeal, AuditEntry | None]]:
    """Seals in order with their entries, a batch at a time. An entry that is gone is None, not a missing line."""
    after = -1
    while seals := list(AuditSeal.objects.filter(position__gt=after).order_by("position")[:BATCH]):
        entries = AuditEntry.objects.in_bulk([seal_.entry_id for seal_ in seals])
        yield from ((seal_, entries.get(seal_.entry_id)) for seal_ in seals)
        after = seals[-1].position


def _fault(expected: int, head: str, seal_: AuditSeal, entry: AuditEntry | None) -> str:
    if seal_.position != expected:
        return f"The chain has no seal number {expected}: at least one before this entry was taken out."
    if seal_.previous != head:
        return "The seal does not follow from the one before it."
    if entry is None:
        return "The entry is gone; only its seal is left."
    if not hmac.compare_digest(seal_.digest, digest(head, entry)):
        return "The entry is not what was sealed, or it was sealed with another key."
    return ""
