"""What the month will cost: what is spent, what is planned and known, and what the last weeks suggest. Reads only."""

from __future__ import annotations

import math
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import fmean, stdev

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncDate

from accounts.models import Team
from posts.models import Post, Target
from publishing import money
from publishing.models import Delivery, Kind

PAST = 28  # complete days that the projection looks at
LEAST = 7  # fewer than these say nothing about how much days differ
EIGHTY = 1.2816  # of 100 sums of normal days 80 lie within so many standard deviations


@dataclass(frozen=True)
class Forecast:
    """In micros. scheduled: posts that are approved or waiting, and `planned`, what they cost. reading: what is read
    of posts in the rest of the month by the plan. low and high: within which the month ends in eight of ten cases,
    None while there are too few days to say, or when what is planned comes to more than that.
    """

    spent: int
    scheduled: int
    planned: int
    reading: int
    straight: int
    low: int | None
    high: int | None
    days: int

    @property
    def is_above_the_usual(self) -> bool:
        """What is planned comes to more than the last weeks suggest."""
        return self.low is None and self.days >= LEAST

    @property
    def committed(self) -> int:
        """Spent, and what comes if nothing else is written."""
        return self.spent + self.planned + self.reading


def look(*, now: datetime, places: Collection[int] | None = None) -> Forecast:
    """places: keys of the teams whose money it is (boroughs, the force); None for everything."""
    today, first = money.utc_day(now), money.month_start(now)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    price = money.prices(today)
    spent = sum(sum(kinds.values()) for kinds in money.days(since=first, until=today, places=places).values())
    planned = _planned(now, last, price, places)
    reads = _reads_of_the_published(today, last, places) + sum(len(read_days(day, last)) for day, _ in planned)
    reading = reads * price.get(Kind.READ, 0)
    cost = sum(micros for _, micros in planned)
    rest = (datetime.combine(last + timedelta(days=1), time(), UTC) - now) / timedelta(days=1)
    typical = _typical_days(today, places)
    mean = fmean(typical) if typical else spent / max(1.0, _length(first, last) - rest)
    spread = EIGHTY * stdev(typical) * math.sqrt(rest) if len(typical) >= LEAST else None
    straight = round(spent + mean * rest)
    committed = spent + cost + reading
    low, high = (None, None) if spread is None else (round(straight - spread), round(straight + spread))
    if low is not None and high is not None:
        low, high = (max(low, committed), high) if high > committed else (None, None)
    return Forecast(spent, len(planned), cost, reading, max(straight, committed), low, high, len(typical))


def read_after() -> list[timedelta]:
    """The ages at which a post on X is read, for its public numbers and for those that X tells its author alone.

    Every reading on a UTC day after the first is free, so what counts is on how many days a post is read.
    """
    private = [timedelta(days=days) for days in settings.INSIGHT_DAYS["x"]]
    return [timedelta(hours=hours) for hours in settings.METRIC_AGES_HOURS] + private


def read_days(published: date, last: date) -> set[date]:
    """The UTC days up to `last` on which a post that went out on a day is read: for its proof, and for its numbers."""
    noon = datetime.combine(published, time(12), UTC)
    return {day for after in read_after() if (day := (noon + after).date()) <= last} | {published}


def _length(first: date, last: date) -> int:
    return (last - first).days + 1


def _typical_days(today: date, places: Collection[int] | None) -> list[int]:
    """What each of the last complete days cost, from the first on which anything was spent."""
    since = today - timedelta(days=PAST)
    known = money.days(since=since, until=today - timedelta(days=1), places=places)
    if not known:
        return []
    begun = min(known)
    return [sum(known.get(begun + timedelta(days=ago), {}).values()) for ago in range((today - begun).days)]


def _planned(
    now: datetime, last: date, price: Mapping[str, int], places: Collection[int] | None
) -> list[tuple[date, int]]:
    """What is to go out on X by the month's end: the UTC day, and what it costs."""
    until = datetime.combine(last + timedelta(days=1), time(), UTC)
    related = ("channel__team__parent__parent", "post__current")
    targets = Target.objects.filter(
        post__state__in=(Post.State.APPROVED, Post.State.RELEASED),
        post__current__publish_at__gt=now,
        post__current__publish_at__lt=until,
        channel__network__in=money.CHARGES,
    )
    found = []
    for target in targets.select_related(*related).prefetch_related("post__current__pictures"):
        version = target.post.current
        if version is None or version.publish_at is None:
            continue
        if places is not None and money.place_of(target.channel).pk not in places:
            continue
        described = sum(bool(picture.alt) for picture in version.pictures.all())
        cost = money.cost_of(version.text_for(target.channel), described, price=price)
        found.append((money.utc_day(version.publish_at), cost))
    return found


def _reads_of_the_published(today: date, last: date, places: Collection[int] | None) -> int:
    """How often posts that are out already are read on days still to come this month."""
    since = datetime.combine(today, time(), UTC) - max(read_after(), default=timedelta(0)) - timedelta(days=1)
    rows = Delivery.objects.filter(
        state=Delivery.State.PUBLISHED, published_at__gte=since, channel__network__in=money.CHARGES
    )
    if places is not None:
        rows = rows.filter(channel__team__in=_teams_of(places))
    counted = rows.order_by().values_list(TruncDate("published_at", tzinfo=UTC)).annotate(Count("pk"))
    return sum(count * sum(day > today for day in read_days(published, last)) for published, count in counted)


def _teams_of(places: Collection[int]) -> list[int]:
    """Every team whose money is that of these places."""
    every = Team.objects.select_related("parent__parent")
    return [team.pk for team in every if money.pays_for(team).pk in places]


@dataclass(frozen=True)
class Month:
    """The lines of the table: what each kind cost, and each day."""

    kinds: list[tuple[str, int, int]]
    days: dict[date, Counter[str]]


def month(*, now: datetime, places: Collection[int] | None = None) -> Month:
    """This UTC month so far: (kind in words, how many, micros), and micros of each kind by day. One query a price."""
    first, today = money.month_start(now), money.utc_day(now)
    days = money.days(since=first, until=today, places=places)
    counts = money.counts(since=first, until=today, places=places)
    cost: defaultdict[str, int] = defaultdict(int)
    for kinds in days.values():
        for kind, micros in kinds.items():
            cost[kind] += micros
    return Month([(Kind(kind).label, counts[kind], cost[kind]) for kind in Kind if counts[kind]], days)
