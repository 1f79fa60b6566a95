"""Priorities of a ward: set, mended, worked on and closed. Every change keeps what was said before."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit
from accounts.channels import channels_for
from accounts.errors import Conflict
from accounts.models import Priority, PriorityChange, PriorityStep, Team, User
from accounts.models.people import LONDON

LONGEST = 600


def may_edit(user: User, team: Team) -> bool:
    """Whoever sends posts for the team, and the DMC, which keeps the policy there."""
    if user.has_perm("accounts.keep_policy", team):
        return True
    return channels_for(user, "submit_for").filter(team=team).exists()


def require_edit(user: User, team: Team) -> None:
    """Raises PermissionDenied, in words, where `may_edit` says no."""
    if not may_edit(user, team):
        raise PermissionDenied("The ward’s sergeant or the DMC writes its priorities.")


@transaction.atomic
def set_priority(*, team: Team, words: str, set_on: date, source: str, by: User, now: datetime) -> Priority:
    """A new one. Raises PermissionDenied, and ValidationError for no words or a day to come."""
    require_edit(by, team)
    return create(team=team, words=words, set_on=set_on, source=source, by=by, now=now)


def create(
    *, team: Team, words: str, set_on: date, source: str, origin: str = "", by: User | None, now: datetime
) -> Priority:
    """The row and its record; the caller has asked for the right. by None: an import. Inside a transaction."""
    made = Priority.objects.create(
        team=team,
        words=clean(words, "words"),
        set_on=_past(set_on, now, "set_on"),
        source=clean(source, "source")[:120],
        origin=origin,
        made_by=by,
        made_at=now,
    )
    audit.record(by, "priority.set", made, now=now, team=team.pk, set_on=set_on.isoformat(), imported=bool(origin))
    return made


@transaction.atomic
def mend(*, priority: Priority, words: str, set_on: date, source: str, by: User, now: datetime) -> Priority:
    """Change what it says; what it said before is kept. Saving what stands changes nothing."""
    row = _lock(priority, by)
    wanted = {"words": clean(words, "words"), "set_on": _past(set_on, now, "set_on"), "source": clean(source, "source")}
    if row.closed_on is not None and wanted["set_on"] > row.closed_on:
        raise ValidationError({"set_on": "It was closed before that day."})
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        keep(row, name, was=str(getattr(row, name)), became=str(wanted[name]), by=by, now=now)
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
        audit.record(by, "priority.mended", row, now=now, changed=changed)
    return row


@transaction.atomic
def add_step(*, priority: Priority, kind: str, words: str, on: date, by: User, now: datetime) -> PriorityStep:
    """Something done, or what came of it. Raises Conflict on a closed one and ValidationError for a wrong day."""
    row = _lock(priority, by)
    if not row.is_open:
        raise Conflict("This priority is closed, so nothing was added. Open it again first.")
    if on < row.set_on and kind == PriorityStep.Kind.RESULT:
        raise ValidationError({"on": "A result cannot be older than the priority."})
    return create_step(priority=row, kind=kind, words=words, on=on, by=by, now=now)


def create_step(*, priority: Priority, kind: str, words: str, on: date, by: User | None, now: datetime) -> PriorityStep:
    """The row and its record; inside a transaction."""
    step = PriorityStep.objects.create(
        priority=priority,
        kind=kind,
        words=clean(words, "words"),
        on=_past(on, now, "on"),
        made_by=by,
        made_at=now,
    )
    keep(priority, "step", became=f"{step.get_kind_display()}: {step.words}", by=by, now=now)
    audit.record(by, "priority.step_added", priority, now=now, step=step.pk, kind=kind, on=on.isoformat())
    return step


@transaction.atomic
def strike(*, step: PriorityStep, by: User, now: datetime) -> None:
    """Take a step back: it stays in the history and counts no more."""
    row = _lock(step.priority, by)
    if PriorityStep.objects.filter(pk=step.pk, struck_at__isnull=True).update(struck_at=now):
        keep(row, "struck", was=f"{step.get_kind_display()}: {step.words}", by=by, now=now)
        audit.record(by, "priority.step_struck", row, now=now, step=step.pk)


@transaction.atomic
def close(
    *, priority: Priority, ending: str, on: date, by: User, now: datetime, superseded_by: Priority | None = None
) -> Priority:
    """It is worked on no more. superseded_by: the one that took its place, of the same team.

    Raises Conflict when it is closed already, ValidationError for a wrong day or a wrong successor.
    """
    row = _lock(priority, by)
    if not row.is_open:
        raise Conflict("This priority is closed already. Nothing was changed.")
    if _past(on, now, "on") < row.set_on:
        raise ValidationError({"on": "It cannot be closed before it was set."})
    if superseded_by is not None and (superseded_by.team_id != row.team_id or superseded_by.pk == row.pk):
        raise ValidationError({"superseded_by": "Choose another priority of the same ward."})
    row.closed_on, row.ending = on, ending
    row.superseded_by = superseded_by if ending == Priority.Ending.SUPERSEDED else None
    row.save(update_fields=["closed_on", "ending", "superseded_by"])
    keep(row, "ending", became=row.get_ending_display(), by=by, now=now)
    audit.record(by, "priority.closed", row, now=now, ending=ending, on=on.isoformat(), next=row.superseded_by_id)
    return row


@transaction.atomic
def reopen(*, priority: Priority, by: User, now: datetime) -> Priority:
    """It was closed by mistake. One that is open stays as it is."""
    row = _lock(priority, by)
    if row.is_open:
        return row
    keep(row, "ending", was=row.get_ending_display(), became="Open again", by=by, now=now)
    row.closed_on, row.ending, row.superseded_by = None, "", None
    row.save(update_fields=["closed_on", "ending", "superseded_by"])
    audit.record(by, "priority.reopened", row, now=now)
    return row


def keep(priority: Priority, what: str, *, was: str = "", became: str = "", by: User | None, now: datetime) -> None:
    """One line of the history."""
    PriorityChange.objects.create(
        priority=priority, what=what, was=was[:LONGEST], became=became[:LONGEST], by=by, at=now
    )


def clean(words: str, field: str) -> str:
    """One line end, no control characters, no space around it. Raises ValidationError for nothing or too much."""
    kept = "".join(char for char in words if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    said = unicodedata.normalize("NFC", kept).strip()
    if not said:
        raise ValidationError({field: "Write it in a few words."})
    if len(said) > LONGEST:
        raise ValidationError({field: f"Use {LONGEST} characters or fewer. You have {len(said):,}."})
    return said


def _past(day: date, now: datetime, field: str) -> date:
    if day > now.astimezone(LONDON).date():
        raise ValidationError({field: "That day is still to come."})
    return day


def _lock(priority: Priority, by: User) -> Priority:
    row = Priority.objects.select_for_update().get(pk=priority.pk)
    require_edit(by, row.team)
    return row
