"""Two people at once, on rows that other connections hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.errors import Conflict
from accounts.models import User
from policy import approvals, review
from policy.models import Review, Submission
from posts.models import Post
from tests.conftest import Cast
from tests.factories import change_text, make_post, submission_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("as_in_life")]


@pytest.fixture
def as_in_life(cast: Cast, tmp_path: Path) -> Iterator[None]:
    """On SQLite: a file in WAL mode. The suite's database in memory is shared by its threads and refuses to wait."""
    if connection.vendor != "sqlite":
        yield
        return
    memory, name = connection.connection, connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "console.sqlite3")])
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "console.sqlite3")
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = memory, name


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """Each verb in its own thread and connection, begun together; what each answered, or the Conflict it met."""
    start = Barrier(len(verbs), timeout=20)
    answers: list[object] = [None] * len(verbs)

    def run(place: int, verb: Callable[[], object]) -> None:
        try:
            start.wait()
            answers[place] = verb()
        except Conflict as conflict:
            answers[place] = conflict
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, verb), daemon=True) for place, verb in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def decide(verb: str, submission: Submission, by: User, now: datetime) -> Callable[[], object]:
    own, person = Submission.objects.get(pk=submission.pk), User.objects.get(pk=by.pk)
    words = {"approve": {}, "send_back": {"reason": "tone", "note": "Warmer."}, "refer": {"note": ""}}[verb]
    return lambda: getattr(review, verb)(submission=own, fingerprint=own.fingerprint, by=person, now=now, **words)


@pytest.mark.parametrize("other", ["approve", "send_back"])
def test_of_two_decisions_at_once_one_wins_and_the_other_is_told(cast: Cast, now: datetime, other: str) -> None:
    waiting = submission_of(make_post(cast, "in_review"))
    answers = at_once(decide("approve", waiting, cast.rex, now), decide(other, waiting, cast.dee, now))
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Review"]
    kept = Review.objects.get()
    post = Post.objects.get(pk=waiting.post_id)
    assert (post.state == Post.State.APPROVED) == (kept.decision == Review.Decision.APPROVE)


def test_words_changed_at_the_moment_of_approval_are_never_approved(cast: Cast, now: datetime) -> None:
    post = make_post(cast, "in_review")
    waiting, own, ada = submission_of(post), Post.objects.get(pk=post.pk), User.objects.get(pk=cast.ada.pk)
    at_once(
        decide("approve", waiting, cast.rex, now), lambda: change_text(own, "Slipped in at the last moment.", by=ada)
    )
    post = Post.objects.get(pk=post.pk)
    assert post.state == Post.State.DRAFT
    assert approvals.approval(post.current, now=now) is None


def test_a_post_submitted_twice_at_once_waits_once(cast: Cast, now: datetime) -> None:
    post = make_post(cast)
    twice = [Post.objects.get(pk=post.pk) for _ in range(2)]
    people = [User.objects.get(pk=cast.ada.pk) for _ in range(2)]
    answers = at_once(
        *(lambda own=own, by=by: review.submit(post=own, by=by, now=now) for own, by in zip(twice, people, strict=True))
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Verdict"]
    assert Submission.objects.count() == 1
