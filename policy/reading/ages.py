"""Ages as posts write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policy.reading.passage import Passage

_ONE_TO_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_IN_WORDS = {word: number for number, word in enumerate(_ONE_TO_TWENTY.split(), start=1)}
_NUMBER = rf"(?P<age>\d{{1,2}}|{'|'.join(_IN_WORDS)})"
_PERSON = (
    r"(?:boys?|girls?|man|men|woman|women|male|female|child|teenagers?|teens?|youths?|lads?|pupil|student"
    r"|schoolboy|schoolgirl|person|victim|suspect|driver|rider)"
)
_AGES = (
    re.compile(rf"\b{_NUMBER}[ -]?(?:years?|yrs?|y)[ /-]?(?:olds?|o)\b"),
    re.compile(rf"\b(?:aged?|age of) (?:just |only )?{_NUMBER}\b(?! ?(?:-|to|and over|or over|\+))"),
    re.compile(
        rf"\b{_PERSON},? \(?{_NUMBER}"
        r"(?=[,).;\n]|$| (?:has|was|is|from|of|who|and|arrested|charged|were|have|on|in)\b)"
    ),
    re.compile(rf"\b{_PERSON} of {_NUMBER}\b(?! (?:them|the))"),
    re.compile(r"(?<=[a-z]), (?P<age>\d{1,2})(?=,)"),
    re.compile(r"(?<=[a-z]) \((?P<age>\d{1,2})\)"),
    re.compile(r"\b(?:he|she)'?s (?P<age>\d{1,2})(?=[,.;!\n]|$| and\b)"),
)
_MOST_AGES = 100
_REACH = 40  # more than any of the patterns spans beside its figure


class Age(NamedTuple):
    """start, end in the folded text; years."""

    start: int
    end: int
    years: int


def find_ages(passage: Passage) -> list[Age]:
    """Ages given for people, form by form; a decade ("in her 20s") is not an age."""
    return passage.remember("ages", lambda: list(_find_ages(passage)))


def _find_ages(passage: Passage) -> Iterator[Age]:
    spelt = not passage.vocabulary.isdisjoint(_IN_WORDS)
    stretches = [(0, len(passage.lower))] if spelt else passage.beside_figures(_REACH)
    for pattern in _AGES:
        for count, found in enumerate(passage.search(pattern, stretches)):
            if count == _MOST_AGES:
                break
            number = found["age"]
            yield Age(found.start(), found.end(), _IN_WORDS.get(number) or int(number))
