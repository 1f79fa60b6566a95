from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from accounts.models import AuditEntry, Notice, User
from policy import escalating, expiry, pairs, queue, review, story, waits
from policy.hours import answer_due, in_hours
from policy.models import Escalation, Submission
from posts.models import Post, Version
from tests.conftest import Cast
from tests.factories import change_text, make_post, submission_of

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
HALF = timedelta(minutes=30)
ASKED = "review.unanswered"


def at(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON).astimezone(ZoneInfo("UTC"))


# ---- by when ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("2026-03-02 10:00", "2026-03-02 10:30"),  # a Monday, in hours
        ("2026-03-02 17:59", "2026-03-02 18:29"),
        ("2026-03-02 18:00", "2026-03-02 20:00"),  # the desk has closed
        ("2026-03-03 07:50", "2026-03-03 08:30"),  # it opens before two hours are over
        ("2026-03-07 11:00", "2026-03-07 13:00"),  # a Saturday
        ("2026-04-03 11:00", "2026-04-03 13:00"),  # Good Friday
        ("2026-03-29 00:30", "2026-03-29 03:30"),  # the clocks go forward: two hours are two hours
    ],
)
def test_an_answer_is_due_in_30_minutes_in_hours_and_in_2_hours_outside(sent: str, due: str) -> None:
    assert answer_due(at(sent)) == at(due)


@override_settings(
    REVIEW_HOURS="06:00-22:00", REVIEW_DAYS=[5], ANSWER_WITHIN_MINUTES={"in hours": 5, "out of hours": 9}
)
def test_hours_are_a_setting() -> None:
    assert in_hours(at("2026-03-07 06:00")) and not in_hours(at("2026-03-02 10:00"))
    assert answer_due(at("2026-03-07 06:00")) == at("2026-03-07 06:05")


# ---- who is asked -------------------------------------------------------------------------------


@pytest.fixture
def paired(cast: Cast, now: datetime) -> User:
    """Hana stands in for Ada's mentor."""
    return cast.hana


def asked(user: User) -> int:
    return Notice.objects.filter(to=user, kind=ASKED, closed_at__isnull=True, needs_answer=True).count()


def steps(waiting: Submission) -> list[str]:
    return list(waiting.escalations.order_by("pk").values_list("step", flat=True))


def test_first_the_back_up_mentor_then_the_dmc_desk_and_nothing_is_approved(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "backup_of", lambda author: cast.hana)
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    assert escalating.escalate(now=now + timedelta(minutes=29)) == 0
    assert escalating.escalate(now=now + HALF) == 1
    assert (asked(cast.hana), asked(cast.dee)) == (1, 0)
    assert escalating.escalate(now=now + HALF) == 0
    assert escalating.escalate(now=now + 2 * HALF) == 1
    assert asked(cast.dee) == 1
    assert escalating.escalate(now=now + 50 * HALF) == 0
    assert steps(waiting) == ["backup", "desk"]
    assert Post.objects.get(pk=post.pk).state == Post.State.IN_REVIEW
    assert AuditEntry.objects.filter(action="post.unanswered").count() == 2


def test_without_a_back_up_who_may_decide_the_desk_is_asked_at_once(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "backup_of", lambda author: cast.mel)
    waiting = submission_of(make_post(cast, "in_review"))
    escalating.escalate(now=now + HALF)
    assert (steps(waiting), asked(cast.dee), asked(cast.mel)) == (["desk"], 1, 0)


def test_a_referral_begins_the_wait_afresh(cast: Cast, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    later = now + timedelta(minutes=20)
    review.refer(submission=waiting, fingerprint=waiting.fingerprint, note="", by=cast.rex, now=later)
    assert escalating.escalate(now=now + HALF) == 0
    assert escalating.escalate(now=later + HALF) == 1


@pytest.mark.parametrize("meanwhile", ["referred", "approved", "asked"])
def test_what_was_answered_between_the_look_and_the_lock_is_left_alone(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    monkeypatch.setattr(pairs, "backup_of", lambda author: cast.hana)
    waiting = submission_of(make_post(cast, "in_review"))
    facts = {"submission": waiting, "fingerprint": waiting.fingerprint, "by": cast.rex, "now": now + HALF}
    ask = escalating._ask

    def slowly(pk: int, at: datetime) -> bool:
        if meanwhile == "asked":
            assert ask(pk, at)
        else:
            review.refer(**facts, note="") if meanwhile == "referred" else review.approve(**facts)
        return ask(pk, at)

    monkeypatch.setattr(escalating, "_ask", slowly)
    assert escalating.escalate(now=now + HALF) == 0
    assert steps(waiting) == (["backup"] if meanwhile == "asked" else [])


def test_a_back_up_who_was_the_first_of_two_is_not_asked_to_be_the_second(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "backup_of", lambda author: cast.rex)
    waiting = submission_of(make_post(cast, "in_review"))
    Submission.objects.filter(pk=waiting.pk).update(needs="mentor_two")
    waiting.refresh_from_db()
    review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now)
    escalating.escalate(now=now + HALF)
    assert (steps(waiting), asked(cast.rex), asked(cast.dee)) == (["desk"], 0, 1)


def test_a_back_up_who_does_not_reach_as_far_is_not_asked(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "backup_of", lambda author: cast.rex)
    waiting = submission_of(make_post(cast, "in_review"))
    assert escalating._backup(waiting) == cast.rex
    Submission.objects.filter(pk=waiting.pk).update(needs="dmc")
    assert escalating._backup(Submission.objects.get(pk=waiting.pk)) is None


def test_at_the_desk_only_who_may_decide_is_asked(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    version = post.current
    Version.objects.create(
        post=post, number=99, texts=version.texts, made_by=cast.dee, made_at=now, sealed_at=now, aside=True
    )
    escalating.escalate(now=now + HALF)
    assert (asked(cast.dee), asked(cast.hana)) == (0, 1)
    assert Escalation.objects.get().told == 1


def test_the_author_reads_the_very_moment_at_which_somebody_else_is_asked(cast: Cast, now: datetime) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    later = now + timedelta(minutes=20)
    review.refer(submission=waiting, fingerprint=waiting.fingerprint, note="", by=cast.rex, now=later)
    due = waits.of(waiting, now=later).due
    assert due == later + HALF
    assert escalating.escalate(now=due - timedelta(seconds=1)) == 0
    assert escalating.escalate(now=due) == 1
    assert waits.of(waiting, now=due).due is None


@pytest.mark.parametrize("ending", ["approved", "changed", "its time passed"])
def test_once_it_has_its_answer_nobody_is_asked_any_more(cast: Cast, now: datetime, ending: str) -> None:
    post = make_post(cast, "in_review", publish_at=now + timedelta(hours=2))
    waiting = submission_of(post)
    escalating.escalate(now=now + HALF)
    assert asked(cast.dee) == 1
    if ending == "approved":
        review.approve(submission=waiting, fingerprint=waiting.fingerprint, by=cast.rex, now=now + HALF)
    elif ending == "changed":
        change_text(post, "Other words.", by=cast.ada, now=now + HALF)
    expiry.expire(now=now + timedelta(hours=3) if ending == "its time passed" else now + HALF)
    assert asked(cast.dee) == 0
    assert escalating.escalate(now=now + timedelta(hours=4)) == 0


def test_the_author_and_the_reviewers_see_it(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    escalating.escalate(now=now + HALF)
    told = [event.title for event in story.tell(post).events]
    assert told[-1] == "Nobody had answered in 30 minutes. The DMC desk was asked"
    assert [item.unanswered for item in queue.queue_for(cast.rex).items] == [True]


def test_one_query_asks_about_everything_that_waits(
    cast: Cast, now: datetime, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        make_post(cast, "in_review")
    with django_assert_num_queries(2):  # type: ignore[operator]  # and one for who was asked
        escalating.escalate(now=now)


@pytest.mark.postgres
@pytest.mark.parametrize("sql", ["UPDATE policy_escalation SET told = 9", "DELETE FROM policy_escalation"])
def test_that_somebody_was_asked_is_kept(cast: Cast, now: datetime, sql: str) -> None:
    make_post(cast, "in_review")
    escalating.escalate(now=now + HALF)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Escalation.objects.count() == 1
