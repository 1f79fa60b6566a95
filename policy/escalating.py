"""Nobody answers: the back-up mentor is asked, then the DMC desk. Nothing is ever approved by waiting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse

from accounts import audit, notices
from accounts.models import User
from policy import pairs, reviewers, telling
from policy.hours import answer_due
from policy.models import Escalation, Review, Submission

Step = Escalation.Step


def escalate(*, now: datetime) -> int:
    """Ask the next one about everything that has waited too long. Returns how many times somebody was asked.

    A query for all that waits, a short transaction for each that is due; run as often as you like.
    """
    return sum(_ask(waiting.pk, now) for waiting in _unanswered() if _is_due(waiting, now))


def due_at(submission: Submission) -> datetime | None:
    """When the next one is asked about this update; None when it does not wait, or the DMC desk has been asked."""
    waiting = _unanswered().filter(pk=submission.pk).first()
    return _due(waiting) if waiting else None


def _unanswered() -> QuerySet[Submission]:
    """What waits and the desk has not been asked about, with the last thing that was said of it."""
    said = Review.objects.filter(submission=OuterRef("pk")).order_by("-pk").values("at")[:1]
    waiting = reviewers.waiting().exclude(escalations__step=Step.DESK).annotate(said_at=Subquery(said))
    return waiting.prefetch_related(Prefetch("escalations", to_attr="asked"))


def _due(waiting: Submission) -> datetime:
    """A referral, the first of two yeses and each time that somebody was asked begin the wait afresh."""
    moments = [waiting.opened_at, waiting.said_at, *(one.at for one in waiting.asked)]  # type: ignore[attr-defined]
    return answer_due(max(moment for moment in moments if moment is not None))


def _is_due(waiting: Submission, now: datetime) -> bool:
    return _due(waiting) <= now


@transaction.atomic
def _ask(pk: int, now: datetime) -> bool:
    """Everything is looked at again under the lock: somebody may have answered, referred or asked meanwhile."""
    Submission.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    waiting = _unanswered().filter(pk=pk).first()
    if waiting is None or not _is_due(waiting, now):
        return False
    backup = None if waiting.asked or waiting.is_the_dmc_s else _backup(waiting)  # type: ignore[attr-defined]
    waited = int((now - waiting.opened_at).total_seconds() // 60)
    words = f"Nobody has answered an update for {waited} minutes. Please look at it."
    told = _tell_backup(waiting, backup, words, now) if backup else _tell_desk(waiting, words, now)
    facts = {"step": Step.BACKUP if backup else Step.DESK, "told": told, "waited": waited}
    Escalation.objects.create(submission=waiting, to=backup, at=now, **facts)
    audit.record(None, "post.unanswered", waiting.post, now=now, **facts)
    return True


def _backup(submission: Submission) -> User | None:
    """Who stands in for the author's mentor, where they may decide on this one as it waits now."""
    backup = pairs.backup_of(submission.post.author)
    if backup is None or not backup.is_active:
        return None
    return backup if reviewers.may_decide(submission, backup) else None


def _tell_backup(submission: Submission, backup: User, words: str, now: datetime) -> int:
    notices.give(
        to=[backup], kind=telling.UNANSWERED, about=submission, words=f"{submission.post.team.full_name}: {words}",
        link=reverse("policy:review", kwargs={"pk": submission.pk}), needs_answer=True, now=now,
    )  # fmt: skip
    return 1


def _tell_desk(submission: Submission, words: str, now: datetime) -> int:
    return telling.call_desk(submission, kind=telling.UNANSWERED, words=words, now=now)
