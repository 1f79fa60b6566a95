"""Whose training is due, lapsed or lacking, for those who keep it. By name, never by result. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from accounts.channels import AUTHORS, teams_for
from accounts.models import Appointment, User
from accounts.training.standing import Standing, standings

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


def rows(trainer: User, *, now: datetime) -> list[Row]:
    """Every author over the teams that `trainer` provisions, by name. Four queries, whatever their number."""
    held = Appointment.objects.active(now).filter(
        role__in=AUTHORS, team__in=teams_for(trainer, "provision").order_by().values("pk")
    )
    writing = Prefetch("appointments", held.select_related("team__parent"), to_attr="held")
    people = User.objects.filter(pk__in=held.values("user"), is_active=True).prefetch_related(writing)
    listed = list(people.order_by("last_name", "first_name", "pk"))
    known = standings([user.pk for user in listed], now=now)
    return [Row(user, known[user.pk], group_of(known[user.pk])) for user in listed]


def group_of(standing: Standing) -> str:
    if standing.lapsed:
        return "lapsed"
    if not standing.stands:
        return "begun"
    return "due" if standing.due else "stands"


def counts(found: list[Row]) -> dict[str, int]:
    """How many there are of each, by group, in their order."""
    return {group: sum(row.group == group for row in found) for group in GROUPS}
