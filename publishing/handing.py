"""What becomes of what is about to go out when its author's access ends at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.errors import Conflict
from accounts.handing import Part, nothing_held, nothing_moves
from accounts.models import User
from accounts.rights import may
from posts.models import Post
from publishing.models import Delivery

State = Delivery.State


def freeze(*, leaver: User, by: User | None, now: datetime) -> list[str]:
    """Every released update of theirs of which nothing is being sent yet is a draft again: it goes out no more."""
    frozen = []
    for post in Post.objects.select_for_update(of=("self",)).filter(author=leaver, state=Post.State.RELEASED):
        if may(leaver, "draft_for", [target.channel for target in post.targets.select_related("channel")]):
            continue
        standing = list(Delivery.objects.filter(target__post=post).exclude(state__in=Delivery.NOT_PUBLIC))
        if all(one.state == State.WAITING for one in standing) and _stop(standing, leaver):
            post.enter(Post.State.DRAFT)
            audit.record(by, "post.frozen", post, now=now, was=Post.State.RELEASED)
            frozen.append(audit.subject_of(post))
    return frozen


def _stop(deliveries: list[Delivery], leaver: User) -> bool:
    """Whether each was stopped before its claim; else all that was stopped waits again."""
    said = f"The access of {leaver.display_name} ended."
    try:
        with transaction.atomic():
            for one in deliveries:
                if not one.settle(State.CANCELLED, was=State.WAITING, reason=said):
                    raise Conflict("It is being sent.")
    except Conflict:
        return False
    return True


PART = Part(nothing_held, nothing_moves, freeze)
