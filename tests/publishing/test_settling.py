from __future__ import annotations

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import connection

from posts.models import Post
from publishing import release, settling
from publishing.models import Delivery
from tests.publishing.conftest import Desk

State = Delivery.State


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_last_two_deliveries_settling_at_once_still_finish_their_post(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = desk.approved(channels=[desk.cast.x, desk.cast.page])
    release.release(post=post, now=desk.moment)
    deliveries = list(Delivery.objects.filter(target__post=post).select_related("target__post"))
    for delivery in deliveries:
        assert delivery.claim(worker="one", now=desk.moment)
    both_have_moved, record = Barrier(2), settling.audit.record

    def wait_for_the_other(*args: object, **kwargs: object) -> object:
        # SQLite lets only one in at a time: there the wait is in vain, and short.
        with suppress(BrokenBarrierError):
            both_have_moved.wait(timeout=2)
        return record(*args, **kwargs)

    monkeypatch.setattr(settling.audit, "record", wait_for_the_other)

    def confirm(delivery: Delivery) -> None:
        facts = {"remote_id": f"77{delivery.pk}", "permalink": "https://x.com/i/77", "now": desk.moment}
        settling.confirm(delivery, was=State.SENDING, **facts)
        connection.close()

    threads = [Thread(target=confirm, args=[delivery]) for delivery in deliveries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Post.objects.get(pk=post.pk).state == Post.State.SENT
