"""What the console itself knows about a gate, handed in by whichever room knows it.

A signatory writes their own evidence; what a `Part` tells stands beside it, and what it says is missing keeps the
gate shut. Each room offers its part, and the console's pages hand all of them in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts import audit
from accounts.models import Application


@dataclass(frozen=True)
class Known:
    """One thing in words. good: True speaks for the gate, False keeps it shut, None is only to know."""

    words: str
    good: bool | None = None
    link: str = ""


@dataclass(frozen=True)
class Part:
    """What one room knows about one gate. look(application, now): in a fixed number of queries."""

    gate: int
    look: Callable[[Application, datetime], list[Known]]


def known(application: Application, gate: int, parts: Iterable[Part], *, now: datetime) -> list[Known]:
    """Everything that is known about this gate, in the order of the parts."""
    return [one for part in parts if part.gate == gate for one in part.look(application, now)]


def missing(facts: Sequence[Known]) -> list[str]:
    """What keeps the gate shut, in words."""
    return [fact.words for fact in facts if fact.good is False]


def kept(facts: Sequence[Known]) -> list[audit.JSON]:
    """As a signature keeps them."""
    return [{"words": fact.words, "good": fact.good} for fact in facts]
