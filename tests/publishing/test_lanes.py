"""One serial lane per channel, and each row on offer to one worker at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from publishing import due
from publishing.models import Delivery
from tests.publishing.conftest import Desk

State = Delivery.State


def two_of_one_channel(desk: Desk) -> tuple[Delivery, Delivery]:
    return desk.released(text="The stall is by the library."), desk.released(text="The stall is by the station.")


@pytest.mark.postgres
def test_two_posts_of_one_channel_are_never_in_flight_together(desk: Desk) -> None:
    first, second = two_of_one_channel(desk)
    assert first.claim(worker="one", now=desk.moment)
    desk.wait(minutes=1)
    assert not second.claim(worker="two", now=desk.moment)


@pytest.mark.postgres
def test_the_database_itself_refuses_a_second_in_flight(desk: Desk) -> None:
    first, second = two_of_one_channel(desk)
    Delivery.objects.filter(pk=first.pk).update(state=State.SENDING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=second.pk).update(state=State.SENDING)


@pytest.mark.postgres
def test_the_next_of_a_channel_keeps_its_distance(desk: Desk) -> None:
    first, second = two_of_one_channel(desk)
    desk.deliver(first)
    assert desk.deliver(second).state == State.WAITING
    desk.wait(seconds=1)
    assert desk.deliver(second).state == State.PUBLISHED


def test_a_clock_that_was_set_back_does_not_close_a_lane_for_long(desk: Desk) -> None:
    first, second = two_of_one_channel(desk)
    desk.wait(minutes=20)
    desk.deliver(first)
    desk.wait(minutes=-10)
    assert desk.deliver(second).state == State.PUBLISHED


@pytest.mark.postgres
def test_one_of_each_lane_is_offered_once(desk: Desk) -> None:
    first, second = two_of_one_channel(desk)
    other = desk.released(channels=[desk.cast.page])
    assert due.offer(now=desk.moment) == [first.pk, other.pk]
    assert due.offer(now=desk.moment) == []
    desk.deliver(first)
    assert due.offer(now=desk.moment + timedelta(seconds=2)) == [second.pk]


@pytest.mark.postgres
def test_what_was_offered_and_never_begun_is_offered_again(desk: Desk) -> None:
    delivery = desk.released()
    assert due.offer(now=desk.moment) == [delivery.pk]
    desk.wait(seconds=10)
    assert due.offer(now=desk.moment) == [delivery.pk]


def test_a_worker_that_finds_the_lane_taken_gives_the_row_back_at_once(desk: Desk) -> None:
    first, second = two_of_one_channel(desk)
    Delivery.objects.filter(pk=second.pk).update(offered_until=desk.moment + timedelta(seconds=10))
    first.claim(worker="one", now=desk.moment)
    desk.deliver(second)
    assert (second.state, second.offered_until) == (State.WAITING, None)
