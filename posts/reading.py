"""What people read of posts: lists, counts, a post's history. Reads only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.channels import channels_for
from accounts.models import Channel, User
from posts.differences import Difference, differences
from posts.models import Post, Version

COUNTED = 1000  # posts in one state; a list that has more says so, and nobody waits while a million are counted
_PLACE = re.compile(r"([0-9]{1,17})-([0-9]{1,18})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def may_write(user: User, post: Post) -> bool:
    """Whether this person may draft on every channel of the post."""
    targets = {target.channel_id for target in post.targets.all()}
    mine = set(channels_for(user, "draft_for").filter(pk__in=targets).values_list("pk", flat=True))
    return mine == targets and (bool(targets) or post.author_id == user.pk)


def listed(user: User, state: str = "") -> QuerySet[Post]:
    """Posts this person may see, newest first, with what a card shows. state: "" for all."""
    seen = Post.objects.visible_to(user).select_related("current", "author", "team__parent")
    seen = seen.prefetch_related("targets__channel")
    return seen.filter(state=state) if state in Post.State.values else seen


def name_of(channel: Channel) -> str:
    """As its network's own readers know it: a handle on X, a Page's name on Facebook."""
    said = f"@{channel.handle}" if channel.network == Channel.Network.X else channel.name
    return f"{said} on {channel.get_network_display()}"


def counts(user: User) -> Mapping[str, int]:
    """How many posts this person sees in each state, and in all (""). More than COUNTED stands for any number above it.

    One query a state: a state is counted only as far as it is told.
    """
    seen = Post.objects.visible_to(user).order_by()
    known = {state: seen.filter(state=state)[: COUNTED + 1].count() for state in Post.State.values}
    return {"": min(sum(known.values()), COUNTED + 1), **known}


@dataclass(frozen=True)
class Leaf:
    """Some of a list, newest first. newer, older: the places where the leaves beside it begin, "" where none is."""

    posts: Sequence[Post]
    newer: str = ""
    older: str = ""


def leaf(posts: QuerySet[Post], *, before: str = "", after: str = "", most: int) -> Leaf:
    """The posts next older than `before`, or next newer than `after`; the newest where neither is a place.

    By key, not by number: the last leaf of a million posts costs what the first does, and nothing is shown twice or
    passed over when somebody saves a post in the meantime.
    """
    older_than, newer_than = _place_in(before), _place_in(after)
    if newer_than and not older_than:
        at, pk = newer_than
        later = posts.filter(Q(updated_at__gt=at) | Q(pk__gt=pk), updated_at__gte=at)
        found = list(later.order_by("updated_at", "pk")[: most + 1])
        if len(found) > most:
            shown = found[:most][::-1]
            return Leaf(shown, newer=_place(shown[0]), older=_place(shown[-1]))
    if older_than:
        at, pk = older_than
        posts = posts.filter(Q(updated_at__lt=at) | Q(pk__lt=pk), updated_at__lte=at)
    found = list(posts.order_by("-updated_at", "-pk")[: most + 1])
    shown = found[:most]
    newer = _place(shown[0]) if shown and older_than else ""
    return Leaf(shown, newer=newer, older=_place(shown[-1]) if len(found) > most else "")


def _place(post: Post) -> str:
    """Where a post stands in the list: microseconds since 1970 and its key."""
    return f"{(post.updated_at - _EPOCH) // timedelta(microseconds=1)}-{post.pk}"


def _place_in(said: str) -> tuple[datetime, int] | None:
    place = _PLACE.fullmatch(said)
    return (_EPOCH + timedelta(microseconds=int(place[1])), int(place[2])) if place else None


@dataclass(frozen=True)
class Step:
    """One version in a post's history and what it changed against the one it was written on."""

    version: Version
    changes: list[Difference]


def history(post: Post) -> list[Step]:
    """Every version, oldest first. An aside is compared with the version that stood when it came too late."""
    names = {target.channel_id: name_of(target.channel) for target in post.targets.select_related("channel")}
    steps: list[Step] = []
    before: Version | None = None
    for version in post.versions.select_related("made_by").prefetch_related("pictures__media").order_by("number"):
        steps.append(Step(version, differences(before, version, names)))
        before = before if version.aside else version
    return steps
