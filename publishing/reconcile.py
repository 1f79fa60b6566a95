"""Is it public? Look at the channel's own timeline, and never send again blindly (platforms.md 4.2, steps 5 to 8)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, logins, rights
from accounts.errors import Conflict
from accounts.models import Channel, User
from platforms import errors
from platforms.base import Found
from platforms.text import canonical
from publishing import staging
from publishing.models import Attempt, Delivery
from publishing.settling import LONGEST, confirm, load, settle

BEFORE = timedelta(seconds=5)
SINCE = timedelta(seconds=120)
AFTER = timedelta(minutes=6)
RETRY_LOOK = timedelta(seconds=60)
UNKNOWN_ID = "unknown-"
_NUMBER = re.compile(r"/(?:status|posts)/(\d+)|[?&]story_fbid=(\d+)")


def reconcile(*, delivery_id: int, now: datetime) -> None:
    """One look. A match publishes; a complete look without one counts; a look that failed does not."""
    delivery = load(delivery_id)
    if not _take(delivery, now=now):
        return
    doubt = delivery.attempts.filter(outcome=Attempt.Outcome.DOUBTFUL).earliest("number")
    try:
        network = logins.network_for(delivery.target.channel, now=now)
        found = network.find(since=doubt.started_at - SINCE)
    except errors.PlatformError as trouble:
        reason = f"We could not look yet: {trouble.reason}"[:LONGEST]
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCONFIRMED).update(reason=reason)
        return
    matches = [post for post in found if _matches(delivery, doubt, post)]
    if matches:
        _adopt(delivery, matches, now=now)
    else:
        _not_found(delivery, doubt, now=now)


def decide(*, delivery: Delivery, public: bool, permalink: str = "", by: User, now: datetime) -> None:
    """A named person's word on what the look-ups could not settle.

    Raises ValidationError (permalink) for an address that is not on the channel's network; Conflict when it settled
    meanwhile.
    """
    rights.require(by, "take_down", delivery.target.channel)
    was = Delivery.State.UNCONFIRMED
    if public:
        remote_id = _id_at(permalink, delivery)
        said = f"{by.display_name} saw it."
        facts = {"remote_id": remote_id, "permalink": permalink, "published_at": now, "look_at": None}
        won = settle(delivery, Delivery.State.PUBLISHED, was=was, now=now, by=by, reason=said, **facts)
    else:
        said = f"{by.display_name} looked and it is not public."
        won = settle(delivery, Delivery.State.FAILED, was=was, now=now, by=by, reason=said, look_at=None)
    if not won:
        raise Conflict("This was settled in the meantime. Nothing was changed.")


def _id_at(permalink: str, delivery: Delivery) -> str:
    """The network's id of the post at that address; a placeholder where the address does not tell it."""
    channel, config = delivery.target.channel, settings.PLATFORMS
    home = {Channel.Network.X: config.x_www, Channel.Network.FACEBOOK: config.facebook_www}[channel.network]
    if (urlsplit(permalink).hostname or "").removeprefix("www.") != (urlsplit(home).hostname or "").removeprefix(
        "www."
    ):
        raise ValidationError({"permalink": f"That is not an address on {channel.get_network_display()}."})
    number = _NUMBER.search(permalink)
    if number is None:
        return f"{UNKNOWN_ID}{delivery.pk}"
    found = number.group(1) or number.group(2)
    return found if channel.network == Channel.Network.X else f"{channel.external_id}_{found}"


def _take(delivery: Delivery, *, now: datetime) -> bool:
    """One looker at a time: move the next look ahead before looking. True when this caller may look."""
    next_look = now + RETRY_LOOK
    return bool(
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCONFIRMED, look_at__lte=now).update(
            look_at=next_look
        )
    )


def _matches(delivery: Delivery, doubt: Attempt, post: Found) -> bool:
    last = delivery.attempts.order_by("number").last() or doubt
    in_time = doubt.started_at - BEFORE <= post.created_at <= (last.ended_at or last.started_at) + AFTER
    return (
        in_time
        and post.pictures == delivery.version.pictures.count()
        and canonical(post.text) == canonical(delivery.version.text_for(delivery.target.channel))
        and not Delivery.objects.filter(remote_id=post.remote_id).exclude(pk=delivery.pk).exists()
    )


def _adopt(delivery: Delivery, matches: list[Found], *, now: datetime) -> None:
    """The oldest match is ours. More than one is said aloud: a person must take the extra down."""
    oldest = min(matches, key=lambda post: post.created_at)
    with transaction.atomic():
        confirm(
            delivery,
            was=Delivery.State.UNCONFIRMED,
            remote_id=oldest.remote_id,
            permalink=oldest.permalink,
            now=now,
            at=oldest.created_at,
        )
        if len(matches) > 1:
            extra = [post.permalink for post in matches if post is not oldest]
            reason = f"It is there {len(matches)} times. Take the others down: {' '.join(extra)}"[:LONGEST]
            Delivery.objects.filter(pk=delivery.pk).update(reason=reason)
            audit.record(None, "delivery.doubled", delivery, now=now, extra=extra)


def _not_found(delivery: Delivery, doubt: Attempt, *, now: datetime) -> None:
    looks = delivery.looks + 1
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCONFIRMED).update(
        looks=looks, look_at=_next_look(delivery, now=now), reason=_words(delivery, looks)
    )
    if looks >= settings.LOOKS_BEFORE_SECOND_ATTEMPT and _may_try_again(delivery, now=now):
        _try_again(delivery, now=now, reason=f"It was not there after {looks} looks, so it is sent once more.")
    elif looks >= len(settings.LOOK_AFTER_SECONDS):
        reason = f"We looked {looks} times and it is not public. Choose a new time."
        settle(delivery, Delivery.State.MISSED, was=Delivery.State.UNCONFIRMED, now=now, reason=reason, look_at=None)


@transaction.atomic
def _try_again(delivery: Delivery, *, now: datetime, reason: str) -> None:
    """Back to waiting for the one second attempt, with pictures staged afresh."""
    facts = {"due_at": now, "look_at": None}
    if settle(delivery, Delivery.State.WAITING, was=Delivery.State.UNCONFIRMED, now=now, reason=reason, **facts):
        staging.forget(delivery)


def _next_look(delivery: Delivery, *, now: datetime) -> datetime:
    """The next planned look after now, counted from the last attempt."""
    last = delivery.attempts.order_by("number").last()
    planned = [last.started_at + timedelta(seconds=seconds) for seconds in settings.LOOK_AFTER_SECONDS] if last else []
    return next((moment for moment in planned if moment > now), now + RETRY_LOOK)


def _may_try_again(delivery: Delivery, *, now: datetime) -> bool:
    """Once, inside its time, where the network's policy says so (settings.SECOND_ATTEMPT)."""
    doubtful = delivery.attempts.filter(outcome=Attempt.Outcome.DOUBTFUL).count()
    policy = settings.SECOND_ATTEMPT[delivery.target.channel.network]
    fits = policy == "always" or (policy == "with pictures" and delivery.version.pictures.exists())
    return fits and doubtful == 1 and now <= delivery.send_by


def _words(delivery: Delivery, looks: int) -> str:
    times = "once" if looks == 1 else f"{looks} times"
    return f"We have looked {times} and it is not on {delivery.target.channel.get_network_display()} yet."
