"""What the proving ground's crew does for `stopping`: posts that fall due at one second, and a hold at an instant."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import rights
from accounts.models import Appointment, Channel, Role, Stage, Team, User
from policy import holds
from policy.models import Hold
from posts.models import Post
from publishing.models import Attempt, Delivery
from smconsole.proving import crowd

HEADS = ("first", "second")


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


@transaction.atomic
def fall_due(posts: int, first: int, start_in: float) -> dict[str, float]:
    """So many released posts, each in a lane of its own, all due at one second. first: the number of the first."""
    now = timezone.now()
    start = (now + timedelta(seconds=start_in)).replace(microsecond=0)
    voices = list(Channel.objects.order_by("pk")[:posts])
    crowd.approved_posts(voices, [start] * posts, pictures_every=0, send_within=30, now=now, first=first)
    fresh = list(Post.objects.filter(state=Post.State.APPROVED).select_related("current").prefetch_related("targets"))
    times = {"publish_at": start, "due_at": start, "send_by": start + timedelta(minutes=30), "created_at": now}
    Delivery.objects.bulk_create(
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
    return {"start": start.timestamp()}


def hold_at(instant: float) -> dict[str, float]:
    """Open a hold over the whole force at that instant. committed: when its row surely stands."""
    by = User.objects.get(username=HEADS[0])
    time.sleep(max(0.0, instant - time.time()))
    holds.open_hold(team=None, level=Hold.Level.FORCE, reason="A drill.", by=by, now=timezone.now())
    return {"committed": time.time()}


def after(start: float, committed: float, enough: int, at_most: float) -> dict[str, int]:
    """Wait for `enough` claims after the hold, then count. through: sent although the claim came after it."""
    since, hold = datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(committed, UTC)
    mine = Delivery.objects.filter(publish_at=since)
    until = time.monotonic() + at_most
    while time.monotonic() < until:
        waiting = mine.filter(state__in=(Delivery.State.WAITING, Delivery.State.SENDING)).count()
        if not waiting or mine.filter(claimed_at__gt=hold).count() >= enough:
            break
        time.sleep(0.1)
    time.sleep(0.5)  # whoever was between claim and answer comes to an end
    tried = Attempt.objects.filter(delivery__publish_at=since)
    return {
        "sent": tried.filter(started_at__lte=hold).count(),
        "claims_after": mine.filter(claimed_at__gt=hold).count(),
        "stopped": mine.filter(state=Delivery.State.MISSED, reason__startswith="A hold").count(),
        "through": tried.filter(started_at__gt=hold).count(),
    }


def let_go() -> dict[str, Any]:
    """Two people release the hold; what still waits of this round is put aside."""
    first, second = (User.objects.get(username=name) for name in HEADS)
    for waiting in Delivery.objects.filter(state=Delivery.State.WAITING):
        waiting.settle(Delivery.State.CANCELLED, was=Delivery.State.WAITING)
    for hold in Hold.objects.filter(released_at__isnull=True):
        holds.ask_release(hold=hold, by=first, now=timezone.now())
        hold.refresh_from_db()
        holds.release(hold=hold, by=second, now=timezone.now())
    return {}
