"""What teams told people and what came back, read from the rows by day. One query for each read, however many posts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import QuerySet

from accounts.models import Channel, Team
from engagement import spreads, topics
from engagement.dashboard import Heard, Numbers, Stretch
from engagement.models import AreaDay, ChannelDay
from engagement.periods import Period
from engagement.rollups import COUNTS, SUMS
from engagement.spreads import Middle

Spread = Counter[int]
LATELY = 30  # days of the force that a team stands beside
_COLUMNS = ("day", *COUNTS, *SUMS)


@dataclass
class Day:
    """One day on one network. by_kind: the spread of answers by form, and by "#topic" where that was asked for."""

    day: date
    network: str
    counts: dict[str, int]
    sums: dict[str, int | None]
    by_kind: dict[str, Spread] = field(default_factory=lambda: defaultdict(Counter))


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


def of_teams(teams: Collection[int], *, since: date, until: date, network: str = "") -> list[Day]:
    """By channel: for a ward, or a few. network empty: every one."""
    rows = ChannelDay.objects.filter(channel__team__in=teams, day__gte=since, day__lte=until)
    return _of_channels(rows.filter(channel__network=network) if network else rows)


def of_channels(channels: Iterable[int], *, since: date, until: date) -> list[Day]:
    return _of_channels(ChannelDay.objects.filter(channel__in=channels, day__gte=since, day__lte=until))


def _of_channels(rows: QuerySet[ChannelDay]) -> list[Day]:
    found = rows.order_by("day", "pk").values_list("channel__network", *_COLUMNS, "brought")
    return [_of_channel(row) for row in found]


def of_area(
    area: Team,
    *,
    since: date,
    until: date,
    network: str = "",
    spreads_since: date | None = None,
    topics_since: date | None = None,
) -> list[Day]:
    """A borough or the force with everything below it.

    spreads_since: earlier days come with their counts alone. topics_since: the same for topics, which are many.
    """
    rows = AreaDay.objects.filter(team=area, day__gte=since, day__lte=until).order_by("day", "network")
    rows = rows.filter(network=network) if network else rows
    light = [f"spreads__{form}" for form in topics.FORMS]
    found = []
    if spreads_since:
        early = rows.filter(day__lt=spreads_since).values_list("network", *_COLUMNS)
        found, rows = [_day(row) for row in early], rows.filter(day__gte=spreads_since)
    before = rows.filter(day__lt=topics_since) if topics_since else rows
    found += [_of_area(row, light) for row in before.values_list("network", *_COLUMNS, *light)]
    if topics_since:
        whole = rows.filter(day__gte=topics_since).values_list("network", *_COLUMNS, "spreads")
        found += [_of_area(row, []) for row in whole]
    return found


def of_force(force: Team, period: Period, network: str = "") -> list[Day]:
    """What a team's posts stand beside: the force's last weeks, whatever period is looked at. A year of them would say
    the same and be half a million figures."""
    return of_area(force, since=period.last - timedelta(days=LATELY - 1), until=period.last, network=network)


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
    together: Spread = Counter()
    for one in days:
        if network in ("", one.network):
            for form in topics.FORMS:
                together.update(one.by_kind.get(form, {}))
    return together


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
    together: dict[str, Spread] = {key: Counter() for key in labels}
    for one in days:
        for key, spread_of_it in together.items():
            if found := one.by_kind.get(prefix + key):
                spread_of_it.update(found)
    return [
        Kind(label, together[key].total(), spreads.middle(together[key]))
        for key, label in labels.items()
        if together[key]
    ]


def stretches(
    days: Iterable[Day], *, since: date, until: date, start_of: Callable[[date], date], after: Callable[[date], date]
) -> list[Stretch]:
    """Every week or month of the span, quiet ones included. responses: the median of one post on one network."""
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


def _of_channel(row: Sequence[object]) -> Day:
    *facts, brought = row
    found = _day(facts)
    for form, topic, answers in brought:  # type: ignore[attr-defined]
        if answers is not None:
            found.by_kind[form][answers] += 1
            found.by_kind[f"#{topic}"][answers] += 1
    return found


def _of_area(row: Sequence[object], light: Sequence[str]) -> Day:
    facts, held = row[: len(_COLUMNS) + 1], row[len(_COLUMNS) + 1 :]
    found = _day(facts)
    kept = dict(zip(topics.FORMS, held, strict=True)) if light else held[0]
    for key, spread_of_it in kept.items():  # type: ignore[attr-defined]
        found.by_kind[key] = Counter({int(answers): posts for answers, posts in (spread_of_it or {}).items()})
    return found


def _day(facts: Sequence[object]) -> Day:
    network, day, *figures = facts
    counts = dict(zip(COUNTS, figures, strict=False))
    sums = dict(zip(SUMS, figures[len(COUNTS) :], strict=True))
    return Day(day, str(network), counts, sums)  # type: ignore[arg-type]
