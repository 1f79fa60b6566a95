"""The networks' own limits: counted from their headers, kept in rows, waited for in the row and never in a worker."""

from __future__ import annotations

from datetime import timedelta

import pytest

from platforms.base import Limit
from platforms.errors import Throttled
from publishing import due
from publishing.models import Allowance, Delivery
from tests.publishing.conftest import Desk

State = Delivery.State


def sent_with(desk: Desk, *, left: int, minutes: float = 10, everyone: bool = False) -> Delivery:
    desk.network.told = (Limit(left, desk.moment + timedelta(minutes=minutes), everyone),)
    delivery = desk.deliver(desk.released(text=f"The stall is by the library, {left} to go."))
    desk.wait(seconds=3)
    return delivery


def test_plenty_left_keeps_no_row(desk: Desk) -> None:
    sent_with(desk, left=90)
    assert not Allowance.objects.exists()


@pytest.mark.postgres
def test_an_account_without_a_call_left_is_not_offered_until_its_window_ends(desk: Desk) -> None:
    sent_with(desk, left=0)
    waiting = desk.released()
    assert due.offer(now=desk.moment) == []
    waiting.refresh_from_db()
    assert "It allows more from 10:10" in waiting.reason
    desk.wait(minutes=10, seconds=5)
    assert due.offer(now=desk.moment) == [waiting.pk]
    assert desk.deliver(waiting).state == State.PUBLISHED


@pytest.mark.postgres
def test_the_last_calls_of_the_app_go_to_those_whose_time_came_first(desk: Desk) -> None:
    sent_with(desk, left=1, everyone=True)
    first, second = (
        desk.released(channels=[desk.cast.x]),
        desk.released(channels=[desk.cast.kilburn_x], author=desk.cast.mel),
    )
    assert due.offer(now=desk.moment) == [first.pk]
    second.refresh_from_db()
    assert second.due_at > desk.moment + timedelta(minutes=9)


def test_the_app_of_one_network_does_not_stop_the_other(desk: Desk) -> None:
    sent_with(desk, left=0, everyone=True)
    page = desk.released(channels=[desk.cast.page])
    assert due.offer(now=desk.moment) == [page.pk]


def test_an_answer_to_wait_holds_the_accounts_other_posts_too(desk: Desk) -> None:
    desk.network.answers = [Throttled("X asks us to wait.", retry_at=desk.moment + timedelta(minutes=5))]
    throttled = desk.deliver(desk.released())
    desk.wait(seconds=3)
    other = desk.released(text="The stall is by the station.")
    assert due.offer(now=desk.moment) == []
    assert (throttled.state, desk.network.sent) == (State.WAITING, 1)
    desk.wait(minutes=6)
    assert set(due.offer(now=desk.moment)) <= {throttled.pk, other.pk}


@pytest.mark.parametrize("everyone", [False, True])
def test_an_answer_to_wait_that_names_no_moment_is_not_hammered(desk: Desk, everyone: bool) -> None:
    desk.network.answers = [Throttled("X asks us to wait.", everyone=everyone)]
    desk.deliver(desk.released())
    calls = []
    for _ in range(50):
        desk.wait(seconds=1)
        calls += due.offer(now=desk.moment)
    assert calls == []


def test_a_post_that_no_window_will_take_goes_to_a_person(desk: Desk) -> None:
    sent_with(desk, left=0, minutes=45)
    waiting = desk.released()
    due.offer(now=desk.moment)
    desk.wait(minutes=31)
    desk.settle_overdue()
    waiting.refresh_from_db()
    assert waiting.state == State.MISSED
    assert "as many posts as it allows" in waiting.reason
