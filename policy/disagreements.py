"""An author may hold against a decision, once per update; the DMC decides on the same words (docs/decisions/0035)."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit
from accounts.errors import Conflict
from accounts.models import User
from accounts.rights import require
from policy import approvals, practice, review, telling
from policy.models import Disagreement, Needs, Review, Submission, Verdict
from policy.reviewers import channels_of
from posts.drafting import check_complete
from posts.fingerprint import fingerprint
from posts.models import Post, Version

LONGEST_WHY = 1000
_OPEN_TO_IT = (Review.Decision.SEND_BACK, Review.Decision.REJECT)


def contested(post: Post, *, now: datetime) -> Review | None:
    """The decision that its author may still disagree with: the last one, on exactly the words that stand.

    None where they are practice: those never go out.
    """
    version = post.current
    if post.state != Post.State.DRAFT or version is None or Disagreement.objects.filter(post=post).exists():
        return None
    last = Review.objects.filter(submission__post=post).select_related("by", "submission").order_by("-pk").first()
    if last is None or last.decision not in _OPEN_TO_IT or last.version_id != version.pk:
        return None
    latest = post.submissions.order_by("-pk").first()
    stands = latest == last.submission and _unchanged(version, last)
    return last if stands and not practice.why_not(post, now) else None


def may_disagree(user: User, post: Post, *, now: datetime) -> bool:
    """Whether this person may ask the DMC: who can send it, on every channel, and did not decide on it."""
    said = contested(post, now=now)
    sends = all(user.has_perm("accounts.submit_for", channel) for channel in channels_of(post))
    return said is not None and sends and said.by_id != user.pk


@transaction.atomic
def disagree(*, post: Post, why: str, by: User, now: datetime) -> Verdict:
    """Put the same words before the DMC with the author's reason. It waits there like any other, and is judged afresh.

    needs CHANGE: by now a rule stops it, so it stays a draft and may still be disagreed about. Raises PermissionDenied;
    ValidationError without a reason, when its time has passed, (code practice) for what is practice; Conflict when
    there is nothing to disagree with, or somebody has done so before.
    """
    review.lock_to_send(post, by=by, now=now)
    practice.refuse(post, by, now)
    said = contested(post, now=now)
    if said is None or post.current is None:
        raise Conflict("There is no decision here to disagree with: it was changed, decided on or asked about since.")
    if said.by_id == by.pk:
        raise PermissionDenied("This was your own decision.")
    why = why.strip()
    if not 0 < len(why) <= LONGEST_WHY:
        raise ValidationError({"why": f"Say why in a sentence or two (up to {LONGEST_WHY:,} characters)."})
    check_complete(post, post.current, now)
    verdict = review.judge_to_send(post.current, by=by, now=now)
    facts = {"review": said.pk, "decision": said.decision, "first": said.by_id}
    if verdict.needs == Needs.CHANGE:
        audit.record(by, "post.disagreement_stopped", post, now=now, verdict=verdict.pk, **facts)
        return verdict
    submission = _open(post, verdict, by, now)
    Disagreement.objects.create(post=post, review=said, submission=submission, why=why, by=by, at=now)
    audit.record(by, "post.disagreed", post, now=now, **facts)
    words = f"{by} disagrees with {said.by}. Somebody else at the DMC decides."
    telling.call_desk(submission, kind=telling.DISAGREED, words=words, now=now)
    telling.forget(post, now=now)
    return verdict


def _open(post: Post, verdict: Verdict, by: User, now: datetime) -> Submission:
    version, needs = verdict.version, max(Needs(verdict.needs), Needs.DMC, key=approvals.weight)
    post.enter(Post.State.IN_REVIEW)
    return Submission.objects.create(
        post=post, version=version, fingerprint=version.fingerprint, needs=needs, by=by, opened_at=now
    )


def require_may(user: User, post: Post) -> None:
    """Raises PermissionDenied unless this person could send it."""
    for channel in channels_of(post):
        require(user, "submit_for", channel)


def _unchanged(version: Version, said: Review) -> bool:
    return said.fingerprint == version.fingerprint == fingerprint(version)
