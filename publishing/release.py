"""From approved to on its way, and back while nothing has been sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts import audit, logins, rights
from accounts.errors import Conflict
from accounts.models import Channel, User
from platforms import errors
from policy import approvals
from policy.models import Verdict
from posts.fingerprint import fingerprint
from posts.models import Post, Version
from publishing import appeals, fitness, pausing, preflight, repeats, staging, telling
from publishing.models import Delivery, Preflight
from publishing.settling import LONGEST, load

State = Delivery.State


@transaction.atomic
def release(*, post: Post, now: datetime) -> bool:
    """Turn an approved post that is due within ten minutes into deliveries.

    False: another clock was first, or it went back to its author. Raises Conflict when it is not as it was sealed.
    """
    post.refresh_from_db(from_queryset=Post.objects.select_for_update())
    if post.state != Post.State.APPROVED:
        return False
    version = _sealed(post)
    refusal = fitness.disallowed(version, moment=Verdict.Moment.RELEASE, now=now)
    if refusal is not None:
        return _back(post, version, refusal.reason, now=now)
    publish_at = version.publish_at or _agreed_at(version, now)
    channels = _voices(post)
    twice = repeats.repeated(version, channels, at=publish_at)
    if twice is not None:
        return _back(post, version, repeats.words(twice), now=now)
    post.enter(Post.State.RELEASED)
    Delivery.objects.bulk_create(
        Delivery(
            target=target,
            channel_id=target.channel_id,
            version=version,
            fingerprint=fingerprint(version),
            publish_at=publish_at,
            due_at=publish_at,
            send_by=publish_at + timedelta(minutes=version.send_within),
            created_at=now,
        )
        for target in post.targets.all()
    )
    appeals.note(version=version, publish_at=publish_at, now=now)
    audit.record(None, "post.released", post, now=now, version=version.number, publish_at=publish_at.isoformat())
    return True


def _back(post: Post, version: Version, reason: str, *, now: datetime) -> bool:
    """It returns to its author, who is told why."""
    post.enter(Post.State.DRAFT)
    audit.record(None, "post.not_released", post, now=now, version=version.number, reason=reason)
    telling.tell_not_released(post, now=now)
    return False


def _voices(post: Post) -> list[Channel]:
    """The channels it goes to, locked: of two posts with the same words, released at once, one sees the other."""
    mine = post.targets.values("channel")
    return list(Channel.objects.select_for_update(no_key=True).filter(pk__in=mine).order_by("pk"))


def prepare(*, delivery_id: int, now: datetime) -> None:
    """Ten minutes before: stage the pictures and look whether all is ready. Trouble is told, never fatal here."""
    delivery = load(delivery_id)
    if delivery.state != State.WAITING:
        return
    trouble = ""
    try:
        if delivery.version.pictures.exists():
            staging.stage(delivery=delivery, network=logins.network_for(delivery.channel, now=now), now=now)
    except errors.PlatformError as met:
        trouble = met.reason
        pausing.note(network=delivery.channel.network, trouble=met, now=now)
    ahead = Preflight.Ahead.MINUTES
    seen = preflight.look(target=delivery.target, version=delivery.version, ahead=ahead, media=trouble, now=now)
    if seen.problems:
        words = " ".join(problem["words"] for problem in seen.problems)[:LONGEST]
        Delivery.objects.filter(pk=delivery.pk, state=State.WAITING).update(reason=words)


@transaction.atomic
def recall(*, post: Post, by: User, now: datetime) -> None:
    """Stop a released post while every delivery still waits. Raises Conflict once anything is being sent."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    for target in post.targets.select_related("channel"):
        rights.require(by, "submit_for", target.channel)
    for delivery in Delivery.objects.filter(target__post=post).exclude(state__in=Delivery.NOT_PUBLIC):
        if not delivery.settle(State.CANCELLED, was=State.WAITING, reason=f"Recalled by {by.display_name}."):
            raise Conflict("It is already being sent, so it cannot be recalled. Nothing was changed.")
    post.enter(Post.State.DRAFT)
    audit.record(by, "post.recalled", post, now=now)


def _agreed_at(version: Version, now: datetime) -> datetime:
    """The promise of "as soon as approved" is the moment of the yes: after an outage it is missed, never sent late."""
    agreed = approvals.approval(version, now=now)
    return agreed.at if agreed is not None else now


def _sealed(post: Post) -> Version:
    if post.current is None or post.current.sealed_at is None:
        raise Conflict("This post has been edited since it was approved.")
    return post.current
