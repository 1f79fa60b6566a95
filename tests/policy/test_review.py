from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.appointing import appoint
from accounts.errors import Conflict
from accounts.models import AuditEntry, Role, Stage
from policy import approvals, review
from policy.content import Severity
from policy.models import Needs, Review, Submission, Verdict
from posts.models import Post
from tests.conftest import Cast
from tests.factories import approve_post, change_text, make_post, submission_of
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db


def actions(post: Post) -> list[str]:
    return list(AuditEntry.objects.filter(subject=f"posts.post:{post.pk}").values_list("action", flat=True))


# ---- submitting ---------------------------------------------------------------------------------


def test_a_probationers_clean_post_goes_to_a_mentor(cast: Cast, now: datetime) -> None:
    post = make_post(cast)
    verdict = review.submit(post=post, by=cast.ada, now=now)
    assert verdict.needs == Needs.MENTOR
    assert post.state == Post.State.IN_REVIEW
    assert submission_of(post).fingerprint == post.current.fingerprint != ""


def test_a_trusted_authors_clean_post_is_approved_at_once(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", author=cast.tess)
    assert not Submission.objects.exists()
    assert isinstance(approvals.approval(post.current, now=now), Verdict)


def test_a_trusted_colleague_does_not_lift_a_contributors_draft_past_the_mentor(cast: Cast, now: datetime) -> None:
    post = make_post(cast, author=cast.con)
    assert review.submit(post=post, by=cast.tess, now=now).needs == Needs.MENTOR


def test_words_changed_by_a_probationer_need_a_mentor_though_a_trusted_author_began_them(
    cast: Cast, now: datetime
) -> None:
    post = make_post(cast, author=cast.tess)
    change_text(post, "Coffee with us on Thursday at ten.", by=cast.ada)
    assert review.submit(post=post, by=cast.tess, now=now).needs == Needs.MENTOR


def test_a_block_leaves_a_draft_and_keeps_the_verdict(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    post = make_post(cast)
    verdict = review.submit(post=post, by=cast.ada, now=now)
    assert (verdict.needs, post.state) == (Needs.CHANGE, Post.State.DRAFT)
    kept = Verdict.objects.get(version=post.current)
    assert kept.findings[0]["rule"] == "TEST"
    assert kept.findings[0]["spans"][0]["words"] == "We"
    assert not Submission.objects.exists()


def test_after_a_block_the_mended_words_can_be_sent(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    post = make_post(cast)
    review.submit(post=post, by=cast.ada, now=now)
    ruling(None)
    change_text(post, "Mended.", by=cast.ada)
    assert review.submit(post=post, by=cast.ada, now=now).needs == Needs.MENTOR


def test_a_dmc_finding_needs_the_dmc_even_from_a_trusted_author(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.DMC)
    post = make_post(cast, "in_review", author=cast.tess)
    assert submission_of(post).needs == Needs.DMC


def test_a_contributor_cannot_submit(cast: Cast, now: datetime) -> None:
    post = make_post(cast, author=cast.con)
    with pytest.raises(PermissionDenied):
        review.submit(post=post, by=cast.con, now=now)
    assert post.state == Post.State.DRAFT


def test_a_post_is_submitted_once(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    stale = Post.objects.get(pk=post.pk)
    with pytest.raises(Conflict):
        review.submit(post=stale, by=cast.ada, now=now)
    assert Submission.objects.count() == 1


def test_a_time_that_has_passed_is_refused_when_submitting(cast: Cast, now: datetime) -> None:
    post = make_post(cast, publish_at=now + timedelta(minutes=5))
    with pytest.raises(ValidationError):
        review.submit(post=post, by=cast.ada, now=now + timedelta(minutes=6))
    assert not Verdict.objects.exists()


def test_what_was_confirmed_is_what_is_submitted(cast: Cast, now: datetime) -> None:
    post = make_post(cast)
    seen = review.fingerprint_of(post.current)
    change_text(post, "Somebody else was quicker.", by=cast.tess)
    with pytest.raises(Conflict):
        review.submit(post=post, fingerprint=seen, by=cast.ada, now=now)
    assert Post.objects.get(pk=post.pk).state == Post.State.DRAFT


# ---- deciding -----------------------------------------------------------------------------------


def test_a_mentor_approves_exactly_what_stands(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved")
    agreed = approvals.approval(post.current, now=now)
    assert isinstance(agreed, Review)
    assert (agreed.by, agreed.fingerprint) == (cast.rex, post.current.fingerprint)
    assert "post.approved" in actions(post)


def test_author_cannot_approve_their_own_post_whatever_roles_they_hold(cast: Cast, now: datetime) -> None:
    appoint(user=cast.ada, role=Role.HEAD, team=cast.force, starts_on=now.date(), by=None, now=now)
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    with pytest.raises(PermissionDenied):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.ada, now=now)
    assert Post.objects.get(pk=post.pk).state == Post.State.IN_REVIEW


def test_whoever_changed_the_words_cannot_review_them_even_if_changed_again_since(cast: Cast, now: datetime) -> None:
    appoint(user=cast.tess, role=Role.DMC_EDITOR, team=cast.force, starts_on=now.date(), by=None, now=now)
    post = make_post(cast)
    change_text(post, "Tess had a go at this.", by=cast.tess)
    change_text(post, "And Ada again.", by=cast.ada)
    review.submit(post=post, by=cast.ada, now=now)
    waiting = submission_of(post)
    with pytest.raises(PermissionDenied):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.tess, now=now)


def test_whoever_sent_it_cannot_review_it(cast: Cast, now: datetime) -> None:
    appoint(user=cast.tess, role=Role.DMC_EDITOR, team=cast.force, starts_on=now.date(), by=None, now=now)
    post = make_post(cast, author=cast.con)
    review.submit(post=post, by=cast.tess, now=now)
    waiting = submission_of(post)
    with pytest.raises(PermissionDenied):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.tess, now=now)


@pytest.mark.parametrize("name", ["tess", "sam", "olu", "cora", "mel"])
def test_only_reviewers_decide(cast: Cast, now: datetime, name: str) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    with pytest.raises(PermissionDenied):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=getattr(cast, name), now=now)
    assert not Review.objects.exists()


def test_a_mentor_decides_only_where_mentor_is(cast: Cast, now: datetime) -> None:
    post = make_post(cast, author=cast.mel, channels=[cast.kilburn_x])
    change_text(post, "Mel on probation.", by=cast.mel)
    cast.mel.appointments.update(stage=Stage.PROBATION)
    review.submit(post=post, by=cast.mel, now=now)
    waiting = submission_of(post)
    with pytest.raises(PermissionDenied):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now)


def test_a_mentor_cannot_decide_what_needs_the_dmc(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.DMC)
    waiting = submission_of(make_post(cast, "in_review"))
    with pytest.raises(PermissionDenied):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now)
    approve_post(waiting.post, cast.dee)


def test_the_dmc_may_decide_what_a_mentor_could(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", reviewer=cast.dee)
    assert approvals.approval(post.current, now=now) is not None


def test_a_post_that_moved_on_is_not_decided(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    change_text(post, "New words since you looked.", by=cast.ada)
    with pytest.raises(Conflict):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now)
    assert not Review.objects.exists()
    assert Post.objects.get(pk=post.pk).state == Post.State.DRAFT


def test_a_decision_on_the_resubmitted_words_needs_a_fresh_look(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    seen = submission_of(post).fingerprint
    change_text(post, "New words since you looked.", by=cast.ada)
    review.submit(post=post, by=cast.ada, now=now)
    with pytest.raises(Conflict):
        review.approve(submission=submission_of(post), fingerprint=seen, by=cast.rex, now=now)
    assert approvals.approval(post.current, now=now) is None


def test_the_second_of_two_decisions_is_told_who_was_first(cast: Cast, now: datetime) -> None:
    first = submission_of(make_post(cast, "in_review"))
    second = Submission.objects.get(pk=first.pk)
    review.approve(submission=first, fingerprint=first.fingerprint, by=cast.rex, now=now)
    with pytest.raises(Conflict, match="Rex Adeyemi was first"):
        review.send_back(
            submission=second, fingerprint=second.fingerprint, reason="tone", note="Please.", by=cast.dee, now=now
        )
    assert Review.objects.get().decision == Review.Decision.APPROVE


def test_sending_back_returns_a_draft_with_its_reason(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    review.send_back(
        submission=waiting, fingerprint=waiting.fingerprint, reason="tone", note="Warmer, please.", by=cast.rex, now=now
    )
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT
    assert approvals.approval(post.current, now=now) is None
    assert (waiting.ending, Review.objects.get().note) == (Submission.Ending.SENT_BACK, "Warmer, please.")


@pytest.mark.parametrize(("reason", "note"), [("", "Warmer."), ("tone", "  "), ("bad mood", "No.")])
def test_sending_back_takes_a_reason_and_a_sentence(cast: Cast, now: datetime, reason: str, note: str) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    with pytest.raises(ValidationError):
        review.send_back(
            submission=waiting, fingerprint=waiting.fingerprint, reason=reason, note=note, by=cast.rex, now=now
        )


def test_what_is_referred_waits_for_the_dmc_alone(cast: Cast, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    review.refer(submission=waiting, fingerprint=waiting.fingerprint, note="Live case?", by=cast.rex, now=now)
    assert waiting.needs == Needs.DMC
    with pytest.raises(Conflict, match="referred this to the DMC"):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now)
    approve_post(waiting.post, cast.hana)
    assert waiting.post.state == Post.State.APPROVED


def test_what_the_dmc_has_cannot_be_referred_again(cast: Cast, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    review.refer(submission=waiting, fingerprint=waiting.fingerprint, note="", by=cast.rex, now=now)
    with pytest.raises(Conflict):
        review.refer(submission=waiting, fingerprint=waiting.fingerprint, note="", by=cast.dee, now=now)


def test_a_late_approval_never_publishes(cast: Cast, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review", publish_at=now + timedelta(minutes=5)))
    with pytest.raises(Conflict, match="time passed"):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now + timedelta(minutes=5))
    assert Post.objects.get(pk=waiting.post_id).state == Post.State.IN_REVIEW


# ---- taking back --------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["in_review", "approved"])
def test_an_author_takes_a_post_back(cast: Cast, now: datetime, state: str) -> None:
    post = make_post(cast, state)
    review.withdraw(post=post, by=cast.ada, now=now)
    assert post.state == Post.State.DRAFT
    assert approvals.approval(post.current, now=now) is None
    assert "post.withdrawn" in actions(post)


def test_a_post_on_its_way_cannot_be_taken_back_here(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved")
    post.enter(Post.State.RELEASED)
    with pytest.raises(Conflict):
        review.withdraw(post=post, by=cast.ada, now=now)


def test_only_its_editors_take_a_post_back(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved")
    for outsider in (cast.mel, cast.rex, cast.cora):
        with pytest.raises(PermissionDenied):
            review.withdraw(post=post, by=outsider, now=now)


def test_an_old_yes_does_not_outlive_a_new_no(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved")
    review.withdraw(post=post, by=cast.ada, now=now)
    review.submit(post=post, by=cast.ada, now=now)
    assert approvals.approval(post.current, now=now) is None
    waiting = submission_of(post)
    review.send_back(
        submission=waiting, fingerprint=waiting.fingerprint, reason="timing", note="Not today.", by=cast.rex, now=now
    )
    assert approvals.approval(post.current, now=now) is None


# ---- asking again -------------------------------------------------------------------------------


def test_a_mentors_yes_covers_a_verdict_that_asks_for_a_mentor(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved")
    again = review.judge_again(version=post.current, moment=Verdict.Moment.CLAIM, now=now)
    assert approvals.covers(approvals.approval(post.current, now=now), again)
    assert Verdict.objects.filter(moment=Verdict.Moment.CLAIM).count() == 1


@pytest.mark.parametrize(
    ("reviewer", "severity", "covered"),
    [("rex", Severity.DMC, False), ("dee", Severity.DMC, True), ("dee", Severity.BLOCK, False)],
)
def test_a_worse_verdict_needs_who_it_asks_for(
    cast: Cast, now: datetime, ruling: Ruling, reviewer: str, severity: Severity, covered: bool
) -> None:
    post = make_post(cast, "approved", reviewer=getattr(cast, reviewer))
    agreed = approvals.approval(post.current, now=now)
    ruling(severity)
    again = review.judge_again(version=post.current, moment=Verdict.Moment.RELEASE, now=now)
    assert approvals.covers(agreed, again) is covered


def test_a_post_of_an_author_who_fell_back_to_probation_is_no_longer_covered_by_nobody(
    cast: Cast, now: datetime
) -> None:
    post = make_post(cast, "approved", author=cast.tess)
    cast.tess.appointments.update(stage=Stage.PROBATION)
    again = review.judge_again(version=post.current, moment=Verdict.Moment.CLAIM, now=now)
    assert not approvals.covers(approvals.approval(post.current, now=now), again)


def test_an_approval_is_of_these_words_only(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved")
    version = post.current
    version.texts = {**version.texts, str(cast.x.pk): "Slipped in behind everybody's back."}
    version.save(update_fields=["texts"])
    assert approvals.approval(version, now=now) is None


def test_a_channel_added_behind_everybodys_back_voids_the_approval(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", channels=[cast.x])
    post.targets.create(channel=cast.page)
    assert approvals.approval(post.current, now=now) is None
