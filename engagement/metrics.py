"""Asks the networks for numbers, on a schedule that thins out as a post grows older (engagement/schedules.py).

X answers for a hundred posts of any channels in one call with the app's own token; Facebook for one Page at a time.
What a network does not say stays empty: unknown is not zero. X charges for a post once a UTC day: what the budget does
not hold is not asked for until a day when it does (publishing/money.py).
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accounts import logins
from engagement import periods, rollups
from engagement.models import Answer, Snapshot, Watch
from engagement.schedules import Schedule
from platforms import errors, registry
from platforms.base import Metrics, Network
from publishing import money, proof
from publishing.models import Delivery, Removal
from publishing.reconcile import UNKNOWN_ID

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)  # a batch whose worker died is asked again after this
GRACE = timedelta(days=7)  # a network that stays silent past the last age is asked so much longer, then no more
SCHEDULE = Schedule.of(settings.METRIC_AGES_HOURS)
AT_ONCE = 500
LATELY = timedelta(days=3)  # the clock looks for new posts so far back; a sweep now and then looks at all
DOWN = (Delivery.State.TAKING_DOWN, Delivery.State.TAKEN_DOWN)


def start_watching(*, now: datetime, lately: timedelta | None = LATELY) -> int:
    """A watch for every delivery that became public `lately` (None: ever) and has none. Returns how many were new.

    Without the network's own id (a person saw the post, its address did not tell) there is nothing to ask for: its
    watch is finished from the beginning.
    """
    fresh = Delivery.objects.filter(state=Delivery.State.PUBLISHED, watch__isnull=True)
    fresh = fresh.filter(published_at__gte=now - lately) if lately else fresh
    found = list(fresh[:AT_ONCE])
    if not found:
        return 0
    with transaction.atomic():
        # Two clocks may both see a delivery: the second row is no news.
        Watch.objects.bulk_create(map(_watch_for, found), ignore_conflicts=True)
        rollups.mark_deliveries(Delivery.objects.filter(pk__in=[delivery.pk for delivery in found]), now=now)
    return len(found)


def stop_watching(*, now: datetime) -> int:
    """What was taken down is asked about no more, and its day no longer counts it. Returns how many there were."""
    # Counted days may hold what nobody has begun to watch: a rebuilding counts whatever is public.
    counted = Q(delivery__watch__public=True) | Q(delivery__watch__isnull=True)
    down = Removal.objects.filter(counted, delivery__state__in=DOWN)
    keys = list(down.values_list("delivery", flat=True)[:AT_ONCE])
    if not keys:
        return 0
    with transaction.atomic():
        Watch.objects.bulk_create((Watch(delivery_id=key) for key in keys), ignore_conflicts=True)
        Watch.objects.filter(delivery__in=keys).update(next_at=None, public=False)
        rollups.mark_deliveries(Delivery.objects.filter(pk__in=keys), now=now)
        down = Delivery.objects.filter(pk__in=keys, state=Delivery.State.TAKEN_DOWN)
        forget_gone(list(down.values_list("pk", flat=True)), now=now)
    return len(keys)


def _watch_for(delivery: Delivery) -> Watch:
    unknown = delivery.remote_id.startswith(UNKNOWN_ID) or delivery.published_at is None
    first = None if unknown else next(SCHEDULE.moments(delivery.published_at, spread=delivery.pk))
    return Watch(delivery=delivery, next_at=first)


def due_batches(*, now: datetime) -> list[list[int]]:
    """Keys of due watches, in batches that one call each can answer."""
    due = Watch.objects.filter(next_at__lte=now).order_by("next_at").select_related("delivery__target__channel")
    together: dict[tuple[str, int], list[int]] = defaultdict(list)
    for watch in due[:AT_ONCE]:
        together[_asked_together(watch)].append(watch.pk)
    return [
        keys[start : start + size]
        for (network, _), keys in together.items()
        for size in [registry.capabilities(network).metrics_batch]
        for start in range(0, len(keys), size)
    ]


def collect(*, watch_ids: list[int], now: datetime) -> int:
    """Ask for one batch and keep what is said. Returns how many snapshots were taken. Network trouble puts it off."""
    watches = _affordable(_take(watch_ids, now=now), now=now)
    if not watches:
        return 0
    try:
        answers = _reader(watches[0], now=now).metrics([watch.delivery.remote_id for watch in watches])
    except errors.PlatformError as trouble:
        _put_off(watches, trouble, now=now)
        return 0
    return _keep(watches, answers, now=now)


def _affordable(watches: list[Watch], *, now: datetime) -> list[Watch]:
    """Those that may be asked about now. The others wait for their next moment on a later UTC day."""
    free = money.readable({watch.delivery.remote_id: watch.delivery.channel for watch in watches}, now=now)
    priced = [watch for watch in watches if watch.delivery.remote_id not in free]
    if not priced:
        return watches
    logger.warning("No money to read %d posts: asked about them again on another day", len(priced))
    tomorrow = datetime.combine(money.utc_day(now) + timedelta(days=1), time(), UTC)
    for watch in priced:
        watch.next_at = SCHEDULE.after(watch.delivery.published_at, now=tomorrow, spread=watch.delivery_id)
    Watch.objects.bulk_update(priced, ["next_at"])
    return [watch for watch in watches if watch not in priced]


def _put_off(watches: list[Watch], trouble: errors.PlatformError, *, now: datetime) -> None:
    """Ask again when the network says so, else after the lease. A dead login is told to those who can mend it."""
    told = trouble.retry_at if isinstance(trouble, errors.Throttled) else None
    logger.warning("No numbers for %d posts: %s", len(watches), trouble.reason)
    for watch in watches:
        given_up = now - watch.delivery.published_at > SCHEDULE.lasts + GRACE
        watch.next_at = None if given_up else max(told or now, now + LEASE)
    Watch.objects.bulk_update(watches, ["next_at"])
    channel = watches[0].delivery.target.channel
    # The app's own key, with which X is read, says nothing about a channel's login.
    if isinstance(trouble, errors.LoginExpired) and channel.network not in registry.APP_READERS:
        logins.mark_broken(channel=channel, reason=trouble.reason, now=now)


def _asked_together(watch: Watch) -> tuple[str, int]:
    channel = watch.delivery.target.channel
    return channel.network, 0 if channel.network in registry.APP_READERS else channel.pk


def _take(watch_ids: list[int], *, now: datetime) -> list[Watch]:
    """The watches that are still due, leased to this caller."""
    with transaction.atomic():
        due = Watch.objects.select_for_update(of=("self",)).filter(pk__in=watch_ids, next_at__lte=now)
        watches = list(due.select_related("delivery__target__channel", "delivery__channel__team__parent__parent"))
        Watch.objects.filter(pk__in=[watch.pk for watch in watches]).update(next_at=now + LEASE)
    return watches


def _reader(watch: Watch, *, now: datetime) -> Network:
    channel = watch.delivery.target.channel
    if channel.network in registry.APP_READERS:
        return registry.APP_READERS[channel.network](settings.PLATFORMS)
    return logins.network_for(channel, now=now)


@transaction.atomic
def _keep(watches: list[Watch], answers: Mapping[str, Metrics | None], *, now: datetime) -> int:
    taken = [
        _snapshot(watch.delivery, said, now)
        for watch in watches
        if (said := answers.get(watch.delivery.remote_id)) is not None
    ]
    Snapshot.objects.bulk_create(taken)
    _keep_answers(watches, answers, now)
    money.spend_on_reads({one.delivery.remote_id: one.delivery.channel for one in taken}, now=now)
    for watch in watches:
        gone = watch.delivery.remote_id in answers and answers[watch.delivery.remote_id] is None
        watch.asked += 1
        watch.gone_at = (watch.gone_at or now) if gone else None
        watch.next_at = None if gone else SCHEDULE.after(watch.delivery.published_at, now=now, spread=watch.delivery_id)
    Watch.objects.bulk_update(watches, ["asked", "gone_at", "next_at"])
    rollups.mark(map(day_of, (snapshot.delivery for snapshot in taken)), now=now)
    return len(taken)


def _keep_answers(watches: list[Watch], answers: Mapping[str, Metrics | None], now: datetime) -> None:
    """As they came, for a while. Of a post that its network no longer has, nothing from there is kept (platforms.md 7):
    our own approved words stay the record."""
    said = [(watch.delivery, answers.get(watch.delivery.remote_id, Metrics())) for watch in watches]
    forget_gone([delivery.pk for delivery, answer in said if answer is None], now=now)
    bodies = [(delivery, dict(answer.raw)) for delivery, answer in said if answer is not None and answer.raw]
    Answer.objects.bulk_create(Answer(delivery=delivery, at=now, body=body) for delivery, body in bodies)


def forget_gone(deliveries: Collection[int], *, now: datetime) -> None:
    """What was fetched of posts that their networks have no more: the raw answers, and what was read back as proof."""
    Answer.objects.filter(delivery__in=deliveries).delete()
    proof.purge(deliveries=deliveries, now=now)


def forget_answers(*, now: datetime) -> int:
    """Raw answers older than RAW_ANSWERS_DAYS. Returns how many went."""
    old = Answer.objects.filter(at__lt=now - timedelta(days=settings.RAW_ANSWERS_DAYS))
    return old.delete()[0]


def day_of(delivery: Delivery) -> tuple[int, date]:
    """Where a public delivery is counted: its channel, and the London day on which it became public."""
    assert delivery.published_at is not None
    return delivery.channel_id, periods.day_of(delivery.published_at)


def _snapshot(delivery: Delivery, said: Metrics, now: datetime) -> Snapshot:
    return Snapshot(
        delivery=delivery,
        at=now,
        impressions=said.impressions,
        reactions=said.reactions,
        replies=said.replies,
        shares=said.shares,
        clicks=said.clicks,
    )
