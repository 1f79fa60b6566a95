"""How many follow each channel, counted once a UTC day. Never who: no follower is looked at (domain.md E.7)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from accounts import logins
from accounts.models import Channel
from engagement.models import Followers
from platforms import errors, registry
from publishing import money
from publishing.models import Kind

logger = logging.getLogger(__name__)
AT_ONCE = 100  # accounts that one question to X may hold


def count_followers(*, now: datetime) -> int:
    """Ask about every live channel that has no count for this UTC day. Returns how many were counted.

    X charges for each account looked at: without money for it, the day has no count. One Page's trouble is no other's.
    """
    day = money.utc_day(now)
    live = Channel.objects.filter(state=Channel.State.LIVE).exclude(external_id="")
    missing = live.exclude(followers__day=day).select_related("team__parent__parent").order_by("pk")
    together = [one for one in missing if one.network in registry.APP_READERS]
    counted = sum(_ask_app(together[start : start + AT_ONCE], now=now) for start in range(0, len(together), AT_ONCE))
    return counted + sum(_ask_one(one, now=now) for one in missing if one.network not in registry.APP_READERS)


def _ask_app(channels: Sequence[Channel], *, now: datetime) -> int:
    if not money.may_spend(Kind.USER, len(channels), now):
        return 0
    reader = registry.APP_READERS[channels[0].network](settings.PLATFORMS)
    try:
        counts = reader.followers([channel.external_id for channel in channels])
    except errors.PlatformError as trouble:
        logger.warning("No followers of %d channels: %s", len(channels), trouble.reason)
        return 0
    known = [channel for channel in channels if channel.external_id in counts]
    for channel in known:
        _keep(channel, counts[channel.external_id], now=now)
        money.spend(Kind.USER, 1, channel=channel, now=now)
    return len(known)


def _ask_one(channel: Channel, *, now: datetime) -> int:
    try:
        counts = logins.network_for(channel, now=now).followers([channel.external_id])
    except errors.PlatformError as trouble:
        logger.warning("No followers of %s: %s", channel, trouble.reason)
        return 0
    for count in counts.values():
        _keep(channel, count, now=now)
    return len(counts)


def _keep(channel: Channel, count: int, *, now: datetime) -> None:
    Followers.objects.get_or_create(channel=channel, day=money.utc_day(now), defaults={"count": count})
