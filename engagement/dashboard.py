"""What teams told people and what came back. Reads only; a fixed number of queries however many posts there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, OuterRef, QuerySet, Subquery

from accounts.models import Channel, Team
from engagement import months
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


def told(teams: Collection[Team], *, since: datetime, until: datetime, network: str = "") -> list[Told]:
    """Every post of these teams that became public in the span, newest first. Two queries. network empty: on any."""
    return _tell_all(_of_network(_published(teams, since, until), network))


def published_by(team: Team, *, since: datetime, until: datetime, network: str = "") -> QuerySet[Delivery]:
    """A row {"target__post", "at"} for each post of a team that became public in the span, newest first."""
    public = Delivery.objects.filter(
        state=Delivery.State.PUBLISHED, channel__team=team, published_at__gte=since, published_at__lte=until
    )
    public = _of_network(public, network)
    return public.order_by().values("target__post").annotate(at=Min("published_at")).order_by("-at", "-target__post")


def told_of(posts: Collection[int], *, network: str = "") -> list[Told]:
    """These posts, newest first, as far as they stand on this network; empty: on any. Two queries."""
    return _tell_all(_of_network(_whole(Delivery.objects.filter(target__post__in=posts)), network))


def lines_of(post_id: int) -> list[Line]:
    """Where one post is public, with the last numbers. Two queries."""
    public = Delivery.objects.filter(target__post=post_id, state=Delivery.State.PUBLISHED)
    public = public.select_related("target__channel", "version", "watch").order_by("-target__channel__network")
    latest = _latest(public)
    return [Line(delivery, latest.get(delivery.pk)) for delivery in public]


def total(posts: Iterable[Told]) -> Numbers:
    return add([post.numbers for post in posts])


def add(rows: Sequence[Snapshot | Numbers]) -> Numbers:
    """The sum of each count over the rows that know it."""
    return Numbers(*(months.total(rows, name) for name in COUNTS))


def _of_network(deliveries: QuerySet[Delivery], network: str) -> QuerySet[Delivery]:
    return deliveries.filter(channel__network=network) if network else deliveries


def _published(teams: Collection[Team], since: datetime, until: datetime) -> QuerySet[Delivery]:
    mine = Delivery.objects.filter(target__channel__team__in=[team.pk for team in teams])
    return _whole(mine.filter(published_at__gte=since, published_at__lte=until))


def _whole(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Those that are public, with everything that a page shows of them."""
    public = deliveries.filter(state=Delivery.State.PUBLISHED)
    return public.select_related("target__channel__team", "version", "watch").order_by("-published_at", "-pk")


def _tell_all(deliveries: QuerySet[Delivery]) -> list[Told]:
    latest = _latest(deliveries)
    together: dict[int, list[Line]] = defaultdict(list)
    for delivery in deliveries:
        together[delivery.target.post_id].append(Line(delivery, latest.get(delivery.pk)))
    return [_tell(lines) for lines in together.values()]


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
