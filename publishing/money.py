"""What calls cost, what was spent, and whether there is money for more (platforms.md 5).

Counts are kept per UTC day, place and kind, by one conditional UPDATE on the hot path; costs follow from the prices
when somebody asks. Only X charges. Money is whole millionths of a US dollar ("micros").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from accounts.models import Channel, Team
from accounts.statements import Update, Value
from platforms.text import contains_link
from posts.models import Version
from publishing.models import Budget, Kind, Pause, Price, ReadOnce, Spent

CHARGES = (Channel.Network.X,)
MICROS = 1_000_000  # of one US dollar


_PLACE = ("day", "network", "team_id", "kind")
_MORE = Update(
    lambda: Spent.objects.filter(**{name: Value(name, Spent, name) for name in _PLACE}),
    count=F("count") + Value("count", Spent, "count"),
)


def spend(kind: str, count: int, *, channel: Channel, now: datetime) -> None:
    """Write down that `count` priced calls were made for this channel. One statement, but for the day's first."""
    if channel.network not in CHARGES or count < 1:
        return
    key = {"day": utc_day(now), "network": channel.network, "team_id": place_of(channel).pk, "kind": kind}
    if not _MORE.run_on(**key, count=count):
        Spent.objects.get_or_create(**key)
        _MORE.run_on(**key, count=count)


def spend_on_post(version: Version, channel: Channel, *, now: datetime) -> None:
    """A post became public: its price depends on whether the network sees a link in it."""
    spend(kind_of(version.text_for(channel)), 1, channel=channel, now=now)


def spend_on_reads(read: Mapping[str, Channel], *, now: datetime) -> int:
    """Posts were read, by their ids on the network. Those read earlier on this UTC day are free. Returns the priced."""
    ids = {remote_id: channel for remote_id, channel in read.items() if channel.network in CHARGES}
    if not ids:
        return 0
    day = utc_day(now)
    fresh = unread(list(ids), now=now)
    ReadOnce.objects.bulk_create((ReadOnce(day=day, remote_id=one) for one in fresh), ignore_conflicts=True)
    of_place: dict[int, list[Channel]] = defaultdict(list)
    for remote_id in fresh:
        of_place[place_of(ids[remote_id]).pk].append(ids[remote_id])
    for channels in of_place.values():
        spend(Kind.READ, len(channels), channel=channels[0], now=now)
    return len(fresh)


def unread(remote_ids: Sequence[str], *, now: datetime) -> list[str]:
    """Of these posts, those that were not read on this UTC day: reading them costs."""
    known = ReadOnce.objects.filter(day=utc_day(now), remote_id__in=remote_ids).values_list("remote_id", flat=True)
    read = set(known)
    return [remote_id for remote_id in remote_ids if remote_id not in read]


def readable(read: Mapping[str, Channel], *, now: datetime) -> set[str]:
    """Of these posts, by their ids on the network, those that may be read now: the money holds, or it costs nothing."""
    fresh = set(unread([one for one, channel in read.items() if channel.network in CHARGES], now=now))
    if not fresh or may_spend(Kind.READ, len(fresh), now):
        return set(read)
    return set(read) - fresh


def count_looks(*, now: datetime) -> int:
    """People had networks say who their channels are: count what nobody has counted. Returns how many looks."""
    found = Channel.objects.filter(unpaid_looks__gt=0).select_related("team__parent__parent")
    return sum(_count_looks(channel, now) for channel in found)


@transaction.atomic
def _count_looks(channel: Channel, now: datetime) -> int:
    """Taken off and written down together, and only as they were seen: another clock may count them too."""
    seen = channel.unpaid_looks
    as_seen = Channel.objects.filter(pk=channel.pk, unpaid_looks=seen)
    if not as_seen.update(unpaid_looks=0):
        return 0
    spend(Kind.USER, seen, channel=channel, now=now)
    return seen


def forget_reads(*, now: datetime) -> int:
    """Readings of earlier days decide nothing any more."""
    return ReadOnce.objects.filter(day__lt=utc_day(now) - timedelta(days=1)).delete()[0]


def may_spend(
    kind: str, count: int, now: datetime, *, place: Team | None = None, urgent: bool = False, network: str = "x"
) -> bool:
    """Whether `count` calls of a kind may be made now: the network is not paused, and the force's budget (with
    `place`, its borough's too) still holds their price. Without a budget nothing is limited.
    """
    if network not in CHARGES:
        return True
    if paused(network) is not None:
        return False
    cost = prices(utc_day(now), network=network).get(kind, 0) * count
    places = [team.pk for team in place.covering()] if place else []
    return all(
        purse.holds(cost, urgent=urgent) for purse in purses(now=now) if purse.is_force or purse.team.pk in places
    )


@dataclass
class Purse:
    """A budget and what is gone of it this month. In micros."""

    team: Team
    budget: int
    reserve: int
    spent: int

    @property
    def is_force(self) -> bool:
        return self.team.kind == Team.Kind.FORCE

    @property
    def left(self) -> int:
        """Before the reserve is touched. Negative: so much of the reserve is gone."""
        return self.budget - self.reserve - self.spent

    def holds(self, cost: int, *, urgent: bool) -> bool:
        """Urgent posts may use the reserve, and are never refused by the console's own arithmetic (decision 0024)."""
        return urgent or cost <= 0 or cost <= self.left


def purses(*, now: datetime) -> list[Purse]:
    """Every budget with what is spent of it in this UTC month. One query where there is none, else three."""
    budgets = list(Budget.objects.select_related("team__parent"))
    if not budgets:
        return []
    by_team = costs(since=month_start(now), until=utc_day(now))
    whole = sum(by_team.values())
    return [
        Purse(one.team, one.micros, one.reserve, whole if one.team.kind == Team.Kind.FORCE else by_team[one.team_id])
        for one in budgets
    ]


def costs(*, since: date, until: date) -> Counter[int]:
    """What each place (the key of its team) spent from one UTC day to another, both included."""
    spent: Counter[int] = Counter()
    for first, last, price in _stretches(since, until):
        rows = _spent(first, last, None).values_list("team", "kind")
        for team, kind, count in rows.annotate(Sum("count")):
            spent[team] += count * price.get(kind, 0)
    return spent


def days(*, since: date, until: date, places: Collection[int] | None = None) -> dict[date, Counter[str]]:
    """What each kind cost on each UTC day on which anything was spent. places: keys of teams; None for all."""
    found: dict[date, Counter[str]] = {}
    for first, last, price in _stretches(since, until):
        rows = _spent(first, last, places).values_list("day", "kind")
        for day, kind, count in rows.annotate(Sum("count")):
            found.setdefault(day, Counter())[kind] += count * price.get(kind, 0)
    return found


def counts(*, since: date, until: date, places: Collection[int] | None = None) -> Counter[str]:
    """How many priced calls of each kind were made."""
    rows = _spent(since, until, places).values_list("kind")
    return Counter(dict(rows.annotate(Sum("count"))))


def _spent(since: date, until: date, places: Collection[int] | None) -> QuerySet[Spent]:
    rows = Spent.objects.filter(day__gte=since, day__lte=until).order_by()
    return rows if places is None else rows.filter(team__in=places)


def _stretches(since: date, until: date) -> list[tuple[date, date, dict[str, int]]]:
    """The days from one to the other, cut where a price changed: (first, last, prices)."""
    table = list(Price.objects.filter(network__in=CHARGES).order_by("from_day", "pk"))
    starts = [since, *sorted({row.from_day for row in table if since < row.from_day <= until})]
    ends = [*(day - timedelta(days=1) for day in starts[1:]), until]
    return [
        (first, last, {row.kind: row.micros for row in table if row.from_day <= first})
        for first, last in zip(starts, ends, strict=True)
    ]


def prices(day: date, *, network: str = "x") -> dict[str, int]:
    """The price of each kind on a UTC day, in micros."""
    rows = Price.objects.filter(network=network, from_day__lte=day).order_by("from_day", "pk")
    return dict(rows.values_list("kind", "micros"))


def paused(network: str) -> Pause | None:
    return Pause.objects.filter(network=network, resumed_at__isnull=True).first()


def kind_of(text: str) -> str:
    """Which price a post with these words has: X's own rules say what a link is."""
    return Kind.CREATE_LINK if contains_link(text) else Kind.CREATE


def cost_of(text: str, described: int, *, price: Mapping[str, int]) -> int:
    """What a post costs on a network that charges. described: pictures with a description."""
    return price.get(kind_of(text), 0) + described * price.get(Kind.MEDIA, 0)


def place_of(channel: Channel) -> Team:
    """Whose money it is: the channel's borough, or the force."""
    return pays_for(channel.team)


def pays_for(team: Team) -> Team:
    """The borough that a team belongs to, or the force."""
    chain = team.covering()
    return next((team for team in chain if team.kind == Team.Kind.BOROUGH), chain[-1])


def utc_day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def month_start(now: datetime) -> date:
    """The first UTC day of the month: X charges by UTC days."""
    return utc_day(now).replace(day=1)
