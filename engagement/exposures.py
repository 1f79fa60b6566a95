"""What a borough's teams did and drew in a year, from the console's own rows, as an exposure of an analysis.

A year ends with the month of the survey's latest figures, so that both cover the same twelve months. Before the
console's first update nothing is known, which is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q

from accounts.models import Team
from engagement.models import Population, Snapshot
from engagement.periods import day_of
from posts.models import VersionPicture
from publishing.models import Delivery

Key = tuple[str, int]  # borough code, year
Values = dict[Key, float | None]


@dataclass
class Year:
    """The sums of one borough and year. heard: posts whose network said anything."""

    posts: set[int] = field(default_factory=set)
    replies: int = 0
    responses: int = 0
    heard: set[int] = field(default_factory=set)
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
        Exposure("posts", "Updates", "updates a year", lambda y: float(len(y.posts))),
        Exposure(
            "posts_per_head", "Updates per 10,000 residents", "updates", lambda y: _per(len(y.posts), y.people, 1e4)
        ),
        Exposure("replies", "Replies from people", "replies a year", lambda y: float(y.replies)),
        Exposure("replies_per_post", "Replies to an update", "replies", lambda y: _per(y.replies, len(y.heard))),
        Exposure(
            "replies_per_head", "Replies per 10,000 residents", "replies", lambda y: _per(y.replies, y.people, 1e4)
        ),
        Exposure("responses_per_post", "Answers to an update", "answers", lambda y: _per(y.responses, len(y.heard))),
        Exposure("alt_text_rate", "Pictures with a description", "share", lambda y: _per(y.described, y.pictures)),
    )
}


def by_year(name: str, *, month: int) -> Values:
    """The exposure of every borough and year. month: the last of a year. A fixed number of queries."""
    return {key: EXPOSURES[name].value(year) for key, year in sums(month=month).items()}


def sums(*, month: int) -> dict[Key, Year]:
    """Every borough in every year since the first update, quiet ones with nothing in them. Five queries."""
    boroughs = dict(Team.objects.filter(kind=Team.Kind.BOROUGH).values_list("pk", "code"))
    found: dict[Key, Year] = defaultdict(Year)
    for code, year, post in _posts(boroughs, month):
        found[code, year].posts.add(post)
    if not found:
        return {}
    first, last = min(year for _, year in found), max(year for _, year in found)
    whole = {(code, year): found[code, year] for code in boroughs.values() for year in range(first, last + 1)}
    _answers(whole, boroughs, month)
    _pictures(whole, boroughs, month)
    _people(whole)
    return whole


def year_of(day: date, month: int) -> int:
    """The year that a day counts for, where years end with `month`."""
    return day.year + (day.month > month)


def _public() -> Q:
    kinds = (Team.Kind.BOROUGH, Team.Kind.WARD)
    return Q(state=Delivery.State.PUBLISHED, target__channel__team__kind__in=kinds, published_at__isnull=False)


def _code(team: int, parent: int | None, boroughs: dict[int, str]) -> str | None:
    return boroughs.get(team) or boroughs.get(parent or 0)


def _posts(boroughs: dict[int, str], month: int) -> Iterable[tuple[str, int, int]]:
    rows = (
        Delivery.objects.filter(_public())
        .order_by()
        .values_list("target__channel__team", "target__channel__team__parent", "published_at", "target__post")
    )
    for team, parent, at, post in rows.iterator():
        if at and (code := _code(team, parent, boroughs)):
            yield code, year_of(day_of(at), month), post


def _answers(found: dict[Key, Year], boroughs: dict[int, str], month: int) -> None:
    """The most that each network ever said of a delivery: counts only grow, but for what the network takes back."""
    of = "delivery__target__channel__team"
    rows = Snapshot.objects.filter(delivery__in=Delivery.objects.filter(_public())).order_by()
    rows = rows.values(of, f"{of}__parent", "delivery__published_at", "delivery", "delivery__target__post")
    for row in rows.annotate(back=Max("replies"), liked=Max("reactions"), shared=Max("shares")).iterator():
        code, counts = _code(row[of], row[f"{of}__parent"], boroughs), (row["back"], row["liked"], row["shared"])
        if code and any(count is not None for count in counts):
            year = found[code, year_of(day_of(row["delivery__published_at"]), month)]
            year.heard.add(row["delivery__target__post"])
            year.replies += row["back"] or 0
            year.responses += sum(count or 0 for count in counts)


def _pictures(found: dict[Key, Year], boroughs: dict[int, str], month: int) -> None:
    of = "version__deliveries__target__channel__team"
    public = VersionPicture.objects.filter(version__deliveries__in=Delivery.objects.filter(_public())).order_by()
    rows = public.values(of, f"{of}__parent", "version__deliveries__published_at").annotate(
        all=Count("pk", distinct=True), described=Count("pk", filter=~Q(alt=""), distinct=True)
    )
    for row in rows.iterator():
        at = row["version__deliveries__published_at"]
        if at and (code := _code(row[of], row[f"{of}__parent"], boroughs)):
            year = found[code, year_of(day_of(at), month)]
            year.pictures += row["all"]
            year.described += row["described"]


def _people(found: dict[Key, Year]) -> None:
    """The year's own figure, or the last one before it."""
    known: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for code, year, people in Population.objects.order_by("year").values_list("team__code", "year", "people"):
        known[code].append((year, people))
    for (code, year), kept in found.items():
        kept.people = next((people for when, people in reversed(known[code]) if when <= year), None)
