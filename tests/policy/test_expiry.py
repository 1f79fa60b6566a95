from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry, Notice
from policy import approvals, expiry, review
from policy.models import Submission
from posts.models import Post
from tests.conftest import Cast
from tests.factories import PLAIN, change_text, make_post, submission_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def state_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).state


def ending_of(post: Post) -> str:
    return post.submissions.latest("pk").ending


def test_what_waited_past_its_time_comes_back(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review", publish_at=now + HOUR)
    assert expiry.expire(now=now + HOUR - timedelta(seconds=1)) == 0
    assert expiry.expire(now=now + HOUR) == 1
    assert (state_of(post), ending_of(post)) == (Post.State.DRAFT, Submission.Ending.TIME_PASSED)
    entry = AuditEntry.objects.get(action="post.expired")
    assert (entry.by, entry.facts) == (None, {"why": "time_passed"})


def test_what_has_no_time_waits_on(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    assert expiry.expire(now=now + 90 * 24 * HOUR) == 0
    assert state_of(post) == Post.State.IN_REVIEW


def test_an_approval_runs_out_after_seventy_two_hours(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + 100 * HOUR)
    assert expiry.expire(now=now + 72 * HOUR - timedelta(seconds=1)) == 0
    assert expiry.expire(now=now + 72 * HOUR) == 1
    assert (state_of(post), ending_of(post)) == (Post.State.DRAFT, Submission.Ending.LAPSED)
    assert approvals.approval(post.current, now=now + 72 * HOUR) is None


def test_what_needed_nobody_does_not_run_out_before_its_time(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", author=cast.tess, publish_at=now + 100 * HOUR)
    assert expiry.expire(now=now + 90 * HOUR) == 0
    assert state_of(post) == Post.State.APPROVED


@pytest.mark.parametrize("author", ["ada", "tess"])
def test_what_was_approved_but_missed_its_last_moment_comes_back(cast: Cast, now: datetime, author: str) -> None:
    post = make_post(cast, "approved", author=getattr(cast, author), publish_at=now + HOUR, send_within=30)
    assert expiry.expire(now=now + 1.5 * HOUR) == 0
    assert expiry.expire(now=now + 1.5 * HOUR + timedelta(seconds=1)) == 1
    assert state_of(post) == Post.State.DRAFT


def test_what_is_on_its_way_is_left_alone(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + HOUR)
    post.enter(Post.State.RELEASED)
    assert expiry.expire(now=now + 100 * HOUR) == 0
    assert state_of(post) == Post.State.RELEASED


def test_after_it_came_back_it_can_be_given_a_new_time_and_sent_again(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review", publish_at=now + HOUR)
    later = now + 2 * HOUR
    expiry.expire(now=later)
    post.refresh_from_db()
    change_text(post, PLAIN, by=cast.ada, now=later, publish_at=later + HOUR)
    asks_for_a_time = Notice.objects.filter(kind="post.expired", closed_at__isnull=True)
    assert asks_for_a_time.count() == 1
    review.submit(post=post, by=cast.ada, now=later)
    assert submission_of(post).version.publish_at == later + HOUR
    assert not asks_for_a_time.exists()


def test_a_submission_whose_post_was_changed_stops_waiting(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    change_text(post, "Better words.", by=cast.ada)
    assert expiry.expire(now=now) == 0
    assert ending_of(post) == Submission.Ending.OVERTAKEN
    assert state_of(post) == Post.State.DRAFT


def test_looking_for_what_ran_out_costs_the_same_however_much_is_planned(cast: Cast, now: datetime) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert expiry.expire(now=now) == 0
        return len(asked)

    make_post(cast, "approved", author=cast.tess, publish_at=now + HOUR)
    one = cost()
    for hours in range(2, 6):
        make_post(cast, "approved", publish_at=now + hours * HOUR)
        make_post(cast, "approved", author=cast.tess, publish_at=now + hours * HOUR)
    assert cost() == one
