"""What a text is about, as features that layer 1 weighs: its words, their pieces, their classes and its manner.

Names, ages, figures, days and places are read as what they are, not as which: a model that has met one street knows
nothing of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.reading.ages import find_ages
from policy.reading.lexicon import word_set
from policy.reading.names import find_names
from policy.reading.passage import Passage
from policy.vocabulary.common import CALENDAR
from policy.vocabulary.meaning import CLASSES
from policy.vocabulary.places import AREAS, STREET_ENDS

_CLOCK = re.compile(r"\d{1,2}(?:am|pm|hrs)")
_EMOJI = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
_DAYS = CALENDAR - {"may", "sat", "sun", "mar", "march"}
_STREET_ENDS = STREET_ENDS
_PIECES = (3, 4)  # letters in a piece of a word, its edges counted
_MARKS = (("?", "?"), ("!", "!"), ("@", "@"), ("#", "#"), (".uk", "address"), ("http", "address"), ("£", "£"))


def _classes_of_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, listed in CLASSES.items():
        for word in word_set(listed):
            found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


_CLASSES = _classes_of_words()


def tokens(passage: Passage, first: int = 0, last: int | None = None) -> list[str]:
    """The words first..last (exclusive), each as its key or as "<what it is>"; neighbours of one kind are one."""
    kinds = passage.remember("kinds of words", lambda: _kinds(passage))
    read: list[str] = []
    for index, word in enumerate(passage.words[first:last], start=first):
        token = kinds.get(index) or _kind_alone(word.key, word.raw)
        if not (read and token == read[-1] and token[0] == "<"):
            read.append(token)
    return read


def _kinds(passage: Passage) -> dict[int, str]:
    kinds: dict[int, str] = {}
    for name in find_names(passage):
        for index in range(name.first, name.last + 1):
            kinds[index] = "<officer>" if name.official else "<name>"
    ages = {(age.start, age.end) for age in find_ages(passage)}
    for index in passage.numerals if ages else ():
        if any(start <= passage.words[index].start < end for start, end in ages):
            kinds[index] = "<age>"
    return kinds


def _kind_alone(key: str, raw: str) -> str:
    if key[0].isdigit():
        return "<figure>" if key.isdecimal() else "<clock>" if _CLOCK.fullmatch(key) else "<mixed>"
    if key in _DAYS:
        return "<day>"
    if key in AREAS:
        return "<place>"
    return "<street>" if key in _STREET_ENDS and raw[0].isupper() else key


def features(passage: Passage, first: int = 0, last: int | None = None) -> tuple[frozenset[str], ...]:
    """Of the words first..last: words and pairs; pieces of words; classes; manner. Each a block of its own."""
    read = tokens(passage, first, last)
    pairs = zip(["^", *read], [*read, "$"], strict=True)
    words = frozenset(read) | {f"{one} {other}" for one, other in pairs}
    pieces = frozenset(piece for token in set(read) for piece in _pieces(token))
    keys = passage.keys[first:last]
    classes = frozenset(f"+{name}" for key in keys for name in _CLASSES.get(key, ()))
    return words, pieces, classes, frozenset(_manner(passage, read, keys, first))


def _pieces(token: str) -> Iterator[str]:
    if token[0] == "<":
        yield f"~{token}"
        return
    edged = f"_{token}_"
    for size in _PIECES:
        for start in range(len(edged) - size + 1):
            yield f"~{edged[start : start + size]}"


def _manner(passage: Passage, read: list[str], keys: list[str], first: int) -> Iterator[str]:
    if not keys:
        return
    start, end = passage.words[first].start, passage.words[first + len(keys) - 1].end
    text = passage.text[max(0, start - 2) : end + 4]
    yield from (f"={name}" for mark, name in _MARKS if mark in text)
    if _EMOJI.search(text):
        yield "=emoji"
    yield f"=words {min(len(read) // 8, 6)}"
    yield f"=sentences {min(len(set(passage.sentences[first : first + len(keys)])), 4)}"
    yield f"=ed {min(_ending(keys, 'ed', 4), 4)}"
    yield f"=ing {min(_ending(keys, 'ing', 5), 3)}"
    yield f"=first {keys[0]}"
    yield from (f"={token}" for token in set(read) if token[0] == "<")


def _ending(keys: Iterable[str], ending: str, longer_than: int) -> int:
    return sum(key.endswith(ending) and len(key) > longer_than for key in keys)
