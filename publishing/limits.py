"""Token buckets as the networks fill them: per app and per account, for the call that creates a post.

Rows, and only while little is left: a flushed broker knows nothing of them, and the usual post costs no row. Nobody
waits in a worker: the tick does not offer what has no token, so a limited post waits in its row, inside its time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.timezone import localtime

from accounts.models import Channel
from platforms.base import Limit
from platforms.errors import Throttled
from publishing.models import Allowance, Delivery

WATCH = 10  # calls left: from here on they are counted
# Where a network asks to wait and does not say how long: a minute for one account, five for our whole app.
ACCOUNT_WAITS, EVERYBODY_WAITS = (timedelta(seconds=settings.PUT_OFF_SECONDS * times) for times in (4, 20))


def note(*, channel: Channel, told: Iterable[Limit], now: datetime) -> None:
    """Keep what the headers of an answer said, where it is little."""
    for limit in told:
        if limit.left <= WATCH and limit.resets_at > now:
            _fill(_name(channel, everyone=limit.everyone), limit.left, limit.resets_at, "", now)


def note_refusal(*, channel: Channel, trouble: Throttled, now: datetime) -> None:
    """The network asks to wait: what else this account, or our app, would send waits too."""
    until = trouble.retry_at or now + (EVERYBODY_WAITS if trouble.everyone else ACCOUNT_WAITS)
    if until > now:
        _fill(_name(channel, everyone=trouble.everyone), 0, until, trouble.reason, now)


def admit(*, deliveries: list[int], now: datetime) -> list[int]:
    """Those for which there is a token, which is taken; the others wait until there will be. Inside a transaction."""
    low = {bucket.name: bucket for bucket in Allowance.objects.select_for_update().filter(resets_at__gt=now)}
    if not low:
        return deliveries
    admitted: list[int] = []
    for delivery in Delivery.objects.filter(pk__in=deliveries).select_related("channel").order_by("due_at", "pk"):
        names = [_name(delivery.channel, everyone=everyone) for everyone in (False, True)]
        buckets = [low[name] for name in names if name in low]
        empty = [bucket for bucket in buckets if not bucket.left]
        if empty:
            _put_off(delivery, max(empty, key=lambda bucket: bucket.resets_at))
            continue
        for bucket in buckets:
            bucket.left -= 1
        admitted.append(delivery.pk)
    Allowance.objects.bulk_update(low.values(), ["left"])
    return admitted


def _name(channel: Channel, *, everyone: bool) -> str:
    return f"{channel.network}/post/{'app' if everyone else channel.pk}"


def _fill(name: str, left: int, resets_at: datetime, reason: str, now: datetime) -> None:
    facts = {"left": left, "resets_at": resets_at, "reason": reason[:300], "told_at": now}
    Allowance.objects.update_or_create(name=name, defaults=facts)


def _put_off(delivery: Delivery, bucket: Allowance) -> None:
    """Until the network allows it again, a few seconds apart; past its last moment the sweep gives it to a person."""
    network, again = delivery.channel.get_network_display(), localtime(bucket.resets_at)
    due_at = bucket.resets_at + timedelta(seconds=delivery.pk % 5)
    reason = f"{network} has taken as many posts as it allows for now. It allows more from {again:%H:%M}."
    waiting = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING)
    waiting.update(due_at=due_at, reason=reason)
