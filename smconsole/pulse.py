"""The console's pulse: beat and a worker leave a mark each second, and /readyz says how old the marks are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from smconsole.models import Pulse

BEAT, WORKER = "beat", "worker"
TOO_OLD = 10.0  # seconds


@dataclass(frozen=True)
class Sign:
    """One sign of life. `problem` is "" or a sentence for a person; `age` is in seconds where it was ever seen."""

    name: str
    problem: str = ""
    age: float | None = None


def leave(*, sent_at: datetime, now: datetime) -> None:
    """Note that beat sent a tick at `sent_at` and that a worker took it `now`."""
    for name, at in ((BEAT, sent_at), (WORKER, now)):
        Pulse.objects.update_or_create(name=name, defaults={"at": at})


def read(*, now: datetime) -> list[Sign]:
    """The signs of beat and worker. A missing or old one has a problem."""
    seen = dict(Pulse.objects.values_list("name", "at"))
    return [_judge(name, words, seen.get(name), now) for name, words in ((BEAT, "The clock"), (WORKER, "A worker"))]


def _judge(name: str, words: str, at: datetime | None, now: datetime) -> Sign:
    if at is None:
        return Sign(name, f"{words} has not been seen yet.")
    age = round((now - at).total_seconds(), 1)
    return Sign(name, f"{words} was last seen {age:.0f} seconds ago." if age > TOO_OLD else "", age)
