"""When a post goes out: London's clock on the page, UTC inside."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
from django.core.exceptions import ValidationError

from posts.models import Post

LONDON = ZoneInfo("Europe/London")
FURTHEST = timedelta(days=366)
NEAR = timedelta(hours=1)

# How long after its time a post may still go out. What is later than that is not sent, and its author is asked.
WINDOWS = {
    15: "15 minutes",
    30: "30 minutes",
    60: "1 hour",
    120: "2 hours",
    360: "6 hours",
}


def moment_of(day: date, clock: time, *, fold: int | None, now: datetime) -> datetime:
    """The UTC instant of a London date and time. fold: 0 the first, 1 the second time round, None not said.

    Raises ValidationError with code "skipped" (the clocks go forward over it), "twice" (they go back over it and
    `fold` is None), "past" or "far".
    """
    wanted = datetime.combine(day, clock)
    if not _happens(wanted):
        raise ValidationError(_skipped(wanted), code="skipped")
    if happens_twice(day, clock) and fold is None:
        raise ValidationError(
            f"The clocks go back on {_day(day)}, so {clock:%H:%M} happens twice. Choose which one you mean.",
            code="twice",
        )
    moment = wanted.replace(tzinfo=LONDON, fold=fold or 0).astimezone(UTC)
    if moment <= now:
        raise ValidationError(f"{clock:%H:%M} on {_day(day)} has passed. Choose a time still to come.", code="past")
    if moment - now > FURTHEST:
        raise ValidationError("That is more than a year away. Check the date.", code="far")
    return moment


def happens_twice(day: date, clock: time) -> bool:
    wanted = datetime.combine(day, clock, LONDON)
    return _happens(wanted.replace(tzinfo=None)) and wanted.utcoffset() != wanted.replace(fold=1).utcoffset()


def holiday_on(day: date) -> str:
    """The bank holiday in England on that day, "" when it is none."""
    return str(holidays.country_holidays("GB", subdiv="ENG", years=day.year).get(day) or "")


def neighbours(post: Post, publish_at: datetime) -> list[Post]:
    """Other posts of the same team planned within an hour of that moment, soonest first."""
    return list(
        Post.objects.filter(
            team=post.team_id,
            current__publish_at__range=(publish_at - NEAR, publish_at + NEAR),
        )
        .exclude(pk=post.pk)
        .exclude(state=Post.State.SENT)
        .select_related("current")
        .order_by("current__publish_at")
    )


def _happens(wanted: datetime) -> bool:
    there = wanted.replace(tzinfo=LONDON).astimezone(UTC)
    return there.astimezone(LONDON).replace(tzinfo=None) == wanted


def _skipped(wanted: datetime) -> str:
    minute = timedelta(minutes=1)
    before = after = wanted
    while not _happens(before):
        before -= minute
    while not _happens(after):
        after += minute
    return (
        f"The clocks go forward on {_day(wanted.date())}, so {wanted:%H:%M} does not happen. "
        f"The nearest times are {before:%H:%M} and {after:%H:%M}."
    )


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
