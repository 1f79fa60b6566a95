"""Layer 1, recall first: is this about a specific incident or person, or otherwise something a mentor should see?

It does not say what is wrong; the rules do. It is there because rules look perfect on the wordings they were written
from and miss most others (domain.md B.3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy.reading.ages import find_ages
from policy.reading.passage import Passage

_INCIDENT = ("arrest", "offender", "offence", "sexual_offence", "wanted", "charged", "conviction", "suspicion")


@dataclass(frozen=True)
class Answer:
    """hit: somebody should read this. score: how sure, 0 to 1."""

    hit: bool
    score: float


QUIET = Answer(False, 0.0)


def ask(passages: Iterable[Passage]) -> Answer:
    """The surest answer over the texts of one draft."""
    return max((_answer(passage) for passage in passages), key=lambda answer: answer.score, default=QUIET)


def _answer(passage: Passage) -> Answer:
    listed = sum(passage.has(kind) for kind in _INCIDENT) + bool(find_ages(passage))
    return Answer(listed > 0, listed / (1 + len(_INCIDENT)))
