"""Workshops with the DMC: planned, signed up for, attended. Their sign-up holds under a crowd."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from accounts import audit, notices, rights
from accounts.channels import teams_for
from accounts.errors import Conflict
from accounts.models import Completion, Part, Seat, Team, User, Workshop
from accounts.models.people import LONDON
from accounts.training import records

CALLED_OFF = "training.workshop_called_off"
LARGEST = 200


def coming(*, now: datetime) -> QuerySet[Workshop]:
    """Those that take sign-ups or are about to begin, with how many seats are `taken`."""
    return counted().filter(starts_at__gt=now, cancelled_at__isnull=True)


def untaken(user: User, *, now: datetime) -> QuerySet[Workshop]:
    """Those that were held, and whose attendance waits for this person: they provision the team that gave it."""
    over = counted().filter(starts_at__lte=now, taken_at__isnull=True, cancelled_at__isnull=True)
    return over.filter(team__in=teams_for(user, "provision").order_by().values("pk"))


def counted() -> QuerySet[Workshop]:
    """Every workshop with how many seats are `taken`."""
    taken = Count("seats", filter=Q(seats__left_at__isnull=True))
    return Workshop.objects.select_related("team").annotate(taken=taken)


@transaction.atomic
def plan(
    *, title: str, team: Team, starts_at: datetime, place: str, capacity: int, agenda: str = "", by: User, now: datetime
) -> Workshop:
    """A new one. Raises PermissionDenied without `provision` over the team; ValidationError for one that has begun."""
    rights.require(by, "provision", team)
    problems = {}
    if starts_at <= now:
        problems["starts_at"] = "Choose a time that is still to come."
    if not 1 <= capacity <= LARGEST:
        problems["capacity"] = f"Between 1 and {LARGEST} people."
    if problems:
        raise ValidationError(problems)
    made = Workshop.objects.create(
        title=title, team=team, starts_at=starts_at, place=place, capacity=capacity, agenda=agenda, made_by=by,
        made_at=now,
    )  # fmt: skip
    audit.record(by, "workshop.planned", made, now=now, starts_at=starts_at.isoformat(), capacity=capacity)
    return made


@transaction.atomic
def book(*, workshop: Workshop, by: User, now: datetime) -> Seat:
    """A place for oneself. Raises Conflict when it is full, has begun, was called off, or one has a place."""
    row = _lock(workshop)
    if row.cancelled_at is not None or row.starts_at <= now:
        raise Conflict("This workshop takes no more sign-ups. Choose another day.")
    held = row.seats.filter(left_at__isnull=True)
    if held.filter(user=by).exists():
        raise Conflict("You have a place already.")
    if held.count() >= row.capacity:
        raise Conflict("The last place has just gone. Choose another day.")
    seat = Seat.objects.create(workshop=row, user=by, booked_at=now)
    audit.record(by, "workshop.booked", row, now=now, user=by.pk)
    return seat


@transaction.atomic
def leave(*, workshop: Workshop, by: User, now: datetime) -> None:
    """Give one's place up. Raises Conflict when one has none, or it has begun."""
    row = _lock(workshop)
    if row.starts_at <= now:
        raise Conflict("This workshop has begun, so your place stays.")
    if not row.seats.filter(user=by, left_at__isnull=True).update(left_at=now):
        raise Conflict("You have no place here. Nothing was changed.")
    audit.record(by, "workshop.left", row, now=now, user=by.pk)


@transaction.atomic
def take_attendance(*, workshop: Workshop, came: Collection[int], by: User, now: datetime) -> Workshop:
    """Who came; each of them has done this part. came: keys of people with a place. Once.

    Raises PermissionDenied without `provision`, or who has a place themselves; ValidationError for somebody without a
    place; Conflict before it began, when it was called off, or when it was taken.
    """
    row = _lock(workshop)
    rights.require(by, "provision", row.team)
    if row.starts_at > now or row.cancelled_at is not None:
        raise Conflict("Attendance is taken once it has begun, and not where it was called off.")
    if row.taken_at is not None:
        raise Conflict(f"{row.taken_by} has taken attendance already. Nothing was changed.")
    seats = list(row.seats.filter(left_at__isnull=True).select_related("user").order_by("user"))
    if by.pk in {seat.user_id for seat in seats}:
        raise PermissionDenied("You have a place yourself, so somebody else must take attendance.")
    if not set(came) <= {seat.user_id for seat in seats}:
        raise ValidationError("Somebody you ticked has no place here any more. Look at the list again.")
    list(User.objects.select_for_update(no_key=True).filter(pk__in=came).order_by("pk"))
    on = row.starts_at.astimezone(LONDON).date()
    for seat in seats:
        seat.came = seat.user_id in came
        if seat.came:
            records.keep(
                user=seat.user, part=Part.WORKSHOP, on=on, origin=Completion.Origin.ATTENDANCE, workshop=row, by=by,
                now=now,
            )  # fmt: skip
    Seat.objects.bulk_update(seats, ["came"])
    row.taken_at, row.taken_by = now, by
    row.save(update_fields=["taken_at", "taken_by"])
    audit.record(by, "workshop.attended", row, now=now, came=len(set(came)), of=len(seats))
    return row


@transaction.atomic
def call_off(*, workshop: Workshop, by: User, now: datetime) -> Workshop:
    """It does not take place; everybody with a place is told. Raises PermissionDenied, Conflict."""
    row = _lock(workshop)
    rights.require(by, "provision", row.team)
    if row.cancelled_at is not None or row.starts_at <= now:
        raise Conflict("Only a workshop that is still to come can be called off.")
    row.cancelled_at = now
    row.save(update_fields=["cancelled_at"])
    people = User.objects.filter(pk__in=row.seats.filter(left_at__isnull=True).values("user"))
    notices.give(
        to=people,
        kind=CALLED_OFF,
        about=row,
        words=f"“{row.title}” on {row.starts_at.astimezone(LONDON):%-d %B} does not take place. Choose another day.",
        link=reverse("accounts:training"),
        now=now,
    )
    audit.record(by, "workshop.called_off", row, now=now)
    return row


def _lock(workshop: Workshop) -> Workshop:
    """The row as it stands, so that two sign-ups for the last place follow one another."""
    return Workshop.objects.select_for_update(of=("self",)).select_related("team", "taken_by").get(pk=workshop.pk)
