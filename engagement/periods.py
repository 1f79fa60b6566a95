"""Stretches of London days, weeks and months. A day here is a day in London, 23 or 25 hours long twice a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
CHOICES = (30, 90, 365)
MONTHS = 12


@dataclass(frozen=True)
class Period:
    """The last `days` days, today included: from the first one's midnight until now."""

    days: int
    since: datetime
    until: datetime

    @property
    def weeks_since(self) -> datetime:
        """The Monday that begins the first week, so that no week of a chart is cut short at its start."""
        return midnight(monday_of(self.first))

    @property
    def first(self) -> date:
        return day_of(self.since)

    @property
    def last(self) -> date:
        return day_of(self.until)

    @property
    def before(self) -> tuple[date, date]:
        """The first and the last day of the stretch of the same length that came before."""
        return self.first - timedelta(days=self.days), self.first - timedelta(days=1)


def last(days: int, *, now: datetime) -> Period:
    return Period(days, midnight(day_of(now) - timedelta(days=days - 1)), now)


def address(period: Period, network: str) -> str:
    """The query of an address that asks for this stretch and network."""
    return urlencode({"days": period.days} | ({"network": network} if network else {}))


def months_since(now: datetime) -> datetime:
    """The first moment of the month eleven months ago: twelve bars, of which the last one is still growing."""
    this = day_of(now).replace(day=1)
    return midnight(
        this.replace(year=this.year - 1, month=this.month + 1) if this.month < 12 else this.replace(month=1)
    )


def day_of(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    """Its first day."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """month: its first day."""
    return month_after(month) - timedelta(days=1)


def first_of_month(moment: datetime) -> date:
    return month_of(day_of(moment))


def week_after(day: date) -> date:
    return day + timedelta(days=7)


def month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
