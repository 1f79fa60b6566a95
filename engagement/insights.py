"""Asks for what a network tells only the account itself, with the channel's own login.

Of a post: Facebook's insights on the days of FACEBOOK_INSIGHT_DAYS, X's private counts on those of X_PRIVATE_DAYS (X
gives them for 30 days, and charges as for any reading: late on the day on which the public numbers are asked for too,
so that one of the two is free). Of a Page: its insights of yesterday, once a day. Unknown stays unknown.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import logins
from accounts.models import Channel
from engagement import retired
from engagement.models import AccountInsight, PostInsight, Watch
from engagement.schedules import Schedule
from platforms import errors, registry
from platforms.base import Insights
from publishing import money
from publishing.reconcile import UNKNOWN_ID

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)  # a batch whose worker died is asked again after this
AGAIN = timedelta(hours=1)  # after trouble
OLDEST = timedelta(days=30)  # X gives private counts of no older post (platforms.md 1.3)
DAY = timedelta(days=1)
AT_ONCE = 500
PAGES_FROM_HOUR = 9  # UTC: the day of a Page's insights ends at midnight on the Pacific coast, 7 or 8 UTC


def plan(*, now: datetime) -> int:
    """Give every watched post without one its next moment, where its network has days for it. Returns how many."""
    return sum(_plan(network, schedule, now=now) for network, schedule in _schedules().items())


def _plan(network: str, schedule: Schedule, *, now: datetime) -> int:
    young = Watch.objects.filter(delivery__channel__network=network, delivery__published_at__gt=now - schedule.lasts)
    open_ = young.filter(insights_at__isnull=True, public=True, gone_at__isnull=True)
    open_ = open_.exclude(delivery__remote_id__startswith=UNKNOWN_ID).select_related("delivery")
    watches = list(open_.order_by("-delivery__published_at")[:AT_ONCE])
    for watch in watches:
        watch.insights_at = _next(watch, schedule, now)
    planned = [watch for watch in watches if watch.insights_at is not None]
    Watch.objects.bulk_update(planned, ["insights_at"])
    return len(planned)


def due_batches(*, now: datetime) -> list[list[int]]:
    """Keys of due watches, by channel: one login cannot ask for another's."""
    due = Watch.objects.filter(insights_at__lte=now, delivery__channel__network__in=_schedules())
    rows = due.order_by("insights_at").values_list("delivery__channel", "delivery__channel__network", "pk")[:AT_ONCE]
    together: dict[tuple[int, str], list[int]] = defaultdict(list)
    for channel, network, pk in rows:
        together[channel, network].append(pk)
    return [
        keys[start : start + size]
        for (_, network), keys in together.items()
        for size in [registry.capabilities(network).metrics_batch]
        for start in range(0, len(keys), size)
    ]


def collect(*, watch_ids: list[int], now: datetime) -> int:
    """Ask for one batch of one channel. Returns of how many posts something was told. Trouble puts it off an hour."""
    watches = _affordable(_take(watch_ids, now=now), now=now)
    if not watches:
        return 0
    channel = watches[0].delivery.channel
    try:
        voice = logins.network_for(channel, now=now)
        wanted = retired.living(channel.network, voice.insights_version, voice.capabilities.post_insights, now=now)
        told = voice.insights([watch.delivery.remote_id for watch in watches], wanted) if wanted else {}
    except errors.PlatformError as trouble:
        _trouble(channel, trouble, now=now)
        again = trouble.retry_at if isinstance(trouble, errors.Throttled) else None
        _put_off(watches, max(again or now, now + AGAIN), now=now)
        return 0
    return _keep(watches, told, voice.insights_version, now=now)


def _take(watch_ids: list[int], *, now: datetime) -> list[Watch]:
    """The watches that are still due, leased to this caller."""
    with transaction.atomic():
        due = Watch.objects.select_for_update(of=("self",)).filter(
            pk__in=watch_ids, insights_at__lte=now, public=True, gone_at__isnull=True
        )
        watches = list(due.select_related("delivery__channel__team__parent__parent"))
        Watch.objects.filter(pk__in=watch_ids, insights_at__lte=now).update(insights_at=None)
        Watch.objects.filter(pk__in=[watch.pk for watch in watches]).update(insights_at=now + LEASE)
    return watches


def _affordable(watches: list[Watch], *, now: datetime) -> list[Watch]:
    """Those that may be asked about now. For the others the day's number stays unknown."""
    free = money.readable({watch.delivery.remote_id: watch.delivery.channel for watch in watches}, now=now)
    dear = [watch for watch in watches if watch.delivery.remote_id not in free]
    if dear:
        logger.warning("No money to read the private numbers of %d posts: their next day is waited for", len(dear))
        _plan_next(dear, now=now)
    return [watch for watch in watches if watch not in dear]


def _put_off(watches: Sequence[Watch], until: datetime, *, now: datetime) -> None:
    for watch in watches:
        watch.insights_at = until if until - _born(watch) < OLDEST else None
    Watch.objects.bulk_update(watches, ["insights_at"])


def _plan_next(watches: Sequence[Watch], *, now: datetime) -> None:
    schedules = _schedules()
    for watch in watches:
        watch.insights_at = _next(watch, schedules[watch.delivery.channel.network], now)
    Watch.objects.bulk_update(watches, ["insights_at"])


@transaction.atomic
def _keep(watches: list[Watch], told: Mapping[str, Insights | None], version: str, *, now: datetime) -> int:
    channel, day = watches[0].delivery.channel, money.utc_day(now)
    known = [(watch.delivery, one) for watch in watches if (one := told.get(watch.delivery.remote_id)) is not None]
    retired.settle(channel.network, version, [one for _, one in known], now=now)
    facts = {"version": version, "day": day, "at": now}
    rows = [
        PostInsight(delivery=delivery, metric=metric, value=value, **facts)
        for delivery, one in known
        for metric, value in one.values.items()
    ]
    PostInsight.objects.bulk_create(rows, ignore_conflicts=True)
    money.spend_on_reads({delivery.remote_id: delivery.channel for delivery, _ in known}, now=now)
    _plan_next(watches, now=now)
    return len(known)


def due_pages(*, now: datetime) -> list[int]:
    """Keys of the live channels whose network tells something of a whole account, and has not told of yesterday."""
    if now.hour < PAGES_FROM_HOUR:
        return []
    networks = [network for network in _schedules() if registry.capabilities(network).account_insights]
    live = Channel.objects.filter(state=Channel.State.LIVE, network__in=networks).exclude(external_id="")
    return list(live.exclude(insights__day=_yesterday(now)).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def collect_page(*, channel_id: int, now: datetime) -> int:
    """Ask for one account's numbers of yesterday. Returns how many metrics were told; trouble: asked again later."""
    channel = Channel.objects.select_related("team__parent__parent").get(pk=channel_id)
    day = _yesterday(now)
    if AccountInsight.objects.filter(channel=channel, day=day).exists():
        return 0
    try:
        voice = logins.network_for(channel, now=now)
        wanted = retired.living(channel.network, voice.insights_version, voice.capabilities.account_insights, now=now)
        told = voice.account_insights(wanted, day=day) if wanted else Insights()
    except errors.PlatformError as trouble:
        _trouble(channel, trouble, now=now)
        return 0
    facts = {"channel": channel, "version": voice.insights_version, "day": day, "at": now}
    # A row for each metric, refused ones too: the day was asked about.
    named = dict.fromkeys(voice.capabilities.account_insights) | dict(told.values)
    with transaction.atomic():
        retired.settle(channel.network, voice.insights_version, [told], now=now)
        rows = [AccountInsight(metric=metric, value=value, **facts) for metric, value in named.items()]
        AccountInsight.objects.bulk_create(rows, ignore_conflicts=True)
    return sum(value is not None for value in named.values())


def _trouble(channel: Channel, trouble: errors.PlatformError, *, now: datetime) -> None:
    logger.warning("No insights of %s: %s", channel, trouble.reason)
    logins.note(channel=channel, trouble=trouble, now=now)


def _schedules() -> dict[str, Schedule]:
    """Of the networks that are asked at all: late on each of the UTC days of a post's life that the settings name."""
    return {network: Schedule((), tuple(sorted(days))) for network, days in settings.INSIGHT_DAYS.items() if days}


def _next(watch: Watch, schedule: Schedule, now: datetime) -> datetime | None:
    """All posts of a channel at one minute, so that one call asks for them."""
    return schedule.after(_born(watch), now=now, spread=watch.delivery.channel_id)


def _born(watch: Watch) -> datetime:
    assert watch.delivery.published_at is not None
    return watch.delivery.published_at


def _yesterday(now: datetime) -> date:
    return money.utc_day(now) - DAY
