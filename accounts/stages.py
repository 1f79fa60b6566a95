"""How far an author has come is changed here and nowhere else (domain.md C.2).

Up is one stage at a time and takes two people with the same evidence before them, one of them the author's mentor and
one of the DMC; nothing goes up by itself. From trusted on a stage counts for a year (`accounts.renewal`), and the same
two renew it. Down is one person of theirs, at once, with a reason and a way back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts import audit, mentoring, notices, renewal
from accounts.channels import AUTHORS, teams_for
from accounts.errors import Conflict
from accounts.models import Appointment, Stage, StageChange, StageProposal, User
from accounts.models.people import LONDON

Kind = StageChange.Kind
Evidence = Sequence[Mapping[str, audit.JSON]]
CHANGED = "stage.changed"
LONGEST = 1_000
DMC = ("provision", "keep_policy")  # rights that only the DMC holds


def next_stage(stage: str) -> Stage | None:
    """The one above; None above the last."""
    stages = list(Stage)
    at = Stage(stage).rank + 1
    return stages[at] if at < len(stages) else None


def sides(appointment: Appointment, user: User) -> frozenset[str]:
    """For whom this person may speak here: "mentor", "dmc", both, or nobody."""
    if user.pk == appointment.user_id:
        return frozenset()
    said = {"mentor"} if mentoring.is_mentor(appointment.user, user) else set()
    if any(user.has_perm(f"accounts.{perm}", appointment.team) for perm in DMC):
        said.add("dmc")
    return frozenset(said)


def waiting(user: User) -> QuerySet[StageProposal]:
    """What waits for a second person, where `user` speaks as mentor or for the DMC; their own stage is not theirs."""
    teams = [teams_for(user, perm).order_by().values("pk") for perm in DMC]
    mine = Q(appointment__team__in=teams[0]) | Q(appointment__team__in=teams[1])
    paired = mentoring.pairings_of(user).order_by().values("author")
    found = StageProposal.objects.filter(mine | Q(appointment__user__in=paired), closed_at__isnull=True)
    return found.exclude(appointment__user=user).select_related("appointment__user", "appointment__team__parent", "by")


@transaction.atomic
def propose(
    *, appointment: Appointment, why: str, evidence: Evidence, renew: bool = False, by: User, now: datetime
) -> StageProposal:
    """Say that this author should go one stage up, or have theirs renewed for a year. evidence: as the page showed it;
    it is kept for the second person.

    Raises PermissionDenied unless mentor or DMC; ValidationError without a reason; Conflict when one is open, there is
    no stage above, or nothing to renew yet.
    """
    row = _lock(appointment, now)
    _require(row, by)
    to = _renewed(row, now) if renew else next_stage(row.stage)
    if to is None:
        raise Conflict("There is no stage above this one.")
    if StageProposal.objects.filter(appointment=row, closed_at__isnull=True).exists():
        raise Conflict("Somebody has proposed this already. A second person decides on that.")
    made = StageProposal.objects.create(
        appointment=row, was=row.stage, to=to, why=_said(why, "why"), evidence=list(evidence), by=by, at=now
    )
    audit.record(by, "stage.proposed", row, now=now, was=row.stage, to=to, proposal=made.pk)
    return made


@transaction.atomic
def agree(*, proposal: StageProposal, by: User, now: datetime) -> StageChange:
    """The second person says yes, and the stage is changed. Raises PermissionDenied where the two are not a mentor of
    theirs and somebody of the DMC; Conflict when it was decided or the stage has changed since.
    """
    row, appointment = _open(proposal, now)
    require_second(row, appointment, by)
    _close(row, StageProposal.Ending.AGREED, by, now)
    said = {
        "kind": Kind.RENEWED if row.renews else Kind.UP,
        "why": row.why,
        "evidence": row.evidence,
        "by": row.by,
        "second": by,
    }
    return _move(appointment, Stage(row.to), now=now, **said)


@transaction.atomic
def decline(*, proposal: StageProposal, words: str, by: User, now: datetime) -> StageProposal:
    """Not yet, and what would make it so. Raises as `agree` does; ValidationError without words."""
    row, appointment = _open(proposal, now)
    _require(appointment, by)
    _close(row, StageProposal.Ending.DECLINED, by, now, words=_said(words, "words"))
    audit.record(by, "stage.declined", appointment, now=now, proposal=row.pk)
    return row


@transaction.atomic
def move_down(
    *, appointment: Appointment, to: str, kind: str, why: str, way_back: str, by: User, now: datetime
) -> StageChange:
    """One person, at once. Raises PermissionDenied; ValidationError without a reason and a way back, or for a stage
    that is not below.
    """
    row = _lock(appointment, now)
    _require(row, by)
    if kind not in Kind.values or kind in StageChange.BY_TWO:
        raise ValidationError({"kind": "Choose why."})
    if to not in Stage.values or Stage(to).rank >= Stage(row.stage).rank:
        raise ValidationError({"to": "Choose a stage below the one that stands."})
    said = {"kind": kind, "why": _said(why, "why"), "way_back": _said(way_back, "way_back"), "by": by}
    return _move(row, Stage(to), now=now, **said)


def require_second(proposal: StageProposal, appointment: Appointment, by: User) -> None:
    """Raises PermissionDenied unless `by` and who proposed it are a mentor and the DMC, one each."""
    if by.pk == proposal.by_id:
        raise PermissionDenied("Two people decide this. You were the first, so somebody else must be the second.")
    first, second = (sides(appointment, user) for user in (proposal.by, by))
    if not second or not first or len(first | second) < 2:
        raise PermissionDenied("One of the two is their mentor, and one is of the DMC.")


def may_second(proposal: StageProposal, by: User) -> bool:
    try:
        require_second(proposal, proposal.appointment, by)
    except PermissionDenied:
        return False
    return True


def _move(appointment: Appointment, to: Stage, *, now: datetime, **said: object) -> StageChange:
    was, until = appointment.stage, _until(appointment, to, now)
    Appointment.objects.filter(pk=appointment.pk).update(stage=to, stage_until=until)
    appointment.stage, appointment.stage_until = to, until
    changed = StageChange.objects.create(appointment=appointment, was=was, became=to, at=now, **said)
    standing = StageProposal.objects.filter(appointment=appointment, closed_at__isnull=True)
    standing.update(closed_at=now, closed_by=changed.by, ending=StageProposal.Ending.OVERTAKEN)
    renewal.settle(appointment, now=now)
    facts = {"kind": changed.kind, "second": changed.second_id, "until": until.isoformat() if until else None}
    audit.record(changed.by, "stage.changed", appointment, now=now, was=was, became=to, **facts)
    notices.give(
        to=[appointment.user],
        kind=CHANGED,
        about=changed,
        words=_kindly(changed),
        link=reverse("accounts:coaching", kwargs={"pk": appointment.user_id}),
        now=now,
    )
    return changed


def _until(appointment: Appointment, to: Stage, now: datetime) -> date | None:
    """The last day of what the stage becomes. Going down gives nobody a day more."""
    if to.rank < Stage(appointment.stage).rank:
        return appointment.stage_until if to.is_trusted else None
    return renewal.last_day(to, now.astimezone(LONDON).date())


def _renewed(appointment: Appointment, now: datetime) -> Stage:
    if not renewal.is_open(appointment, now.astimezone(LONDON).date()):
        raise Conflict(f"A stage is renewed in the last {renewal.OPENS.days} days of its year, or afterwards.")
    return Stage(appointment.stage)


def _kindly(changed: StageChange) -> str:
    team, stage = changed.appointment.team.full_name, changed.get_became_display().lower()
    if changed.kind == Kind.RENEWED:
        until = f"{changed.appointment.stage_until:%-d %B %Y}"
        return f"For {team} “{stage}” is renewed until {until}. {changed.by} and {changed.second} agreed on it."
    if changed.kind == Kind.UP:
        return f"Well done: for {team} you have come to “{stage}”. {changed.by} and {changed.second} agreed on it."
    return f"For {team} you are at “{stage}” for now. {changed.by} has written down why, and the way back."


def _open(proposal: StageProposal, now: datetime) -> tuple[StageProposal, Appointment]:
    appointment = _lock(proposal.appointment, now)
    row = StageProposal.objects.select_for_update(of=("self",)).select_related("by").get(pk=proposal.pk)
    if row.closed_at is not None or row.was != appointment.stage:
        raise Conflict("This has been decided already. Nothing was changed.")
    row.appointment = appointment
    return row, appointment


def _close(row: StageProposal, ending: str, by: User, now: datetime, *, words: str = "") -> None:
    row.closed_at, row.closed_by, row.ending, row.words = now, by, ending, words
    row.save(update_fields=["closed_at", "closed_by", "ending", "words"])


def _lock(appointment: Appointment, now: datetime) -> Appointment:
    held = Appointment.objects.active(now).filter(role__in=AUTHORS).select_related("user", "team__parent")
    row: Appointment | None = held.select_for_update(of=("self",)).filter(pk=appointment.pk).first()
    if row is None:
        raise Conflict("This appointment does not run today, so its stage stays as it is.")
    return row


def _require(appointment: Appointment, by: User) -> None:
    if not sides(appointment, by):
        raise PermissionDenied("Only their mentor and the DMC decide how far an author has come.")


def _said(words: str, field: str) -> str:
    said = words.strip()
    if not said:
        raise ValidationError({field: "Say it in a sentence; its author reads it."})
    return said[:LONGEST]
