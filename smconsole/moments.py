"""Time as people in London say it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_NEAR = timedelta(hours=12)


def say(moment: datetime, now: datetime) -> str:
    """ "today 14:00 (in 20 minutes)", "tomorrow 09:30", "Thursday 5 March 14:00", "5 March 2027 14:00"."""
    day = _day(moment, now)
    near = (
        f" ({_distance(moment - now)})"
        if abs(moment - now) < _NEAR and day in ("today", "tomorrow", "yesterday")
        else ""
    )
    return f"{day} {clock(moment)}{near}"


def clock(moment: datetime) -> str:
    """ "14:00"; in the hour that comes twice in October, "01:30 BST" or "01:30 GMT"."""
    local = moment.astimezone(LONDON)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M %Z}" if twice else f"{local:%H:%M}"


def exact(moment: datetime) -> str:
    """ "Monday 2 March 2026 at 14:00:00 GMT"."""
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y at %H:%M:%S %Z}"


def day_end(now: datetime) -> datetime:
    """Midnight in London after `now`: 23, 24 or 25 hours after the last one."""
    tomorrow = now.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), LONDON).astimezone(UTC)


def age(moment: datetime, now: datetime) -> str:
    """How long ago, in one unit: "3 minutes", "2 hours", "5 days"."""
    return _spell(max(now - moment, timedelta(0)))


def _day(moment: datetime, now: datetime) -> str:
    local, today = moment.astimezone(LONDON), now.astimezone(LONDON).date()
    away = (local.date() - today).days
    if away in (-1, 0, 1):
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[away]
    if local.year != today.year and abs(away) > 90:
        return f"{local.day} {local:%B %Y}"
    return f"{local:%A} {local.day} {local:%B}"


def _distance(gap: timedelta) -> str:
    if abs(gap) < timedelta(minutes=1):
        return "now"
    return f"in {_spell(gap)}" if gap > timedelta(0) else f"{_spell(-gap)} ago"


def _spell(gap: timedelta) -> str:
    """One unit, rounded: minutes up to an hour and a half, hours up to two days, then days."""
    minutes = round(gap.total_seconds() / 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 90:
        return _many(minutes, "minute")
    hours = round(minutes / 60)
    return _many(hours, "hour") if hours < 48 else _many(round(hours / 24), "day")


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
