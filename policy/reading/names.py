"""Personal names in a text, and whether the person speaks for the police.

There is no list of everybody. A name is a given name with a surname, a title with a surname, or two capitalised words
that are nothing else; the rules decide how much each kind is worth beside an arrest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from policy.reading.lexicon import word_set
from policy.reading.passage import Passage, Word
from policy.vocabulary.common import CALENDAR, WORDS
from policy.vocabulary.people import DOUBTFUL_NAMES, GIVEN_NAMES, LINKS, RANKS, SURNAMES, TITLES
from policy.vocabulary.places import AREAS, PLACE_ENDS, PLACES, STREET_ENDS, SURNAME_ENDS

_SURE_NAMES = GIVEN_NAMES - DOUBTFUL_NAMES
_ANY_GIVEN = GIVEN_NAMES | DOUBTFUL_NAMES
_OF_A_PLACE = word_set("in on at near outside around across through to from the of along by inside into opposite")
_IN_A_PLACE = _OF_A_PLACE - {"from", "by", "of", "to"}
_NOT_SURNAMES = WORDS | RANKS
_NOT_LOWER_SURNAMES = _NOT_SURNAMES | PLACE_ENDS | AREAS
_BEGINNINGS = RANKS | TITLES | _ANY_GIVEN
# "Get well soon to Kevin Marsh who was hurt": what follows tells the person from the place.
_OF_A_PERSON = word_set("who whose was is has had aged lost")
# "Outside the King William pub": written small, and the name is the house's all the same.
_HOUSES_OF_A_NAME = word_set("pub inn tavern hotel theatre statue stadium roundabout junction")
_MOST_WORDS = 3


class Kind(StrEnum):
    """How a name was recognised, surest first."""

    FULL = "given name and surname"
    TITLED = "title and surname"
    GIVEN = "given name alone"
    CAPITALS = "capitalised words"


class Name(NamedTuple):
    """start, end in the folded text; first and last word. official: named with a rank or office."""

    start: int
    end: int
    first: int
    last: int
    kind: Kind
    official: bool


@lru_cache(maxsize=64)
def not_people(gazetteer: frozenset[str], ward: str) -> frozenset[str]:
    """Names of places, teams and the ward itself, in the spelling of `_spelt`."""
    return frozenset(_spelt(Passage(name).words) for name in (*gazetteer, ward) if name)


def _spelt(words: Sequence[Word]) -> str:
    """Lower case without apostrophes: "King's Park" and "Kings Park" are one place."""
    return " ".join(word.raw.lower().replace("'", "") for word in words)


def find_names(passage: Passage, not_people: frozenset[str] = frozenset()) -> list[Name]:
    """Names in order. not_people: lower-case names of places, teams and streets to leave out."""
    return passage.remember(("names", not_people), lambda: _find_names(passage, not_people))


def _find_names(passage: Passage, not_people: frozenset[str]) -> list[Name]:
    reader = _Reader(passage, not_people)
    names: list[Name] = []
    after = 0
    for position in _beginnings(passage):
        name = reader.name_at(position, names[-1] if names else None) if position >= after else None
        if name is not None:
            names.append(name)
            after = name.last + 1
    return names


def _beginnings(passage: Passage) -> list[int]:
    """The words with which a name may begin; the reader need not look at the others."""
    return [
        index
        for index, word in enumerate(passage.words)
        if word.key in _BEGINNINGS or (word.raw[0].isupper() and (word.key not in _NOT_SURNAMES or len(word.raw) == 1))
    ]


class _Reader:
    """One walk over a passage. Capital letters tell nothing where everything, or nothing, is in capitals."""

    def __init__(self, passage: Passage, not_people: frozenset[str]) -> None:
        self.passage, self.words = passage, passage.words
        self._plain = _sentences_without_case(passage)
        self._not_people = not_people

    def name_at(self, index: int, before: Name | None) -> Name | None:
        word = self.words[index]
        if word.key in RANKS:
            return self._official(index)
        if word.key in TITLES:
            return self._titled(index, before)
        return self._full(index, before) or self._given(index, before) or self._capitals(index, before)

    def _official(self, index: int) -> Name | None:
        """A rank with the names after it, so that "Sgt Khan and Ben Stone" is known for two officers."""
        last = index
        for following in range(index + 1, min(index + 6, len(self.words))):
            word = self.words[following]
            joined = self._joined(following)
            if not joined or not (word.key in RANKS or word.raw[0].isdigit() or self._may_be_surname(word, sure=True)):
                break
            last = following
        return self._name(index, last, Kind.FULL, official=True) if last > index else None

    def _titled(self, index: int, before: Name | None) -> Name | None:
        word = self.words[index]
        if word.key in ("miss", "master", "dr") and not word.raw[0].isupper():
            return None
        last = self._surnames(index, sure=True)
        if last == index or self._is_place(index, last):
            return None
        return self._name(index, last, Kind.TITLED, official=self._among_officials(index, before))

    def _full(self, index: int, before: Name | None) -> Name | None:
        word = self.words[index]
        caseless = self._caseless(index)
        given = _SURE_NAMES if caseless else _ANY_GIVEN
        initial = len(word.raw) == 1 and word.raw.isupper() and word.key not in ("i", "a") and not caseless
        if word.key not in given and not initial:
            return None
        if not caseless and not word.raw[0].isupper():
            return None
        last = self._surnames(index, sure=word.key in _SURE_NAMES)
        if last == index or self._is_place(index, last):
            return None
        kind = Kind.CAPITALS if initial else Kind.FULL
        return self._name(index, last, kind, official=self._among_officials(index, before))

    def _given(self, index: int, before: Name | None) -> Name | None:
        word = self.words[index]
        sure = word.key in _SURE_NAMES and word.raw[0].isupper()
        longer = sure and self._surnames(index, sure=True) > index
        if not sure or longer or self._is_place(index, index):
            return None  # a longer name has been refused already, as a place
        return self._name(index, index, Kind.GIVEN, official=self._among_officials(index, before))

    def _capitals(self, index: int, before: Name | None) -> Name | None:
        if self._caseless(index) or not self._may_be_surname(self.words[index], sure=False):
            return None
        last = self._surnames(index, sure=False)
        if last == index or self._is_place(index, last) or self._holds_full_name(index, last):
            return None
        return self._name(index, last, Kind.CAPITALS, official=self._among_officials(index, before))

    def _holds_full_name(self, first: int, last: int) -> bool:
        """ "Shopkeeper Imran Shah": the surer name begins a word later and is found there."""
        return any(self.words[index].key in _SURE_NAMES for index in range(first + 1, last))

    def _surnames(self, index: int, *, sure: bool) -> int:
        """The last word of the surname that follows `index`, or `index` itself where none does."""
        last = position = index
        caseless = self._caseless(index)
        while position + 1 < len(self.words) and position + 1 - index <= _MOST_WORDS and self._joined(position + 1):
            position += 1
            word = self.words[position]
            if word.key in LINKS and not word.raw[0].isupper():
                continue
            if not (self._reads_as_surname(word) if caseless else self._may_be_surname(word, sure=sure)):
                break
            last = position
            if caseless:
                break
        return last

    def _may_be_surname(self, word: Word, *, sure: bool) -> bool:
        if not word.raw[0].isupper() or not word.raw.replace("'", "").isalpha() or len(word.raw) < 2:
            return False
        if word.raw.isupper() and len(word.raw) <= 4:
            return False  # initials of bodies: "SNT", "NHS"
        return word.key not in _NOT_SURNAMES or (sure and word.key in SURNAMES)

    def _reads_as_surname(self, word: Word) -> bool:
        plain = word.raw.replace("'", "").isalpha() and len(word.raw) > 2
        inflected = word.key.endswith(("ed", "ing", "ly"))
        return plain and word.key not in _NOT_LOWER_SURNAMES and not inflected

    def _joined(self, index: int) -> bool:
        """Whether a word follows the one before it as parts of a name do."""
        gap = self.passage.text[self.words[index - 1].end : self.words[index].start]
        return gap in (" ", "-") or (gap == ". " and self.passage.sentences[index] == self.passage.sentences[index - 1])

    def _is_place(self, first: int, last: int) -> bool:
        keys = [word.key for word in self.words[first : last + 1]]
        if self._is_listed(first, last) or all(key in AREAS for key in keys):
            return True
        after = last + 1
        if after < len(self.words) and self._joined(after):
            following = self.words[after]
            named_on = following.raw[0].isupper() or self._caseless(first) or following.key in STREET_ENDS
            if following.key in _HOUSES_OF_A_NAME:
                return True
            if named_on and following.key in PLACE_ENDS and following.key not in ("dr", "st"):
                return True
        return self._ends_as_place(first, last, keys)

    def _is_listed(self, first: int, last: int) -> bool:
        """A known place within the run. After a given name one word is too little: "Stanley" is a surname as well."""
        shortest = 2 if last > first and self.words[first].key in _ANY_GIVEN else 1
        for begin in range(first, last + 1):
            for end in range(begin + shortest, last + 2):
                run = _spelt(self.words[begin:end])
                if run in PLACES or run in self._not_people:
                    return True
        return False

    def _ends_as_place(self, first: int, last: int, keys: list[str]) -> bool:
        ending = next((key for key in keys[1:] if key in PLACE_ENDS), "")
        before = self.words[first - 1].key if first else ""
        if not ending:
            return keys[0] not in _ANY_GIVEN and len(keys) > 1 and before in _IN_A_PLACE
        if ending not in SURNAME_ENDS or last - first != 1 or keys[0] not in _ANY_GIVEN:
            return True
        after = self.words[last + 1].key if last + 1 < len(self.words) else ""
        return before in _OF_A_PLACE and after not in _OF_A_PERSON

    def _among_officials(self, index: int, before: Name | None) -> bool:
        """Listed straight after an officer: "PCs Amy Holt, Ben Stone and Lara King"."""
        if before is None or not before.official:
            return False
        between = self.passage.lower[before.end : self.words[index].start]
        return between.strip(" ,") in ("", "and", "&", "with") and len(between) <= 7

    def _caseless(self, index: int) -> bool:
        return self.passage.sentences[index] in self._plain or not self.words[index].raw[0].isupper()

    def _name(self, first: int, last: int, kind: Kind, *, official: bool) -> Name:
        return Name(self.words[first].start, self.words[last].end, first, last, kind, official)


def _sentences_without_case(passage: Passage) -> frozenset[int]:
    """Sentences in capitals throughout, or With Every Word Capitalised: there a capital says nothing."""
    sentences, words = passage.sentences, passage.words
    capitals = [index for index, word in enumerate(words) if word.raw[0].isupper() or word.raw[0].isdigit()]
    counts = Counter(map(sentences.__getitem__, capitals))
    return frozenset(
        number
        for number, count in counts.items()
        if count > 0.7 * passage.words_in(number) and _says_nothing_by_capitals(passage, number, count)
    )


def _says_nothing_by_capitals(passage: Passage, sentence: int, capitals: int) -> bool:
    first = bisect_left(passage.sentences, sentence)
    words = passage.words[first : first + passage.words_in(sentence)]
    shouted = sum(word.raw.isupper() or word.raw[0].isdigit() for word in words)
    if len(words) >= 2 and shouted > 0.7 * len(words):
        return True
    common = sum(
        (word.raw[0].isupper() or word.raw[0].isdigit()) and word.key in WORDS and word.key not in CALENDAR
        for word in words[1:]
    )
    return len(words) >= 4 and capitals > 0.8 * len(words) and common >= 2
