"""Is it public? Look at the channel's own timeline, and never send again blindly (platforms.md 4.2, steps 5 to 8)."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts import audit, logins, rights
from accounts.errors import Conflict
from accounts.models import Channel, User
from platforms import errors
from platforms.base import Found
from platforms.text import canonical
from publishing import money, pausing, telling
from publishing.models import Attempt, Delivery
from publishing.settling import LONGEST, confirm, first_proof, load, settle

# Wide, since the network's clock and ours may differ: the words, the pictures and an unowned id carry the match.
BEFORE = timedelta(minutes=10)
AFTER = timedelta(minutes=30)
# No worker outlives its time limit: after that no answer can come any more.
NO_ANSWER_AFTER = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
# A look that failed is tried again after so long; and no more once twice the last planned look has passed and so many
# in a row have failed: after hours in which nothing looked at all, one more failure says little.
RETRY_LOOK = timedelta(seconds=2 * settings.LOOK_AFTER_SECONDS[0])
GIVE_UP_LOOKING = timedelta(seconds=2 * settings.LOOK_AFTER_SECONDS[-1])
BLIND_LOOKS = 10
# A claim that was taken from its worker is at least so old: that worker may still be waiting for its answer.
TAKEN_BACK_AFTER = timedelta(seconds=settings.CLAIM_LASTS_SECONDS)
DECISIVE = 3  # of LOOK_AFTER_SECONDS: the look after a quarter of an hour
UNKNOWN_ID = "unknown-"
_NUMBER = re.compile(r"/(?:status|posts)/(\d+)|[?&]story_fbid=(\d+)")


def reconcile(*, delivery_id: int, now: datetime) -> None:
    """One look. A match publishes; a complete look without one counts; a look that failed does not."""
    delivery = load(delivery_id)
    if not _take(delivery, now=now):
        return
    doubt = _first_doubt(delivery)
    try:
        network = logins.network_for(delivery.target.channel, now=now)
        found = network.find(since=doubt.started_at - BEFORE)
    except errors.PlatformError as trouble:
        logins.note(channel=delivery.target.channel, trouble=trouble, now=now)
        _could_not_look(delivery, trouble, now=now)
        return
    money.spend_on_reads({post.remote_id: delivery.channel for post in found}, now=now)
    matches = [post for post in found if _matches(delivery, doubt, post)]
    if delivery.state == Delivery.State.PUBLISHED:
        _tell_doubles(delivery, matches, now=now)
    elif matches:
        _adopt(delivery, matches, now=now)
    else:
        _not_found(delivery, now=now)


def hasten(*, pages: Collection[str], now: datetime) -> int:
    """Something was said of these Pages: what is in doubt there is looked for now. Returns how many.

    Only the moment of the look changes, and only to an earlier one: not while an answer could still come, and not
    sooner after the last look than a look may last, so a thousand words bring no more looks than one.
    """
    channels = Channel.objects.filter(network=Channel.Network.FACEBOOK, external_id__in=pages).order_by()
    in_doubt = Delivery.objects.filter(
        ~Exists(_worker_may_live(now)), channel__in=channels.values("pk"), state=Delivery.State.UNCONFIRMED
    )
    lately = Q(looked_at__gt=now - RETRY_LOOK)
    with transaction.atomic():
        hastened = _move_look(in_doubt.exclude(lately), to=now)
        return hastened + _move_look(in_doubt.filter(lately), to=now + RETRY_LOOK)


def _worker_may_live(now: datetime) -> QuerySet[Attempt]:
    """Attempts that a sweep ended: the worker's own answer could still come."""
    young = Attempt.objects.filter(delivery=OuterRef("pk"), started_at__gt=now - NO_ANSWER_AFTER)
    return young.filter(ended_at__gte=F("started_at") + TAKEN_BACK_AFTER)


def _move_look(rows: QuerySet[Delivery], *, to: datetime) -> int:
    """A row that somebody is settling this moment is left to them."""
    later = rows.filter(look_at__gt=to).order_by("pk").select_for_update(of=("self",), skip_locked=True)
    return Delivery.objects.filter(pk__in=list(later.values_list("pk", flat=True))).update(look_at=to)


def decide(*, delivery: Delivery, public: bool, permalink: str = "", by: User, now: datetime) -> None:
    """A named person's word on what the look-ups could not settle.

    Raises ValidationError (permalink) for an address that is not on the channel's network; Conflict when it settled
    meanwhile.
    """
    rights.require(by, "take_down", delivery.target.channel)
    was = Delivery.State.UNCONFIRMED
    if now < _last_attempt(delivery).started_at + NO_ANSWER_AFTER and not public:
        raise Conflict("The network may still answer. Look again in three minutes; nothing was changed.")
    if public:
        remote_id = _id_at(permalink, delivery)
        said = f"{by.display_name} saw it."
        facts = {"remote_id": remote_id, "permalink": permalink, "published_at": now, "look_at": None}
        facts |= {"prove_at": first_proof(now)}
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
    remote_id = found if channel.network == Channel.Network.X else f"{channel.external_id}_{found}"
    if Delivery.objects.filter(remote_id=remote_id).exclude(pk=delivery.pk).exists():
        raise ValidationError({"permalink": "That is another post of ours. Copy the address of this one."})
    return remote_id


def _first_doubt(delivery: Delivery) -> Attempt:
    """Where to look from: the first attempt in doubt, else the first (a sweep may have doubted what was answered)."""
    doubtful = delivery.attempts.filter(outcome=Attempt.Outcome.DOUBTFUL)
    return doubtful.order_by("number").first() or delivery.attempts.earliest("number")


def _last_attempt(delivery: Delivery) -> Attempt:
    return delivery.attempts.latest("number")


def _take(delivery: Delivery, *, now: datetime) -> bool:
    """One looker at a time: move the next look ahead before looking. True when this caller may look."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=delivery.state, look_at__lte=now)
    return bool(mine.update(look_at=now + RETRY_LOOK, looked_at=now))


def _could_not_look(delivery: Delivery, trouble: errors.PlatformError, *, now: datetime) -> None:
    """No absence. It is tried again, at the latest when it was planned, but not for ever: then a person must look."""
    pausing.note(network=delivery.channel.network, trouble=trouble, now=now)
    blind = delivery.blind_looks + 1
    facts: dict[str, object] = {"reason": f"We could not look yet: {trouble.reason}"[:LONGEST], "blind_looks": blind}
    facts["look_at"] = min(now + RETRY_LOOK, _next_look(delivery, now=now))
    if _given_up(delivery, trouble, blind, now=now):
        facts |= {"reason": f"We could not look, so a person must: {trouble.reason}"[:LONGEST], "look_at": None}
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCONFIRMED).update(**facts)


def _given_up(delivery: Delivery, trouble: errors.PlatformError, blind: int, *, now: datetime) -> bool:
    """Long enough, and often enough in a row; a login that the network refuses needs a person in any case."""
    long_enough = now >= _last_attempt(delivery).started_at + GIVE_UP_LOOKING
    return long_enough and (blind >= BLIND_LOOKS or isinstance(trouble, errors.LoginExpired))


def _matches(delivery: Delivery, doubt: Attempt, post: Found) -> bool:
    last = _last_attempt(delivery)
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
            _tell_doubles(delivery, matches, now=now)


def _tell_doubles(delivery: Delivery, matches: list[Found], *, now: datetime) -> None:
    """More copies than ours are said aloud: a person must take them down. The last look at a published post."""
    extra = [post.permalink for post in matches if post.remote_id != delivery.remote_id]
    published = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PUBLISHED)
    if not extra:
        published.update(look_at=None)
        return
    reason = f"It is there {len(extra) + 1} times. Take the others down: {' '.join(extra)}"[:LONGEST]
    published.update(reason=reason, look_at=None, copies=len(extra) + 1)
    audit.record(None, "delivery.doubled", delivery, now=now, extra=extra)
    telling.tell_doubled(delivery, copies=len(extra) + 1, now=now)


def _not_found(delivery: Delivery, *, now: datetime) -> None:
    looks = _counted(delivery, now=now)
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCONFIRMED).update(
        looks=looks, blind_looks=0, look_at=_next_look(delivery, now=now), reason=_words(delivery, looks)
    )
    if _looked_enough(delivery, looks, now=now) and _may_try_again(delivery, now=now):
        _try_again(delivery, now=now, reason=f"It was not there after {looks} looks, so it is sent once more.")
    elif looks >= len(settings.LOOK_AFTER_SECONDS) and _has_evidence(delivery):
        network = delivery.target.channel.get_network_display()
        reason = f"{network} says it has this, and we cannot find it. A person must look."
        Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.UNCONFIRMED).update(reason=reason, look_at=None)
    elif looks >= len(settings.LOOK_AFTER_SECONDS):
        reason = f"We looked {looks} times and it is not public. Choose a new time."
        settle(delivery, Delivery.State.MISSED, was=Delivery.State.UNCONFIRMED, now=now, reason=reason, look_at=None)


def _try_again(delivery: Delivery, *, now: datetime, reason: str) -> None:
    """Back to waiting for the one second attempt.

    With the pictures that the network already holds: Facebook refuses to use one twice, and that is the guard.
    """
    facts = {"due_at": now, "look_at": None}
    settle(delivery, Delivery.State.WAITING, was=Delivery.State.UNCONFIRMED, now=now, reason=reason, **facts)


def _has_evidence(delivery: Delivery) -> bool:
    return delivery.attempts.filter(outcome=Attempt.Outcome.DUPLICATE).exists()


def _next_look(delivery: Delivery, *, now: datetime) -> datetime:
    """The next planned look after now, counted from the last attempt."""
    last = _last_attempt(delivery)
    planned = [last.started_at + timedelta(seconds=seconds) for seconds in settings.LOOK_AFTER_SECONDS]
    return next((moment for moment in planned if moment > now), now + RETRY_LOOK)


def _looked_enough(delivery: Delivery, looks: int, *, now: datetime) -> bool:
    """The look of the fifteenth minute is over, and enough of them were complete: a look that failed is none."""
    decisive = _last_attempt(delivery).started_at + timedelta(seconds=settings.LOOK_AFTER_SECONDS[DECISIVE])
    return looks >= settings.LOOKS_BEFORE_SECOND_ATTEMPT and now >= decisive


def _counted(delivery: Delivery, *, now: datetime) -> int:
    """Looks without it, this one with them, but never more than were planned by now: what was looked for sooner because
    of a word from outside brings no end sooner.
    """
    age = (now - _last_attempt(delivery).started_at).total_seconds()
    planned = sum(seconds <= age for seconds in settings.LOOK_AFTER_SECONDS)
    return max(delivery.looks, min(delivery.looks + 1, planned))


def _may_try_again(delivery: Delivery, *, now: datetime) -> bool:
    """Once, inside its time, where the network's policy says so (settings.SECOND_ATTEMPT)."""
    doubts = (Attempt.Outcome.DOUBTFUL, Attempt.Outcome.DUPLICATE)
    doubtful = delivery.attempts.filter(outcome__in=doubts).count()
    policy = settings.SECOND_ATTEMPT[delivery.target.channel.network]
    fits = policy == "always" or (policy == "with pictures" and delivery.version.pictures.exists())
    return fits and doubtful == 1 and now <= delivery.send_by


def _words(delivery: Delivery, looks: int) -> str:
    times = "once" if looks <= 1 else f"{looks} times"
    return f"We have looked {times} and it is not on {delivery.target.channel.get_network_display()} yet."
