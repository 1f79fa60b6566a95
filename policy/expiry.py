"""Nothing is published late: what waited past its time, or outlived its approval, goes back to its author."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from accounts import audit, notices
from policy import approvals, telling
from policy.models import Needs, Review, Submission, Verdict
from posts.models import Post

Ending = Submission.Ending


def expire(*, now: datetime) -> int:
    """Send back every post whose time or approval has run out. Returns how many came back.

    One short transaction per post; run as often as you like.
    """
    close_overtaken(Submission.objects.all(), now)
    return sum(_send_back(post, now) for post in _candidates(now))


def overtaken(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Open on paper, but the post was changed meanwhile (posts.drafting knows nothing of submissions)."""
    moved = ~Q(post__state=Post.State.IN_REVIEW) | ~Q(post__current=F("version"))
    return submissions.filter(moved, closed_at__isnull=True)


def close_overtaken(submissions: QuerySet[Submission], now: datetime) -> None:
    """Close those of them, and ask nobody about them any more."""
    for submission in overtaken(submissions):
        with transaction.atomic():
            if overtaken(Submission.objects.filter(pk=submission.pk)).update(closed_at=now, ending=Ending.OVERTAKEN):
                telling.settle([submission], now=now)


def end(post: Post, ending: Ending, now: datetime) -> None:
    """Back to draft. What waited, or was approved and is not yet released, ends so."""
    telling.settle(post.submissions.filter(closed_at__isnull=True), now=now)
    standing = Q(closed_at__isnull=True) | Q(ending=Ending.APPROVED)
    post.submissions.filter(standing, version=post.current_id).update(closed_at=now, ending=ending)
    post.enter(Post.State.DRAFT)


def _candidates(now: datetime) -> list[Post]:
    """Posts that may have run out. Cheap to ask every half minute; `_why` has the last word under the lock."""
    latest = Verdict.objects.filter(version=OuterRef("current"), moment__in=Verdict.ASKED_AFRESH).order_by("-pk")
    fresh = Review.objects.filter(version=OuterRef("current"), decision=Review.Decision.APPROVE, expires_at__gt=now)
    in_time = Q(current__publish_at__isnull=True) | Q(current__publish_at__gt=now)
    reviewed = Post.objects.annotate(needs=Subquery(latest.values("needs")[:1])).exclude(needs=Needs.NOBODY)
    late = Post.objects.exclude(in_time).filter(state__in=[Post.State.IN_REVIEW, Post.State.APPROVED])
    lapsed = reviewed.filter(~Exists(fresh), state=Post.State.APPROVED)
    return [*late, *lapsed.filter(in_time)]


def _send_back(post: Post, now: datetime) -> bool:
    with transaction.atomic():
        post.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)))
        why = _why(post, now)
        if why is not None:
            end(post, why, now)
            audit.record(None, "post.expired", post, now=now, why=why)
            _tell(post, why, now)
        return why is not None


def _why(post: Post, now: datetime) -> Ending | None:
    version = post.current
    if version is None or post.state not in (Post.State.IN_REVIEW, Post.State.APPROVED):
        return None
    if post.state == Post.State.IN_REVIEW:
        return Ending.TIME_PASSED if version.publish_at is not None and version.publish_at <= now else None
    if version.send_by is not None and version.send_by < now:
        return Ending.MISSED
    return Ending.LAPSED if approvals.approval(version, now=now) is None else None


def _tell(post: Post, why: Ending, now: datetime) -> None:
    words = f"{post.team.full_name}: an update came back to you. {why.label}. It needs a new time."
    link = reverse("posts:post", kwargs={"pk": post.pk})
    notices.give(to=[post.author], kind=telling.EXPIRED, about=post, words=words, link=link, needs_answer=True, now=now)
