"""A text made ready for the rules: folded, cut into words and sentences, its listed phrases found."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property
from itertools import chain, count, repeat
from operator import sub
from typing import Any, NamedTuple, TypeVar, cast

from policy.reading.folding import fold, fold_character, reach
from policy.reading.lexicon import Hit, Node, word_set
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


_LAST_LETTERS = re.compile(r"[^\W\d_]++(?=$)")
_FIGURE_RUN = re.compile(r"[0-9]++(?:[^0-9]{1,20}+[0-9]++)*+")  # figures, and what parts those close together
_FIGURES = frozenset("0123456789")
Places = list[tuple[int, int]]
T = TypeVar("T")


class Word(NamedTuple):
    """One word of the folded text. key: lower case, without a possessive 's."""

    start: int
    end: int
    key: str
    raw: str


class Passage:
    """One text, read once. Every position inside is of the folded `text`; `place` brings it back to the original.

    seen: so much of the original as is read; rules that look at the characters as written look at these.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.seen = original[: reach(original)]
        self.text, self._offsets = fold(self.seen)
        self._memory: dict[Hashable, Any] = {}

    @cached_property
    def lower(self) -> str:
        """`text` in lower case, character for character."""
        lowered = self.text.lower()
        if len(lowered) == len(self.text):
            return lowered
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)

    @cached_property
    def _bounds(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Where the words start and where they end."""
        bounds = tuple(zip(*(found.span() for found in _WORD.finditer(self.text)), strict=True))
        return (bounds[0], bounds[1]) if bounds else ((), ())

    @cached_property
    def words(self) -> tuple[Word, ...]:
        raws = map(self.text.__getitem__, map(slice, *self._bounds))
        return tuple(map(Word._make, zip(*self._bounds, self.keys, raws, strict=True)))

    @cached_property
    def keys(self) -> list[str]:
        """The key of each word."""
        lowered = list(map(self.lower.__getitem__, map(slice, *self._bounds)))
        if "'s" not in self.lower:
            return lowered
        return [key[:-2] if key.endswith("'s") and len(key) > 2 else key for key in lowered]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different keys, to ask at once whether any word of a set occurs: `passage.vocabulary & MONTHS`."""
        return frozenset(self.keys)

    @cached_property
    def numerals(self) -> list[int]:
        """Indices of the words that begin with a figure."""
        return [index for index, key in enumerate(self.keys) if key[0] in _FIGURES]

    @cached_property
    def _breaks(self) -> list[int]:
        return [end.end() for end in _SENTENCE_END.finditer(self.text) if not self._is_shortening(end)]

    def _is_shortening(self, end: re.Match[str]) -> bool:
        stop, text = end.start(), self.text
        if end.group() != "." or end.end() == len(text):
            return False
        before = _LAST_LETTERS.search(text, max(0, stop - 7), stop)
        word = before.group() if before else ""
        return word.lower() in _SHORTENED or (len(word) == 1 and word.isupper())

    def sentence_at(self, position: int) -> int:
        """Number of the sentence in which a position of the folded text stands."""
        return bisect_right(self._breaks, position)

    @cached_property
    def sentences(self) -> list[int]:
        """The sentence number of each word."""
        starts = self._bounds[0]
        edges = [bisect_left(starts, position) for position in self._breaks]
        lengths = map(sub, [*edges, len(starts)], [0, *edges])
        return list(chain.from_iterable(map(repeat, count(), lengths)))

    def sentence_text(self, number: int) -> str:
        """The words of a sentence in lower case; nothing beyond the last."""
        return self.lower[slice(*self.sentence_span(number))]

    def sentence_span(self, number: int) -> tuple[int, int]:
        """Start and end of a sentence in the folded text; empty beyond the last."""
        if not 0 <= number <= len(self._breaks):
            return len(self.text), len(self.text)
        start = self._breaks[number - 1] if number else 0
        return start, self._breaks[number] if number < len(self._breaks) else len(self.text)

    def stretches(self, sentences: Iterable[int], *, beside: int = 0) -> list[tuple[int, int]]:
        """Start and end of each run of neighbours among the sentences, each widened by `beside` more on both sides."""
        found: list[tuple[int, int]] = []
        last = -1
        for number in sorted(sentences):
            first, last_before, last = max(0, number - beside), last, min(number + beside, len(self._breaks))
            if found and first <= last_before + 1:
                found[-1] = (found[-1][0], self.sentence_span(last)[1])
            else:
                found.append((self.sentence_span(first)[0], self.sentence_span(last)[1]))
        return found

    def beside(self, core: re.Pattern[str], width: int) -> list[tuple[int, int]]:
        """Start and end of what stands within `width` characters of what `core` finds in `lower`.

        For a costly pattern that cannot match without something quickly found.
        """
        return self.remember(("beside", core, width), lambda: list(_widened(core.finditer(self.lower), width)))

    def beside_figures(self, width: int) -> list[tuple[int, int]]:
        """Start and end of what stands within `width` characters of a figure."""
        return self.beside(_FIGURE_RUN, width)

    def search(self, pattern: re.Pattern[str], stretches: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
        """What a pattern finds in these stretches of `lower` alone; positions are of the whole text."""
        lower = self.lower
        return chain.from_iterable(pattern.finditer(lower, start, end) for start, end in stretches)

    def stretches_with(self, *kinds: str, beside: int = 0) -> list[tuple[int, int]]:
        """Start and end of the sentences in which phrases of any of the lists stand, and `beside` more each way."""
        return self.stretches({number for kind in kinds for number in self.sentences_with(kind)}, beside=beside)

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
    def _phrases(self) -> dict[str, list[Places]]:
        """By list, for each of its phrases that occurs: first and last word wherever it stands."""
        keys, numbers = self.keys, self.sentences
        numbers_and_end = [*numbers, -1]
        keys_and_end = [*keys, ""]
        begins = LEXICON.beginnings
        found: dict[Node, Places] = {}
        for first, key in enumerate(keys):
            node = begins.get(key)
            if node is None:
                continue
            last = first
            while True:
                if node.kinds:
                    found.setdefault(node, []).append((first, last))
                if not node.children:
                    break
                last += 1
                node = node.children.get(keys_and_end[last])
                if node is None or numbers_and_end[last] != numbers[first]:
                    break
        phrases: dict[str, list[Places]] = {}
        for node, places in found.items():
            for kind in node.kinds:
                phrases.setdefault(kind, []).append(places)
        return phrases

    def _hits(self, kind: str) -> list[Hit]:
        """Where phrases of one list stand: from each word the longest, and none inside another."""
        phrases = self._phrases.get(kind)
        if phrases is None:
            return []
        places = phrases[0] if len(phrases) == 1 else sorted(chain.from_iterable(phrases))
        kept: list[tuple[int, int]] = []
        first_before = last_before = -1
        for first, last in places:
            if first == first_before:
                kept.pop()
            elif last <= last_before:
                continue
            first_before, last_before = first, last
            kept.append((first, last))
        (starts, ends), numbers = self._bounds, self.sentences
        return [Hit(starts[first], ends[last], first, last, numbers[first]) for first, last in kept]

    def hits(self, kind: str, but_not: str = "") -> list[Hit]:
        """Where phrases of a list stand, in order; `but_not` names a list whose phrases swallow them."""
        if kind not in LEXICON.kinds:
            raise KeyError(kind)
        found = self._memory.get(("hits", kind, but_not))
        if found is None:
            found = self._memory[("hits", kind, but_not)] = self._unswallowed(kind, but_not)
        return cast("list[Hit]", found)

    def _unswallowed(self, kind: str, but_not: str) -> list[Hit]:
        if not but_not:
            return self._hits(kind)
        found = self.hits(kind)
        swallowed = {index for hit in self.hits(but_not) for index in range(hit.first, hit.last + 1)} if found else ()
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


def _widened(found: Iterable[re.Match[str]], width: int) -> Iterator[tuple[int, int]]:
    begin = finish = -1
    for match in found:
        start, end = match.span()
        if start - width > finish:
            if finish >= 0:
                yield begin, finish
            begin = max(0, start - width)
        finish = end + width
    if finish >= 0:
        yield begin, finish


def _clings(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me") and not fold_character(character)
