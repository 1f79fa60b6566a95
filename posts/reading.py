"""What people read of posts: lists, counts, a post's history. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.channels import channels_for
from accounts.models import Channel, User
from posts.differences import Difference, differences
from posts.models import Post, Version


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
    """How many posts this person sees in each state; "" is all of them."""
    rows = Post.objects.visible_to(user).order_by().values_list("state").annotate(Count("pk"))
    known = dict.fromkeys(Post.State.values, 0) | dict(rows)
    return {"": sum(known.values()), **known}


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
