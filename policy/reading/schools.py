"""Named schools, colleges and universities, and whose pupils they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from policy.reading.passage import Passage
from policy.vocabulary.places import AREAS

_MOST = 6
_SCHOOL = re.compile(
    r"\b[A-Z][\w'.]{0,30}(?:[ -](?:[A-Z][\w'.]{0,30}|of|the|and|&)){0,5}?[ -]"
    r"(?:School|Academy|College|Primary|University|Sixth Form|High|Nursery|Grammar)\b(?: School| College)?"
)
_PUPIL_OF = re.compile(
    r"\b(?:[Pp]upils?|[Ss]tudents?|[Ss]choolboys?|[Ss]choolgirls?|[Ss]chool ?(?:kids?|children)|[Yy]ear \w{1,6})"
    r" (?:from|at|of|who attends?) (?P<where>[A-Z][\w']{0,30}(?: [A-Z][\w'.]{0,30}){0,4})"
)
_ATTENDS = re.compile(
    r"\b(?:attends?|attended|attending|goes to|go to|went to) (?P<where>[A-Z][\w']{0,30}(?: [A-Z][\w'.]{0,30}){0,4})"
)


def find_schools(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where the first few are named, in the folded text."""
    for found in islice(_SCHOOL.finditer(passage.text), _MOST):
        yield found.span()
    for found in islice(chain(_PUPIL_OF.finditer(passage.text), _ATTENDS.finditer(passage.text)), _MOST):
        if not all(word.lower() in AREAS for word in found["where"].split()):
            yield found.span()
