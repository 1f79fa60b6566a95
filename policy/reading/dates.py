"""Days of the calendar as people write them in posts, and which year they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from policy.reading.passage import Passage

LONDON = ZoneInfo("Europe/London")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_MOST_DATES = 100

_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:days?|sdays?|nesdays?|rsdays?|urdays?|s|nes|r|rs|ur)?\b\.?"
_MONTH = (
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|t|ober|ember)?\b\.?"
)
_DAY = r"(?P<day>\d{1,2})(?P<ordinal> ?(?:st|nd|rd|th))?"
_YEAR = r"(?:,? '?(?P<year>20\d\d|\d\d)\b(?![:.]?\d| ?(?:am|pm|hrs|noon|people|-|/)))?"
_HOUR = r"\d{1,2}(?:[:.]\d\d(?: ?[ap]\.?m\b)?| ?[ap]\.?m\b)\.?"
_TIME = rf"(?:,?(?: at| from)? (?:(?:{_HOUR}|\d{{1,2}}) ?(?:-|to|until) ?)?{_HOUR},?(?: on)?)?"
_BEGIN = rf"(?:\b{_WEEKDAY}{_TIME}[,:;-]? ?(?:the )?|(?<![\w/.:£#-]))"
_TRAIL = r"(?: ?\((?P<after>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\))?"

_DAY_FIRST = re.compile(rf"{_BEGIN}{_DAY}(?: ?of)?[ -]?{_MONTH}{_YEAR}{_TRAIL}")
# "Sat 14 and Sun 15 March", "Sat 14 and 21 March": a weekday and days that borrow the month of the date after them.
_BORROWERS = re.compile(
    rf"\b{_WEEKDAY},? ?(?:the )?(?P<days>(?:\d{{1,2}}(?:st|nd|rd|th)?(?:, ?| ?(?:and|&|or|/) ?)){{1,4}})$"
)
_NO_MONTH = re.compile(
    rf"\b{_WEEKDAY},? ?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b"
    rf"(?! ?(?:of )?(?:the )?{_MONTH.replace('<month>', '<following>')})(?! ?(?:,|and|&|or|to|-|/) ?(?:[a-z]+ )?\d)"
)
_MONTH_FIRST = re.compile(rf"{_BEGIN}\b{_MONTH} (?:the )?{_DAY}\b(?![:.]\d| ?(?:am|pm)){_YEAR}{_TRAIL}")
_FIGURES = re.compile(
    rf"{_BEGIN}(?P<day>\d{{1,2}})(?P<sep>[/.-])(?P<month>\d{{1,2}})(?:(?P=sep)(?P<year>20\d\d|\d\d))?"
    rf"(?![\w/%]|[.:-]\d){_TRAIL}"
)
_ISO = re.compile(rf"{_BEGIN}(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-]){_TRAIL}")

# What each form cannot be without, quick to look for; the form itself is sought beside it only.
_MONTH_NAME = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_IN_FIGURES = re.compile(r"\d[/.-]\d")
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b")
_FORMS = ((_DAY_FIRST, _MONTH_NAME), (_MONTH_FIRST, _MONTH_NAME), (_FIGURES, _IN_FIGURES), (_ISO, _IN_FIGURES))
_REACH = 60  # more than any of the forms spans beside it


@dataclass(frozen=True)
class Written:
    """A date as written. Month or year None: not said.

    weekday: 0 is Monday, with its place; None where none stands beside the date.
    """

    start: int
    end: int
    day: int
    month: int | None
    year: int | None
    weekday: int | None
    weekday_place: tuple[int, int] | None


def find_dates(passage: Passage) -> list[Written]:
    """The first hundred dates of a text, form by form."""
    return passage.remember("dates", lambda: list(islice(_find_all(passage), _MOST_DATES)))


def _find_all(passage: Passage) -> Iterator[Written]:
    for pattern, core in _FORMS:
        for found in passage.search(pattern, passage.beside(core, _REACH)):
            written = _read(found, pattern)
            if written is not None:
                yield written
                yield from _borrowers(passage.lower, written)
    for found in passage.search(_NO_MONTH, passage.beside(_ORDINAL, _REACH)):
        weekday = _weekday_number(found["weekday"])
        yield Written(*found.span(), int(found["day"]), None, None, weekday, found.span("weekday"))


def _read(found: re.Match[str], pattern: re.Pattern[str]) -> Written | None:
    said = found.groupdict()
    group = "weekday" if said["weekday"] else "after"
    dressed = bool(said[group] or said["year"])
    if pattern is _FIGURES and not _is_date_in_figures(said, group):
        return None
    day, month = int(said["day"]), said["month"]
    bare = pattern in (_DAY_FIRST, _MONTH_FIRST) and not dressed and not said["ordinal"]
    if bare and (day > 31 or pattern is _MONTH_FIRST):
        return None  # "in June 31 people came"
    year = int(said["year"]) if said["year"] else None
    return Written(
        *found.span(),
        day,
        int(month) if month.isdigit() else _month_number(month),
        year + 2000 if year is not None and year < 100 else year,
        _weekday_number(said[group]) if said[group] else None,
        found.span(group) if said[group] else None,
    )


def _is_date_in_figures(said: dict[str, str | None], group: str) -> bool:
    """ "24/7", "10-12" and "1.5.24" are not dates; "1/5/2026", "Sat 1/5" and "Sat 1.5.26" are."""
    if said["sep"] == "/":
        return bool(said["year"] or said[group])
    return bool(said["year"] and said[group])


def _borrowers(lower: str, date_after: Written) -> Iterator[Written]:
    start = max(0, date_after.start - 50)
    found = _BORROWERS.search(lower[start : date_after.start])
    if found:
        place = (start + found.start("weekday"), start + found.end("weekday"))
        for day in re.findall(r"\d{1,2}", found["days"]):
            weekday = _weekday_number(found["weekday"])
            yield Written(place[0], date_after.end, int(day), date_after.month, date_after.year, weekday, place)


def _weekday_number(short: str) -> int:
    return [name[:3].lower() for name in WEEKDAYS].index(short)


def _month_number(short: str) -> int:
    return [name[:3].lower() for name in MONTHS].index(short) + 1


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def readings(written: Written, base: date) -> list[date]:
    """The days a date may mean for a text that goes out on `base`, likeliest first; empty when there is no such day.

    A year that is written decides. Otherwise the occurrence nearest to `base` comes first. Its neighbour on the other
    side is a second reading only where people would still leave the year out: up to 300 days ahead (an event), up to
    120 days back (something that happened). On 20 November, "13 March" is next year's; on 2 March, "3 June" is this
    year's and never last year's; on 2 March, "25 December" may be either.
    """
    if written.month is None:
        return _nearby_months(written.day, base)
    if written.year is not None:
        exact = make_date(written.year, written.month, written.day)
        return [exact] if exact else []
    years = range(base.year - 1, base.year + 2)
    near = [found for year in years if (found := make_date(year, written.month, written.day))]
    near.sort(key=lambda found: (abs(found - base), -found.toordinal()))
    return [found for place, found in enumerate(near) if place == 0 or -120 <= (found - base).days <= 300]


def _nearby_months(day: int, base: date) -> list[date]:
    """ "Saturday 13th": this month's, the next one's or the last one's."""
    first = base.replace(day=1)
    months = (first, first + timedelta(days=31), first - timedelta(days=1))
    return [found for month in months if (found := make_date(month.year, month.month, day))]


def london_day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
