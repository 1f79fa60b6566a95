"""What teams told people and what came back. Reads only; a fixed number of queries however many posts there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Team
from engagement.models import Snapshot
from publishing.models import Delivery

LONDON = ZoneInfo("Europe/London")
COUNTS = ("impressions", "reactions", "replies", "shares")


@dataclass(frozen=True)
class Numbers:
    """Sums of what is known. None: nothing is known, which is not zero. silent: deliveries that said nothing."""

    impressions: int | None
    reactions: int | None
    replies: int | None
    shares: int | None
    silent: int = 0


@dataclass(frozen=True)
class Told:
    """One post that went out: where, when, what came back. `words` is what the first of its channels said."""

    post_id: int
    team: Team
    at: datetime
    words: str
    deliveries: tuple[Delivery, ...]
    numbers: Numbers


@dataclass(frozen=True)
class Stretch:
    """A week or a month: its first day, how many posts, and the median of what one post brought (None: unknown)."""

    start: date
    posts: int
    responses: float | None


def told(teams: Iterable[Team], *, since: datetime, until: datetime) -> list[Told]:
    """Every post of these teams that became public in the span, newest first. Two queries."""
    together: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in _published(teams, since, until):
        together[delivery.target.post_id].append(delivery)
    latest = _latest(delivery for deliveries in together.values() for delivery in deliveries)
    return [_tell(deliveries, latest) for deliveries in together.values()]


def numbers_of(deliveries: Sequence[Delivery]) -> list[tuple[Delivery, Snapshot | None]]:
    """Each delivery with the last thing its network said. One query."""
    latest = _latest(deliveries)
    return [(delivery, latest.get(delivery.pk)) for delivery in deliveries]


def total(posts: Iterable[Told]) -> Numbers:
    return _sum([post.numbers for post in posts], silent=sum(post.numbers.silent for post in posts))


def by_week(posts: Sequence[Told], *, since: datetime, until: datetime) -> list[Stretch]:
    """Every week of the span from Monday to Monday in London, quiet weeks included."""
    return _stretches(posts, _monday(since), _monday(until), lambda day: day + timedelta(days=7), _monday)


def by_month(posts: Sequence[Told], *, since: datetime, until: datetime) -> list[Stretch]:
    """Every calendar month of the span in London, quiet months included."""
    return _stretches(posts, _first(since), _first(until), _next_month, _first)


def responses(numbers: Numbers) -> int | None:
    """Reactions, replies and shares together, as far as they are known."""
    known = [count for count in (numbers.reactions, numbers.replies, numbers.shares) if count is not None]
    return sum(known) if known else None


def _published(teams: Iterable[Team], since: datetime, until: datetime) -> QuerySet[Delivery]:
    return (
        Delivery.objects.filter(
            state=Delivery.State.PUBLISHED,
            target__channel__team__in=[team.pk for team in teams],
            published_at__gte=since,
            published_at__lte=until,
        )
        .select_related("target__channel__team", "version")
        .order_by("-published_at", "target__channel__network")
    )


def _latest(deliveries: Iterable[Delivery]) -> dict[int, Snapshot]:
    """The newest snapshot of each delivery, by its key."""
    keys = [delivery.pk for delivery in deliveries]
    newest = Snapshot.objects.filter(delivery=OuterRef("delivery")).order_by("-at").values("pk")[:1]
    found = Snapshot.objects.filter(delivery__in=keys, pk=Subquery(newest))
    return {snapshot.delivery_id: snapshot for snapshot in found}


def _tell(deliveries: list[Delivery], latest: dict[int, Snapshot]) -> Told:
    first = deliveries[0]
    said = [latest[delivery.pk] for delivery in deliveries if delivery.pk in latest]
    return Told(
        post_id=first.target.post_id,
        team=first.target.channel.team,
        at=min(delivery.published_at for delivery in deliveries if delivery.published_at),
        words=first.version.text_for(first.target.channel),
        deliveries=tuple(deliveries),
        numbers=_sum(said, silent=len(deliveries) - len(said)),
    )


def _sum(rows: Sequence[Snapshot | Numbers], *, silent: int) -> Numbers:
    def known(name: str) -> int | None:
        counts = [count for row in rows if (count := getattr(row, name)) is not None]
        return sum(counts) if counts else None

    return Numbers(*(known(name) for name in COUNTS), silent=silent)


def _stretches(
    posts: Sequence[Told],
    first: date,
    last: date,
    following: Callable[[date], date],
    start_of: Callable[[datetime], date],
) -> list[Stretch]:
    inside: dict[date, list[Told]] = defaultdict(list)
    for post in posts:
        inside[start_of(post.at)].append(post)
    found, start = [], first
    while start <= last:
        brought = [count for post in inside[start] if (count := responses(post.numbers)) is not None]
        found.append(Stretch(start, len(inside[start]), median(brought) if brought else None))
        start = following(start)
    return found


def _monday(moment: datetime) -> date:
    day = moment.astimezone(LONDON).date()
    return day - timedelta(days=day.weekday())


def _first(moment: datetime) -> date:
    return moment.astimezone(LONDON).date().replace(day=1)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
