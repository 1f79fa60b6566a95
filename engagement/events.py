"""The events line of a survey's chart: known events, and the console's own calendar of elections and mourning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from engagement.models import KnownEvent
from policy.models import Period


@dataclass(frozen=True)
class Event:
    """number: as it stands on the chart."""

    number: int
    day: date
    name: str
    break_in: bool = False


def between(first: date, last: date) -> list[Event]:
    """In order of their days. Two queries. Only what concerns the whole force."""
    known = KnownEvent.objects.filter(day__gt=first, day__lt=last).values_list("day", "name", "break_in")
    times = Period.objects.filter(Q(kind__in=Period.WEIGHTY), team__isnull=True, agreed_at__isnull=False)
    ours = times.filter(starts_on__gt=first, starts_on__lt=last).values_list("starts_on", "name")
    found = sorted([*known, *((day, name, False) for day, name in ours)])
    return [Event(number, *facts) for number, facts in enumerate(found, 1)]
