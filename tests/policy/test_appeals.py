from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.errors import Conflict
from accounts.models import AuditEntry, Notice
from policy import appeals, approvals, expiry, overrides, review, story, telling
from policy.content import Severity
from policy.models import Needs, Override, Submission, Verdict
from posts.fingerprint import fingerprint
from posts.models import Post, Version
from publishing import fitness
from tests.conftest import Cast
from tests.factories import approve_post, change_text, make_post, submission_of
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WHY = "It is the name of the library, not of a person."
BECAUSE = "Checked with the borough: it is a building."


def asked(cast: Cast, now: datetime, author: str = "ada", publish_at: datetime | None = None) -> Override:
    post = make_post(cast, author=getattr(cast, author), publish_at=publish_at)
    appeals.ask(post=post, fingerprint=fingerprint(post.current), reason=WHY, by=post.author, now=now)
    return Override.objects.get(submission__post=post)


def let_through(override: Override, cast: Cast, now: datetime, *, by: str = "dee", wrong: bool = False) -> Override:
    seen = override.fingerprint
    return appeals.decide(
        override=override, fingerprint=seen, lets_through=True, rationale=BECAUSE, false_positive=wrong,
        by=getattr(cast, by), now=now,
    )  # fmt: skip


def post_of(override: Override) -> Post:
    return Post.objects.select_related("current").get(pk=override.submission.post_id)


def test_asking_puts_what_stops_the_post_before_the_dmc(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    override = asked(cast, now)
    assert (override.rule, override.words, override.reason, override.decision) == ("TEST", ["We"], WHY, "")
    waiting = submission_of(post_of(override))
    assert (waiting.needs, post_of(override).state) == (Needs.DMC, Post.State.IN_REVIEW)
    assert AuditEntry.objects.filter(action="override.asked").count() == 1


def test_nobody_asks_without_a_reason(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    post = make_post(cast)
    with pytest.raises(ValidationError):
        appeals.ask(post=post, fingerprint=fingerprint(post.current), reason=" ", by=cast.ada, now=now)
    assert not Verdict.objects.exists()


def test_once_nothing_stops_it_asking_only_sends_it(cast: Cast, now: datetime) -> None:
    post = make_post(cast)
    verdict = appeals.ask(post=post, fingerprint=fingerprint(post.current), reason=WHY, by=cast.ada, now=now)
    assert verdict.needs == Needs.MENTOR
    assert not Override.objects.exists()


def test_a_granted_block_goes_the_way_of_what_is_left(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    probation = let_through(asked(cast, now), cast, now)
    assert submission_of(post_of(probation)).needs == Needs.MENTOR
    trusted = let_through(asked(cast, now, author="tess"), cast, now)
    assert post_of(trusted).state == Post.State.APPROVED
    told = set(Notice.objects.filter(kind="override.decided").values_list("to__username", flat=True))
    assert told == {"ada", "tess"}


def test_a_mentor_neither_decides_on_it_nor_approves_around_it(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    override = asked(cast, now)
    with pytest.raises(PermissionDenied):
        let_through(override, cast, now, by="rex")
    with pytest.raises(Conflict, match="let through"):
        approve_post(post_of(override), cast.dee, now=now)


def test_only_the_overridden_finding_passes_release_and_claim(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    override = let_through(asked(cast, now, author="tess", publish_at=now + HOUR), cast, now)
    version = post_of(override).current
    assert approvals.approval(version, now=now) is not None
    for moment in (Verdict.Moment.RELEASE, Verdict.Moment.CLAIM):
        assert fitness.disallowed(version, moment=moment, now=now) is None
    assert review.foresee(version=version, now=now).findings[0]["override"] == override.pk
    ruling(Severity.BLOCK_A)
    assert fitness.disallowed(version, moment=Verdict.Moment.CLAIM, now=now) is not None


@pytest.mark.parametrize("changed", ["rule", "words", "key"])
def test_another_rule_or_other_words_are_not_covered(cast: Cast, now: datetime, ruling: Ruling, changed: str) -> None:
    ruling(Severity.BLOCK)
    override = let_through(asked(cast, now, author="tess"), cast, now)
    finding = {**override.finding}
    if changed == "rule":
        finding["rule"] = "OTHER"
    elif changed == "words":
        finding["spans"] = [{**finding["spans"][0], "words": "They"}]
    assert (overrides.key_of(finding) == override.key) is (changed == "key")


def test_any_change_voids_it(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    override = let_through(asked(cast, now, author="tess"), cast, now)
    post = post_of(override)
    change_text(post, "We met residents at the library this morning.", by=cast.tess)
    assert review.submit(post=post, by=cast.tess, now=now).needs == Needs.CHANGE


def test_a_refusal_brings_it_back_with_its_rationale_and_is_not_asked_twice(
    cast: Cast, now: datetime, ruling: Ruling
) -> None:
    ruling(Severity.BLOCK)
    override = asked(cast, now)
    appeals.decide(
        override=override, fingerprint=override.fingerprint, lets_through=False, rationale="It is a person.",
        by=cast.dee, now=now,
    )  # fmt: skip
    post = post_of(override)
    back = story.tell(post).back
    assert post.state == Post.State.DRAFT
    assert back is not None
    assert back.note == "It is a person."
    assert Submission.objects.get(post=post).ending == Submission.Ending.REFUSED
    with pytest.raises(Conflict, match="refused this"):
        appeals.ask(post=post, fingerprint=fingerprint(post.current), reason=WHY, by=cast.ada, now=now)


def test_an_absolute_rule_takes_two_and_only_a_false_positive(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK_A)
    override = asked(cast, now, author="tess")
    with pytest.raises(ValidationError):
        let_through(override, cast, now)
    let_through(override, cast, now, wrong=True)
    assert post_of(override).state == Post.State.IN_REVIEW
    assert set(Notice.objects.filter(kind=telling.OVERRIDE_SECOND).values_list("to__username", flat=True)) == {"hana"}
    seen = override.fingerprint
    with pytest.raises(PermissionDenied):
        appeals.second(override=override, fingerprint=seen, agrees=True, rationale="", by=cast.dee, now=now)
    appeals.second(override=override, fingerprint=seen, agrees=True, rationale="", by=cast.hana, now=now)
    assert post_of(override).state == Post.State.APPROVED
    assert not Notice.objects.filter(kind=telling.OVERRIDE_SECOND, closed_at__isnull=True).exists()


@pytest.mark.parametrize("ending", ["withdrawn", "changed", "sent again"])
def test_once_it_no_longer_waits_no_second_person_is_asked(
    cast: Cast, now: datetime, ruling: Ruling, ending: str
) -> None:
    ruling(Severity.BLOCK_A)
    override = let_through(asked(cast, now), cast, now, wrong=True)
    post, open_ones = post_of(override), Notice.objects.filter(kind=telling.OVERRIDE_SECOND, closed_at__isnull=True)
    assert open_ones.count() == 1
    if ending == "withdrawn":
        review.withdraw(post=post, by=cast.ada, now=now)
    else:
        change_text(post, "Other words.", by=cast.ada, now=now)
    if ending == "changed":
        expiry.expire(now=now)
    elif ending == "sent again":
        ruling(None)
        review.submit(post=post, by=cast.ada, now=now)
    assert not open_ones.exists()


def test_what_is_let_through_and_needs_nobody_is_asked_about_no_more(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    override = asked(cast, now, author="tess")
    telling.call_desk(override.submission, kind=telling.UNANSWERED, words="Please look.", now=now)
    let_through(override, cast, now)
    assert post_of(override).state == Post.State.APPROVED
    assert not Notice.objects.filter(kind=telling.UNANSWERED, closed_at__isnull=True).exists()


def test_who_wrote_an_earlier_version_is_not_called(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK_A)
    override = asked(cast, now)
    hana = {"texts": override.version.texts, "made_by": cast.hana, "made_at": now, "sealed_at": now}
    Version.objects.create(post=override.submission.post, number=99, **hana)
    let_through(override, cast, now, wrong=True)
    assert not Notice.objects.filter(kind=telling.OVERRIDE_SECOND).exists()


def test_the_last_answer_is_news_until_it_is_really_sent_again(cast: Cast, now: datetime, ruling: Ruling) -> None:
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    said = {"reason": "tone", "note": "Kinder."}
    review.send_back(submission=waiting, fingerprint=waiting.fingerprint, **said, by=cast.rex, now=now)
    open_ones = Notice.objects.filter(to=cast.ada, kind="review.answered", closed_at__isnull=True)
    change_text(post, "Other words.", by=cast.ada, now=now)
    ruling(Severity.BLOCK)
    assert review.submit(post=post, by=cast.ada, now=now).needs == Needs.CHANGE
    assert open_ones.count() == 1
    appeals.ask(post=post, fingerprint=fingerprint(post.current), reason=WHY, by=cast.ada, now=now)
    assert not open_ones.exists()


def test_the_second_person_can_disagree(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK_A)
    override = let_through(asked(cast, now), cast, now, wrong=True)
    appeals.second(
        override=override, fingerprint=override.fingerprint, agrees=False, rationale="She can be recognised.",
        by=cast.hana, now=now,
    )  # fmt: skip
    assert post_of(override).state == Post.State.DRAFT
    assert not overrides.granted(override.version).exists()
    assert AuditEntry.objects.get(action="override.refused").facts["first_said"] == BECAUSE


def test_nobody_lets_their_own_words_through(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    override = asked(cast, now)
    change = Override.objects.get(pk=override.pk)
    with pytest.raises(PermissionDenied):
        let_through(change, cast, now, by="ada")


def test_the_first_answer_stands(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK_A)
    override = let_through(asked(cast, now), cast, now, wrong=True)
    with pytest.raises(Conflict, match="was first"):
        let_through(override, cast, now, by="hana", wrong=True)


def test_its_time_may_pass_while_it_waits(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    override = asked(cast, now, publish_at=now + HOUR)
    with pytest.raises(Conflict, match="time passed"):
        let_through(override, cast, now + HOUR)
