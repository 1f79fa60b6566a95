"""What arming asks in one go sees all that was committed before its lock was given, and is asked once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from accounts.statements import together
from accounts.training import standing
from policy import holds
from posts.models import Post
from publishing import delivery as sending
from publishing import fitness, settling
from publishing.models import Attempt, Delivery
from tests.publishing.conftest import Desk


@pytest.mark.postgres
@pytest.mark.django_db
def test_every_question_of_the_last_moment_has_its_answer_at_hand(desk: Desk) -> None:
    delivery = settling.load(desk.released().pk)
    assert delivery.claim(worker="one", now=desk.moment)
    with transaction.atomic(), together(fitness.questions(delivery, now=desk.moment)) as unasked:
        assert fitness.unfit(delivery, now=desk.moment) is None
    # Of an author on probation nobody asks how their training stands.
    of_training = standing.question(delivery.version.made_by).statement
    assert [question for question, _ in unasked if question.statement is not of_training] == []


@pytest.mark.postgres
@pytest.mark.django_db
def test_arming_asks_nothing_twice(desk: Desk) -> None:
    delivery = settling.load(desk.released().pk)
    assert delivery.claim(worker="one", now=desk.moment)
    with CaptureQueriesContext(connection) as asked:
        assert sending.arm(delivery=delivery, now=desk.moment)
    said = [query["sql"] for query in asked.captured_queries]
    assert len(said) == len(set(said))


@pytest.fixture
def claimed(desk: Desk) -> Delivery:
    delivery = settling.load(desk.released().pk)
    assert delivery.claim(worker="one", now=desk.moment)
    return delivery


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def _looks() -> Iterator[bool]:
    for _ in range(500):
        yield _waits_for_a_lock()
        time.sleep(0.02)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a SQLite file has one writer, and no row is locked")
@pytest.mark.django_db(transaction=True)
def test_a_hold_that_is_opened_while_arming_waits_for_its_lock_stops_the_post(desk: Desk, claimed: Delivery) -> None:
    def arm() -> None:
        sending.arm(delivery=claimed, now=desk.moment)
        connections.close_all()

    def hold() -> None:
        holds.open_hold(team=None, reason="Now.", by=desk.cast.dee, now=desk.moment)
        connections.close_all()

    arming, holding = Thread(target=arm), Thread(target=hold)
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=claimed.target.post_id)
        arming.start()
        assert any(_looks()), "nobody waited for the lock"
        holding.start()
        holding.join(20)
    arming.join(20)
    claimed.refresh_from_db()
    assert claimed.state == Delivery.State.MISSED and not Attempt.objects.exists()
