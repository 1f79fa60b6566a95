"""Posts in any state, reached through the verbs, as in life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from accounts.models import Channel, User
from policy import review
from policy.models import Submission
from posts import drafting
from posts.models import Post
from tests.conftest import MONDAY, Cast

# Nothing in it is a rule's business.
PLAIN = "We met residents at the library this morning. Thank you for coming, and for the biscuits."
STATES = ("draft", "in_review", "approved")


def make_post(
    cast: Cast,
    state: str = "draft",
    *,
    author: User | None = None,
    text: str = PLAIN,
    texts: Mapping[int, str] | None = None,
    channels: Iterable[Channel] | None = None,
    publish_at: datetime | None = None,
    send_within: int = 30,
    reviewer: User | None = None,
    now: datetime = MONDAY,
) -> Post:
    """A post in "draft", "in_review" or "approved". By Ada, on both of Homerton's channels, unless said otherwise.

    An author on probation waits for `reviewer` (Rex); a trusted one is approved at once, so for her "in_review"
    takes a text that a rule sends to the DMC.
    """
    assert state in STATES, f"ask for one of {STATES}, not {state}"
    author = author or cast.ada
    spoken = list(channels or (cast.x, cast.page))
    post = drafting.draft(
        channels=spoken,
        texts=texts or {channel.pk: text for channel in spoken},
        publish_at=publish_at,
        send_within=send_within,
        by=author,
        now=now,
    )
    if state != "draft":
        review.submit(post=post, by=author, now=now)
    if state == "approved" and post.state == Post.State.IN_REVIEW:
        approve_post(post, reviewer or cast.rex, now=now)
    assert post.state == state, (
        f"{post} came out {post.state}: {[kept.findings for kept in post.current.verdicts.all()]}"
    )
    return post


def submission_of(post: Post) -> Submission:
    """What waits of it now."""
    return Submission.objects.get(post=post, closed_at__isnull=True)


def approve_post(post: Post, reviewer: User, *, now: datetime = MONDAY) -> Post:
    waiting = submission_of(post)
    review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=reviewer, now=now)
    post.refresh_from_db()
    return post


def change_text(
    post: Post,
    text: str,
    *,
    by: User,
    now: datetime = MONDAY,
    publish_at: datetime | None = None,
    alts: Mapping[int, str] | None = None,
) -> Post:
    """The author, or a colleague, changes the words on every channel; nobody can be recognised in the pictures."""
    channels = [target.channel for target in post.targets.select_related("channel")]
    return drafting.revise(
        post=post,
        revision=post.revision,
        channels=channels,
        texts={channel.pk: text for channel in channels},
        alts=alts or {},
        answers={picture: {"people": "nobody"} for picture in alts or {}},
        publish_at=publish_at or (post.current.publish_at if post.current else None),
        send_within=30,
        by=by,
        now=now,
    )
