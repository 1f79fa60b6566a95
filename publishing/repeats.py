"""The same words twice within a day on one channel: X refuses that, and a second attempt could not be told from the
first (platforms.md 4.2, step 10). Refused before anything is sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from accounts.models import Channel
from platforms.text import canonical
from posts.models import Version
from publishing.models import Delivery

WITHIN = timedelta(hours=24)


def repeated(version: Version, channels: Collection[Channel], *, at: datetime) -> Channel | None:
    """The first of these channels that has, or is about to have, these very words within a day of `at`. One query.

    What did not become public, or is down again, counts for nothing, and a post never repeats itself.
    """
    others = Delivery.objects.filter(
        channel__in=channels, publish_at__gt=at - WITHIN, publish_at__lt=at + WITHIN
    ).exclude(state__in=(*Delivery.NOT_PUBLIC, Delivery.State.TAKEN_DOWN))
    others = others.exclude(target__post=version.post_id).select_related("version")
    said: defaultdict[int, set[str]] = defaultdict(set)
    for other in others:
        said[other.channel_id].add(canonical(str(other.version.texts.get(str(other.channel_id), ""))))
    return next((one for one in channels if canonical(version.text_for(one)) in said[one.pk]), None)


def words(channel: Channel) -> str:
    """Why it may not go."""
    return (
        f"The same words are on {channel.get_network_display()} already, or go there within a day of it. "
        "Change them, or choose a time a day apart."
    )
