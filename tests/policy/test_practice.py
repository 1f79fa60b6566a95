"""Practice: nothing of it goes out, whatever anybody does, and ten of it are a gate's evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.errors import Conflict
from accounts.models import Notice, Stage, User
from accounts.provisioning import applying
from accounts.provisioning.applying import Answers
from policy import appeals, practice, practice_gate, review
from policy.models import Needs, PracticeDraft, Submission
from posts import drafting
from posts.fingerprint import fingerprint
from posts.models import Post, Version
from tests.conftest import Cast
from tests.factories import change_text, make_post

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def learner(cast: Cast) -> User:
    cast.ada.appointments.update(stage=Stage.PRACTICE)
    return cast.ada


def handed(cast: Cast, now: datetime, kind: str = "other") -> PracticeDraft:
    return practice.hand_in(post=make_post(cast, now=now), kind=kind, by=cast.ada, now=now)


def answer(cast: Cast, now: datetime, kind: str = "other", *, agrees: bool = True) -> None:
    said = {} if agrees else {"reason": "privacy", "note": "Leave the number out."}
    practice.decide(draft=handed(cast, now, kind), agrees=agrees, **said, by=cast.rex, now=now)


def test_who_practises_sends_nothing_and_nobody_sends_it_for_them(cast: Cast, learner: User, now: datetime) -> None:
    post = make_post(cast, now=now)
    for sender in (learner, cast.tess):
        with pytest.raises(ValidationError, match="practises"):
            review.submit(post=post, by=sender, now=now)
    with pytest.raises(ValidationError, match="practises"):
        appeals.ask(post=post, fingerprint=fingerprint(post.current), reason="Please.", by=learner, now=now)
    version = drafting.seal(post=post, now=now)
    assert review.foresee(version=version, now=now).needs == Needs.CHANGE
    assert not Submission.objects.exists()


def test_whoever_wrote_an_earlier_version_had_a_hand_in_it(cast: Cast, now: datetime) -> None:
    post = make_post(cast, author=cast.tess, now=now)
    for words, writer in (("Words of Con, who practises.", cast.con), ("The same, mended by Tess.", cast.tess)):
        change_text(post, words, by=writer, now=now)
        post.refresh_from_db()
    cast.con.appointments.update(stage=Stage.PRACTICE)
    with pytest.raises(ValidationError, match="practises"):
        review.submit(post=post, by=cast.tess, now=now)


def test_a_mentor_who_wrote_an_earlier_version_does_not_answer_it(cast: Cast, learner: User, now: datetime) -> None:
    one = handed(cast, now)
    version = one.post.current
    Version.objects.filter(pk=version.pk).update(number=2)
    Version.objects.create(post=one.post, number=1, texts=version.texts, made_by=cast.rex, made_at=now, sealed_at=now)
    assert (practice.answerable(cast.rex).count(), practice.answerable(cast.dee).count()) == (0, 1)
    with pytest.raises(PermissionDenied):
        practice.decide(draft=one, agrees=True, by=cast.rex, now=now)


def test_what_was_handed_in_never_goes_out_even_later(cast: Cast, learner: User, now: datetime) -> None:
    one = handed(cast, now)
    learner.appointments.update(stage=Stage.TRUSTED)
    for sender in (learner, cast.tess):
        with pytest.raises(ValidationError, match="never goes out"):
            review.submit(post=one.post, by=sender, now=now)
    copied = drafting.copy(post=one.post, by=learner, now=now)
    assert review.submit(post=copied, by=learner, now=now).needs == Needs.NOBODY


def test_one_who_practised_and_was_approved_before_is_stopped_at_the_claim(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", author=cast.tess, now=now)
    cast.tess.appointments.update(stage=Stage.PRACTICE)
    assert review.judge_again(version=post.current, moment="claim", now=now).needs == Needs.CHANGE


def test_the_mentor_agrees_or_says_why_not(cast: Cast, learner: User, now: datetime) -> None:
    one = handed(cast, now, "appeal")
    for who in ("ada", "tess", "mel", "olu"):
        with pytest.raises(PermissionDenied):
            practice.decide(draft=one, agrees=True, by=getattr(cast, who), now=now)
    with pytest.raises(ValidationError) as refused:
        practice.decide(draft=one, agrees=False, by=cast.rex, now=now)
    assert set(refused.value.message_dict) == {"reason", "note"}
    practice.decide(draft=one, agrees=False, reason="privacy", note="Leave the number out.", by=cast.rex, now=now)
    with pytest.raises(Conflict):
        practice.decide(draft=one, agrees=True, by=cast.dee, now=now)
    assert Notice.objects.filter(to=learner, kind=practice.ANSWERED).count() == 1
    assert not Notice.objects.filter(kind=practice.HANDED, closed_at__isnull=True).exists()
    with pytest.raises(Conflict):
        practice.hand_in(post=one.post, kind="other", by=learner, now=now)


def test_eight_of_the_last_ten_with_two_appeals_and_a_result_are_enough(
    cast: Cast, learner: User, now: datetime
) -> None:
    kinds = ["appeal", "appeal", "result", *["other"] * 7]
    for number, kind in enumerate(kinds):
        answer(cast, now + timedelta(minutes=number), kind, agrees=number < 7)
    assert practice.progress(learner).agreed == 7 and not practice.progress(learner).is_enough
    answer(cast, now + timedelta(hours=1), "other")
    done = practice.progress(learner)
    assert done.kinds["appeal"] == 1, "the first has fallen out of the last ten"
    assert not done.is_enough and "an appeal for help" in " ".join(done.missing)
    for hours, kind in ((2, "appeal"), (3, "appeal"), (4, "result")):
        answer(cast, now + timedelta(hours=hours), kind)
    for hours in range(5, 9):
        answer(cast, now + timedelta(hours=hours), "other")
    assert practice.progress(learner).is_enough


def test_a_copy_handed_in_again_does_not_count_twice(cast: Cast, learner: User, now: datetime) -> None:
    post = make_post(cast, now=now)
    for number in range(10):
        later = now + timedelta(minutes=number)
        one = practice.hand_in(post=post, kind="appeal", by=learner, now=later)
        said = {"agrees": False, "reason": "tone", "note": "Warmer."} if number % 2 else {"agrees": True}
        practice.decide(draft=one, **said, by=cast.rex, now=later)
        post = drafting.copy(post=drafting.copy(post=post, by=learner, now=later), by=learner, now=later)
    done = practice.progress(learner)
    assert (done.decided, done.agreed, done.kinds) == (1, 0, {"appeal": 1}), "the last answer counts"


def test_only_who_practises_hands_in(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError, match="no longer practise"):
        handed(cast, now)
    cast.ada.appointments.update(stage=Stage.PRACTICE)
    with pytest.raises(PermissionDenied):
        practice.hand_in(post=make_post(cast, now=now), kind="other", by=cast.tess, now=now)


def test_on_the_page_it_is_handed_in_and_answered(cast: Cast, learner: User, client_for: ClientFor) -> None:
    post = make_post(cast, text="Two were arrested outside 14 Glyn Road. AB12 CDE was their car.")
    ada, rex = client_for(learner), client_for(cast.rex)
    page = ada.get(reverse("policy:submit", args=[post.pk])).text
    assert "Hand this in as practice?" in page and "Yes, send this" not in page and "What the check teaches" in page
    assert ada.post(reverse("policy:hand_in", args=[post.pk])).status_code == 422
    ada.post(reverse("policy:hand_in", args=[post.pk]), {"kind": "appeal"})
    one = PracticeDraft.objects.get()
    assert Post.objects.get(pk=post.pk).state == Post.State.DRAFT and one.findings
    assert ada.get(reverse("policy:submit", args=[post.pk])).url == reverse("policy:practice_draft", args=[one.pk])
    assert "1 practice update waits for an answer" in rex.get(reverse("policy:practice")).text
    where = reverse("policy:answer_practice", args=[one.pk])
    assert rex.post(where, {"answer": "no", "reason": "privacy"}).status_code == 422
    rex.post(where, {"answer": "no", "reason": "privacy", "note": "No numbers."})
    assert "No numbers." in ada.get(reverse("policy:practice_draft", args=[one.pk])).text
    assert client_for(cast.mel).get(reverse("policy:practice_draft", args=[one.pk])).status_code == 404


def test_gate_4_stays_shut_while_practice_has_begun_and_is_not_enough(cast: Cast, learner: User, now: datetime) -> None:
    said = Answers(
        handle="MPSHackneyWick", name="Hackney Wick Police", audience="Residents", asked="News.", why_here="Few read.",
        owner=learner, deputy=cast.con, mentor=cast.rex, cover=cast.con,
    )  # fmt: skip
    asked = applying.apply(team=cast.wick, network="x", answers=said, by=cast.sam, now=now)
    shut = practice_gate.look(asked, now)
    assert [fact.good for fact in shut] == [False] * 4 and all("Ada Okafor" in fact.words for fact in shut)
    for number, kind in enumerate(["appeal", "appeal", "result", *["other"] * 7]):
        answer(cast, now + timedelta(minutes=number), kind, agrees=number > 1)
    assert [fact.good for fact in practice_gate.look(asked, now)] == [True]
    learner.appointments.update(stage=Stage.PROBATION)
    PracticeDraft.objects.all().delete()
    assert [fact.good for fact in practice_gate.look(asked, now)] == [None], "nothing is claimed that is not kept"
