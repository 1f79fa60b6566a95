"""Nobody answers: the back-up mentor is asked, then the DMC desk. Nothing is ever approved by waiting."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, OuterRef, Prefetch, Subquery
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
    return sum(_ask(submission, now) for submission in _unanswered() if _next(submission, now) is not None)


def _unanswered() -> list[Submission]:
    """What waits and the desk has not been asked about, with the last thing that was said of it."""
    said = Review.objects.filter(submission=OuterRef("pk")).order_by("-pk").values("at")[:1]
    waiting = reviewers.waiting().exclude(escalations__step=Step.DESK).annotate(said_at=Subquery(said))
    return list(waiting.prefetch_related(Prefetch("escalations", to_attr="asked")))


def _next(submission: Submission, now: datetime) -> str | None:
    """The step that is due now, if one is. A referral or the first of two yeses begins the wait afresh."""
    asked = {one.step: one.at for one in submission.asked}  # type: ignore[attr-defined]
    moments = [submission.opened_at, submission.said_at, asked.get(Step.BACKUP)]  # type: ignore[attr-defined]
    since = max(moment for moment in moments if moment is not None)
    if answer_due(since) > now or Step.DESK in asked:
        return None
    return Step.DESK if Step.BACKUP in asked or submission.is_the_dmc_s else Step.BACKUP


@transaction.atomic
def _ask(seen: Submission, now: datetime) -> bool:
    """Look again under the lock: somebody may have answered meanwhile."""
    locked = Submission.objects.select_for_update(of=("self",)).filter(pk=seen.pk, closed_at__isnull=True)
    if not locked.exists() or not reviewers.waiting().filter(pk=seen.pk, needs=F("needs")).exists():
        return False
    step = _next(seen, now)
    backup = _backup(seen) if step == Step.BACKUP else None
    if backup is None:
        step = Step.DESK
    words = f"Nobody has answered an update for {_waited(seen, now)} minutes. Please look at it."
    told = _tell_backup(seen, backup, words, now) if backup else _tell_desk(seen, words, now)
    facts = {"step": step, "told": told, "waited": _waited(seen, now)}
    _, fresh = Escalation.objects.get_or_create(
        submission=seen, step=step, defaults={"to": backup, "told": told, "waited": facts["waited"], "at": now}
    )
    if fresh:
        audit.record(None, "post.unanswered", seen.post, now=now, **facts)
    return fresh


def _backup(submission: Submission) -> User | None:
    """Who stands in for the author's mentor, where they may decide on this one."""
    backup = pairs.backup_of(submission.post.author)
    if backup is None or not backup.is_active:
        return None
    try:
        reviewers.require_reviewer(submission, backup)
    except PermissionDenied:
        return None
    return backup


def _tell_backup(submission: Submission, backup: User, words: str, now: datetime) -> int:
    notices.give(
        to=[backup], kind=telling.UNANSWERED, about=submission, words=f"{submission.post.team.full_name}: {words}",
        link=reverse("policy:review", kwargs={"pk": submission.pk}), needs_answer=True, now=now,
    )  # fmt: skip
    return 1


def _tell_desk(submission: Submission, words: str, now: datetime) -> int:
    return telling.call_desk(submission, kind=telling.UNANSWERED, words=words, now=now)


def _waited(submission: Submission, now: datetime) -> int:
    return int((now - submission.opened_at).total_seconds() // 60)
