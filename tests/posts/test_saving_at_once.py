"""Two people press save in the same moment, on whichever database the suite runs on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from posts.drafting import BegunAlready, Overtaken, draft, revise
from posts.models import Post
from tests.conftest import Cast
from tests.policy.test_review_races import as_in_life  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("as_in_life")]


def test_a_page_sent_several_times_at_once_begins_one_post(cast: Cast, now: datetime) -> None:
    key, ready = uuid4(), Barrier(3)

    def begin(number: int) -> int:
        ready.wait(timeout=30)
        try:
            return draft(channels=[cast.x], texts={cast.x.pk: f"{number}"}, key=key, by=cast.ada, now=now).pk
        except BegunAlready as first:
            return first.post.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        made = set(pool.map(begin, range(3)))
    assert made == {Post.objects.get().pk}
    assert Post.objects.get().versions.count() == 1


@pytest.mark.parametrize("people", [("ada", "con"), ("ada", "ada"), ("ada", "con", "tess", "ada")])
def test_exactly_one_wins_and_every_text_is_kept(cast: Cast, now: datetime, people: tuple[str, ...]) -> None:
    post = draft(channels=[cast.x], texts={cast.x.pk: "Before."}, by=cast.ada, now=now)
    ready = Barrier(len(people))

    def save(number: int) -> str:
        mine = Post.objects.get(pk=post.pk)
        ready.wait(timeout=30)
        try:
            revise(
                post=mine,
                revision=0,
                channels=[cast.x],
                texts={cast.x.pk: f"Text {number}."},
                alts={},
                publish_at=None,
                send_within=30,
                by=getattr(cast, people[number]),
                now=now,
            )
            return "saved"
        except Overtaken:
            return "overtaken"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(save, range(len(people))))
    assert sorted(answers) == ["overtaken"] * (len(people) - 1) + ["saved"]
    post.refresh_from_db()
    said = {version.text_for(cast.x): version.aside for version in post.versions.all()}
    assert {f"Text {number}." for number in range(len(people))} <= set(said)
    assert post.revision == 1 and post.current.text_for(cast.x) == f"Text {answers.index('saved')}."
    numbers = list(post.versions.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
