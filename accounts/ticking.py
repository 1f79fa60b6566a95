"""Hand out what is due to the workers, each row once in a while (docs/decisions/0043)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
    it is sent again, and without a cache everything is sent.
    """
    lasts = max(1, int(settings.TELL_AGAIN_SECONDS))
    keyed = {_key(task, call): call for call in calls}
    told = _told(keyed)
    sent = 0
    for key, call in keyed.items():
        if sent == most:
            break
        if told is None or (key not in told and _tell(key, lasts)):
            with _forgotten_if_it_fails(key):
                task.apply_async(list(call), expires=lasts, headers={HEADER: key})
            sent += 1
    return sent


def send_stroke(task: Task, headers: Mapping[str, Any] | None, send: Callable[[], Any]) -> Any:
    """`send` a message; None, unsent, where it is a stroke of the clock and one for this task waits: another would
    only stand in the way of work.
    """
    seconds = (headers or {}).get(STROKE)
    if not seconds:
        return send()
    if not _tell(_stroke(task), int(seconds)):
        return None
    with _forgotten_if_it_fails(_stroke(task)):
        return send()


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


def begun(task: Task, headers: Mapping[str, Any] | None) -> None:
    """A worker begins with this message: what it was about may be told again."""
    said = headers or {}
    if key := said.get(HEADER) or (_stroke(task) if said.get(STROKE) else ""):
        _forget(key)


def _key(task: Task, call: Sequence[int | str]) -> str:
    return ":".join(["told", task.name, *map(str, call)])


def _stroke(task: Task) -> str:
    return f"stroke:{task.name}"


def _told(keys: Iterable[str]) -> Collection[str] | None:
    """Those of which a message waits, in one question; None where the cache does not answer. Two clocks may both hear
    "none": `_tell` knows who was first.
    """
    try:
        return set(cache.get_many(keys))
    except RedisError as trouble:
        log.warning("ticking.cache_is_away", trouble=type(trouble).__name__)
        return None


def _tell(key: str, lasts: int) -> bool:
    try:
        return bool(cache.add(key, 1, timeout=lasts))
    except RedisError:
        return True


@contextmanager
def _forgotten_if_it_fails(key: str) -> Iterator[None]:
    """What was not sent is not told."""
    try:
        yield
    except BaseException:
        _forget(key)
        raise


def _forget(key: str) -> None:
    with suppress(RedisError):
        cache.delete(key)
