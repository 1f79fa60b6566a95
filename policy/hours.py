"""When the DMC's reviewers are at their desks, and by when an update should have its answer. London time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings

from posts.schedule import LONDON, holiday_on

_FURTHEST = 14  # days; no run of holidays is longer


class Hours(NamedTuple):
    """opens, closes: London clock; days: weekdays, Monday is 0. Bank holidays in England are none of them."""

    opens: time
    closes: time
    days: frozenset[int]


def kept() -> Hours:
    """As the settings REVIEW_HOURS ("08:00-18:00") and REVIEW_DAYS say."""
    opens, closes = (time.fromisoformat(part.strip()) for part in settings.REVIEW_HOURS.split("-"))
    return Hours(opens, closes, frozenset(settings.REVIEW_DAYS))


def in_hours(moment: datetime) -> bool:
    hours, local = kept(), moment.astimezone(LONDON)
    return _works(local.date(), hours) and hours.opens <= local.time() < hours.closes


def answer_due(since: datetime) -> datetime:
    """By when what waits `since` then should be answered: 30 minutes in hours; outside them 2 hours, or 30 minutes
    after the desk opens again where that is sooner.
    """
    soon, late = (timedelta(minutes=settings.ANSWER_WITHIN_MINUTES[kind]) for kind in ("in hours", "out of hours"))
    return since + soon if in_hours(since) else min(since + late, _opening(since) + soon)


def _opening(after: datetime) -> datetime:
    """When the desk next opens."""
    hours, today = kept(), after.astimezone(LONDON).date()
    coming = (today + timedelta(days=ahead) for ahead in range(_FURTHEST))
    openings = (datetime.combine(day, hours.opens, LONDON) for day in coming if _works(day, hours))
    # Without any, nothing is ever sooner than the two hours.
    return next((moment for moment in openings if moment > after), after + timedelta(days=_FURTHEST))


def _works(day: date, hours: Hours) -> bool:
    return day.weekday() in hours.days and not holiday_on(day)
