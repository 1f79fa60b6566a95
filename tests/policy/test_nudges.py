from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import Notice
from policy import nudges, review
from policy.content import Severity
from policy.models import IgnoredNudge
from tests.conftest import Cast
from tests.factories import change_text, make_post, submission_of
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db


def test_three_in_a_month_suggest_a_lesson_to_the_author_and_tell_the_mentor(
    cast: Cast, now: datetime, ruling: Ruling
) -> None:
    ruling(Severity.ADVISE)
    for day in range(2):
        make_post(cast, "in_review", now=now + timedelta(days=day))
    assert not Notice.objects.exists()
    make_post(cast, "in_review", now=now + timedelta(days=3))
    told = dict(Notice.objects.values_list("to__username", "urgency"))
    assert told == {"ada": Notice.Urgency.QUIET, "rex": Notice.Urgency.QUIET}
    make_post(cast, "in_review", now=now + timedelta(days=4))
    assert Notice.objects.count() == 2


def test_what_is_older_than_a_month_does_not_count(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.ADVISE)
    for day in (0, 20, 40):
        make_post(cast, "in_review", now=now + timedelta(days=day))
    assert not Notice.objects.exists()
    assert nudges.lately(cast.ada, now + timedelta(days=40)) == {"TEST": 2}


def test_a_post_counts_once_however_often_it_is_sent(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.ADVISE)
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    review.send_back(
        submission=waiting, fingerprint=waiting.fingerprint, reason="tone", note="Warmer.", by=cast.rex, now=now
    )
    change_text(post, "Thank you all for coming.", by=cast.ada)
    review.submit(post=post, by=cast.ada, now=now)
    assert IgnoredNudge.objects.count() == 1


def test_what_stops_a_post_is_no_ignored_advice(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.BLOCK)
    review.submit(post=make_post(cast), by=cast.ada, now=now)
    assert not IgnoredNudge.objects.exists()
