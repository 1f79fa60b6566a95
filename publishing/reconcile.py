"""Is it public? Look at the channel's own timeline, and never send again blindly (platforms.md 4.2, steps 5 to 8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import audit, logins, rights
from accounts.errors import Conflict
from accounts.models import User
from platforms import errors
from platforms.base import Found
from platforms.text import canonical
from publishing import delivery as sending
from publishing.models import Attempt, Delivery

BEFORE = timedelta(seconds=5)
SINCE = timedelta(seconds=120)
AFTER = timedelta(minutes=6)
RETRY_LOOK = timedelta(seconds=60)


def reconcile(*, delivery_id: int, now: datetime) -> None:
    """One look. A match publishes; a complete look without one counts; a look that failed does not."""
    delivery = sending.load(delivery_id)
    if not _take(delivery, now=now):
        return
    doubt = delivery.attempts.filter(outcome=Attempt.Outcome.DOUBTFUL).earliest("number")
    try:
        network = logins.network_for(delivery.target.channel, now=now)
        found = network.find(since=doubt.started_at - SINCE)
    except errors.PlatformError as trouble:
        reason = f"We could not look yet: {trouble.reason}"[:300]
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCONFIRMED).update(reason=reason)
        return
    matches = [post for post in found if _matches(delivery, doubt, post)]
    if matches:
        _adopt(delivery, matches, now=now)
    else:
        _not_found(delivery, doubt, now=now)


def decide(*, delivery: Delivery, public: bool, permalink: str = "", by: User, now: datetime) -> None:
    """A named person's word on what the look-ups could not settle. Raises Conflict when it settled meanwhile."""
    rights.require(by, "take_down", delivery.target.channel)
    with transaction.atomic():
        if public:
            won = delivery.settle(
                Delivery.State.PUBLISHED,
                was=Delivery.State.UNCONFIRMED,
                remote_id=f"seen-by-a-person-{delivery.pk}",
                permalink=permalink,
                published_at=now,
                reason=f"{by.display_name} saw it.",
                look_at=None,
            )
            if won:
                audit.record(by, "delivery.seen", delivery, now=now, permalink=permalink)
                sending.finish(delivery.target.post, now=now)
        else:
            reason = f"{by.display_name} looked and it is not public."
            won = sending.settle_unconfirmed(delivery, Delivery.State.FAILED, now=now, reason=reason, by=by)
        if not won:
            raise Conflict("This was settled in the meantime. Nothing was changed.")


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
        sending.confirm(
            delivery,
            was=Delivery.State.UNCONFIRMED,
            remote_id=oldest.remote_id,
            permalink=oldest.permalink,
            now=now,
            at=oldest.created_at,
        )
        if len(matches) > 1:
            extra = [post.permalink for post in matches if post is not oldest]
            reason = f"It is there {len(matches)} times. Take the others down: {' '.join(extra)}"[:300]
            Delivery.objects.filter(pk=delivery.pk).update(reason=reason)
            audit.record(None, "delivery.doubled", delivery, now=now, extra=extra)


def _not_found(delivery: Delivery, doubt: Attempt, *, now: datetime) -> None:
    looks = delivery.looks + 1
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCONFIRMED).update(
        looks=looks, look_at=_next_look(delivery, now=now), reason=_words(delivery, looks)
    )
    if looks >= settings.LOOKS_BEFORE_SECOND_ATTEMPT and _may_try_again(delivery, now=now):
        reason = f"It was not there after {looks} looks, so it is sent once more."
        sending.try_again(delivery, now=now, reason=reason)
    elif looks >= len(settings.LOOK_AFTER_SECONDS):
        reason = f"We looked {looks} times and it is not public. Choose a new time."
        sending.settle_unconfirmed(delivery, Delivery.State.MISSED, now=now, reason=reason)


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
