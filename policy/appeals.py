"""A rule can be wrong. Its author asks, the DMC decides with a rationale, and the post goes the way of what is left.

Each verb locks the post, then the submission. An absolute rule (BLOCK-A) is let through only as a false positive, and
only by two people who decide for the DMC.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts import audit, notices
from accounts.errors import Conflict
from accounts.models import Notice, User
from policy import overrides, review, telling
from policy.content import Severity
from policy.expiry import end
from policy.models import Needs, Override, Submission, Verdict
from policy.reviewers import deciders
from posts.models import Post

Decision = Override.Decision
LONGEST_REASON, LONGEST_RATIONALE = 500, 1000


@transaction.atomic
def ask(*, post: Post, fingerprint: str, reason: str, by: User, now: datetime) -> Verdict:
    """Send the post to the DMC with the question whether what stops it applies. It is judged like any other first.

    When nothing stops it any more it has simply been sent. Raises as review.submit does; ValidationError without a
    reason; Conflict when the DMC has refused the same for exactly these words.
    """
    reason = reason.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ValidationError(
            {"reason": f"Say in a sentence why it is wrong here (up to {LONGEST_REASON} characters)."}
        )
    verdict = review.submit(post=post, fingerprint=fingerprint, by=by, now=now)
    if verdict.needs != Needs.CHANGE:
        return verdict
    found = overrides.stopping(verdict)
    _refuse_asked_before(verdict, [overrides.key_of(finding) for finding in found])
    post.enter(Post.State.IN_REVIEW)
    version = verdict.version
    submission = Submission.objects.create(
        post=post, version=version, fingerprint=version.fingerprint, needs=Needs.DMC, by=by, opened_at=now
    )
    telling.forget(post, now=now)
    Override.objects.bulk_create(_asked(submission, verdict, finding, reason, by, now) for finding in _once(found))
    rules = sorted({finding["rule"] for finding in found})
    audit.record(by, "override.asked", post, now=now, version=version.number, rules=rules, reason=reason)
    return verdict


@transaction.atomic
def decide(
    *,
    override: Override,
    fingerprint: str,
    lets_through: bool,
    rationale: str,
    false_positive: bool = False,
    by: User,
    now: datetime,
) -> Override:
    """The DMC's answer to one finding. A refusal sends the post back; the last yes sends it on.

    Raises PermissionDenied; Conflict when somebody was first, it moved on or its time has passed; ValidationError
    without a rationale, or when an absolute rule is let through as anything but a false positive.
    """
    _take(override, fingerprint, by, now)
    if override.decision:
        raise Conflict(
            f"{override.decided_by} was first: “{override.get_decision_display().lower()}”. Nothing was changed."
        )
    rationale = _rationale(rationale)
    if lets_through and override.severity == Severity.BLOCK_A and not false_positive:
        raise ValidationError({"false_positive": "This rule has no exceptions. It can only be found not to apply."})
    override.decision = Decision.GRANTED if lets_through else Decision.REFUSED
    override.rationale, override.false_positive = rationale, false_positive
    override.decided_by, override.decided_at = by, now
    _keep(override, "override.granted" if lets_through else "override.refused", by, now)
    if not lets_through:
        _return(override, now)
    elif override.severity == Severity.BLOCK_A:
        _call_second(override, by, now)
    else:
        _go_on(override.submission, now)
    return override


@transaction.atomic
def second(*, override: Override, fingerprint: str, agrees: bool, rationale: str, by: User, now: datetime) -> Override:
    """The second person on an absolute rule. Disagreeing refuses it. Raises as `decide` does."""
    _take(override, fingerprint, by, now)
    if override.decision != Decision.GRANTED or overrides.is_settled(override):
        raise Conflict("Nobody waits for a second person here. Nothing was changed.")
    if override.decided_by_id == by.pk:
        raise PermissionDenied("Two people let this through. You were the first, so somebody else must be the second.")
    notices.settle(about=override, kinds=[telling.OVERRIDE_SECOND], now=now)
    if agrees:
        override.seconded_by, override.seconded_at = by, now
        _keep(override, "override.seconded", by, now)
        _go_on(override.submission, now)
        return override
    rationale = _rationale(rationale)
    first, said = override.decided_by_id, override.rationale
    override.decision, override.rationale, override.decided_by, override.decided_at = (
        Decision.REFUSED,
        rationale,
        by,
        now,
    )
    _keep(override, "override.refused", by, now, first=first, first_said=said)
    _return(override, now)
    return override


# ---- lock and rule -----------------------------------------------------------------------------


def _take(override: Override, fingerprint: str, by: User, now: datetime) -> None:
    submission = override.submission
    review.take(submission, fingerprint, by)
    override.refresh_from_db(from_queryset=Override.objects.select_for_update(of=("self",)))
    override.submission = submission
    publish_at = submission.version.publish_at
    if publish_at is not None and publish_at <= now:
        raise Conflict("Its time passed before it was decided. It goes back to its author, who chooses a new time.")


def _rationale(rationale: str) -> str:
    said = rationale.strip()
    if not 0 < len(said) <= LONGEST_RATIONALE:
        raise ValidationError({"rationale": "Say why, in a sentence: it stays with the post for good."})
    return said


def _refuse_asked_before(verdict: Verdict, keys: list[str]) -> None:
    refused = Override.objects.filter(version=verdict.version, key__in=keys, decision=Decision.REFUSED)
    answer = refused.select_related("decided_by").order_by("-pk").first()
    if answer is not None:
        raise Conflict(f"{answer.decided_by} has refused this for exactly these words. Change them: {answer.rationale}")


def _once(found: list[overrides.Kept]) -> list[overrides.Kept]:
    """The same rule on the same words in two places is one question."""
    return list({overrides.key_of(finding): finding for finding in found}.values())


# ---- move and record ---------------------------------------------------------------------------


def _asked(
    submission: Submission, verdict: Verdict, finding: overrides.Kept, reason: str, by: User, now: datetime
) -> Override:
    return Override(
        submission=submission,
        version=submission.version,
        fingerprint=submission.fingerprint,
        rule=finding["rule"],
        severity=finding["severity"],
        words=overrides.words_of(finding),
        picture=finding["picture"],
        key=overrides.key_of(finding),
        finding=finding,
        rules_version=verdict.rules_version,
        reason=reason,
        asked_by=by,
        asked_at=now,
    )


def _keep(override: Override, action: str, by: User, now: datetime, **more: audit.JSON) -> None:
    override.save()
    facts = {"rule": override.rule, "severity": override.severity, "rationale": override.rationale, **more}
    number, post = override.version.number, override.submission.post
    audit.record(by, action, post, now=now, override=override.pk, version=number, **facts)


def _call_second(override: Override, by: User, now: datetime) -> None:
    post = override.submission.post
    desk = deciders(override.submission, "review_dmc").exclude(pk=by.pk)
    words = f"{post.team.full_name}: {by} finds that {override.rule} does not apply. A second person must look."
    link = reverse("policy:review", kwargs={"pk": override.submission_id})
    facts = {"kind": telling.OVERRIDE_SECOND, "urgency": Notice.Urgency.SOON, "needs_answer": True, "link": link}
    notices.give(desk=desk, about=override, words=words, now=now, **facts)


def _return(override: Override, now: datetime) -> None:
    submission = override.submission
    end(submission.post, Submission.Ending.REFUSED, now)
    _tell(override, "was not let through by the DMC and came back to you. Open it to see why.", now)


def _go_on(submission: Submission, now: datetime) -> None:
    """Once everything is let through, the rest of the findings say whose agreement it needs."""
    if overrides.unsettled(submission):
        return
    verdict = review.judge_again(version=submission.version, moment=Verdict.Moment.OVERRIDE, now=now)
    post = submission.post
    if verdict.needs == Needs.CHANGE:
        end(post, Submission.Ending.JUDGED_AGAIN, now)
    elif verdict.needs == Needs.NOBODY:
        submission.closed_at, submission.ending = now, Submission.Ending.APPROVED
        submission.save(update_fields=["closed_at", "ending"])
        telling.settle([submission], now=now)
        post.enter(Post.State.APPROVED)
    else:
        submission.needs = verdict.needs
        submission.save(update_fields=["needs"])
    last = submission.overrides.order_by("-decided_at").first()
    if last is not None:
        _tell(last, "was let through by the DMC as it stands.", now)


def _tell(override: Override, said: str, now: datetime) -> None:
    post = override.submission.post
    words, link = f"{post.team.full_name}: an update {said}", reverse("posts:post", kwargs={"pk": post.pk})
    notices.give(
        to={post.author, override.asked_by}, kind="override.decided", about=override, words=words, link=link, now=now
    )
