"""An urgent appointment: one person makes it at once, a second confirms it or it ends by itself, a third looks at what
was done with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts import appointing, audit, held, notices
from accounts.errors import Conflict
from accounts.models import AuditEntry, Notice, Team, Urgent, User
from accounts.models.people import LONDON

RIGHT = "sign_dmc"  # over the team: to decide for the DMC
CONFIRM_WITHIN = timedelta(minutes=30)
HOURS = (1, 2, 4, 8, 12)
LONGEST_REASON, LONGEST_FINDING = 300, 500
CONFIRM, REVIEW = "urgent.confirm", "urgent.review"
AT_ONCE, SHOWN = 100, 200


@transaction.atomic
def open_urgent(*, user: User, role: str, team: Team, hours: int, reason: str, by: User, now: datetime) -> Urgent:
    """Appoint `user` from this minute on for `hours`. Without a second person it ends after CONFIRM_WITHIN.

    by: whoever decides for the DMC over the team, day or night, not the administrator alone. Raises PermissionDenied
    (for oneself too, and while one's own is unconfirmed), ValidationError.
    """
    if not may_open(by, team):
        raise PermissionDenied(f"Only the DMC makes an urgent appointment for {team}.")
    if by == user:
        raise PermissionDenied("Somebody else must appoint you.")
    if appointing.is_unconfirmed(by, RIGHT, team, now=now):
        raise PermissionDenied(appointing.UNCONFIRMED)
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ValidationError({"reason": "Say in a sentence why it cannot wait."})
    if hours not in HOURS:
        raise ValidationError({"hours": "Choose for how long."})
    until, today = now + timedelta(hours=hours), now.astimezone(LONDON).date()
    made = appointing.make(
        user=user, role=role, team=team, starts_on=today, ends_on=until.astimezone(LONDON).date(), by=by, now=now
    )
    kept = Urgent.objects.create(
        appointment=made, reason=reason.strip(), opened_by=by, opened_at=now, confirm_by=now + CONFIRM_WITHIN,
        until=until,
    )  # fmt: skip
    audit.record(by, "urgent.opened", made, now=now, hours=hours, reason=kept.reason)
    words = (
        f"{by} has appointed {user} as {made.get_role_display()} of {team.full_name} at once. A second must confirm."
    )
    _tell(kept, CONFIRM, words, Notice.Urgency.NOW, [by, user], now)
    return kept


@transaction.atomic
def confirm(*, urgent: Urgent, by: User, now: datetime) -> Urgent:
    """The second person. Raises PermissionDenied to the first and to whom it is about; Conflict when it is over."""
    urgent = _locked(urgent)
    _require_another(urgent, by, now)
    if urgent.closed_at is not None or urgent.confirm_by <= now:
        raise Conflict("It has ended already, since nobody confirmed it in time. Nothing was changed.")
    if urgent.confirmed_at is not None:
        raise Conflict(f"{urgent.confirmed_by} has confirmed it already. Nothing was changed.")
    urgent.confirmed_by, urgent.confirmed_at = by, now
    urgent.save(update_fields=["confirmed_by", "confirmed_at"])
    notices.settle(about=urgent, kinds=[CONFIRM], now=now)
    audit.record(by, "urgent.confirmed", urgent.appointment, now=now)
    return urgent


@transaction.atomic
def review(*, urgent: Urgent, finding: str, by: User, now: datetime) -> Urgent:
    """What a third person found who looked at it afterwards. Raises PermissionDenied, Conflict, ValidationError."""
    urgent = _locked(urgent)
    _require_another(urgent, by, now)
    if urgent.closed_at is None:
        raise Conflict("It has not ended yet. It is looked at afterwards.")
    if urgent.reviewed_at is not None:
        raise Conflict(f"{urgent.reviewed_by} has looked at it already. Nothing was changed.")
    if not 0 < len(finding.strip()) <= LONGEST_FINDING:
        raise ValidationError({"finding": "Say in a sentence what you found."})
    urgent.reviewed_by, urgent.reviewed_at, urgent.finding = by, now, finding.strip()
    urgent.save(update_fields=["reviewed_by", "reviewed_at", "finding"])
    notices.settle(about=urgent, kinds=[REVIEW], now=now)
    audit.record(by, "urgent.reviewed", urgent.appointment, now=now, finding=urgent.finding)
    return urgent


def watch(*, now: datetime) -> int:
    """The clock: end what nobody confirmed and what is over, and ask for the look afterwards. Returns how many."""
    over = Q(confirmed_at__isnull=True, confirm_by__lte=now) | Q(until__lte=now) | Q(appointment__ended_at__lte=now)
    due = Urgent.objects.filter(over, closed_at__isnull=True).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_close(pk, now) for pk in list(due))


@transaction.atomic
def _close(pk: int, now: datetime) -> bool:
    urgent = _locked(Urgent(pk=pk))
    if urgent.closed_at is not None:
        return False
    urgent.closed_at = now
    urgent.save(update_fields=["closed_at"])
    appointment = urgent.appointment
    if appointment.ended_at is None:
        appointing.end(appointment=appointment, by=None, now=now)
    notices.settle(about=urgent, kinds=[CONFIRM], now=now)
    said = "was not confirmed and has ended" if urgent.confirmed_at is None else "has ended"
    words = (
        f"The urgent appointment of {appointment.user} for {appointment.team.full_name} {said}. Look at what was done."
    )
    audit.record(None, "urgent.closed", appointment, now=now, confirmed=urgent.confirmed_at is not None)
    _tell(urgent, REVIEW, words, Notice.Urgency.SOON, [urgent.opened_by, appointment.user], now)
    return True


# ---- who may, and what was done ------------------------------------------------------------------------------------


def may_open(user: User, team: Team) -> bool:
    return user.has_perm(f"accounts.{RIGHT}", team)


def visible_to(user: User) -> QuerySet[Urgent]:
    """Those over the teams for which this person decides for the DMC."""
    mine = held.objects(user, RIGHT, Team).values("pk")
    people = ("appointment__user", "appointment__team__parent", "opened_by", "confirmed_by", "reviewed_by")
    return Urgent.objects.filter(appointment__team__in=mine).select_related(*people)


def done_with(urgent: Urgent) -> list[AuditEntry]:
    """What its holder did while it lasted, from the audit, the oldest first."""
    ended = urgent.appointment.ended_at or urgent.until
    entries = AuditEntry.objects.filter(by=urgent.appointment.user_id, at__gte=urgent.opened_at, at__lte=ended)
    return list(entries.order_by("pk")[:SHOWN])


def obstacle(urgent: Urgent, user: User, *, now: datetime) -> str:
    """Why this person neither confirms it nor, once it is over, looks at it; in words, empty when they may."""
    team = urgent.appointment.team
    if not may_open(user, team):
        return "Only the DMC confirms and looks at urgent appointments."
    if user in (urgent.opened_by, urgent.appointment.user):
        return "Somebody else of the DMC must do this: you made this appointment, or it is yours."
    if urgent.closed_at is not None and user == urgent.confirmed_by:
        return "You confirmed it, so a third person of the DMC looks at what was done."
    return appointing.UNCONFIRMED if appointing.is_unconfirmed(user, RIGHT, team, now=now) else ""


def _require_another(urgent: Urgent, by: User, now: datetime) -> None:
    if why := obstacle(urgent, by, now=now):
        raise PermissionDenied(why)


def _locked(urgent: Urgent) -> Urgent:
    people = ("appointment__user", "appointment__team__parent", "opened_by", "confirmed_by", "reviewed_by")
    rows = Urgent.objects.select_for_update(of=("self",)).select_related(*people)
    return rows.get(pk=urgent.pk)


def _tell(urgent: Urgent, kind: str, words: str, urgency: str, but: list[User], now: datetime) -> None:
    team = urgent.appointment.team
    above = [str(one.pk) for one in team.covering()]
    desk = held.people(held.rows(Team, RIGHT).filter(object_pk__in=above)).exclude(pk__in=[one.pk for one in but])
    link = reverse("urgent", kwargs={"pk": urgent.pk})
    facts = {"kind": kind, "about": urgent, "link": link, "urgency": urgency, "needs_answer": True}
    notices.give(desk=desk, words=words, **facts, now=now)
