"""The same words within a day on one channel are refused before anything is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import AuditEntry
from posts.models import Post
from publishing import due, overdue, release
from publishing.models import Delivery
from tests.publishing.conftest import Desk

WORDS = "The stall is by the library until noon: met.police.uk."


def goes(desk: Desk, **facts: object) -> bool:
    post = desk.approved(**{"text": WORDS, **facts})
    return release.release(post=Post.objects.select_related("current").get(pk=post.pk), now=desk.moment)


def test_the_same_words_within_a_day_go_back_to_their_author_with_the_reason(desk: Desk) -> None:
    desk.deliver(desk.released(text=WORDS))
    desk.wait(hours=23)
    assert not goes(desk)
    assert "The same words are on X" in AuditEntry.objects.get(action="post.not_released").facts["reason"]
    assert Post.objects.latest("pk").state == Post.State.DRAFT


@pytest.mark.parametrize("again", ["The stall is by the library  until noon: http://MET.police.uk/.", f" {WORDS}"])
def test_words_that_a_network_would_show_alike_are_the_same(desk: Desk, again: str) -> None:
    desk.deliver(desk.released(text=WORDS))
    assert not goes(desk, text=again)


def test_a_day_apart_they_may_go_again(desk: Desk) -> None:
    desk.deliver(desk.released(text=WORDS))
    desk.wait(hours=24, seconds=1)
    assert goes(desk)


def test_another_channel_may_say_them_too(desk: Desk) -> None:
    desk.deliver(desk.released(text=WORDS))
    assert goes(desk, channels=[desk.cast.page])


def test_what_still_waits_counts_too(desk: Desk) -> None:
    desk.released(text=WORDS)
    assert not goes(desk, publish_at=desk.moment + timedelta(hours=3))


def test_what_missed_its_time_does_not_stand_in_the_way(desk: Desk) -> None:
    desk.released(text=WORDS)
    desk.wait(minutes=31)
    for pk in due.deliveries_too_late(now=desk.moment):
        overdue.miss(delivery_id=pk, now=desk.moment)
    assert Delivery.objects.get().state == Delivery.State.MISSED
    assert goes(desk)
