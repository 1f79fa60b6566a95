"""Two people at the DMC, one after the other, on the same version (docs/decisions/0014)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import notices
from accounts.channels import holders
from accounts.models import Notice, User
from policy import telling
from policy.models import Needs, Review, Submission
from policy.reviewers import channels_of, decides_for_dmc


def first(submission: Submission, *, now: datetime) -> Review | None:
    """The first yes, while it counts; None before it, and where one person is enough."""
    if submission.needs != Needs.DMC_SECOND:
        return None
    agreed = submission.reviews.filter(
        decision=Review.Decision.APPROVE, fingerprint=submission.fingerprint, reach=Needs.DMC, expires_at__gt=now
    )
    return agreed.select_related("by").last()


def reach_of(submission: Submission, *, by: User, now: datetime) -> Needs:
    """Whose agreement this person's yes counts as. Raises PermissionDenied when they were the first of two."""
    if not decides_for_dmc(submission, by):
        return Needs.MENTOR
    before = first(submission, now=now)
    if before is not None and before.by_id == by.pk:
        raise PermissionDenied("Two people agree to this. You were the first, so somebody else must be the second.")
    return Needs.DMC_SECOND if before is not None else Needs.DMC


def call(submission: Submission, *, by: User, now: datetime) -> None:
    """Tell the others at the DMC that somebody has agreed and one more must."""
    post = submission.post
    desk = [one for one in holders("review_dmc", *channels_of(post)) if one.pk != by.pk]
    words = f"{post.team.full_name}: {by} agrees to an update that two people must agree to. A second must look."
    link = reverse("policy:review", kwargs={"pk": submission.pk})
    said = {"kind": telling.SECOND, "urgency": Notice.Urgency.SOON, "needs_answer": True, "link": link}
    notices.give(desk=desk, about=submission, words=words, now=now, **said)
