"""Hashtags, and the words that run together in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from policy.reading.passage import Passage
from policy.vocabulary.hashtags import INITIALS, KNOWN, SINGLE, SMALL

_HASHTAG = re.compile(r"(?<![\w&/#])#([A-Za-z0-9]{4,40})(?![\w])")
_MOST_HASHTAGS = 50
_SHORTEST = 6
_LONGEST_WORD = 20
_FIGURES_OR_LETTERS = re.compile(r"[0-9]+|[a-z]+")


class Hashtag(NamedTuple):
    """start, end: without "#", in the folded text."""

    word: str
    start: int
    end: int


def find_hashtags(passage: Passage) -> Iterator[Hashtag]:
    """The first fifty hashtags of a text."""
    for count, found in enumerate(_HASHTAG.finditer(passage.text) if "#" in passage.text else ()):
        if count == _MOST_HASHTAGS:
            return
        yield Hashtag(found.group(1), *found.span(1))


def camel_case(hashtag: str, places: frozenset[str] = frozenset()) -> str:
    """The hashtag with a capital for each of its words; "" where it is one word, or cannot be told apart.

    places: names of places, whose words are known as well.
    """
    lower = hashtag.lower()
    if len(lower) < _SHORTEST:
        return ""
    words = _words_of(places)
    parts: list[str] = []
    for run in _FIGURES_OR_LETTERS.findall(lower):
        found = [run] if run.isdecimal() else _apart(run, words)
        if not found:
            return ""
        parts.extend(found)
    if sum(part.isalpha() for part in parts) < 2 and not parts[0].isdecimal():
        return ""
    if len(parts) < 2:
        return ""
    return "".join(part.upper() if part in INITIALS else part.capitalize() for part in parts)


@lru_cache(maxsize=64)
def _words_of(places: frozenset[str]) -> frozenset[str]:
    """The words that these names of places are made of."""
    return frozenset(word for name in places for word in re.findall(r"[a-z]{3,}", name.lower().replace("'", "")))


@lru_cache(maxsize=2048)
def _apart(run: str, places: frozenset[str]) -> tuple[str, ...]:
    """The fewest known words that make up the run, () where none do. A word that is one already stays one."""
    if run in SINGLE or run in places:
        return (run,)
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for begin in range(max(0, end - _LONGEST_WORD), end):
            before, word = best[begin], run[begin:end]
            if before is None or not (
                word in SMALL or (len(word) > 2 and (word in KNOWN or word in places)) or word in INITIALS
            ):
                continue
            if best[end] is None or _cost((*before, word)) < _cost(best[end] or ()):
                best[end] = (*before, word)
    parts = best[len(run)] or ()
    enough = any(len(part) >= 4 for part in parts) or all(len(part) >= 3 for part in parts)
    return parts if enough and not all(part in SMALL for part in parts) else ()


def _is_word(word: str, places: frozenset[str]) -> bool:
    return word in SMALL or word in INITIALS or (len(word) > 2 and (word in KNOWN or word in places))


def _cost(parts: tuple[str, ...]) -> tuple[int, int]:
    """Few words, and of as many the ones with the longest: "knife crime", not "knif e crime"."""
    return len(parts), -sum(len(part) ** 2 for part in parts)
