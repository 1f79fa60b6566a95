"""A text made ready for the rules: folded, cut into words and sentences, its listed phrases found."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from policy.reading.folding import fold, fold_character
from policy.reading.lexicon import Hit, word_set
from policy.vocabulary import LEXICON

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++(?=[\s\"')\]]|$)|\n")
# A full stop after these ends a word, not a sentence.
_SHORTENED = word_set(
    """
    mr mrs ms dr st rd ave sgt insp ch supt cllr no nos ft approx dept mon tue tues wed weds thu thur thurs fri sat sun
    jan feb mar apr jun jul aug sep sept oct nov dec eg ie
    """
)


T = TypeVar("T")


class Word(NamedTuple):
    """One word of the folded text. key: lower case, without a possessive 's."""

    start: int
    end: int
    key: str
    raw: str


class Passage:
    """One text, read once. Every position inside is of the folded `text`; `place` brings it back to the original."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text, self._offsets = fold(original)
        self._memory: dict[Hashable, Any] = {}

    @cached_property
    def lower(self) -> str:
        """`text` in lower case, character for character."""
        lowered = self.text.lower()
        if len(lowered) == len(self.text):
            return lowered
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(
            Word(found.start(), found.end(), _key(found.group()), found.group()) for found in _WORD.finditer(self.text)
        )

    @cached_property
    def keys(self) -> list[str]:
        return [word.key for word in self.words]

    @cached_property
    def _breaks(self) -> list[int]:
        return [end.end() for end in _SENTENCE_END.finditer(self.text) if not self._is_shortening(end)]

    def _is_shortening(self, end: re.Match[str]) -> bool:
        if end.group() != "." or end.end() == len(self.text):
            return False
        start = end.start()
        while start > 0 and end.start() - start < 7 and self.text[start - 1].isalpha():
            start -= 1
        word = self.text[start : end.start()].lower()
        return word in _SHORTENED or (len(word) == 1 and self.text[start].isupper())

    def sentence_at(self, position: int) -> int:
        """Number of the sentence in which a position of the folded text stands."""
        return bisect_right(self._breaks, position)

    @cached_property
    def sentences(self) -> list[int]:
        """The sentence number of each word."""
        return [self.sentence_at(word.start) for word in self.words]

    def sentence_text(self, number: int) -> str:
        """The words of a sentence in lower case; nothing beyond the last."""
        if number > len(self._breaks):
            return ""
        start = self._breaks[number - 1] if number else 0
        end = self._breaks[number] if number < len(self._breaks) else len(self.text)
        return self.lower[start:end]

    def around(self, start: int, end: int, width: int = 300) -> str:
        """Lower-case text beside start..end, `width` characters each way at most, never beyond the sentence."""
        first, last = max(0, start - width), min(len(self.text), end + width)
        number = bisect_right(self._breaks, start)
        if number:
            first = max(first, self._breaks[number - 1])
        number = bisect_left(self._breaks, end)
        if number < len(self._breaks):
            last = min(last, self._breaks[number])
        return self.lower[first:last]

    @cached_property
    def _hits(self) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = {}
        keys, numbers, words = self.keys, self.sentences, self.words
        for first, key in enumerate(keys):
            if not LEXICON.begins(key):
                continue
            stop = first + 1
            while stop < len(keys) and stop < first + 8 and numbers[stop] == numbers[first]:
                stop += 1
            for kind, last in LEXICON.walk(keys, first, stop):
                hits = found.setdefault(kind, [])
                if hits and hits[-1].first == first:
                    hits.pop()  # the longer phrase from the same word
                elif hits and hits[-1].last >= last:
                    continue  # part of a longer phrase
                hits.append(Hit(words[first].start, words[last].end, first, last, numbers[first]))
        return found

    def hits(self, kind: str, but_not: str = "") -> list[Hit]:
        """Where phrases of a list stand, in order; `but_not` names a list whose phrases swallow them."""
        if kind not in LEXICON.kinds:
            raise KeyError(kind)
        found = self._hits.get(kind, [])
        swallowed = {index for hit in self._hits.get(but_not, ()) for index in range(hit.first, hit.last + 1)}
        return [hit for hit in found if hit.first not in swallowed] if swallowed else found

    def sentences_with(self, kind: str, but_not: str = "") -> frozenset[int]:
        """Numbers of the sentences in which phrases of a list stand."""
        return self.remember((kind, but_not), lambda: frozenset(hit.sentence for hit in self.hits(kind, but_not)))

    def words_in(self, sentence: int) -> int:
        """How many words a sentence has."""
        return bisect_right(self.sentences, sentence) - bisect_left(self.sentences, sentence)

    def has(self, *kinds: str) -> bool:
        return any(self.hits(kind) for kind in kinds)

    def remember(self, key: Hashable, read: Callable[[], T]) -> T:
        """What `read` found the first time this passage was asked for `key`: several rules ask for the same names."""
        if key not in self._memory:
            self._memory[key] = read()
        found: T = self._memory[key]
        return found

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the original for start..end of the folded text, accents of the last letter included."""
        finish = self._offsets[end - 1] + 1
        while finish < len(self.original) and _clings(self.original[finish]):
            finish += 1
        return self._offsets[start], finish

    def places(self, hits: Iterable[Hit]) -> tuple[tuple[int, int], ...]:
        return tuple(self.place(hit.start, hit.end) for hit in hits)

    def written(self, start: int, end: int) -> str:
        """The author's own characters for start..end of the folded text."""
        first, last = self.place(start, end)
        return self.original[first:last]


def _key(word: str) -> str:
    lowered = word.lower()
    return lowered[:-2] if lowered.endswith("'s") and len(lowered) > 2 else lowered


def _clings(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me") and not fold_character(character)
