"""The shape most rules of conduct and tone share: words that say it alone, and words that say it together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policy.reading.nearness import match_places, pairs
from policy.reading.passage import Passage
from policy.rules.registry import Match


@dataclass(frozen=True)
class Together:
    """Two lists that say it when they stand near each other in one sentence.

    but_not: a list whose phrases swallow the first's. after: the second must follow. calm: lists of which any phrase
    in the sentence tells that something else is meant.
    """

    first: str
    second: str
    words: int = 8
    but_not: str = ""
    second_not: str = ""
    after: bool = False
    calm: tuple[str, ...] = ()


def alone(passage: Passage, kind: str, but_not: str = "", *, calm: tuple[str, ...] = ()) -> Iterator[Match]:
    """A match for each phrase of a list, but where a calming list speaks in the same sentence."""
    for hit in passage.hits(kind, but_not):
        if not is_calm(passage, hit.sentence, calm):
            yield Match(places=(passage.place(hit.start, hit.end),))


def together(passage: Passage, pair: Together) -> Iterator[Match]:
    """A match for each first phrase that has a second near it."""
    seconds = passage.hits(pair.second, pair.second_not)
    firsts = passage.hits(pair.first, pair.but_not) if seconds else []
    if not firsts:
        return
    for one, other in pairs(firsts, seconds, pair.words, after=pair.after):
        if not is_calm(passage, one.sentence, pair.calm):
            yield Match(places=match_places(passage, (one.start, one.end), (other.start, other.end)))


def is_calm(passage: Passage, sentence: int, calm: tuple[str, ...]) -> bool:
    return any(sentence in passage.sentences_with(kind) for kind in calm)
