"""What a writer who leaves hands over of this room: every post of theirs that has not been sent yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from accounts import audit
from accounts.handing import Part, Thing, writes_for
from accounts.models import User
from posts.differences import time_in_words
from posts.models import Post

_KINDS = {
    Post.State.DRAFT: "Drafts",
    Post.State.IN_REVIEW: "Waiting for review",
    Post.State.APPROVED: "Approved and planned",
    Post.State.RELEASED: "Going out",
}


def unsent(user: User) -> QuerySet[Post]:
    """The posts this person still has to see to. A sent one keeps its author's name for good."""
    return Post.objects.filter(author=user).exclude(state=Post.State.SENT)


def held(user: User) -> list[Thing]:
    posts = unsent(user).select_related("current", "team__parent").order_by("pk")
    return sorted(map(_thing, posts), key=lambda thing: list(_KINDS.values()).index(thing.kind))


def move(*, leaver: User, to: User, by: User, now: datetime) -> None:
    """The successor is the author from now on. Words, versions and approvals stand as they are, and who wrote them."""
    for post in unsent(leaver).select_for_update(of=("self",)).order_by("pk"):
        Post.objects.filter(pk=post.pk).update(author=to)
        audit.record(by, "post.handed_over", post, now=now, was=leaver.pk, became=to.pk, state=post.state)


def unowned(*, now: datetime) -> list[Thing]:
    """What has not been sent and whose author writes for its team no more."""
    posts = Post.objects.exclude(state=Post.State.SENT).exclude(writes_for("team", now=now))
    found = posts.filter(targets__isnull=False).distinct().select_related("current", "team__parent", "author")
    return [replace(_thing(post), detail=f"{post.team.full_name}, by {post.author}") for post in found.order_by("pk")]


def _thing(post: Post) -> Thing:
    version = post.current
    words = version.opening if version else ""
    when = time_in_words(version) if version else ""
    return Thing(
        kind=_KINDS[Post.State(post.state)],
        subject=audit.subject_of(post),
        words=words or "An update without words",
        detail=f"{post.team.full_name}, {when}" if when else post.team.full_name,
        link=reverse("posts:post", kwargs={"pk": post.pk}),
    )


PART = Part(held, move, unowned=unowned)
