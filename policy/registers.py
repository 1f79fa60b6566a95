"""The registers: what the force knows and the check asks. Lines are added and retired, never changed or deleted."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from accounts import audit
from accounts.errors import Conflict
from accounts.models import Channel, User
from policy.keeping import require_keeper
from policy.models import RegisterEntry
from policy.reading.dates import london_day
from policy.reading.mentions import nearest
from policy.register_kinds import REGISTERS, Register

Kind = RegisterEntry.Kind
REPLACED = "Replaced by a newer line."


@transaction.atomic
def add(
    *, kind: str, value: str, note: str = "", reference: str = "", ends_on: date | None = None, by: User, now: datetime
) -> RegisterEntry:
    """Write one line. A line of the same meaning whose last day has passed is retired in its favour.

    Raises PermissionDenied; ValidationError by field, when it is malformed, incomplete or stands there already.
    """
    require_keeper(by)
    register = REGISTERS[kind]
    value, note, reference = _clean(register, value), note.strip(), reference.strip()
    _require_complete(register, note, reference, ends_on, london_day(now))
    if kind == Kind.PARTNER:
        _refuse_our_own(value)
    key = register.key(value)
    _make_room(register, key, by, now)
    try:
        with transaction.atomic():
            entry = RegisterEntry.objects.create(
                kind=kind, value=value, key=key, note=note, reference=reference, ends_on=ends_on, added_by=by,
                added_at=now,
            )  # fmt: skip
    except IntegrityError as twice:
        raise Conflict(f"{value} was added a moment ago. Nothing was changed: it is there.") from twice
    audit.record(by, "register.added", entry, now=now, kind=kind, ends_on=ends_on.isoformat() if ends_on else None)
    return entry


@transaction.atomic
def retire(*, entry: RegisterEntry, why: str, by: User, now: datetime) -> RegisterEntry:
    """From now on the check no longer knows it; the line stays for the record. Raises as `add` does, and Conflict."""
    require_keeper(by)
    entry.refresh_from_db(from_queryset=RegisterEntry.objects.select_for_update(of=("self",)))
    if entry.retired_at is not None:
        raise Conflict(f"{entry.value} has been retired already. Nothing was changed.")
    if not why.strip():
        raise ValidationError({"why": "Say why, in a sentence: it stays beside the line."})
    _retire(entry, why.strip(), by, now)
    return entry


def listed(kind: str, words: str = "", *, retired: bool = False) -> QuerySet[RegisterEntry]:
    """Lines of one register, or of all for "", that every word fits. retired: those that no longer count instead."""
    entries = RegisterEntry.objects.filter(retired_at__isnull=not retired).select_related("added_by", "retired_by")
    if kind:
        entries = entries.filter(kind=kind)
    for word in words.split()[:8]:
        bare = word.removeprefix("@")
        entries = entries.filter(
            Q(value__icontains=bare) | Q(note__icontains=word) | Q(reference__icontains=word) | _as_digits(word)
        )
    return entries.order_by("-retired_at" if retired else "value", "pk")


def counts(now: datetime) -> dict[str, int]:
    """How many lines of each register count today. One query."""
    found = RegisterEntry.objects.in_force(now, london_day(now)).order_by().values_list("kind")
    return dict(found.annotate(number=Count("pk")))


def known(now: datetime) -> dict[str, set[str]]:
    """Every value that counts at `now`, by kind; a moment in the past is answered as it was then. One query."""
    values: dict[str, set[str]] = {kind: set() for kind in Kind.values}
    for kind, value in RegisterEntry.objects.in_force(now, london_day(now)).values_list("kind", "value"):
        values[kind].add(value)
    return values


def _as_digits(word: str) -> Q:
    digits = "".join(filter(str.isdigit, word))
    return Q(kind=Kind.NUMBER, key__contains=digits) if len(digits) > 2 else Q(pk__in=[])


def _clean(register: Register, value: str) -> str:
    if not value.strip():
        raise ValidationError({"value": "Write what should stand in the register."})
    try:
        cleaned = register.clean(value)
    except ValidationError as malformed:
        raise ValidationError({"value": malformed.messages}) from malformed
    if len(cleaned) > RegisterEntry._meta.get_field("value").max_length:
        raise ValidationError({"value": "Keep it under 120 characters."})
    return cleaned


def _require_complete(register: Register, note: str, reference: str, ends_on: date | None, today: date) -> None:
    problems = {}
    if register.note_required and not note:
        problems["note"] = "This cannot be left empty."
    if register.reference and not reference:
        problems["reference"] = "Say where the proof is kept: a line without it could not be defended."
    if register.ends == "must" and ends_on is None:
        problems["ends_on"] = "Give its last day: nothing of this kind lasts for ever."
    if ends_on is not None and ends_on < today:
        problems["ends_on"] = "That day has passed. Choose a day from today on."
    if problems:
        raise ValidationError(problems)


def _refuse_our_own(handle: str) -> None:
    ours = frozenset(Channel.objects.values_list("handle", flat=True))
    if handle.lower() in {own.lower() for own in ours}:
        raise ValidationError({"value": f"@{handle} is one of our own channels. The check knows it already."})
    meant = nearest(handle.lower(), ours, 1)
    if meant:
        raise ValidationError(
            {"value": f"That is one letter from our own @{meant}. Check that it is no impostor; it was not added."}
        )


def _make_room(register: Register, key: str, by: User, now: datetime) -> None:
    """Refuse what stands there already; retire what stands there and no longer counts."""
    same = RegisterEntry.objects.select_for_update(of=("self",)).filter(
        kind=register.kind, key=key, retired_at__isnull=True
    )
    for entry in same:
        if entry.ends_on is None or entry.ends_on >= london_day(now):
            raise ValidationError({"value": f"{entry.value} is in this register already."})
        _retire(entry, REPLACED, by, now)


def _retire(entry: RegisterEntry, why: str, by: User, now: datetime) -> None:
    entry.retired_by, entry.retired_at, entry.retired_why = by, now, why
    entry.save(update_fields=["retired_by", "retired_at", "retired_why"])
    audit.record(by, "register.retired", entry, now=now, kind=entry.kind, why=why)
