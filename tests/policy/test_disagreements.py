from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from accounts.appointing import appoint
from accounts.errors import Conflict
from accounts.models import AuditEntry, Notice, Role, Stage, User
from policy import appeals, disagreements, dissent, expiry, practice, queue, review
from policy.content import Severity
from policy.models import Disagreement, Needs, Review, Submission
from posts import drafting
from posts.fingerprint import fingerprint
from posts.models import Post
from tests.conftest import Cast
from tests.factories import approve_post, change_text, make_post, submission_of
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
WHY = "The library asked us to say it today."


def say_no(post: Post, by: User, now: datetime, *, finally_: bool = False) -> Review:
    waiting = submission_of(post)
    verb = review.reject if finally_ else review.send_back
    said = verb(
        submission=waiting, fingerprint=waiting.fingerprint, reason="tone", note="Not like this.", by=by, now=now
    )
    post.refresh_from_db()
    return said


def disagree(post: Post, now: datetime, *, by: User) -> Submission:
    disagreements.disagree(post=post, why=WHY, by=by, now=now)
    return submission_of(post)


# ---- rejecting ----------------------------------------------------------------------------------


def test_only_the_dmc_rejects(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    with pytest.raises(PermissionDenied):
        say_no(post, cast.rex, now, finally_=True)
    say_no(post, cast.dee, now, finally_=True)
    assert post.state == Post.State.DRAFT


def test_what_was_rejected_is_not_sent_again_by_any_way_but_as_a_copy(
    cast: Cast, now: datetime, ruling: Ruling
) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.dee, now, finally_=True)
    with pytest.raises(Conflict, match="Copy it"):
        review.submit(post=post, by=cast.ada, now=now)
    change_text(post, "Other words.", by=cast.ada)
    with pytest.raises(Conflict, match="Copy it"):
        review.submit(post=post, by=cast.ada, now=now)
    ruling(Severity.BLOCK)
    with pytest.raises(Conflict, match="Copy it"):
        appeals.ask(post=post, fingerprint=fingerprint(post.current), reason="Fine.", by=cast.ada, now=now)
    ruling(None)
    again = drafting.copy(post=post, by=cast.ada, now=now)
    assert review.submit(post=again, by=cast.ada, now=now).needs == Needs.MENTOR


def test_whoever_reviews_a_copy_is_told_of_the_rejection(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.dee, now, finally_=True)
    again = drafting.copy(post=post, by=cast.ada, now=now)
    review.submit(post=again, by=cast.ada, now=now)
    page = client_for(cast.rex).get(f"/review/{submission_of(again).pk}/")
    assert b"copied from an update that the DMC rejected" in page.content
    third = drafting.copy(post=drafting.copy(post=again, by=cast.ada, now=now), by=cast.ada, now=now)
    review.submit(post=third, by=cast.ada, now=now)
    page = client_for(cast.rex).get(f"/review/{submission_of(third).pk}/")
    assert b"copied from an update that the DMC rejected" in page.content, "nor does a copy of a copy forget it"


# ---- disagreeing once ---------------------------------------------------------------------------


def test_the_dmc_decides_on_the_same_words_and_both_notes_are_kept(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    first = say_no(post, cast.rex, now)
    waiting = disagree(post, now, by=cast.ada)
    assert (waiting.needs, waiting.version) == (Needs.DMC, first.version)
    approve_post(post, cast.dee, now=now)
    kept = Disagreement.objects.get()
    assert (kept.review, kept.why, kept.review.note, kept.answer.by) == (first, WHY, "Not like this.", cast.dee)
    assert post.state == Post.State.APPROVED


def test_it_is_asked_once_whatever_comes_of_it(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.rex, now)
    disagree(post, now, by=cast.ada)
    say_no(post, cast.dee, now)
    with pytest.raises(Conflict):
        disagree(post, now, by=cast.ada)
    change_text(post, "Other words.", by=cast.ada)
    review.submit(post=post, by=cast.ada, now=now)
    say_no(post, cast.rex, now)
    assert disagreements.contested(post, now=now) is None
    with pytest.raises(Conflict):
        disagree(post, now, by=cast.ada)


def test_whoever_decided_first_does_not_decide_again(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.dee, now, finally_=True)
    waiting = disagree(post, now, by=cast.ada)
    assert not queue.queue_for(cast.dee).items
    with pytest.raises(PermissionDenied, match="Somebody else"):
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.dee, now=now)
    approve_post(post, cast.hana, now=now)
    assert dissent.rejection(post) is None


def test_a_rejection_stands_until_it_is_lifted(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.dee, now, finally_=True)
    disagree(post, now, by=cast.ada)
    review.withdraw(post=post, by=cast.ada, now=now)
    with pytest.raises(Conflict, match="Copy it"):
        review.submit(post=post, by=cast.ada, now=now)


def test_a_rejection_that_became_a_sending_back_may_be_mended(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.dee, now, finally_=True)
    disagree(post, now, by=cast.ada)
    say_no(post, cast.hana, now)
    change_text(post, "Other words.", by=cast.ada)
    assert review.submit(post=post, by=cast.ada, now=now).needs == Needs.MENTOR


def test_an_approval_that_ran_out_does_not_bring_the_rejection_back(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review", publish_at=now + timedelta(hours=100))
    say_no(post, cast.dee, now, finally_=True)
    disagree(post, now, by=cast.ada)
    approve_post(post, cast.hana, now=now)
    assert expiry.expire(now=now + timedelta(hours=80)) == 1
    post.refresh_from_db()
    review.submit(post=post, by=cast.ada, now=now + timedelta(hours=80))


def test_the_first_of_two_yeses_lifts_no_rejection(cast: Cast, now: datetime, ruling: Ruling) -> None:
    dot = User.objects.create(username="dot")
    appoint(user=dot, role=Role.DMC_EDITOR, team=cast.force, starts_on=now.date(), by=None, now=now)
    ruling(Severity.DMC, rule="CT")
    post = make_post(cast, "in_review")
    say_no(post, cast.dee, now, finally_=True)
    waiting = disagree(post, now, by=cast.ada)
    assert waiting.needs == Needs.DMC_SECOND
    review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.hana, now=now)
    review.withdraw(post=post, by=cast.ada, now=now)
    assert dissent.rejection(post) is not None


def test_changed_words_are_sent_and_not_disagreed_about(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.rex, now)
    change_text(post, "Other words.", by=cast.ada)
    with pytest.raises(Conflict):
        disagree(post, now, by=cast.ada)


def test_what_can_no_longer_go_out_in_time_is_not_asked_about(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review", publish_at=now + timedelta(hours=1))
    say_no(post, cast.rex, now)
    with pytest.raises(ValidationError):
        disagree(post, now + timedelta(hours=2), by=cast.ada)
    assert not Disagreement.objects.exists()


@pytest.mark.parametrize("why", ["handed in as practice", "its author practises"])
def test_practice_does_not_go_out_by_disagreeing(cast: Cast, now: datetime, client_for: ClientFor, why: str) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.rex, now)
    cast.ada.appointments.update(stage=Stage.PRACTICE)
    if why == "handed in as practice":
        practice.hand_in(post=post, kind="other", by=cast.ada, now=now)
        cast.ada.appointments.update(stage=Stage.TRUSTED)
    for sender in (cast.ada, cast.tess):
        with pytest.raises(ValidationError) as refused:
            disagree(post, now, by=sender)
        assert refused.value.code == "practice"
    assert not Submission.objects.filter(post=post, closed_at__isnull=True).exists()
    assert b"I see it differently" not in client_for(cast.ada).get(f"/posts/{post.pk}/checks/").content


def test_what_a_rule_stops_by_now_is_answered_and_the_answer_is_kept(
    cast: Cast, now: datetime, client_for: ClientFor, ruling: Ruling
) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.rex, now)
    ruling(Severity.BLOCK)
    page = client_for(cast.ada).post(f"/posts/{post.pk}/disagree/", {"why": WHY})
    assert page.status_code == 422 and b"By now a rule stops it as it stands" in page.content
    assert [one.needs for one in post.current.verdicts.all()] == [Needs.CHANGE, Needs.MENTOR]
    assert AuditEntry.objects.filter(action="post.disagreement_stopped").count() == 1
    ruling(None)
    assert disagree(post, now, by=cast.ada).needs == Needs.DMC


@pytest.mark.parametrize("name", ["con", "rex", "mel", "cora"])
def test_only_who_could_send_it_disagrees(cast: Cast, now: datetime, name: str) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.rex, now)
    with pytest.raises(PermissionDenied):
        disagree(post, now, by=getattr(cast, name))


def test_everybody_concerned_is_told(cast: Cast, now: datetime) -> None:
    def told(user: User, kind: str) -> int:
        return Notice.objects.filter(to=user, kind=kind, closed_at__isnull=True).count()

    post = make_post(cast, "in_review")
    say_no(post, cast.dee, now, finally_=True)
    assert told(cast.ada, "review.answered") == 1
    disagree(post, now, by=cast.ada)
    assert (told(cast.hana, "review.disagreed"), told(cast.dee, "review.disagreed")) == (1, 0)
    assert told(cast.ada, "review.answered") == 0
    approve_post(post, cast.hana, now=now)
    assert told(cast.hana, "review.disagreed") == 0
    assert (told(cast.ada, "review.answered"), told(cast.dee, "review.disagreement_answered")) == (1, 1)


def test_the_pages_lead_from_a_no_to_the_dmc(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review")
    say_no(post, cast.rex, now)
    ada = client_for(cast.ada)
    assert b"I see it differently" in ada.get(f"/posts/{post.pk}/checks/").content
    assert b"Not like this." in ada.get(f"/posts/{post.pk}/disagree/").content
    assert ada.post(f"/posts/{post.pk}/disagree/", {"why": ""}).status_code == 422
    assert ada.post(f"/posts/{post.pk}/disagree/", {"why": WHY}).status_code == 302
    page = client_for(cast.hana).get(f"/review/{submission_of(post).pk}/").content
    assert WHY.encode() in page and b"Not like this." in page
    assert ada.get(f"/posts/{post.pk}/disagree/").status_code == 302


# ---- a suggestion -------------------------------------------------------------------------------


def test_a_suggestion_changes_no_word_and_reaches_the_author(cast: Cast, now: datetime, client_for: ClientFor) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    form = {"fingerprint": waiting.fingerprint, "suggest": "yes", "note": ""}
    rex = client_for(cast.rex)
    assert rex.post(f"/review/{waiting.pk}/approve/", form).status_code == 422
    rex.post(f"/review/{waiting.pk}/approve/", form | {"note": "Say the hour next time."})
    post.refresh_from_db()
    assert (post.state, post.current_id) == (Post.State.APPROVED, waiting.version_id)
    page = client_for(cast.ada).get(f"/posts/{post.pk}/checks/").content
    assert b"Approved, with a suggestion for next time" in page and b"Say the hour next time." in page
