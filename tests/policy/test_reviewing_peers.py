"""What a peer reviewer may agree to: routine updates of their wards, never their own words, nothing that was found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import rights
from accounts.models import Appointment, Role, Stage, User
from policy import approvals, review, reviewers
from policy.content import Severity
from policy.models import Needs, Submission, Verdict
from posts.models import Post
from tests.accounts.test_peers import as_peer, mentor_ready
from tests.conftest import Cast
from tests.factories import approve_post, make_post, submission_of
from tests.policy.conftest import Ruling, ruling

Browser = Callable[[User], Client]

__all__ = ["ruling"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def peer(cast: Cast, now: datetime) -> User:
    """Mel of another ward of the borough, mentor-ready, and appointed to review for Homerton."""
    Appointment.objects.filter(user=cast.mel).update(team=cast.wick)
    mentor_ready(cast.mel)
    as_peer(cast, cast.mel, cast.homerton, now)
    return User.objects.get(pk=cast.mel.pk)


def refused(submission: Submission, by: User, now: datetime) -> str:
    with pytest.raises(PermissionDenied) as sorry:
        review.approve(submission=submission, fingerprint=submission.fingerprint, by=by, now=now)
    return str(sorry.value)


def test_a_probationers_routine_update_is_agreed_to_by_a_peer(cast: Cast, peer: User, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    assert list(reviewers.waiting_for(peer)) == [waiting]
    approve_post(waiting.post, peer)
    waiting.post.refresh_from_db()
    assert waiting.post.state == Post.State.APPROVED


def test_a_peer_sends_back_and_refers_as_a_mentor_does(cast: Cast, peer: User, now: datetime) -> None:
    one, two = (submission_of(make_post(cast, "in_review", text=words)) for words in ("At the stall.", "At the hall."))
    seen = {"fingerprint": one.fingerprint, "by": peer, "now": now}
    review.send_back(submission=one, **seen, reason="tone", note="Warmer, please.")
    review.refer(submission=two, fingerprint=two.fingerprint, note="", by=peer, now=now)
    two.refresh_from_db()
    assert two.needs == Needs.DMC
    assert not reviewers.waiting_for(peer).exists()


def test_what_the_dmc_decides_is_no_peers(cast: Cast, peer: User, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.DMC)
    waiting = submission_of(make_post(cast, "in_review"))
    assert not reviewers.waiting_for(peer).exists()
    assert "routine" in refused(waiting, peer, now)


@pytest.mark.parametrize("judged", [{"layer1": True}, {"outcome": Severity.DMC}])
def test_what_was_once_found_to_be_more_than_routine_is_no_peers(
    cast: Cast, peer: User, now: datetime, judged: dict[str, object]
) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    facts = {"moment": Verdict.Moment.AGAIN, "needs": Needs.MENTOR, "rules_version": "1", "at": now}
    Verdict.objects.create(version=waiting.version, **facts, **judged)
    Verdict.objects.create(version=waiting.version, routine=True, **facts)
    assert not reviewers.waiting_for(peer).exists()
    assert "routine" in refused(waiting, peer, now)


@pytest.mark.parametrize(
    ("later", "answered"),
    [
        ({"needs": Needs.MENTOR, "routine": True}, True),
        ({"needs": Needs.NOBODY}, True),
        ({"needs": Needs.MENTOR, "layer1": True}, False),
        ({"needs": Needs.DMC}, False),
    ],
)
def test_a_peers_yes_answers_a_later_verdict_only_while_it_is_routine(
    cast: Cast, peer: User, now: datetime, later: dict[str, object], answered: bool
) -> None:
    post = make_post(cast, "in_review")
    approve_post(post, peer)
    yes = approvals.approval(post.current, now=now)
    assert yes is not None and yes.by_peer
    assert approvals.covers(yes, Verdict(version=post.current, **later)) == answered


def test_a_mentors_yes_answers_what_a_peers_does_not(cast: Cast, peer: User, now: datetime) -> None:
    post = make_post(cast, "approved", reviewer=cast.rex)
    yes = approvals.approval(post.current, now=now)
    assert yes is not None and not yes.by_peer
    assert approvals.covers(yes, Verdict(version=post.current, needs=Needs.MENTOR, layer1=True))


def test_advice_alone_leaves_it_routine(cast: Cast, peer: User, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.ADVISE)
    assert reviewers.waiting_for(peer).filter(pk=submission_of(make_post(cast, "in_review")).pk).exists()


def test_what_two_must_agree_to_is_no_peers(cast: Cast, peer: User, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    Submission.objects.filter(pk=waiting.pk).update(needs=Needs.MENTOR_TWO)
    waiting.refresh_from_db()
    assert not reviewers.waiting_for(peer).exists()
    refused(waiting, peer, now)


def test_a_peer_reviews_neither_their_own_nor_for_a_ward_they_are_not_appointed_to(
    cast: Cast, peer: User, now: datetime
) -> None:
    appointed = as_peer(cast, peer, cast.wick, now)
    assert appointed.role == Role.PEER
    elsewhere = submission_of(make_post(cast, "in_review", author=cast.ada))
    Appointment.objects.filter(user=peer, role=Role.PEER, team=cast.homerton).update(ended_at=now)
    rights.sync(peer, now=now)
    refused(elsewhere, User.objects.get(pk=peer.pk), now)


def test_a_peer_finds_the_queue_and_decides_in_the_browser(cast: Cast, peer: User, client_for: Browser) -> None:
    waiting = submission_of(make_post(cast, "in_review", now=timezone.now()))
    browser = client_for(peer)
    queue = browser.get(reverse("policy:queue")).text
    assert reverse("policy:review", args=[waiting.pk]) in queue
    assert "Cover for a colleague" not in queue
    assert "1 update" in browser.get(reverse("home")).text
    assert browser.get(reverse("policy:review", args=[waiting.pk])).status_code == 200
    done = browser.post(reverse("policy:approve", args=[waiting.pk]), {"fingerprint": waiting.fingerprint})
    assert done.status_code == 302
    waiting.post.refresh_from_db()
    assert waiting.post.state == Post.State.APPROVED


def test_a_mentor_ready_author_without_the_appointment_reviews_nothing(cast: Cast, now: datetime) -> None:
    Appointment.objects.filter(user=cast.tess).update(stage=Stage.READY)
    waiting = submission_of(make_post(cast, "in_review"))
    refused(waiting, User.objects.get(pk=cast.tess.pk), now)


def test_the_page_of_a_mentor_ready_stage_leads_an_administrator_to_the_appointment(
    cast: Cast, client_for: Browser
) -> None:
    own = mentor_ready(cast.tess)
    page, link = reverse("policy:stage", args=[own.pk]), reverse("appoint", args=[cast.tess.pk])
    assert link in client_for(cast.sam).get(page).text
    assert link not in client_for(cast.dee).get(page).text, "an editor appoints nobody"
    Appointment.objects.filter(pk=own.pk).update(stage=Stage.TRUSTED)
    assert link not in client_for(cast.sam).get(page).text
