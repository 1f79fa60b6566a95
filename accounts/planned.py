"""A handover with an overlap: the successor begins at once, the leaver's access ends at 23:59 on their last day, and
what is theirs moves at that moment (domain.md C.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts import appointing, audit, handing, held, notices, rights
from accounts.errors import Conflict
from accounts.handing import Part
from accounts.models import Appointment, Handover, Notice, Team, User
from accounts.models.people import LONDON

USUAL, FURTHEST = timedelta(days=14), timedelta(days=90)
LAST_MINUTE = time(23, 59)
STUCK, PLANNED = "handover.stuck", "handover.planned"
LONGEST = 500


@transaction.atomic
def plan_handover(*, leaver: User, to: User, last_day: date, until: date | None, by: User, now: datetime) -> Handover:
    """Name the successor and the last day. The successor may send for the teams from now on, so that the two overlap.

    Raises PermissionDenied as `handing.hand_over` does; ValidationError; Conflict when one is planned already.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[leaver.pk, to.pk]).order_by("pk"))
    handing.check(leaver, to, until, by, now)
    today = now.astimezone(LONDON).date()
    if not today <= last_day <= today + FURTHEST:
        raise ValidationError({"last_day": "Choose a day from today on, within three months."})
    if until is not None and until <= last_day:
        raise ValidationError({"until": "Cover goes on after the last day of who leaves."})
    if Handover.objects.filter(leaver=leaver, closed_at__isnull=True).exists():
        raise Conflict(f"{leaver} hands over already. Call that off first.")
    standing = list(handing.writing(leaver, now).select_related("team__parent"))
    for appointment in standing:
        rights.require(by, "provision", appointment.team)
        handing.succeed(appointment, to, until, by=by, now=now)
        _shorten(appointment, last_day, by, now)
    if not standing:
        raise Conflict(f"{leaver} writes for no team. Nothing was planned.")
    kept = Handover.objects.create(
        leaver=leaver, to=to, last_day=last_day, due_at=datetime.combine(last_day, LAST_MINUTE, LONDON), until=until,
        planned_by=by, planned_at=now,
    )  # fmt: skip
    audit.record(by, "handover.planned", leaver, now=now, to=to.pk, last_day=last_day.isoformat())
    words = f"{leaver} hands over to {to} on {last_day:%d %B %Y} at 23:59. Until then both write for the team."
    notices.give(to=[leaver, to], kind=PLANNED, about=kept, words=words, now=now)
    return kept


@transaction.atomic
def call_off(*, handover: Handover, by: User, now: datetime) -> None:
    """Nothing moves. The successor's own appointment and the leaver's last day stay until somebody changes them."""
    for appointment in handing.writing(handover.leaver, now).select_related("team"):
        rights.require(by, "provision", appointment.team)
    if by in (handover.leaver, handover.to):
        raise PermissionDenied("Somebody else must call off a handover of yours.")
    standing = Handover.objects.filter(pk=handover.pk, closed_at__isnull=True)
    if not standing.update(closed_at=now, called_off_by=by):
        raise Conflict("This handover is over already. Nothing was changed.")
    notices.settle(about=handover, kinds=[PLANNED], now=now)
    audit.record(by, "handover.called_off", handover.leaver, now=now, to=handover.to_id)


def due(*, now: datetime) -> list[int]:
    ready = Handover.objects.filter(closed_at__isnull=True, due_at__lte=now)
    return list(ready.order_by("due_at", "pk").values_list("pk", flat=True)[:20])


@transaction.atomic
def carry_out(*, handover_id: int, parts: Sequence[Part], now: datetime) -> Handover:
    """At its minute: everything moves and the access ends. What cannot move stays, stopped, and an administrator is
    told; the access ends all the same."""
    handover = Handover.objects.select_for_update(of=("self",)).select_related("leaver", "to", "planned_by").get(
        pk=handover_id
    )  # fmt: skip
    if handover.closed_at is not None:
        return handover
    trouble = _move(handover, parts, now)
    if trouble:
        for appointment in handing.writing(handover.leaver, now):
            handing.end_at_once(appointment=appointment, parts=parts, by=None, now=now)
        _tell(handover, trouble, now)
    handover.closed_at, handover.trouble = now, trouble[:LONGEST]
    handover.save(update_fields=["closed_at", "trouble"])
    notices.settle(about=handover, kinds=[PLANNED], now=now)
    audit.record(None, "handover.done", handover.leaver, now=now, to=handover.to_id, moved=not trouble)
    return handover


def open_of(person: User) -> QuerySet[Handover]:
    return Handover.objects.filter(leaver=person, closed_at__isnull=True).select_related("to", "planned_by", "leaver")


def _move(handover: Handover, parts: Sequence[Part], now: datetime) -> str:
    """Empty, or why it could not be done."""
    facts = {"leaver": handover.leaver, "to": handover.to, "until": handover.until, "parts": parts}
    try:
        with transaction.atomic():
            seen = handing.plan(leaver=handover.leaver, parts=parts, now=now).seal
            handing.hand_over(**facts, seen=seen, by=handover.planned_by, planned=True, now=now)
    except ValidationError as refused:
        return " ".join(refused.messages)
    except (Conflict, PermissionDenied) as refused:
        return str(refused)
    return ""


def _shorten(appointment: Appointment, last_day: date, by: User, now: datetime) -> None:
    """So that the access ends with that day even if the clock stands still."""
    if appointment.ends_on is not None and appointment.ends_on <= last_day:
        return
    if appointment.starts_on > last_day:
        appointing.end(appointment=appointment, by=by, now=now)
        return
    Appointment.objects.filter(pk=appointment.pk).update(ends_on=last_day)
    audit.record(by, "appointment.last_day", appointment, now=now, ends_on=last_day.isoformat())


def _tell(handover: Handover, trouble: str, now: datetime) -> None:
    words = f"{handover.leaver} left and could not hand over to {handover.to}: {trouble} See what is nobody's."
    force = [str(pk) for pk in Team.objects.filter(kind=Team.Kind.FORCE).values_list("pk", flat=True)]
    desk = held.people(held.rows(Team, "provision").filter(object_pk__in=force))
    facts = {"kind": STUCK, "about": handover, "urgency": Notice.Urgency.NOW, "needs_answer": True}
    notices.give(desk=desk, words=words, link=reverse("unowned"), **facts, now=now)
