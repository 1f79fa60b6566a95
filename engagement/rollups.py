"""Adds the numbers up by channel, area and London day: each day alone, from its own posts; history costs nothing.

What changes marks its day as stale; the clock folds stale days. A day is always counted afresh from its posts and
their last numbers, never by adding a difference, so that folding and rebuilding give the same rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from accounts.models import Channel, Team
from engagement import ageing, months, periods, topics
from engagement.models.numbers import Snapshot
from engagement.models.rollups import COUNTS, SUMS, AreaDay, ChannelDay, StaleArea, StaleDay
from posts.models import VersionPicture
from publishing.models import Delivery

AREAS = (Team.Kind.BOROUGH, Team.Kind.FORCE)
AT_ONCE = 60  # days a fold
CHUNK = 1000
EXACT = 100  # answers below this are kept as they are in a spread


@dataclass
class _Sum:
    """A day of an area while it is added up."""

    counts: Counter[str] = field(default_factory=Counter)
    sums: dict[str, int | None] = field(default_factory=lambda: dict.fromkeys(SUMS))
    spreads: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def take(self, row: ChannelDay) -> None:
        for name in COUNTS:
            self.counts[name] += getattr(row, name)
        for name in SUMS:
            self.sums[name] = _plus(self.sums[name], getattr(row, name))
        for form, topic, answers in row.brought:
            if answers is not None:
                rounded = str(_rounded(answers))
                self.spreads[form][rounded] += 1
                self.spreads[f"#{topic}"][rounded] += 1


@dataclass(frozen=True)
class _Facts:
    """Of a day's deliveries, by key: those that came first, the last numbers, those at a week's age, and words for
    pictures (by version)."""

    first: set[int]
    latest: dict[int, Snapshot]
    at_a_week: dict[int, Snapshot]
    alts: dict[int, list[str]]


def mark(days: Iterable[tuple[int, date]], *, now: datetime) -> None:
    """These (channel, day) are to be added up again. The marks are locked until the caller's change is committed."""
    rows = [StaleDay(channel_id=channel, day=day, since=now) for channel, day in sorted(set(days))]
    fields = {"unique_fields": ["channel", "day"], "update_fields": ["since"]}
    StaleDay.objects.bulk_create(rows, update_conflicts=True, batch_size=CHUNK, **fields)


def mark_deliveries(deliveries: QuerySet[Delivery], *, now: datetime) -> None:
    """The days of these deliveries, and of every other of the same posts: which one came first may have changed."""
    together = Delivery.objects.filter(target__post__in=deliveries.order_by().values("target__post"))
    public = together.filter(published_at__isnull=False).values_list("channel", "published_at")
    mark([(channel, periods.day_of(at)) for channel, at in public], now=now)


def fold(*, now: datetime) -> int:
    """Add up what is stale, oldest day first. Returns how many days of channels were counted."""
    days = StaleDay.objects.order_by("day").values_list("day", flat=True).distinct()[:AT_ONCE]
    counted = sum(_fold_channels(day, now=now) for day in list(days))
    for day in list(StaleArea.objects.order_by("day").values_list("day", flat=True)[:AT_ONCE]):
        _fold_areas(day, now=now)
    months.fold(now=now)
    return counted


def rebuild(*, now: datetime) -> Iterator[date]:
    """Count every day again, oldest first, yielding each when it is done. Safe while the clock folds."""
    for day in _every_day():
        with transaction.atomic():
            mark([(channel, day) for channel in _voices_of(day)], now=now)
            _fold_channels(day, now=now)
        _fold_areas(day, now=now)
        yield day
    months.fold(now=now, quiet=timedelta(0))


@transaction.atomic
def _fold_channels(day: date, *, now: datetime) -> int:
    stale = list(StaleDay.objects.select_for_update(skip_locked=True).filter(day=day))
    channels = [mark.channel_id for mark in stale]
    rows = count_day(day, channels)
    ChannelDay.objects.filter(day=day, channel__in=channels).delete()
    ChannelDay.objects.bulk_create(rows, batch_size=CHUNK)
    StaleDay.objects.filter(pk__in=[mark.pk for mark in stale]).delete()
    if stale:
        StaleArea.objects.bulk_create(
            [StaleArea(day=day, since=now)], update_conflicts=True, unique_fields=["day"], update_fields=["since"]
        )
    return len(stale)


@transaction.atomic
def _fold_areas(day: date, *, now: datetime) -> None:
    if not StaleArea.objects.select_for_update(skip_locked=True).filter(day=day).first():
        return
    AreaDay.objects.filter(day=day).delete()
    AreaDay.objects.bulk_create(_areas(day), batch_size=CHUNK)
    StaleArea.objects.filter(day=day).delete()
    months.mark([day], now=now)


def count_day(day: date, channels: Collection[int]) -> list[ChannelDay]:
    """What these channels told on a London day, from the posts themselves. A channel without a post has no row."""
    deliveries = list(_public_on(day, channels))
    facts = _Facts(_firsts(deliveries), _latest(deliveries), _at_a_week(deliveries, day), _alts(deliveries))
    together: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        together[delivery.channel_id].append(delivery)
    return [_row(day, channel, found, facts) for channel, found in sorted(together.items())]


def answers_of(snapshot: Snapshot | None) -> int | None:
    """Reactions, replies and shares together, as far as they are known."""
    known = [n for n in (snapshot.reactions, snapshot.replies, snapshot.shares) if n is not None] if snapshot else []
    return sum(known) if known else None


def _row(day: date, channel: int, deliveries: list[Delivery], facts: _Facts) -> ChannelDay:
    texts = [str(delivery.version.texts.get(str(channel), "")) for delivery in deliveries]
    shown = [facts.alts.get(delivery.version_id, []) for delivery in deliveries]
    said = [facts.latest.get(delivery.pk) for delivery in deliveries]
    then = [facts.at_a_week.get(delivery.pk) for delivery in deliveries]
    return ChannelDay(
        channel_id=channel,
        day=day,
        updates=sum(delivery.pk in facts.first for delivery in deliveries),
        posts=len(deliveries),
        known=sum(snapshot is not None for snapshot in said),
        asking=sum(map(topics.asks, texts)),
        pictures=sum(map(len, shown)),
        described=sum(bool(alt) for alts_of_one in shown for alt in alts_of_one),
        last_at=max(delivery.published_at for delivery in deliveries if delivery.published_at),
        brought=[
            [topics.form_of(text, pictures=len(pictures)), topics.topic_of(text), answers_of(snapshot)]
            for text, pictures, snapshot in zip(texts, shown, then, strict=True)
        ],
        **{name: months.total(said, name) for name in SUMS},
    )


def _public_on(day: date, channels: Collection[int]) -> QuerySet[Delivery]:
    span = {"published_at__gte": periods.midnight(day), "published_at__lt": periods.midnight(day + timedelta(days=1))}
    public = Delivery.objects.filter(state=Delivery.State.PUBLISHED, channel__in=channels, **span)
    newest = Snapshot.objects.filter(delivery=OuterRef("pk")).order_by("-at").values("pk")[:1]
    return public.select_related("version", "target").annotate(newest=Subquery(newest)).order_by("published_at", "pk")


def _firsts(deliveries: Collection[Delivery]) -> set[int]:
    """The keys of those that made their post public first."""
    posts = {delivery.target.post_id for delivery in deliveries}
    public = Delivery.objects.filter(target__post__in=posts, state=Delivery.State.PUBLISHED)
    rows = public.order_by("-published_at", "-pk").values_list("target__post", "pk")
    return set(dict(rows).values())  # the earliest comes last and stays


def _latest(deliveries: Collection[Delivery]) -> dict[int, Snapshot]:
    keys = [delivery.newest for delivery in deliveries if delivery.newest]  # type: ignore[attr-defined]
    return {snapshot.delivery_id: snapshot for snapshot in Snapshot.objects.filter(pk__in=keys)}


def _at_a_week(deliveries: Collection[Delivery], day: date) -> dict[int, Snapshot]:
    """The first numbers after a post became a week old."""
    published = {delivery.pk: delivery.published_at for delivery in deliveries if delivery.published_at}
    span = (periods.midnight(day) + ageing.AGE, periods.midnight(day + timedelta(days=1)) + ageing.LATEST)
    found: dict[int, Snapshot] = {}
    for snapshot in Snapshot.objects.filter(delivery__in=published, at__range=span).order_by("at"):
        if ageing.is_of_the_age(published[snapshot.delivery_id], snapshot.at):
            found.setdefault(snapshot.delivery_id, snapshot)
    return found


def _alts(deliveries: Collection[Delivery]) -> dict[int, list[str]]:
    """The words for each picture of a version."""
    found: dict[int, list[str]] = defaultdict(list)
    versions = {delivery.version_id for delivery in deliveries}
    for version, alt in VersionPicture.objects.filter(version__in=versions).values_list("version", "alt"):
        found[version].append(alt)
    return found


def _areas(day: date) -> Iterator[AreaDay]:
    sums: dict[tuple[int, str], _Sum] = defaultdict(_Sum)
    over = _areas_over()
    voices = {
        pk: (team, network) for pk, team, network in Channel.objects.order_by().values_list("pk", "team", "network")
    }
    for row in ChannelDay.objects.filter(day=day):
        team, network = voices[row.channel_id]
        for area in over[team]:
            sums[area, network].take(row)
    for (area, network), found in sorted(sums.items()):
        spreads = {key: dict(sorted(spread.items())) for key, spread in sorted(found.spreads.items())}
        yield AreaDay(team_id=area, network=network, day=day, spreads=spreads, **found.counts, **found.sums)


def _areas_over() -> dict[int, list[int]]:
    """The borough and the force that each team belongs to, or is."""
    rows = {pk: (kind, parent) for pk, kind, parent in Team.objects.order_by().values_list("pk", "kind", "parent")}

    def upwards(team: int | None) -> Iterator[int]:
        while team is not None:
            kind, parent = rows[team]
            if kind in AREAS:
                yield team
            team = parent

    return {team: list(upwards(team)) for team in rows}


def _every_day() -> list[date]:
    """From the first day that has a post or a row to the last."""
    public = Delivery.objects.aggregate(first=Min("published_at"), last=Max("published_at"))
    kept = ChannelDay.objects.aggregate(first=Min("day"), last=Max("day"))
    ends = [periods.day_of(at) for at in public.values() if at] + [day for day in kept.values() if day]
    return [min(ends) + timedelta(days=n) for n in range((max(ends) - min(ends)).days + 1)] if ends else []


def _voices_of(day: date) -> set[int]:
    """Channels that have a post or a row on this day."""
    span = {"published_at__gte": periods.midnight(day), "published_at__lt": periods.midnight(day + timedelta(days=1))}
    kept = ChannelDay.objects.filter(day=day).values_list("channel", flat=True)
    return {*kept, *Delivery.objects.filter(**span).order_by().values_list("channel", flat=True).distinct()}


def _plus(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else one + other


def _rounded(answers: int) -> int:
    """To two figures from a hundred on: a spread stays short, and a middle stays true to one part in twenty."""
    if answers < EXACT:
        return answers
    unit = 10 ** (len(str(answers)) - 2)
    return (answers + unit // 2) // unit * unit
