"""Two people, one after the other, on the same version (docs/decisions/0014 and 0038)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import notices
from accounts.models import Notice, User
from policy import telling
from policy.models import Needs, Review, Submission
from policy.reviewers import deciders, decides_for_dmc

# Whose agreement the first of two yeses counts as.
_FIRST = {Needs.DMC_SECOND: Needs.DMC, Needs.MENTOR_TWO: Needs.MENTOR}


def first(submission: Submission, *, now: datetime) -> Review | None:
    """The first yes, while it counts; None before it, and where one person is enough."""
    reach = _FIRST.get(Needs(submission.needs))
    if reach is None:
        return None
    agreed = submission.reviews.filter(
        decision=Review.Decision.APPROVE, fingerprint=submission.fingerprint, reach=reach, expires_at__gt=now
    )
    return agreed.select_related("by").last()


def reach_of(submission: Submission, *, by: User, now: datetime) -> Needs:
    """Whose agreement this person's yes counts as. Raises PermissionDenied when they were the first of two."""
    before = first(submission, now=now)
    if before is not None and before.by_id == by.pk:
        raise PermissionDenied("Two people agree to this. You were the first, so somebody else must be the second.")
    both = Needs(submission.needs)
    if decides_for_dmc(submission, by):
        return both if before is not None and both == Needs.DMC_SECOND else Needs.DMC
    return both if before is not None and both == Needs.MENTOR_TWO else Needs.MENTOR


def call(submission: Submission, *, by: User, now: datetime) -> None:
    """Tell the others who may that somebody has agreed and one more must."""
    post = submission.post
    right = "review_dmc" if submission.is_the_dmc_s else "review_for"
    desk = deciders(submission, right)
    words = f"{post.team.full_name}: {by} agrees to an update that two people must agree to. A second must look."
    link = reverse("policy:review", kwargs={"pk": submission.pk})
    said = {"kind": telling.SECOND, "urgency": Notice.Urgency.SOON, "needs_answer": True, "link": link}
    notices.give(desk=desk, about=submission, words=words, now=now, **said)
