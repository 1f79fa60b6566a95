"""Whom a decision is told, and when what was asked about a waiting update is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from accounts import notices
from accounts.models import Notice
from policy.models import Disagreement, Review, Submission
from policy.reviewers import deciders
from posts.models import Post

Decision = Review.Decision
SECOND, DISAGREED, UNANSWERED = "review.second", "review.disagreed", "review.unanswered"
ANSWERED, UPHELD = "review.answered", "review.disagreement_answered"
OVERRIDE_SECOND, EXPIRED = "override.second", "post.expired"
_SAID = {
    Decision.APPROVE: "approved your update",
    Decision.SEND_BACK: "sent your update back with a reason",
    Decision.REJECT: "rejected your update and says why",
}


def answered(review: Review, *, challenged: Disagreement | None, now: datetime) -> None:
    """Its author and its sender hear of the decision; of a disagreement, whoever had decided first as well."""
    post = review.submission.post
    said = _SAID[Decision(review.decision)]
    if review.decision == Decision.APPROVE and review.note:
        said = "approved your update and has a suggestion for the next one"
    facts = {"link": reverse("posts:post", kwargs={"pk": post.pk}), "now": now}
    weight = Notice.Urgency.QUIET if review.decision == Decision.APPROVE else Notice.Urgency.SOON
    people = {person for person in (post.author, review.submission.by) if person.pk != review.by_id}
    words = f"{post.team.full_name}: {review.by} {said}."
    notices.give(to=people, kind=ANSWERED, about=post, words=words, urgency=weight, **facts)
    if challenged is not None:
        words = f"{post.team.full_name}: {challenged.by} disagreed with you. {review.by} {_FOR_FIRST[review.decision]}."
        notices.give(
            to=[challenged.review.by], kind=UPHELD, about=post, words=words, urgency=Notice.Urgency.QUIET, **facts
        )


_FOR_FIRST = {
    Decision.APPROVE: "approved the update as it stood",
    Decision.SEND_BACK: "sent the update back",
    Decision.REJECT: "rejected the update",
}


def call_desk(submission: Submission, *, kind: str, words: str, now: datetime) -> int:
    """Ask everybody who may decide on this update for the DMC, until one does. Returns how many were asked."""
    desk = list(deciders(submission, "review_dmc"))
    link = reverse("policy:review", kwargs={"pk": submission.pk})
    notices.give(
        desk=desk, kind=kind, about=submission, words=f"{submission.post.team.full_name}: {words}", link=link,
        needs_answer=True, now=now,
    )  # fmt: skip
    return len(desk)


def settle(submissions: Iterable[Submission], *, now: datetime) -> None:
    """These no longer wait: nobody is asked about them any more."""
    for submission in submissions:
        notices.settle(about=submission, kinds=[SECOND, DISAGREED, UNANSWERED], now=now)
        for override in submission.overrides.all():
            notices.settle(about=override, kinds=[OVERRIDE_SECOND], now=now)


def forget(post: Post, *, now: datetime) -> None:
    """It was sent again, so the last answer is no news, and what it came back for is done."""
    notices.settle(about=post, kinds=[ANSWERED, EXPIRED], now=now)
