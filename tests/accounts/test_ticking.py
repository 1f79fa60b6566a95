"""A slow console stays slow and no worse: a row of which a message waits is not told of again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as Away

from accounts import ticking
from smconsole.celery import app


@app.task(name="tests.nothing")
def nothing(*args: int | str) -> None:
    """Does nothing."""


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(nothing, "apply_async", lambda args, **facts: messages.append({"args": args, **facts}))
    return messages


def test_ten_ticks_over_the_same_rows_send_one_message_each(sent: list[dict[str, Any]]) -> None:
    told = [ticking.hand_out(nothing, [(1,), (2,)]) for _ in range(10)]
    assert told == [2] + [0] * 9
    assert [message["args"] for message in sent] == [[1], [2]]


def test_what_was_told_leaves_room_for_the_next_rows(sent: list[dict[str, Any]]) -> None:
    rows = [(number,) for number in range(5)]
    assert [ticking.hand_out(nothing, rows, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [message["args"] for message in sent] == [[number] for number in range(5)]


def test_once_a_worker_has_begun_it_may_be_told_again(sent: list[dict[str, Any]]) -> None:
    ticking.hand_out(nothing, [(1, "hour")])
    ticking.begun(nothing, sent[0]["headers"])
    assert ticking.hand_out(nothing, [(1, "hour")]) == 1


@pytest.mark.django_db
def test_a_real_message_tells_its_worker_what_it_was_sent_for() -> None:
    ticking.hand_out(nothing, [(7,)])
    key = "told:tests.nothing:7"
    assert cache.get(key) == 1
    nothing.apply(args=[7], headers={ticking.HEADER: key}).get()
    assert cache.get(key) is None


def test_a_message_that_waited_too_long_is_sent_again(
    sent: list[dict[str, Any]], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TELL_AGAIN_SECONDS = 5
    ticking.hand_out(nothing, [(1,)])
    assert sent[0]["expires"] == 5
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: __import__("time").monotonic() + 10**10)
    assert ticking.hand_out(nothing, [(1,)]) == 1


def test_a_cache_that_does_not_answer_stops_nothing(
    sent: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object, **facts: object) -> None:
        raise Away("down")

    for verb in ("get_many", "add", "delete"):
        monkeypatch.setattr(cache, verb, away)
    assert [ticking.hand_out(nothing, [(1,)]) for _ in range(2)] == [1, 1]
    ticking.begun(nothing, sent[0]["headers"])


def test_a_long_task_is_one_workers_until_it_is_done() -> None:
    with ticking.alone(nothing) as first:
        with ticking.alone(nothing) as second:
            assert (first, second) == (True, False)
        with ticking.alone(nothing) as third:
            assert not third, "the second was not the one who had begun"
    with ticking.alone(nothing) as again:
        assert again


def test_a_long_task_that_breaks_off_may_be_begun_again() -> None:
    with pytest.raises(ZeroDivisionError), ticking.alone(nothing):
        raise ZeroDivisionError
    with ticking.alone(nothing) as again:
        assert again


def test_while_a_stroke_of_the_clock_waits_no_other_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda self, *args, **facts: sent.append(facts) or "sent")
    stroke = {ticking.STROKE: 2}
    assert [nothing.apply_async(headers=stroke) for _ in range(3)] == ["sent", None, None]
    ticking.begun(nothing, stroke)
    assert nothing.apply_async(headers=stroke) == "sent"
    assert len(sent) == 2


def test_what_is_no_stroke_is_always_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda self, *args, **facts: "sent")
    assert [nothing.apply_async(args=[1]) for _ in range(2)] == ["sent", "sent"]


def test_a_stroke_and_a_row_that_could_not_be_sent_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, *args: object, **facts: object) -> None:
        raise OSError("the broker is away")

    monkeypatch.setattr("celery.app.task.Task.apply_async", broken)
    with pytest.raises(OSError, match="away"):
        nothing.apply_async(headers={ticking.STROKE: 2})
    with pytest.raises(OSError, match="away"):
        ticking.hand_out(nothing, [(1,), (2,)])
    monkeypatch.setattr("celery.app.task.Task.apply_async", lambda self, *args, **facts: "sent")
    assert nothing.apply_async(headers={ticking.STROKE: 2}) == "sent"
    assert ticking.hand_out(nothing, [(1,), (2,)]) == 2


def test_a_cache_that_is_away_is_asked_once_and_not_for_each_row(
    sent: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def away(*args: object, **facts: object) -> None:
        asked.append("asked")
        raise Away("it hangs")

    for verb in ("get_many", "add", "delete"):
        monkeypatch.setattr(cache, verb, away)
    assert ticking.hand_out(nothing, [(number,) for number in range(60)], most=50) == 50
    assert asked == ["asked"]
