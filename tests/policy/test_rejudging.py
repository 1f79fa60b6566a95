from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import AuditEntry, Notice
from policy import approvals, queue, rejudging, story
from policy.content import Severity
from policy.models import Needs, Rejudging, Submission, Verdict
from policy.rejudging import is_worse
from posts.models import Post
from tests.conftest import Cast
from tests.factories import approve_post, make_post, submission_of
from tests.policy.conftest import Ruling

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
REASON = "Edition 2 of the rules began."


def judged(cast: Cast, now: datetime, scope: object = None) -> Rejudging:
    asked = rejudging.judge_waiting(reason=REASON, by=cast.dee, now=now, scope=scope)  # type: ignore[arg-type]
    rejudging.work(now=now)
    asked.refresh_from_db()
    return asked


def state_of(post: Post) -> str:
    return Post.objects.get(pk=post.pk).state


@pytest.mark.parametrize("author", ["ada", "tess"])
@pytest.mark.parametrize("worse", [Severity.BLOCK, Severity.DMC])
def test_an_approved_post_that_got_worse_loses_its_approval_and_says_why(
    cast: Cast, now: datetime, ruling: Ruling, author: str, worse: Severity
) -> None:
    ruling(None)
    post = make_post(cast, "approved", author=getattr(cast, author), publish_at=now + 5 * HOUR)
    ruling(worse)
    asked = judged(cast, now + HOUR)
    assert (asked.judged, asked.returned, asked.done_at) == (1, 1, now + HOUR)
    assert state_of(post) == Post.State.DRAFT
    assert approvals.approval(post.current, now=now + HOUR) is None
    post.refresh_from_db()
    back = story.tell(post).back
    assert back is not None
    assert back.note == REASON
    told = Notice.objects.filter(kind="post.judged_again")
    assert set(told.values_list("to__username", flat=True)) == ({"ada", "rex"} if author == "ada" else {"tess"})
    assert all(REASON in notice.words for notice in told)


def test_what_waits_goes_back_when_its_words_must_change(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(None)
    post = make_post(cast, "in_review")
    waiting = submission_of(post)
    ruling(Severity.BLOCK)
    judged(cast, now + HOUR)
    waiting.refresh_from_db()
    assert (state_of(post), waiting.ending) == (Post.State.DRAFT, Submission.Ending.JUDGED_AGAIN)


def test_what_waits_for_a_mentor_waits_for_the_dmc_when_it_is_theirs_now(
    cast: Cast, now: datetime, ruling: Ruling
) -> None:
    ruling(Severity.ADVISE)
    post = make_post(cast, "in_review")
    ruling(Severity.DMC)
    assert judged(cast, now + HOUR).raised == 1
    assert (state_of(post), submission_of(post).needs) == (Post.State.IN_REVIEW, Needs.DMC)
    assert [item.worst.weight.words for item in queue.queue_for(cast.dee).items if item.worst] == ["The DMC decides"]
    assert queue.queue_for(cast.rex).items == []


def test_nothing_becomes_easier_behind_a_reviewers_back(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.DMC)
    post = make_post(cast, "in_review")
    ruling(None)
    assert judged(cast, now + HOUR).raised == 0
    assert submission_of(post).needs == Needs.DMC
    assert approvals.approval(post.current, now=now + HOUR) is None


def test_what_is_judged_the_same_keeps_its_approval(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "approved", publish_at=now + 5 * HOUR)
    assert judged(cast, now + HOUR).returned == 0
    assert state_of(post) == Post.State.APPROVED
    assert approvals.approval(post.current, now=now + HOUR) is not None


def test_a_yes_of_the_dmc_does_not_cover_what_the_dmc_did_not_see() -> None:
    before, after = (
        Verdict(needs=Needs.DMC, findings=[{"rule": rule, "severity": "DMC"} for rule in rules])
        for rules in (["CASEOUT"], ["CASEOUT", "DEATH"])
    )
    assert is_worse(before, after)
    assert not is_worse(after, before)
    assert not is_worse(before, before)


def test_a_new_nudge_is_not_worse() -> None:
    before, after = (
        Verdict(needs=Needs.MENTOR, findings=[]),
        Verdict(needs=Needs.MENTOR, findings=[{"rule": "CAPS", "severity": "ADVISE"}]),
    )
    assert not is_worse(before, after)


@pytest.mark.parametrize(
    ("scope", "judged_posts"), [("hackney", 1), ("brent", 1), ("force", 2), (None, 2), ("wick", 0)]
)
def test_only_the_scope_is_judged(cast: Cast, now: datetime, scope: str | None, judged_posts: int) -> None:
    make_post(cast, "in_review")
    make_post(cast, "approved", author=cast.mel, channels=[cast.kilburn_x], publish_at=now + 5 * HOUR)
    assert judged(cast, now + HOUR, getattr(cast, scope) if scope else None).judged == judged_posts


def test_a_round_waits_for_its_moment_and_is_done_once(cast: Cast, now: datetime) -> None:
    make_post(cast, "in_review")
    rejudging.judge_waiting(reason=REASON, by=cast.dee, now=now, scope=None, due_at=now + HOUR)
    assert rejudging.work(now=now) == 0
    assert rejudging.work(now=now + HOUR) == 1
    assert rejudging.work(now=now + HOUR) == 0
    assert AuditEntry.objects.get(action="rejudging.done").facts == {"judged": 1, "returned": 0, "raised": 0}


def test_a_round_that_broke_off_goes_on_where_it_was(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_post(cast, "in_review")
    monkeypatch.setattr(rejudging, "AT_ONCE", 2)
    asked = rejudging.judge_waiting(reason=REASON, by=cast.dee, now=now, scope=None)
    assert [rejudging.work(now=now + HOUR), rejudging.work(now=now + HOUR), rejudging.work(now=now + HOUR)] == [2, 1, 0]
    asked.refresh_from_db()
    assert (asked.judged, asked.done_at) == (3, now + HOUR)


def test_a_decision_after_the_round_stands_on_the_new_answer(cast: Cast, now: datetime, ruling: Ruling) -> None:
    ruling(Severity.ADVISE)
    post = make_post(cast, "in_review", publish_at=now + 9 * HOUR)
    ruling(Severity.DMC)
    judged(cast, now + HOUR)
    approve_post(post, cast.dee, now=now + 2 * HOUR)
    assert judged(cast, now + 3 * HOUR).returned == 0
    assert state_of(post) == Post.State.APPROVED
