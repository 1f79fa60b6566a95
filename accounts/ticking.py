"""Hand out what is due to the workers, each row once in a while (docs/decisions/0043)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import structlog
from celery import Task
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

HEADER = "told"
STROKE = "stroke"  # a header of what the clock sends: how many seconds one that waits keeps the next from being sent
log = structlog.get_logger(__name__)


def hand_out(task: Task, calls: Iterable[Sequence[int | str]], *, most: int | None = None) -> int:
    """Send one message for each of `calls` (the task's arguments) of which none was sent lately, `most` at once.

    Returns how many. Until a worker begins with a message, or it has expired (TELL_AGAIN_SECONDS), no other is sent: so
    at most one a row waits, however slow the workers are. That it was sent is a hint and no truth: lost with its broker
    it is sent again, and a cache that does not answer stops nothing.
    """
    lasts = int(settings.TELL_AGAIN_SECONDS)
    fresh = _not_told({_key(task, call): call for call in calls})
    chosen = {key: call for key, call in list(fresh.items())[:most] if _tell(key, lasts)}
    for key, call in chosen.items():
        task.apply_async(list(call), expires=lasts, headers={HEADER: key})
    return len(chosen)


@contextmanager
def alone(task: Task) -> Iterator[bool]:
    """Whether this worker is the only one at a long task. Else every stroke of the clock sets one more to it, until
    nobody is left for posts. A worker that died is forgotten after the time limit of tasks.
    """
    key = f"alone:{task.name}"
    mine = _tell(key, settings.CELERY_TASK_TIME_LIMIT)
    try:
        yield mine
    finally:
        if mine:
            _forget(key)


def is_waiting(task: Task, headers: Mapping[str, Any] | None) -> bool:
    """Whether a stroke of the clock for this task waits still, so that another would only stand in the way of work."""
    seconds = (headers or {}).get(STROKE)
    return bool(seconds) and not _tell(_stroke(task), int(seconds))


def begun(task: Task, headers: Mapping[str, Any] | None) -> None:
    """A worker begins with this message: what it was about may be told again."""
    said = headers or {}
    if key := said.get(HEADER) or (_stroke(task) if said.get(STROKE) else ""):
        _forget(key)


def _key(task: Task, call: Sequence[int | str]) -> str:
    return ":".join(["told", task.name, *map(str, call)])


def _stroke(task: Task) -> str:
    return f"stroke:{task.name}"


def _not_told(calls: dict[str, Sequence[int | str]]) -> dict[str, Sequence[int | str]]:
    """In one question. Two clocks may both hear "not told": `_tell` knows who was first."""
    try:
        told = cache.get_many(calls) if calls else {}
    except RedisError as trouble:
        log.warning("ticking.cache_is_away", trouble=type(trouble).__name__)
        return calls
    return {key: call for key, call in calls.items() if key not in told}


def _tell(key: str, lasts: int) -> bool:
    try:
        return bool(cache.add(key, 1, timeout=lasts))
    except RedisError:
        return True


def _forget(key: str) -> None:
    with suppress(RedisError):
        cache.delete(key)
