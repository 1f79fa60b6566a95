from __future__ import annotations

from itertools import chain

import pytest

from publishing import delivery, due, tasks
from publishing.models import Delivery
from tests.publishing.conftest import Desk


def test_each_due_row_is_a_task_of_its_own_so_that_a_bad_one_stops_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = [desk.approved(text=f"The stall is at the library, week {number}.").pk for number in range(3)]
    handed_out: list[int] = []
    monkeypatch.setattr(tasks.timezone, "now", desk.clock)
    monkeypatch.setattr(tasks.release, "apply_async", lambda args, **facts: handed_out.extend(args))
    tasks.release_due()
    assert sorted(handed_out) == posts


def test_a_message_that_comes_late_or_twice_does_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = desk.deliver(desk.released())
    monkeypatch.setattr(tasks.timezone, "now", desk.clock)
    tasks.release(sent.target.post_id)
    tasks.deliver(sent.pk)
    tasks.take_back(sent.pk)
    tasks.miss(sent.pk)
    tasks.look(sent.pk)
    sent.refresh_from_db()
    assert sent.state == "published"
    assert desk.network.sent == 1


def test_where_few_are_due_each_has_a_message_and_where_many_are_a_message_carries_several() -> None:
    assert due.shares([]) == []
    assert due.shares([1, 2, 3]) == [[1], [2], [3]]
    many = list(range(200))
    shared = due.shares(many)
    assert list(chain(*shared)) == many
    assert max(map(len, shared)) == due.LARGEST_SHARE
    assert [len(share) for share in due.shares(many[: 2 * due.SHARES])] == [2] * due.SHARES


def test_the_clock_sends_each_share_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pair = [desk.released(channels=[one]).pk for one in (desk.cast.x, desk.cast.page)]
    sent: list[list[int]] = []
    monkeypatch.setattr(due, "SHARES", 1)
    monkeypatch.setattr(tasks.timezone, "now", desk.clock)
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda args, **facts: sent.append(args))
    tasks.deliver_due()
    tasks.deliver_due()
    assert sent == [pair]


def two_on_offer(desk: Desk) -> list[int]:
    desk.released(channels=[desk.cast.x])
    desk.released(channels=[desk.cast.page])
    return due.offer(now=desk.moment)


def states(pks: list[int]) -> list[str]:
    return [Delivery.objects.get(pk=pk).state for pk in pks]


def test_one_share_goes_out_one_after_the_other(desk: Desk, passed_on: list[list[int]]) -> None:
    share = two_on_offer(desk)
    tasks.deliver(*share)
    assert (states(share), passed_on) == (["published", "published"], [])


@pytest.fixture
def passed_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    sent: list[list[int]] = []
    monkeypatch.setattr(tasks.timezone, "now", desk.clock)
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda args, **facts: sent.append(args))
    return sent


def test_a_worker_that_a_network_held_up_passes_the_rest_on(
    desk: Desk, passed_on: list[list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    share, deliver = two_on_offer(desk), delivery.deliver
    monkeypatch.setattr(delivery, "deliver", lambda **facts: (deliver(**facts), desk.wait(seconds=2)))
    tasks.deliver(*share)
    assert states(share) == ["published", "waiting"]
    assert passed_on == [share[1:]]


def test_a_share_whose_first_fails_passes_the_rest_on(desk: Desk, passed_on: list[list[int]]) -> None:
    share = two_on_offer(desk)
    with pytest.raises(Delivery.DoesNotExist):
        tasks.deliver(0, *share)
    assert passed_on == [share]
