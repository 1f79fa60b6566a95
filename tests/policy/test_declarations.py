"""The three taps of a trusted author, and the two people at the DMC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Notice, User
from policy import approvals, declarations, expiry, review
from policy.content import Severity
from policy.declarations import Answers
from policy.models import Declaration, Needs, Submission, Verdict
from policy.queue import queue_for
from policy.telling import SECOND
from posts.fingerprint import fingerprint
from posts.models import Post
from tests.conftest import Cast
from tests.factories import change_text, make_post, submission_of
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
SAFE = Answers(arrested=False, identifiable=False, finished=True)
INCIDENT = "The man who took the handbag outside the market on Monday will not be back there for some time."


def send(post: Post, answers: Answers | None, by: User, now: datetime) -> Verdict:
    return review.submit(post=post, answers=answers, by=by, now=now)


# ---- three taps ---------------------------------------------------------------------------------


def test_without_an_answer_a_mentor_reads_what_layer_1_found(cast: Cast, now: datetime) -> None:
    verdict = send(make_post(cast, author=cast.tess, text=INCIDENT), None, cast.tess, now)
    assert verdict.needs == Needs.MENTOR
    assert verdict.layer1
    assert 0.5 < verdict.score <= 1


def test_three_safe_answers_stand_in_for_the_mentor_and_go_on_doing_so(cast: Cast, now: datetime) -> None:
    post = make_post(cast, author=cast.tess, text=INCIDENT)
    assert send(post, SAFE, cast.tess, now).needs == Needs.NOBODY
    assert post.state == Post.State.APPROVED
    agreed = approvals.approval(post.current, now=now)
    at_its_minute = review.judge_again(version=post.current, moment=Verdict.Moment.CLAIM, now=now)
    assert agreed is not None
    assert approvals.covers(agreed, at_its_minute)
    assert AuditEntry.objects.filter(action="post.declared").count() == 1


@pytest.mark.parametrize(
    "risk", [Answers(True, False, True), Answers(False, True, True), Answers(False, False, False)], ids=str
)
def test_an_answer_that_says_risk_goes_to_a_mentor_who_sees_it(
    cast: Cast, now: datetime, risk: Answers, client_for: ClientFor
) -> None:
    post = make_post(cast, author=cast.tess, text=INCIDENT)
    assert send(post, risk, cast.tess, now).needs == Needs.MENTOR
    page = client_for(cast.rex).get(reverse("policy:review", args=[submission_of(post).pk])).content.decode()
    assert "This seems to be about an incident or a person" in page
    assert all(question in page for _, question in declarations.QUESTIONS)
    assert page.count("<strong>Yes</strong>") + page.count("<strong>No</strong>") == 1


def test_a_declaration_says_nothing_of_other_words(cast: Cast, now: datetime) -> None:
    post = make_post(cast, author=cast.tess, text=INCIDENT)
    send(post, SAFE, cast.tess, now)
    assert declarations.clears(post.current, fingerprint(post.current))
    review.withdraw(post=post, by=cast.tess, now=now)
    change_text(post, INCIDENT + " He was in tears.", by=cast.tess)
    assert not declarations.clears(post.current, fingerprint(post.current))
    assert send(post, None, cast.tess, now).needs == Needs.MENTOR


def test_an_author_on_probation_is_read_whatever_they_declare(cast: Cast, now: datetime) -> None:
    assert send(make_post(cast, text=INCIDENT), SAFE, cast.ada, now).needs == Needs.MENTOR


def test_the_page_before_sending_asks_only_when_it_matters(
    cast: Cast, client_for: ClientFor, now: datetime, ruling: Ruling
) -> None:
    post = make_post(cast, author=cast.tess)
    for hit, severity, asks in ((True, None, True), (False, None, False), (True, Severity.DMC, False)):
        ruling(severity, hit=hit)
        page = client_for(cast.tess).get(reverse("policy:submit", args=[post.pk])).content.decode()
        assert ("Is it finished?" in page) is asks
        assert ("Ask a mentor instead" in page) is asks


def tap(client: Client, post: Post, **said: str) -> tuple[int, str]:
    answer = client.post(reverse("policy:submit", args=[post.pk]), {"fingerprint": fingerprint(post.current), **said})
    post.refresh_from_db()
    return answer.status_code, answer.content.decode()


def test_taps_on_the_page_are_kept_with_the_version(cast: Cast, client_for: ClientFor, ruling: Ruling) -> None:
    ruling(None, hit=True)
    post = make_post(cast, author=cast.tess)
    status, page = tap(client_for(cast.tess), post, arrested="no", identifiable="no")
    assert status == 422
    assert "Answer all three questions" in page
    assert post.state == Post.State.DRAFT
    status, _ = tap(client_for(cast.tess), post, arrested="no", identifiable="no", finished="yes")
    assert (status, post.state) == (302, Post.State.APPROVED)
    assert Declaration.objects.get().version == post.current


def test_the_mentor_button_asks_a_mentor_whatever_was_tapped(cast: Cast, client_for: ClientFor, ruling: Ruling) -> None:
    ruling(None, hit=True)
    post = make_post(cast, author=cast.tess)
    status, _ = tap(client_for(cast.tess), post, arrested="no", mentor="yes")
    assert (status, post.state) == (302, Post.State.IN_REVIEW)
    assert not Declaration.objects.exists()


def test_the_story_tells_what_was_declared(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    post = make_post(cast, author=cast.tess, text=INCIDENT)
    send(post, SAFE, cast.tess, now)
    page = client_for(cast.tess).get(reverse("policy:story", args=[post.pk])).content.decode()
    assert "Declared by its author" in page
    assert "Is it finished? Yes." in page


def test_what_layer_1_found_comes_before_advice_and_after_the_dmc(cast: Cast, now: datetime, ruling: Ruling) -> None:
    order = []
    for severity, hit in ((None, False), (Severity.ADVISE, False), (None, True), (Severity.DMC, False)):
        ruling(severity, hit=hit)
        post = make_post(cast, "in_review")
        order.insert(0, post.pk)
    assert [item.submission.post_id for item in queue_for(cast.dee).items][1:] == order[1:]
    assert [item.layer1 for item in queue_for(cast.rex).items] == [True, False, False]


# ---- two people ---------------------------------------------------------------------------------


@pytest.fixture
def for_two(cast: Cast, ruling: Ruling) -> Submission:
    ruling(Severity.DMC, rule="SEXANY")
    return submission_of(make_post(cast, "in_review", author=cast.tess))


def agree(submission: Submission, by: User, now: datetime) -> None:
    review.approve(submission=submission, fingerprint=submission.fingerprint, by=by, now=now)
    submission.post.refresh_from_db()


def test_two_people_at_the_dmc_agree_one_after_the_other(cast: Cast, now: datetime, for_two: Submission) -> None:
    assert for_two.needs == Needs.DMC_SECOND
    agree(for_two, cast.dee, now)
    assert for_two.post.state == Post.State.IN_REVIEW
    assert approvals.approval(for_two.version, now=now) is None
    assert set(Notice.objects.filter(kind=SECOND).values_list("to", flat=True)).isdisjoint({cast.dee.pk, cast.tess.pk})
    agree(for_two, cast.hana, now)
    assert for_two.post.state == Post.State.APPROVED
    agreed = approvals.approval(for_two.version, now=now)
    assert agreed is not None
    assert approvals.covers(agreed, for_two.version.verdicts.latest("pk"))
    assert not Notice.objects.filter(kind=SECOND, closed_at__isnull=True).exists()


def test_the_first_is_never_the_second(cast: Cast, for_two: Submission, client_for: ClientFor) -> None:
    now = timezone.now()
    agree(for_two, cast.dee, now)
    with pytest.raises(PermissionDenied, match="somebody else"):
        agree(for_two, cast.dee, now)
    assert for_two.pk not in [item.submission.pk for item in queue_for(cast.dee).items]
    assert for_two.pk in [item.submission.pk for item in queue_for(cast.hana).items]
    address = reverse("policy:review", args=[for_two.pk])
    assert "You have agreed to this" in client_for(cast.dee).get(address).content.decode()
    assert "A second person must agree" in client_for(cast.hana).get(address).content.decode()


def test_a_first_yes_runs_out_like_any_other(cast: Cast, now: datetime, for_two: Submission) -> None:
    agree(for_two, cast.dee, now)
    agree(for_two, cast.hana, now + timedelta(days=4))
    assert for_two.post.state == Post.State.IN_REVIEW


def test_a_mentor_does_not_decide_there(cast: Cast, now: datetime, for_two: Submission) -> None:
    with pytest.raises(PermissionDenied):
        agree(for_two, cast.rex, now)


def test_taken_back_it_calls_nobody_any_more(cast: Cast, now: datetime, for_two: Submission) -> None:
    agree(for_two, cast.dee, now)
    review.withdraw(post=for_two.post, by=cast.tess, now=now)
    expiry.expire(now=now)
    assert not Notice.objects.filter(kind=SECOND, closed_at__isnull=True).exists()
