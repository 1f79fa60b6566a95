"""Two at once, with real threads and transactions of their own: on SQLite one waits, on PostgreSQL they meet."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Event, Thread

import pytest
from django.db import connections

from accounts import audit
from accounts.errors import Conflict
from posts.models import Post
from publishing import delivery as sending
from publishing import due, fitness, overdue, release, settling
from publishing.models import Attempt, Delivery
from tests.publishing.conftest import Desk

State = Delivery.State
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*jobs: Callable[[], object]) -> list[BaseException]:
    """Run them in threads; what they raised, but for Conflict, which is an answer."""
    raised: list[BaseException] = []

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        except Conflict:
            pass
        except Exception as error:  # noqa: BLE001  whatever it is, the test wants to see it
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return raised


def test_a_sweep_never_takes_back_what_is_just_being_armed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = desk.released()
    slow = settling.load(delivery.pk)
    assert slow.claim(worker="slow", now=desk.moment)
    desk.wait(seconds=81)
    asking, real, armed = Event(), fitness.unfit, list[Attempt | None]()

    def take_a_moment(row: Delivery, *, now: object) -> object:
        asking.set()
        time.sleep(0.5)
        return real(row, now=desk.moment)

    monkeypatch.setattr(fitness, "unfit", take_a_moment)

    def sweep() -> None:
        asking.wait(5)
        overdue.take_back(delivery_id=delivery.pk, now=desk.moment)

    assert at_once(lambda: armed.append(sending.arm(delivery=slow, now=desk.moment)), sweep) == []
    assert armed[0] is not None
    assert due.deliveries_to_send(now=desk.moment + timedelta(minutes=1)) == []


def test_a_recall_and_a_miss_at_once_never_wait_for_each_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = desk.released()
    desk.wait(minutes=31)
    settled, real = Event(), settling._finish

    def finish_slowly(post: Post) -> list[audit.Happened]:
        settled.set()
        time.sleep(0.5)
        return real(post)

    monkeypatch.setattr(settling, "_finish", finish_slowly)

    def recall() -> None:
        settled.wait(5)
        release.recall(post=delivery.target.post, by=desk.cast.ada, now=desk.moment)

    assert at_once(lambda: overdue.miss(delivery_id=delivery.pk, now=desk.moment), recall) == []
    assert Post.objects.get().state == Post.State.DRAFT


def test_two_clocks_release_a_post_once(desk: Desk) -> None:
    post, both = desk.approved(), Barrier(2)

    def tick() -> None:
        seen = Post.objects.select_related("current").get(pk=post.pk)
        both.wait(5)
        release.release(post=seen, now=desk.moment)

    assert at_once(tick, tick) == []
    assert Delivery.objects.count() == 1
