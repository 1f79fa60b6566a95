"""What teams told people and what came back, read from the rows by day. One query for each read, however many posts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from accounts.models import Channel, Team
from engagement import ageing, periods, spreads, topics
from engagement.dashboard import Heard, Numbers, Stretch
from engagement.models import AreaDay, AreaMonth, ChannelDay, StaleMonth
from engagement.models.rollups import COUNTS, SUMS
from engagement.periods import Period
from engagement.spreads import Middle

Spread = Counter[int]
LATELY = 30  # days of the force that a team stands beside
COLUMNS = (*COUNTS, *SUMS)


@dataclass
class Day:
    """One day on one network, or (of an area) a whole month, which `day` begins.

    by_kind: the spread of answers at a week's age, by form, and by "#topic" where that was asked for; empty while the
    posts are younger.
    """

    day: date
    network: str
    counts: dict[str, int]
    sums: dict[str, int | None]
    by_kind: Mapping[str, Spread] = field(default_factory=dict)


@dataclass(frozen=True)
class Summed:
    """The sum of some days. numbers: of what is known."""

    updates: int
    posts: int
    known: int
    asking: int
    pictures: int
    described: int
    numbers: Numbers

    @property
    def silent(self) -> int:
        """Posts of which the network has said nothing yet."""
        return self.posts - self.known


@dataclass(frozen=True)
class Kind:
    """Posts of one form or about one topic. middle None: nothing is known of any."""

    label: str
    posts: int
    middle: Middle | None


@dataclass(frozen=True)
class Span:
    """Days of an area. topics: whether its spreads by topic are read too, which are long."""

    first: date
    last: date
    topics: bool = False

    @property
    def columns(self) -> list[str]:
        return ["spreads"] if self.topics else [f"spreads__{form}" for form in topics.FORMS]

    @property
    def months(self) -> list[date]:
        """The first days of the calendar months that lie wholly inside."""
        found, month = [], periods.month_of(self.first - timedelta(days=1))
        while periods.last_of(month := periods.month_after(month)) <= self.last:
            found.append(month)
        return found

    def without(self, months: Sequence[date]) -> list[tuple[date, date]]:
        """The first and the last day of each stretch that these months leave."""
        found, begin = [], self.first
        for month in months:
            found += [(begin, month - timedelta(days=1))] if begin < month else []
            begin = periods.month_after(month)
        return [*found, (begin, self.last)] if begin <= self.last else found


def of_teams(teams: Collection[int], *, since: date, until: date, network: str = "") -> list[Day]:
    """By channel: for a ward, or a few. network empty: every one. until: today, by which a post's age is told."""
    rows = ChannelDay.objects.filter(channel__team__in=teams, day__gte=since, day__lte=until)
    return _of_channels(rows.filter(channel__network=network) if network else rows, ageing.settled(until))


def of_channels(channels: Iterable[int], *, since: date, until: date) -> list[Day]:
    rows = ChannelDay.objects.filter(channel__in=channels, day__gte=since, day__lte=until)
    return _of_channels(rows, ageing.settled(until))


def _of_channels(rows: QuerySet[ChannelDay], settled: date) -> list[Day]:
    found = rows.order_by("day", "pk").values_list("channel__network", "day", *COLUMNS, "brought")
    return [_of_channel(row, settled) for row in found]


def of_area(area: Team, spans: Sequence[Span], *, today: date, network: str = "") -> list[Day]:
    """A borough or the force with everything below it, in these spans. Whole months come as one row of a network.

    One query for each span and one for all; a month that is not added up yet is read by its days.
    """
    rows = {"team": area} | ({"network": network} if network else {})
    settled = ageing.settled(today)
    stale = set(StaleMonth.objects.values_list("month", flat=True)) if any(span.months for span in spans) else set()
    return [one for span in spans for one in _of_span(rows, span, stale, settled)]


def _of_span(rows: dict[str, Any], span: Span, stale: Collection[date], settled: date) -> Iterator[Day]:
    months = [month for month in span.months if month not in stale and periods.last_of(month) <= settled]
    rest = Q(*(Q(day__gte=first, day__lte=last) for first, last in span.without(months)), _connector=Q.OR)
    columns = (*COLUMNS, *span.columns)
    parts = [AreaDay.objects.filter(rest, **rows).values_list("network", "day", *columns)] if rest else []
    if months:
        whole = AreaMonth.objects.filter(**rows, month__in=months)
        parts.append(whole.values_list("network", "month", *columns))
    first, *others = (part.order_by() for part in parts)
    for row in first.union(*others, all=True):
        found = _of_area(row, span)
        found.by_kind = found.by_kind if found.day <= settled else {}
        yield found


def of_force(force: Team, period: Period, network: str = "") -> list[Day]:
    """What a team's posts stand beside: the force's last weeks, whatever period is looked at. A year of them would say
    the same and be many more figures."""
    span = Span(period.last - timedelta(days=LATELY - 1), period.last)
    return of_area(force, [span], today=period.last, network=network)


def updates_by_borough(*, since: date, until: date, network: str = "") -> dict[int, int]:
    """Key of the borough -> updates of its teams. One query."""
    days = AreaDay.objects.filter(team__kind=Team.Kind.BOROUGH, day__gte=since, day__lte=until)
    days = days.filter(network=network) if network else days
    return dict(days.order_by().values_list("team").annotate(Sum("updates")))


def add(days: Iterable[Day]) -> Summed:
    counts: Counter[str] = Counter()
    known: dict[str, list[int]] = {name: [] for name in SUMS}
    for one in days:
        counts.update(one.counts)
        for name, value in one.sums.items():
            known[name] += [] if value is None else [value]
    numbers = Numbers(**{name: sum(values) if values else None for name, values in known.items()})
    return Summed(**{name: counts[name] for name in COUNTS}, numbers=numbers)


def spread(days: Iterable[Day], *, network: str = "") -> Spread:
    """How many posts brought how many answers."""
    ours = [one for one in days if network in ("", one.network)]
    return _together(one.by_kind[form] for one in ours for form in topics.FORMS if form in one.by_kind)


def _together(spreads: Iterable[Mapping[int | str, int]]) -> Spread:
    """Their sum. An area's spreads come as they are kept, with the answers as text: a number is made of each once."""
    found: Counter[int | str] = Counter()
    for one in spreads:
        found.update(one)
    whole: Spread = Counter()
    for answers, posts in found.items():
        whole[int(answers)] += posts
    return whole


def waiting(days: Iterable[Day], *, today: date) -> int:
    """Posts that are too fresh to be compared."""
    return sum(one.counts["posts"] for one in days if one.day > ageing.settled(today))


def heard(days: Sequence[Day]) -> list[Heard]:
    """Each network's own sums, since they do not count the same things."""
    found = []
    for network, label in Channel.Network.choices:
        if theirs := [one for one in days if one.network == network]:
            summed = add(theirs)
            found.append(Heard(label, summed.posts, summed.silent, summed.numbers))
    return found


def kinds(days: Sequence[Day], labels: dict[str, str], *, prefix: str = "") -> list[Kind]:
    """The posts by form, or by topic (prefix "#"), in the order of `labels`; without the unknown kinds."""
    together = {
        key: _together(one.by_kind[prefix + key] for one in days if prefix + key in one.by_kind) for key in labels
    }
    return [
        Kind(label, together[key].total(), spreads.middle(together[key]))
        for key, label in labels.items()
        if together[key]
    ]


def stretches(
    days: Iterable[Day], *, since: date, until: date, start_of: Callable[[date], date], after: Callable[[date], date]
) -> list[Stretch]:
    """Every week or month of the span, quiet ones included. responses: the median of one post on one network
    at a week's age."""
    inside: dict[date, list[Day]] = defaultdict(list)
    for one in days:
        inside[start_of(one.day)].append(one)
    found, start, last = [], start_of(since), start_of(until)
    while start <= last:
        middle = spreads.middle(spread(inside[start]))
        updates = sum(one.counts["updates"] for one in inside[start])
        found.append(Stretch(start, updates, middle.median if middle else None, growing=start == last))
        start = after(start)
    return found


def _of_channel(row: Sequence[Any], settled: date) -> Day:
    *facts, brought = row
    found = _day(facts)
    if found.day > settled:
        return found
    by_kind: dict[str, Spread] = defaultdict(Counter)
    for form, topic, answers in brought:
        if answers is not None:
            by_kind[form][answers] += 1
            by_kind[f"#{topic}"][answers] += 1
    found.by_kind = by_kind
    return found


def _of_area(row: Sequence[Any], span: Span) -> Day:
    facts, held = row[: len(COLUMNS) + 2], row[len(COLUMNS) + 2 :]
    found = _day(facts)
    kept = held[0] if span.topics else dict(zip(topics.FORMS, held, strict=True))
    found.by_kind = {key: spread for key, spread in kept.items() if spread}
    return found


def _day(facts: Sequence[Any]) -> Day:
    network, day, *figures = facts
    counts = dict(zip(COUNTS, figures, strict=False))
    sums = dict(zip(SUMS, figures[len(COUNTS) :], strict=True))
    return Day(day, str(network), counts, sums)
