"""A picture that must not be shown again: the DMC withdraws it, and everything that waits is judged again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from policy import rejudging
from policy.reviewers import channels_of
from posts import pictures
from posts.models import Media, Post


def may_withdraw(user: User, post: Post) -> bool:
    """Who decides for the DMC on one of the post's channels."""
    return any(user.has_perm("accounts.review_dmc", channel) for channel in channels_of(post))


def withdrawable(post: Post) -> QuerySet[Media]:
    """Every picture this post ever had that has not been withdrawn for good."""
    return post.media.filter(barred_why="")


@transaction.atomic
def withdraw(*, post: Post, chosen: Collection[int], why: str, by: User, now: datetime) -> int:
    """No upload like these pictures is taken from now on; what waits or is approved is judged again at once.

    What is public already stays public: that is taken down on its own page. Says how many pictures.
    Raises PermissionDenied, ValidationError.
    """
    if not may_withdraw(by, post):
        raise PermissionDenied("Only the DMC withdraws a picture.")
    count = pictures.bar(post=post, chosen=chosen, why=why, by=by, now=now)
    rejudging.judge_waiting(reason="The DMC withdrew a picture.", by=by, now=now, scope=None)
    return count
