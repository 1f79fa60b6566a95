from __future__ import annotations

import pytest

from publishing import tasks
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
    delivery = desk.deliver(desk.released())
    monkeypatch.setattr(tasks.timezone, "now", desk.clock)
    tasks.release(delivery.target.post_id)
    tasks.deliver(delivery.pk)
    tasks.take_back(delivery.pk)
    tasks.miss(delivery.pk)
    tasks.look(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == "published"
    assert desk.network.sent == 1
