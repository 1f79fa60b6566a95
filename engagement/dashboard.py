"""What teams told people and what came back. Reads only; a fixed number of queries however many posts there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Channel, Team
from engagement import periods
from engagement.models import Snapshot
from posts.models import Version
from publishing.models import Delivery

COUNTS = ("impressions", "reactions", "replies", "shares")


@dataclass(frozen=True)
class Numbers:
    """Sums of what is known. None: nothing is known, which is not zero."""

    impressions: int | None
    reactions: int | None
    replies: int | None
    shares: int | None


@dataclass(frozen=True)
class Line:
    """One delivery and the last thing its network said of it. snapshot None: nothing yet."""

    delivery: Delivery
    snapshot: Snapshot | None

    @property
    def channel(self) -> Channel:
        return self.delivery.target.channel

    @property
    def gone_at(self) -> datetime | None:
        """When the network first said that it has no such post any more."""
        watch = getattr(self.delivery, "watch", None)
        return watch.gone_at if watch else None


@dataclass(frozen=True)
class Told:
    """One post that went out: where, when, what came back. The newest line's version is what was said."""

    post_id: int
    team: Team
    at: datetime
    version: Version
    lines: tuple[Line, ...]
    numbers: Numbers

    @property
    def words(self) -> str:
        return self.version.text_for(self.lines[0].channel)

    @property
    def complete(self) -> bool:
        return all(line.snapshot for line in self.lines)


@dataclass(frozen=True)
class Heard:
    """What one network said of all the posts of a page. silent: deliveries it has said nothing of yet."""

    network: str
    asked: int
    silent: int
    numbers: Numbers


@dataclass(frozen=True)
class Stretch:
    """A week or a month: its first day, how many posts, and the median of what one post brought (None: unknown)."""

    start: date
    posts: int
    responses: float | None
    growing: bool


def told(teams: Collection[Team], *, since: datetime, until: datetime) -> list[Told]:
    """Every post of these teams that became public in the span, newest first. Two queries."""
    deliveries = _published(teams, since, until)
    latest = _latest(deliveries)
    together: dict[int, list[Line]] = defaultdict(list)
    for delivery in deliveries:
        together[delivery.target.post_id].append(Line(delivery, latest.get(delivery.pk)))
    return [_tell(lines) for lines in together.values()]


def lines_of(post_id: int) -> list[Line]:
    """Where one post is public, with the last numbers. Two queries."""
    public = Delivery.objects.filter(target__post=post_id, state=Delivery.State.PUBLISHED)
    public = public.select_related("target__channel", "version", "watch").order_by("-target__channel__network")
    latest = _latest(public)
    return [Line(delivery, latest.get(delivery.pk)) for delivery in public]


def total(posts: Iterable[Told]) -> Numbers:
    return add([post.numbers for post in posts])


def by_network(posts: Iterable[Told]) -> list[Heard]:
    """Each network's own sums, since they do not count the same things."""
    lines = [line for post in posts for line in post.lines]
    return [
        Heard(label, len(asked), sum(line.snapshot is None for line in asked), _sum_lines(asked))
        for network, label in Channel.Network.choices
        if (asked := [line for line in lines if line.channel.network == network])
    ]


def typical(posts: Iterable[Told]) -> float | None:
    """The median of what one post brought, over the posts of which anything is known."""
    brought = [count for post in posts if (count := responses(post.numbers)) is not None]
    return median(brought) if brought else None


def responses(numbers: Numbers) -> int | None:
    """Reactions, replies and shares together, as far as they are known."""
    known = [count for count in (numbers.reactions, numbers.replies, numbers.shares) if count is not None]
    return sum(known) if known else None


def by_week(posts: Sequence[Told], *, since: datetime, until: datetime) -> list[Stretch]:
    """Every week of the span from Monday to Monday in London, quiet weeks included."""
    return _stretches(posts, since, until, periods.monday, periods.week_after)


def by_month(posts: Sequence[Told], *, since: datetime, until: datetime) -> list[Stretch]:
    """Every calendar month of the span in London, quiet months included."""
    return _stretches(posts, since, until, periods.first_of_month, periods.month_after)


def add(rows: Sequence[Snapshot | Numbers]) -> Numbers:
    """The sum of each count over the rows that know it."""

    def known(name: str) -> int | None:
        counts = [count for row in rows if (count := getattr(row, name)) is not None]
        return sum(counts) if counts else None

    return Numbers(*(known(name) for name in COUNTS))


def _published(teams: Collection[Team], since: datetime, until: datetime) -> QuerySet[Delivery]:
    return (
        Delivery.objects.filter(
            state=Delivery.State.PUBLISHED,
            target__channel__team__in=[team.pk for team in teams],
            published_at__gte=since,
            published_at__lte=until,
        )
        .select_related("target__channel__team", "version", "watch")
        .order_by("-published_at", "-pk")
    )


def _latest(deliveries: QuerySet[Delivery]) -> dict[int, Snapshot]:
    """The newest snapshot of each delivery, by its key."""
    newest = Snapshot.objects.filter(delivery=OuterRef("delivery")).order_by("-at").values("pk")[:1]
    found = Snapshot.objects.filter(delivery__in=deliveries.order_by().values("pk"), pk=Subquery(newest))
    return {snapshot.delivery_id: snapshot for snapshot in found}


def _tell(lines: list[Line]) -> Told:
    lines = sorted(lines, key=lambda line: line.channel.network != Channel.Network.X)
    first = lines[0].delivery
    return Told(
        post_id=first.target.post_id,
        team=first.target.channel.team,
        at=min(line.delivery.published_at for line in lines if line.delivery.published_at),
        version=first.version,
        lines=tuple(lines),
        numbers=_sum_lines(lines),
    )


def _sum_lines(lines: Iterable[Line]) -> Numbers:
    return add([line.snapshot for line in lines if line.snapshot])


def _stretches(
    posts: Sequence[Told],
    since: datetime,
    until: datetime,
    start_of: Callable[[datetime], date],
    after: Callable[[date], date],
) -> list[Stretch]:
    inside: dict[date, list[Told]] = defaultdict(list)
    for post in posts:
        inside[start_of(post.at)].append(post)
    found, start, last = [], start_of(since), start_of(until)
    while start <= last:
        found.append(Stretch(start, len(inside[start]), typical(inside[start]), growing=start == last))
        start = after(start)
    return found
