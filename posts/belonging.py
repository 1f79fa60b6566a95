"""Which of its ward's priorities a post speaks to: at most one, beside its words and no part of them.

It can be said and changed at any time, after sending too, because nobody outside ever reads it. So it is no part of a
version and not of the fingerprint that an approval is of (docs/decisions/0029).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import audit, rights
from accounts.models import Priority, Team, User
from posts.models import Post


def offered(teams: Iterable[int], post: Post | None = None) -> QuerySet[Priority]:
    """What may be chosen: the open priorities of these teams, and the one that stands."""
    mine = Q(team__in=list(teams), closed_on__isnull=True)
    standing = Q(pk=post.priority_id) if post and post.priority_id else Q()
    return Priority.objects.filter(mine | standing).select_related("team").order_by("team__name", "-set_on", "pk")


@transaction.atomic
def belong(*, post: Post, priority: Priority | None, by: User, now: datetime) -> Post:
    """Say it, or with None take it back. What stands already changes nothing, and the version never changes.

    Raises PermissionDenied to those who may not write for its channels, ValidationError (code priority) for another
    team's priority.
    """
    row = Post.objects.select_for_update().get(pk=post.pk)
    for target in row.targets.select_related("channel"):
        rights.require(by, "draft_for", target.channel)
    if priority is not None and priority.team_id != row.team_id:
        raise ValidationError("This priority is another team’s. Choose one of this team’s, or none.", code="priority")
    chosen = priority.pk if priority else None
    if row.priority_id != chosen:
        Post.objects.filter(pk=row.pk).update(priority=priority)
        audit.record(by, "post.priority_chosen", row, now=now, was=row.priority_id, became=chosen)
    post.priority = priority
    return post


def move(*, post: Post, team: Team, by: User, now: datetime) -> None:
    """A post that speaks for `team` from now on belongs to no other team's priority any more."""
    if post.priority is not None and post.priority.team_id != team.pk:
        Post.objects.filter(pk=post.pk).update(priority=None)
        audit.record(by, "post.priority_chosen", post, now=now, was=post.priority_id, became=None, team=team.pk)
