"""Who agreed to what. Every decision is bound to the fingerprint that the reviewer saw.

A refusal by the rules is an answer (the Verdict, kept), not an exception. Each verb locks the post, then the
submission, in that order.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit
from accounts.channels import question_of_stage, stage_of
from accounts.errors import Conflict
from accounts.models import Stage, User
from accounts.rights import require
from accounts.statements import Insert, Question
from accounts.training import standing as training
from policy import (
    approvals,
    attesting,
    calibrating,
    check,
    declarations,
    dissent,
    editions,
    facts,
    live_cases,
    nudges,
    overrides,
    practice,
    routes,
    seconding,
    telling,
)
from policy.declarations import Answers
from policy.expiry import close_overtaken, end
from policy.models import Needs, Review, Submission, Verdict
from policy.reviewers import channels_of, decides_for_dmc, is_peer_only, require_reach, require_reviewer
from posts.drafting import seal
from posts.fingerprint import fingerprint as fingerprint_of
from posts.models import Post, Version
from posts.versions import require_reopen

Ending = Submission.Ending
_AUDITED = {
    Review.Decision.APPROVE: "post.approved",
    Review.Decision.SEND_BACK: "post.sent_back",
    Review.Decision.REFER: "post.referred",
    Review.Decision.REJECT: "post.rejected",
}


@transaction.atomic
def submit(*, post: Post, fingerprint: str = "", answers: Answers | None = None, by: User, now: datetime) -> Verdict:
    """Freeze the working copy, ask the check, keep its answer and send the post where the route says.

    fingerprint: of what this person confirmed, where they did; answers: theirs to the three taps. needs CHANGE leaves
    it a draft; NOBODY approves it; MENTOR, DMC and DMC_SECOND open a Submission. Raises PermissionDenied; Conflict when
    the post is no draft or not what was confirmed; ValidationError (code channels, text or when) when it is not
    complete, (code attest) when this person has a policy to read first, (code practice) when its author practises.
    """
    lock_to_send(post, by=by, now=now)
    dissent.refuse_rejected(post)
    if post.state != Post.State.DRAFT:
        raise Conflict(f"This post is already “{post.get_state_display().lower()}”. Nothing was changed.")
    if fingerprint and post.current is not None and fingerprint != fingerprint_of(post.current):
        raise Conflict("This post was changed after you looked at it. Nothing was sent: look at it again.")
    practice.refuse(post, by, now)
    close_overtaken(post.submissions.all(), now)
    version = seal(post=post, now=now)
    live_cases.notice(version=version, now=now)
    if answers is not None:
        declarations.declare(version=version, answers=answers, by=by, now=now)
    verdict = judge_to_send(version, by=by, now=now)
    _follow(post, version, verdict, by, now)
    audit.record(
        by,
        "post.submitted",
        post,
        now=now,
        version=version.number,
        fingerprint=version.fingerprint,
        needs=verdict.needs,
    )
    return verdict


@transaction.atomic
def approve(*, submission: Submission, fingerprint: str, note: str = "", by: User, now: datetime) -> Review:
    """Agree to exactly what stands under `fingerprint`. Lasts APPROVAL_LASTS_HOURS. Where two must agree, the first
    yes is kept and the post goes on waiting for the second. note: a suggestion for the next time.

    Raises PermissionDenied; Conflict when the post moved on, somebody was first, or its time has passed.
    """
    take(submission, fingerprint, by)
    if overrides.unsettled(submission):
        raise Conflict("The author asks to be let through here. Decide on that first: nothing was approved.")
    publish_at = submission.version.publish_at
    if publish_at is not None and publish_at <= now:
        raise Conflict("Its time passed before it was approved. It goes back to its author, who chooses a new time.")
    ends = now + timedelta(hours=settings.APPROVAL_LASTS_HOURS)
    reach = seconding.reach_of(submission, by=by, now=now)
    yes = {"note": note, "expires_at": ends, "reach": reach, "by_peer": is_peer_only(channels_of(submission.post), by)}
    review = _record(submission, Review.Decision.APPROVE, by, now, **yes)
    if approvals.weight(submission.needs) > approvals.weight(reach):
        seconding.call(submission, by=by, now=now)
        return review
    _close(submission, Ending.APPROVED, review, now)
    submission.post.enter(Post.State.APPROVED)
    return review


@transaction.atomic
def send_back(*, submission: Submission, fingerprint: str, reason: str, note: str, by: User, now: datetime) -> Review:
    """Return it to its author with a reason code and a sentence. Raises PermissionDenied, Conflict, ValidationError."""
    take(submission, fingerprint, by)
    _require_coaching(reason, note)
    review = _record(submission, Review.Decision.SEND_BACK, by, now, reason=reason, note=note)
    _close(submission, Ending.SENT_BACK, review, now)
    submission.post.enter(Post.State.DRAFT)
    return review


@transaction.atomic
def reject(*, submission: Submission, fingerprint: str, reason: str, note: str, by: User, now: datetime) -> Review:
    """The DMC's no to the update itself: it is not sent again, only a copy is (docs/decisions/0035).

    Raises PermissionDenied to who does not decide for the DMC, Conflict, ValidationError.
    """
    take(submission, fingerprint, by)
    if not decides_for_dmc(submission, by):
        raise PermissionDenied("Only the DMC rejects an update. Send it back with a reason, or ask the DMC.")
    _require_coaching(reason, note)
    review = _record(submission, Review.Decision.REJECT, by, now, reason=reason, note=note)
    _close(submission, Ending.REJECTED, review, now)
    submission.post.enter(Post.State.DRAFT)
    return review


@transaction.atomic
def refer(*, submission: Submission, fingerprint: str, note: str, by: User, now: datetime) -> Review:
    """Leave it to the DMC; it goes on waiting. Raises PermissionDenied; Conflict when it is with the DMC already."""
    take(submission, fingerprint, by)
    if submission.is_the_dmc_s:
        raise Conflict("This is with the DMC already. Nothing was changed.")
    review = _record(submission, Review.Decision.REFER, by, now, note=note)
    submission.needs = Needs.DMC
    submission.save(update_fields=["needs"])
    return review


@transaction.atomic
def withdraw(*, post: Post, by: User, now: datetime) -> Post:
    """Take it back to draft while it waits or is approved. Voids any approval: for that, one must be able to send it.

    Raises PermissionDenied, Conflict.
    """
    _lock(post)
    _require_each(by, "draft_for", post)
    require_reopen(by, post)
    if post.state not in (Post.State.IN_REVIEW, Post.State.APPROVED):
        raise Conflict(f"This post is “{post.get_state_display().lower()}”, so it cannot be taken back here.")
    was = post.state
    end(post, Ending.WITHDRAWN, now)
    audit.record(by, "post.withdrawn", post, now=now, was=was)
    return post


def judge_to_send(version: Version, *, by: User, now: datetime) -> Verdict:
    """Ask the rules about what `by` is sending, and keep the answer: from now on this one counts."""
    return _kept(_verdict(version, Verdict.Moment.SUBMIT, lowest_stage(version, now, by), now))


def judge_again(*, version: Version, moment: Verdict.Moment, now: datetime) -> Verdict:
    """Ask today's rules about a frozen version, and keep the answer. For publishing, at release and at the claim.

    Compare with what was agreed through approvals.covers.
    """
    return _kept(_verdict(version, moment, lowest_stage(version, now), now, known=facts.lately(now)))


def questions(version: Version, *, now: datetime) -> list[Question]:
    """What `judge_again` asks, to be asked together."""
    return [*facts.questions(version, now=now), editions.question(now), *_questions_of_stage(version, now)]


def foresee(*, version: Version, now: datetime) -> Verdict:
    """What judge_again would answer, without keeping it: for a look ahead."""
    return _verdict(version, Verdict.Moment.CLAIM, lowest_stage(version, now), now)


# ---- lock and right ----------------------------------------------------------------------------


def lock_to_send(post: Post, *, by: User, now: datetime) -> None:
    """Lock, and check that this person may send it. Raises PermissionDenied, ValidationError."""
    _lock(post)
    _require_each(by, "submit_for", post)
    attesting.require(by, now=now)


def _lock(post: Post) -> None:
    post.refresh_from_db(from_queryset=Post.objects.select_for_update(of=("self",)))


def _require_each(user: User, perm: str, post: Post) -> None:
    channels = channels_of(post)
    if not channels:
        raise ValidationError("Choose at least one channel.", code="channels")
    for channel in channels:
        require(user, perm, channel)


def take(submission: Submission, fingerprint: str, by: User) -> None:
    """Lock, check the right, and refuse when the post is not what this person saw."""
    _lock(submission.post)
    post = submission.post
    submission.refresh_from_db(from_queryset=Submission.objects.select_for_update(of=("self",)))
    submission.post = post
    require_reviewer(submission, by)
    _refuse_decided(submission, by)
    require_reach(submission, by)
    seen = {fingerprint, submission.fingerprint, fingerprint_of(submission.version)}
    if post.state != Post.State.IN_REVIEW or post.current_id != submission.version_id or len(seen) > 1:
        raise Conflict("The author has changed this post since you opened it. Nothing was decided: look at it again.")


def _refuse_decided(submission: Submission, by: User) -> None:
    """Who was first, in words. A referral shuts out the mentors, so to them it is a decision too."""
    last = submission.reviews.select_related("by").order_by("-pk").first()
    if submission.closed_at is not None:
        who = f"{last.by} was first: “{last.get_decision_display().lower()}”." if last else "It no longer waits."
        raise Conflict(f"{who} Your decision was not kept.")
    referred = last is not None and last.decision == Review.Decision.REFER
    if last is not None and referred and not decides_for_dmc(submission, by):
        raise Conflict(f"{last.by} has referred this to the DMC. Your decision was not kept.")


# ---- rule --------------------------------------------------------------------------------------


def _require_coaching(reason: str, note: str) -> None:
    problems = {}
    if reason not in Review.Reason.values:
        problems["reason"] = "Choose a reason."
    if not note.strip():
        problems["note"] = "Say in a sentence what would make it ready."
    if problems:
        raise ValidationError(problems)


_VERDICT = Insert(Verdict)


def _kept(verdict: Verdict) -> Verdict:
    return _VERDICT.keep(verdict)


def _verdict(
    version: Version, moment: str, stage: Stage, now: datetime, *, known: facts.Known | None = None
) -> Verdict:
    around = facts.around(version, now=now, known=known)
    law = editions.in_force(now)
    judgement = check.judge(facts.content(version), around, law)
    standing, kept = overrides.lay_over(judgement, version)
    asked: dict[str, Any] = {"law": law, "team": version.post.team, "around": around}
    needs = routes.needs(standing, stage=stage, declared=_declared(standing, version), **asked)
    return Verdict(
        version=version,
        moment=moment,
        outcome=standing.outcome or "",
        needs=needs,
        routine=routes.is_routine(needs, standing, **asked),
        findings=kept,
        rules_version=judgement.rules_version,
        layer1=judgement.layer1.hit,
        score=judgement.layer1.score,
        at=now,
    )


def _declared(standing: check.Judgement, version: Version) -> bool:
    """Whether the author’s three taps answer layer 1. They answer nothing else, so without it nobody looks."""
    return standing.layer1.hit and declarations.clears(version, version.fingerprint)


def lowest_stage(version: Version, now: datetime, *others: User) -> Stage:
    """The lowest stage of those whose words these are: a trusted colleague's name does not lift a probationer's."""
    stages = (stage_of(person, version.post.team, now) for person in _writers(version) | {*others})
    return min(stages, key=lambda stage: stage.rank)


def _writers(version: Version) -> set[User]:
    return {version.post.author, version.made_by}


def _questions_of_stage(version: Version, now: datetime) -> list[Question]:
    people = _writers(version)
    return [*(question_of_stage(person, now) for person in people), *(training.question(person) for person in people)]


# ---- move and record ---------------------------------------------------------------------------


def _follow(post: Post, version: Version, verdict: Verdict, by: User, now: datetime) -> None:
    if verdict.needs == Needs.CHANGE:
        return
    nudges.let_be(verdict=verdict, by=by, now=now)
    telling.forget(post, now=now)
    if verdict.needs == Needs.NOBODY:
        post.enter(Post.State.APPROVED)
    else:
        post.enter(Post.State.IN_REVIEW)
        Submission.objects.create(
            post=post, version=version, fingerprint=version.fingerprint, needs=verdict.needs, by=by, opened_at=now
        )


def _record(submission: Submission, decision: Review.Decision, by: User, now: datetime, **more: object) -> Review:
    review = Review.objects.create(
        submission=submission,
        version=submission.version,
        fingerprint=submission.fingerprint,
        decision=decision,
        by=by,
        at=now,
        **more,
    )
    audit.record(
        by,
        _AUDITED[decision],
        submission.post,
        now=now,
        version=submission.version.number,
        fingerprint=submission.fingerprint,
        reason=review.reason,
    )
    return review


def _close(submission: Submission, ending: Ending, review: Review, now: datetime) -> None:
    submission.closed_at, submission.ending = now, ending
    submission.save(update_fields=["closed_at", "ending"])
    telling.settle([submission], now=now)
    challenged = dissent.answer(submission, review)
    telling.answered(review, challenged=challenged, now=now)
    calibrating.draw(review, now=now)
