"""What is due: the queries of every second. Ids go out, workers claim."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from posts.models import Post
from publishing.models import Delivery
from publishing.overdue import oldest_claim

AT_ONCE = 200  # ids a tick: more would wait in the broker instead of in the rows


def posts_to_release(*, now: datetime) -> list[int]:
    """Approved posts whose minute is near (or that go as soon as approved). Those past their time are policy's."""
    horizon = now + timedelta(minutes=settings.RELEASE_AHEAD_MINUTES)
    near = Q(current__publish_at__isnull=True) | Q(current__publish_at__lte=horizon)
    posts = (
        Post.objects.filter(near, state=Post.State.APPROVED).select_related("current").order_by("current__publish_at")
    )
    return [post.pk for post in posts[:AT_ONCE] if _in_time(post, now)]


def _in_time(post: Post, now: datetime) -> bool:
    send_by = post.current.send_by if post.current else None
    return send_by is None or send_by >= now


def deliveries_of(post_id: int) -> list[int]:
    waiting = Delivery.objects.filter(target__post=post_id, state=Delivery.State.WAITING)
    return list(waiting.values_list("pk", flat=True))


def deliveries_to_send(*, now: datetime) -> list[int]:
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now, send_by__gte=now)
    return list(due.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])


def deliveries_too_late(*, now: datetime) -> list[int]:
    late = Delivery.objects.filter(state=Delivery.State.WAITING, send_by__lt=now)
    return list(late.values_list("pk", flat=True)[:AT_ONCE])


def claims_of_the_dead(*, now: datetime) -> list[int]:
    dead = Delivery.objects.filter(state=Delivery.State.SENDING, claimed_at__lt=oldest_claim(now=now))
    return list(dead.values_list("pk", flat=True)[:AT_ONCE])


def deliveries_to_look_for(*, now: datetime) -> list[int]:
    """The doubtful; and what a second attempt published, once more, in case the first comes to light."""
    states = (Delivery.State.UNCONFIRMED, Delivery.State.PUBLISHED)
    doubtful = Delivery.objects.filter(state__in=states, look_at__lte=now)
    return list(doubtful.order_by("look_at").values_list("pk", flat=True)[:AT_ONCE])
