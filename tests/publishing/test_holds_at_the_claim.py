"""A hold opened while many posts fall due: none goes out whose claim came after it. Real threads, both databases."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from queue import Empty, Queue
from threading import Event, Thread

import pytest
from django.db import OperationalError, connections
from django.utils import timezone
from pytest_django import Settings

from accounts import rights
from accounts.models import Channel
from policy import holds
from posts.models import Post
from publishing import delivery as sending
from publishing import release
from publishing.models import Delivery
from tests.factories import make_post
from tests.publishing.conftest import Desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
POSTS, WORKERS = 16, 4


@pytest.fixture
def falling_due(desk: Desk, settings: Settings) -> list[int]:
    """Deliveries that are all due now, each in a lane of its own."""
    settings.CELERY_TASK_TIME_LIMIT = 180
    now = timezone.now()
    made = Channel.objects.bulk_create(
        Channel(
            network="x", team=desk.cast.homerton, handle=f"Voice{number}", name="Voice", state="live", created_at=now
        )
        for number in range(POSTS)
    )
    rights.sync(desk.cast.tess, now=now)
    rights.sync(desk.cast.dee, now=now)
    for channel in made:
        post = make_post(desk.cast, "approved", author=desk.cast.tess, channels=[channel], now=now)
        assert release.release(post=Post.objects.select_related("current").get(pk=post.pk), now=now)
    return list(Delivery.objects.values_list("pk", flat=True))


def work(queue: Queue[int], began: dict[int, float], gate: Event, at: int, held: Event) -> None:
    """A worker as in life: one delivery after the other, on its own connection. The last few come after the hold."""
    try:
        while True:
            pk = queue.get_nowait()
            if queue.qsize() < WORKERS:
                gate.set()
                held.wait(20)
            began[pk] = time.monotonic()
            if len(began) >= at:
                gate.set()
            _patiently(partial(sending.deliver, delivery_id=pk, worker="w", clock=timezone.now))
    except Empty:
        gate.set()
    finally:
        connections.close_all()


def _patiently(job: Callable[[], None]) -> None:
    """On SQLite many writers may have to try again, as a task would at the next tick."""
    for _ in range(50):
        try:
            return job()
        except OperationalError:
            continue
    return None


@pytest.mark.parametrize("seed", range(2))
def test_none_goes_out_whose_claim_came_after_the_hold(desk: Desk, falling_due: list[int], seed: int) -> None:
    chance = random.Random(seed)
    queue: Queue[int] = Queue()
    for pk in falling_due:
        queue.put(pk)
    began: dict[int, float] = {}
    gate, held, stopped_at = Event(), Event(), list[float]()

    def stop() -> None:
        gate.wait(10)
        holds.open_hold(team=None, reason="Now.", by=desk.cast.dee, now=timezone.now())
        stopped_at.append(time.monotonic())
        held.set()
        connections.close_all()

    at = chance.randrange(1, POSTS - 2 * WORKERS)
    crew = [Thread(target=work, args=(queue, began, gate, at, held)) for _ in range(WORKERS)]
    crew.append(Thread(target=stop))
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join(60)
    states = dict(Delivery.objects.values_list("pk", "state"))
    after = [pk for pk, moment in began.items() if moment > stopped_at[0]]
    assert after and {states[pk] for pk in after} == {Delivery.State.MISSED}
    assert set(states.values()) <= {Delivery.State.PUBLISHED, Delivery.State.MISSED}
    assert desk.network.sent == sum(state == Delivery.State.PUBLISHED for state in states.values())
