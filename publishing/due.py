"""What is due: the queries of every second. Ids go out, workers claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import Channel
from posts.models import Post
from publishing import affording, limits
from publishing.models import Delivery, Preflight
from publishing.overdue import oldest_claim

RELEASES = 50  # posts a tick: there are ten minutes for it
AT_ONCE = 200  # ids a tick: more would wait in the broker instead of in the rows
IN_FLIGHT = 300  # deliveries that workers have been told of and have not begun
SHARES = 12  # messages, at least, that carry what is offered, where there is enough of it
LARGEST_SHARE = 4  # so many wait behind a request that hangs, until their offer has run out
SHARE_LASTS = timedelta(seconds=1)  # a worker that took longer over some leaves the rest of its share to others
# A worker has so long to begin; then the row is offered again, for the message may be lost.
OFFER_LASTS = timedelta(seconds=10)
Ahead = Preflight.Ahead


def posts_to_release(*, now: datetime) -> list[int]:
    """Approved posts whose minute is near (or that go as soon as approved). Those past their time are policy's."""
    horizon = now + timedelta(minutes=settings.RELEASE_AHEAD_MINUTES)
    near = Q(current__publish_at__isnull=True) | Q(current__publish_at__lte=horizon)
    at_once_first = F("current__publish_at").asc(nulls_first=True)
    posts = Post.objects.filter(near, state=Post.State.APPROVED).select_related("current").order_by(at_once_first)
    return [post.pk for post in posts[:AT_ONCE] if _in_time(post, now)]


def _in_time(post: Post, now: datetime) -> bool:
    send_by = post.current.send_by if post.current else None
    return send_by is None or send_by >= now


def posts_to_look_ahead_for(*, now: datetime) -> list[tuple[int, str]]:
    """Approved posts that come within a day, or within an hour, and have not been looked at for that yet."""
    minutes = timedelta(minutes=settings.RELEASE_AHEAD_MINUTES)
    spans = ((Ahead.HOUR, minutes, timedelta(hours=1)), (Ahead.DAY, timedelta(hours=1), timedelta(hours=24)))
    found: list[tuple[int, str]] = []
    for ahead, nearest, farthest in spans:
        done = Preflight.objects.filter(version=OuterRef("current"), ahead=ahead)
        span = {"current__publish_at__gt": now + nearest, "current__publish_at__lte": now + farthest}
        posts = Post.objects.filter(~Exists(done), state=Post.State.APPROVED, **span).order_by("current__publish_at")
        found += [(pk, ahead) for pk in posts.values_list("pk", flat=True)[:AT_ONCE]]
    return found


def deliveries_of(post_id: int) -> list[int]:
    waiting = Delivery.objects.filter(target__post=post_id, state=Delivery.State.WAITING)
    return list(waiting.values_list("pk", flat=True))


def deliveries_to_send(*, now: datetime) -> list[int]:
    """Everything that may be claimed now, whether a worker was told of it or not."""
    return list(_due(now).values_list("pk", flat=True)[:AT_ONCE])


def offer(*, now: datetime) -> list[int]:
    """The deliveries to tell workers of now: one of each free lane, in the order of their time.

    Told of once, then left alone for a while: a queue full of doubled messages would keep the workers from the rows.
    """
    if not _due(now).exists():
        return []
    with transaction.atomic():
        fresh = _due(now).filter(_lane_is_free(now), Q(offered_until__isnull=True) | Q(offered_until__lte=now))
        rows = fresh.select_for_update(skip_locked=True).values_list("pk", "channel")[: 4 * AT_ONCE]
        next_up = affording.admit(deliveries=_one_of_each_lane(rows, busy=_on_offer(now)), now=now)
        chosen = limits.admit(deliveries=next_up, now=now)
        Delivery.objects.filter(pk__in=chosen).update(offered_until=now + OFFER_LASTS)
    return chosen


def shares(offered: list[int]) -> list[list[int]]:
    """The offered deliveries as the messages carry them: several each where many are due at once, for taking a message
    costs a worker a tenth of what a post does; at least SHARES of them, so that every worker has some.
    """
    size = min(max(1, len(offered) // SHARES), LARGEST_SHARE)
    return [offered[start : start + size] for start in range(0, len(offered), size)]


def _due(now: datetime) -> QuerySet[Delivery]:
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now, send_by__gte=now)
    return due.order_by("due_at", "pk")


def _lane_is_free(now: datetime) -> Exists:
    """Nothing else of the channel is in flight or set out just now (`Delivery.claim` asks again, exactly)."""
    apart = timedelta(seconds=max(settings.LANE_SPACING_SECONDS.values()))
    lately = Q(claimed_at__gt=now - apart, claimed_at__lt=now + apart)
    others = Delivery.objects.filter(channel=OuterRef("channel")).exclude(pk=OuterRef("pk"))
    return ~Exists(others.filter(Q(state=Delivery.State.SENDING) | lately))


def _on_offer(now: datetime) -> set[int]:
    """Channels of which a worker has been told, and that it has not begun."""
    offered = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now, offered_until__gt=now)
    return set(offered.values_list("channel", flat=True))


def _one_of_each_lane(rows: Iterable[tuple[int, int]], *, busy: set[int]) -> list[int]:
    chosen: dict[int, int] = {}
    room = max(0, min(AT_ONCE, IN_FLIGHT - len(busy)))
    for pk, channel in rows:
        if len(chosen) < room and channel not in busy:
            chosen.setdefault(channel, pk)
    return list(chosen.values())


def deliveries_too_late(*, now: datetime) -> list[int]:
    late = Delivery.objects.filter(state=Delivery.State.WAITING, send_by__lt=now)
    return list(late.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])


def claims_of_the_dead(*, now: datetime) -> list[int]:
    dead = Delivery.objects.filter(state=Delivery.State.SENDING, claimed_at__lt=oldest_claim(now=now))
    return list(dead.order_by("claimed_at").values_list("pk", flat=True)[:AT_ONCE])


def deliveries_to_look_for(*, now: datetime) -> list[int]:
    """The doubtful; and what a second attempt published, once more, in case the first comes to light."""
    states = (Delivery.State.UNCONFIRMED, Delivery.State.PUBLISHED)
    doubtful = Delivery.objects.filter(state__in=states, look_at__lte=now)
    return list(doubtful.order_by("look_at").values_list("pk", flat=True)[:AT_ONCE])


def deliveries_to_prove(*, now: datetime) -> list[int]:
    """Published, and not yet read back from the network."""
    unproved = Delivery.objects.filter(state=Delivery.State.PUBLISHED, prove_at__lte=now)
    return list(unproved.order_by("prove_at").values_list("pk", flat=True)[:AT_ONCE])


def last_public(channels: Collection[int]) -> dict[int, datetime]:
    """When each of these channels last had something public, by its key. One look into each lane's index."""
    theirs = Delivery.objects.filter(channel=OuterRef("pk"), published_at__isnull=False).order_by("-claimed_at")
    found = Channel.objects.filter(pk__in=channels).annotate(last=Subquery(theirs.values("published_at")[:1]))
    return dict(found.filter(last__isnull=False).order_by().values_list("pk", "last"))
