"""What a borough's teams did and drew in a year, from the days that are added up, as an exposure of an analysis.

A year ends with the month of the survey's latest figures, so that both cover the same twelve months. Before the
console's first update nothing is known, which is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from accounts.models import Team
from engagement.models import AreaDay, Population

SUMMED = ("updates", "known", "replies", "reactions", "shares", "pictures", "described")
Key = tuple[str, int]  # borough code, year
Values = dict[Key, float | None]


@dataclass
class Year:
    """The sums of one borough and year. known: posts on a network of which it has said anything."""

    posts: int = 0
    known: int = 0
    replies: int = 0
    responses: int = 0
    pictures: int = 0
    described: int = 0
    people: int | None = None


@dataclass(frozen=True)
class Exposure:
    """One thing that may go with confidence. unit: in words, of one step."""

    name: str
    label: str
    unit: str
    value: Callable[[Year], float | None]


def _per(top: float, bottom: float | None, times: float = 1) -> float | None:
    return top / bottom * times if bottom else None


EXPOSURES = {
    one.name: one
    for one in (
        Exposure("posts", "Updates", "updates a year", lambda y: float(y.posts)),
        Exposure("posts_per_head", "Updates per 10,000 residents", "updates", lambda y: _per(y.posts, y.people, 1e4)),
        Exposure("replies", "Replies from people", "replies a year", lambda y: float(y.replies)),
        Exposure("replies_per_post", "Replies to an update", "replies", lambda y: _per(y.replies, y.known)),
        Exposure(
            "replies_per_head", "Replies per 10,000 residents", "replies", lambda y: _per(y.replies, y.people, 1e4)
        ),
        Exposure("responses_per_post", "Answers to an update", "answers", lambda y: _per(y.responses, y.known)),
        Exposure("alt_text_rate", "Pictures with a description", "share", lambda y: _per(y.described, y.pictures)),
    )
}


def by_year(name: str, *, month: int) -> Values:
    """The exposure of every borough and year. month: the last of a year. A fixed number of queries."""
    return {key: EXPOSURES[name].value(year) for key, year in sums(month=month).items()}


def sums(*, month: int) -> dict[Key, Year]:
    """Every borough in every year since the first update, quiet ones with nothing in them. Three queries."""
    boroughs = dict(Team.objects.filter(kind=Team.Kind.BOROUGH).values_list("pk", "code"))
    found: dict[Key, Year] = defaultdict(Year)
    for row in _months(boroughs):
        _add(found[boroughs[row["team"]], year_of(date(row["year"], row["month"], 1), month)], row)
    if not found:
        return {}
    first, last = min(year for _, year in found), max(year for _, year in found)
    whole = {(code, year): found[code, year] for code in boroughs.values() for year in range(first, last + 1)}
    _people(whole)
    return whole


def year_of(day: date, month: int) -> int:
    """The year that a day counts for, where years end with `month`."""
    return day.year + (day.month > month)


def _months(boroughs: Collection[int]) -> Iterable[dict[str, Any]]:
    """What each borough and its wards told and drew, by calendar month, from the days that are added up."""
    days = AreaDay.objects.filter(team__in=boroughs).order_by()
    months = days.values("team", year=ExtractYear("day"), month=ExtractMonth("day"))
    return months.annotate(**{f"all_{name}": Sum(name) for name in SUMMED})


def _add(year: Year, row: dict[str, Any]) -> None:
    counts = {name: row[f"all_{name}"] or 0 for name in SUMMED}
    year.posts += counts["updates"]
    year.known += counts["known"]
    year.replies += counts["replies"]
    year.responses += counts["replies"] + counts["reactions"] + counts["shares"]
    year.pictures += counts["pictures"]
    year.described += counts["described"]


def _people(found: dict[Key, Year]) -> None:
    """The year's own figure, or the last one before it."""
    known: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for code, year, people in Population.objects.order_by("year").values_list("team__code", "year", "people"):
        known[code].append((year, people))
    for (code, year), kept in found.items():
        kept.people = next((people for when, people in reversed(known[code]) if when <= year), None)
