"""@mentions, and which registered handle a mistyped one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policy.reading.passage import Passage

# Not an address of e-mail or of the web: "team@met.police.uk", "medium.com/@someone".
_MENTION = re.compile(r"(?<![\w@/])@([A-Za-z0-9_]{1,50})(?!\.(?:police|gov|com|co|org|net|uk)\b)(?![A-Za-z0-9_@])")
_MOST_MENTIONS = 300
_SHORTEST_MISTYPED, _LONGEST_MISTYPED = 5, 30


class Mention(NamedTuple):
    """start, end: of the handle without "@", in the folded text. genuine: written in the letters networks accept."""

    handle: str
    start: int
    end: int
    genuine: bool


def find_mentions(passage: Passage) -> Iterator[Mention]:
    """The first few hundred mentions of a text."""
    for count, found in enumerate(_MENTION.finditer(passage.text)):
        if count == _MOST_MENTIONS:
            return
        start, end = found.span(1)
        handle = found.group(1).lower()
        yield Mention(handle, start, end, passage.written(start, end).lower() == handle)


def nearest(handle: str, registered: frozenset[str], most_edits: int) -> str:
    """The registered handle, as registered, within `most_edits` of `handle` (lower case); "" when there is none."""
    longest = min(_LONGEST_MISTYPED, _longest(registered) + most_edits)
    if not _SHORTEST_MISTYPED <= len(handle) <= longest:
        return ""
    index = _index(registered, most_edits)
    candidates = {name for key in _thinned(handle, most_edits) for name in index.get(key, ())}
    scored = sorted((edits(handle, name.lower()), name.lower(), name) for name in candidates)
    return scored[0][2] if scored and scored[0][0] <= most_edits else ""


@lru_cache(maxsize=64)
def _longest(registered: frozenset[str]) -> int:
    return max(map(len, registered), default=0)


@lru_cache(maxsize=64)
def _index(registered: frozenset[str], most_edits: int) -> dict[str, tuple[str, ...]]:
    """Handles by what is left of them when letters are taken out: two words n edits apart share such a rest."""
    index: dict[str, tuple[str, ...]] = {}
    for name in sorted(registered):
        if _SHORTEST_MISTYPED <= len(name) <= _LONGEST_MISTYPED:
            for key in _thinned(name.lower(), most_edits):
                index[key] = (*index.get(key, ()), name)
    return index


@lru_cache(maxsize=512)
def _thinned(word: str, most: int) -> frozenset[str]:
    """The word with up to `most` letters taken out. Once taken, a letter before it need not be tried again."""
    kept = {word}
    shorter = {(word, 0)}
    for _ in range(most):
        shorter = {
            (rest[:place] + rest[place + 1 :], place) for rest, begin in shorter for place in range(begin, len(rest))
        }
        kept.update(rest for rest, _ in shorter)
    return frozenset(kept)


def edits(one: str, other: str) -> int:
    """Letters added, dropped, changed or swapped with their neighbour (optimal string alignment distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
