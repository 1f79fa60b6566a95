"""Post templates: a few short answers become a post whose fixed words the DMC has agreed (domain.md B.3, point 4).

A pattern is a row of sentences; `{name}` stands for an answer. A sentence whose optional answer is empty is left out.
The words between the answers are the fixed parts: the check does not ask about them, as long as they still stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

# Shorter words between two answers ("in", "on") stand everywhere: they prove nothing.
_LEAST_FIXED = 6


class Kind(StrEnum):
    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    DAY = "day"
    CLOCK = "clock"
    CHOICE = "choice"


@dataclass(frozen=True)
class Blank:
    """One answer. limits: the least and most of a number. choices: (value, words)."""

    name: str
    label: str
    hint: str = ""
    kind: Kind = Kind.LINE
    required: bool = True
    longest: int = 80
    limits: tuple[int, int] = (0, 0)
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PostTemplate:
    """key: kept with the version and in the register of approved templates. for_dmc: only who decides for the DMC."""

    key: str
    title: str
    purpose: str
    sentences: tuple[str, ...]
    blanks: tuple[Blank, ...] = ()
    for_dmc: bool = False
    live_case: bool = False
    taken_down: bool = False

    def fill(self, answers: Mapping[str, str]) -> str:
        """The post's words. answers: one string a blank, "" where an optional one was left empty."""
        said = {blank.name: answers.get(blank.name, "").strip() for blank in self.blanks}
        kept = [one for one in self.sentences if all(said[name] for name in _names(one))]
        return " ".join(_tidy(one.format_map(said)) for one in kept).replace(" \n", "\n").replace("\n ", "\n")

    def fixed_parts(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the fixed words still stand in `text`, in their order: (start, end), code points, end exclusive."""
        found, place = [], 0
        for words in self._fixed():
            start = text.find(words, place)
            if start >= 0:
                place = start + len(words)
                found.append((start, place))
        return tuple(found)

    def stands_in(self, text: str) -> bool:
        """Whether `text` is still this template: every required sentence's fixed words; without blanks, no others."""
        if not self.blanks:
            return text.strip() == self.fill({})
        place = 0
        for words in self._fixed(required_only=True):
            start = text.find(words, place)
            if start < 0:
                return False
            place = start + len(words)
        return True

    def _fixed(self, *, required_only: bool = False) -> Iterator[str]:
        optional = {blank.name for blank in self.blanks if not blank.required}
        for sentence in self.sentences:
            if required_only and optional.intersection(_names(sentence)):
                continue
            for literal, *_ in Formatter().parse(sentence):
                if len(literal.strip()) >= _LEAST_FIXED:
                    yield literal.strip()


def _names(sentence: str) -> list[str]:
    return [name for _, name, *_ in Formatter().parse(sentence) if name]


def _tidy(sentence: str) -> str:
    """One full stop where an answer brought its own: "Enquiries continue.." reads as a slip."""
    return re.sub(r"([.!?])\.(?=\s|$)", r"\1", sentence)
