"""Move a post to a new time. An approval is of the time too, so a new one voids it; the page says so first."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from posts import drafting
from posts.models import Post

VOIDS = (Post.State.IN_REVIEW, Post.State.APPROVED)


def move(*, post: Post, publish_at: datetime, by: User, now: datetime) -> Post:
    """The same words at another time, as a draft that must be sent on its way again where it was.

    Raises PermissionDenied, Conflict (it is on its way, or somebody saved meanwhile), ValidationError (a past time).
    """
    version = post.current
    if version is None:
        raise Post.DoesNotExist(f"{post} has no words yet")
    channels = [target.channel for target in post.targets.select_related("channel__team")]
    return drafting.revise(
        post=post,
        revision=post.revision,
        channels=channels,
        texts={channel.pk: version.text_for(channel) for channel in channels},
        alts={},
        publish_at=publish_at,
        send_within=version.send_within,
        by=by,
        now=now,
    )
