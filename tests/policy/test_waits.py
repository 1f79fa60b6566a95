from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from policy import waits
from policy.models import Needs, Review, Submission
from tests.conftest import Cast
from tests.factories import make_post, submission_of

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def answered(
    cast: Cast,
    now: datetime,
    minutes: list[int | None],
    *,
    needs: str = Needs.MENTOR,
    ago: timedelta = timedelta(days=7),
) -> None:
    """Submissions of a week ago with their answers; None: its time passed first."""
    post = make_post(cast, now=now - timedelta(days=40))
    for wait in minutes:
        opened = now - ago
        ending = Submission.Ending.TIME_PASSED if wait is None else Submission.Ending.APPROVED
        row = Submission.objects.create(
            post=post, version=post.current, fingerprint="x", needs=needs, by=cast.ada, opened_at=opened,
            closed_at=opened + timedelta(minutes=wait or 500), ending=ending,
        )  # fmt: skip
        if wait is not None:
            Review.objects.create(
                submission=row, version=post.current, fingerprint="x", decision="approve", by=cast.rex, reach="mentor",
                at=opened + timedelta(minutes=wait),
            )  # fmt: skip


def test_the_median_is_told_with_what_it_rests_on(cast: Cast, now: datetime) -> None:
    answered(cast, now, [5, 7, 9, 11, 11, 11, 12, 20, 30, 400])
    said = waits.usual(Needs.MENTOR, at=now, now=now)
    assert (said.minutes, said.rests_on) == (11, 10)
    assert said.words == "Usually answered in 11 minutes (10 updates sent in office hours in the last four weeks)."


def test_with_fewer_than_ten_nothing_is_known_yet(cast: Cast, now: datetime) -> None:
    answered(cast, now, [5] * 9)
    assert "not known yet" in waits.usual(Needs.MENTOR, at=now, now=now).words


def test_what_was_never_answered_counts_as_longer_than_anything(cast: Cast, now: datetime) -> None:
    answered(cast, now, [5, 5, 5, 5, 9, None, None, None, None, None, None])
    assert "not been answered in time" in waits.usual(Needs.MENTOR, at=now, now=now).words


def test_other_hours_other_desks_and_older_weeks_do_not_count(cast: Cast, now: datetime) -> None:
    answered(cast, now, [5] * 10)
    answered(cast, now, [90] * 10, ago=timedelta(days=7, hours=8))  # at night
    answered(cast, now, [90] * 10, needs=Needs.DMC)
    answered(cast, now, [90] * 10, ago=timedelta(days=29))
    said = waits.usual(Needs.MENTOR, at=now, now=now)
    assert (said.minutes, said.rests_on) == (5, 10)
    assert waits.usual(Needs.MENTOR, at=now - timedelta(hours=8), now=now).minutes == 90


def test_the_author_is_told_after_sending_and_on_the_waiting_post(
    cast: Cast, now: datetime, client_for: ClientFor
) -> None:
    post = make_post(cast)
    seen = client_for(cast.ada).get(f"/posts/{post.pk}/submit/").context["sheet"].fingerprint
    answer = client_for(cast.ada).post(f"/posts/{post.pk}/submit/", {"fingerprint": seen}, follow=True)
    assert b"not known yet" in answer.content
    page = client_for(cast.ada).get(f"/posts/{post.pk}/checks/").content
    assert b"Waiting for a mentor" in page and b"Nothing is approved by waiting." in page
    assert submission_of(post).escalations.count() == 0
