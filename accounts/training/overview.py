"""Whose training is due, lapsed or lacking, for those who keep it. By name, never by result. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.channels import AUTHORS, teams_for
from accounts.models import Appointment, Part, User
from accounts.models.people import LONDON
from accounts.training.standing import DUE, Standing, counting, standings

GROUPS = {
    "lapsed": "Run out",
    "due": "Runs out within 30 days",
    "begun": "Not finished yet",
    "stands": "Stands",
}


@dataclass(frozen=True)
class Row:
    user: User
    standing: Standing
    group: str


def grouped(trainer: User, *, now: datetime) -> dict[str, list[int]]:
    """Every author over the teams that `trainer` provisions, by group, each by name: keys alone. Two queries."""
    today = now.astimezone(LONDON).date()
    lasting, long = Q(until__gte=today), Q(until__gt=today + timedelta(days=DUE))
    counted = counting().order_by().values("user")
    parts = counted.annotate(
        ever=Count("part", distinct=True),
        good=Count("part", distinct=True, filter=lasting),
        far=Count("part", distinct=True, filter=long),
    )
    known = {row["user"]: (row["ever"], row["good"], row["far"]) for row in parts}
    people = User.objects.filter(pk__in=_held(trainer, now).values("user"), is_active=True)
    found: dict[str, list[int]] = {group: [] for group in GROUPS}
    for key in people.order_by("last_name", "first_name", "pk").values_list("pk", flat=True):
        found[_group(*known.get(key, (0, 0, 0)))].append(key)
    return found


def rows(trainer: User, keys: Sequence[int], group: str, *, now: datetime) -> list[Row]:
    """These people of one group, with what a line shows. Three queries."""
    writing = Prefetch("appointments", _held(trainer, now).select_related("team__parent"), to_attr="held")
    people = {user.pk: user for user in User.objects.filter(pk__in=list(keys)).prefetch_related(writing)}
    known = standings(keys, now=now)
    return [Row(people[key], known[key], group) for key in keys]


def _held(trainer: User, now: datetime) -> QuerySet[Appointment]:
    mine = teams_for(trainer, "provision").order_by().values("pk")
    return Appointment.objects.active(now).filter(role__in=AUTHORS, team__in=mine)


def _group(ever: int, good: int, far: int) -> str:
    """ever, good, far: how many parts were ever done, count today, and count for longer than DUE days."""
    parts = len(Part)
    if good < parts:
        return "lapsed" if ever == parts else "begun"
    return "due" if far < parts else "stands"
