"""What the proving ground's crew does for `stopping`: posts that fall due at one second, and a hold at an instant."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts import rights
from accounts.models import Appointment, Channel, Role, Stage, Team, User
from policy import holds
from policy.models import Hold
from posts.models import Post
from publishing.models import Attempt, Delivery
from smconsole.proving import crowd

HEADS = ("first", "second")
LEAD, SEND_WITHIN = timedelta(seconds=2), timedelta(minutes=30)
MOVING = (Delivery.State.WAITING, Delivery.State.SENDING)


def appoint_heads() -> dict[str, Any]:
    """Two people who may open and release holds over everything."""
    now, force = timezone.now(), Team.objects.get(code="FORCE")
    since = (now - timedelta(days=30)).date()
    facts = {"role": Role.HEAD, "stage": Stage.TRUSTED, "starts_on": since, "made_at": now}
    for name in HEADS:
        user = User.objects.create(username=name, first_name=name.title(), last_name="Head")
        Appointment.objects.create(user=user, team=force, **facts)
        rights.sync(user, now=now)
    return {}


def fall_due(posts: int, first: int) -> dict[str, float]:
    """So many released posts, each in a lane of its own, all due at one second, one to two seconds from when they all
    stand. first: the number of the first."""
    made = _release(posts, first)
    start = (timezone.now() + LEAD).replace(microsecond=0)
    made.update(publish_at=start, due_at=start, send_by=start + SEND_WITHIN)
    return {"start": start.timestamp()}


@transaction.atomic
def _release(posts: int, first: int) -> QuerySet[Delivery]:
    """Out of the clock's sight until their second is said."""
    now = timezone.now()
    far = now + timedelta(hours=1)
    voices = list(Channel.objects.order_by("pk")[:posts])
    crowd.approved_posts(voices, [far] * posts, pictures_every=0, send_within=30, now=now, first=first)
    fresh = list(Post.objects.filter(state=Post.State.APPROVED).select_related("current").prefetch_related("targets"))
    times = {"publish_at": far, "due_at": far, "send_by": far + SEND_WITHIN, "created_at": now}
    made = Delivery.objects.bulk_create(
        Delivery(
            target=target,
            channel_id=target.channel_id,
            version=post.current,
            fingerprint=post.current.fingerprint if post.current else "",
            **times,
        )
        for post in fresh
        for target in post.targets.all()
    )
    for post in fresh:
        post.enter(Post.State.RELEASED)
    return Delivery.objects.filter(pk__in=[delivery.pk for delivery in made])


def hold_in_burst(start: float, out: int, linger: float, at_most: float) -> dict[str, float]:
    """Open a hold over the whole force `linger` seconds after `out` posts of the burst have been tried.

    committed: when its row surely stands.
    """
    by, tried = User.objects.get(username=HEADS[0]), _tried(start)
    until = time.monotonic() + at_most
    while tried.count() < out and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(linger)
    holds.open_hold(team=None, level=Hold.Level.FORCE, reason="A drill.", by=by, now=timezone.now())
    return {"committed": time.time()}


def after(start: float, committed: float, enough: int, at_most: float) -> dict[str, int]:
    """Wait for `enough` claims after the hold, put aside what still waits, let workers end what they began, and count.

    through: sent although the claim came after the hold.
    """
    hold, tried = _moment(committed), _tried(start)
    mine = Delivery.objects.filter(publish_at=_moment(start))
    until = time.monotonic() + at_most
    while time.monotonic() < until and mine.filter(state__in=MOVING).exists():
        if mine.filter(claimed_at__gt=hold).count() >= enough:
            _put_aside(mine)
        time.sleep(0.05)
    return {
        "sent": tried.filter(started_at__lte=hold).count(),
        "claims_after": mine.filter(claimed_at__gt=hold).count(),
        "stopped": mine.filter(state=Delivery.State.MISSED, reason__startswith="A hold").count(),
        "through": tried.filter(started_at__gt=hold).count(),
    }


def _tried(start: float) -> QuerySet[Attempt]:
    return Attempt.objects.filter(delivery__publish_at=_moment(start))


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _put_aside(deliveries: QuerySet[Delivery]) -> None:
    for waiting in deliveries.filter(state=Delivery.State.WAITING):
        waiting.settle(Delivery.State.CANCELLED, was=Delivery.State.WAITING)


def let_go() -> dict[str, Any]:
    """Two people release the hold."""
    first, second = (User.objects.get(username=name) for name in HEADS)
    for hold in Hold.objects.filter(released_at__isnull=True):
        holds.ask_release(hold=hold, by=first, now=timezone.now())
        hold.refresh_from_db()
        holds.release(hold=hold, by=second, now=timezone.now())
    return {}
