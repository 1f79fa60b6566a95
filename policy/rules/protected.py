"""The young, whom the law keeps nameless in police matters."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from policy.content import Context, Severity
from policy.reading.ages import find_ages
from policy.reading.names import Kind, Name, find_names, not_people
from policy.reading.nearness import match_places
from policy.reading.passage import Passage
from policy.reading.roles import is_bystander
from policy.reading.schools import find_schools
from policy.reading.streets import find_addresses, find_streets
from policy.rules.registry import Facts, Match, Rule

Place = tuple[int, int]

_MOST_DETAILS = 6


def identified_child(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Someone under 18 in a police matter beside a named school, a home street, an address, a name or a family tie.

    Visits, talks and cadets are quiet as long as nobody was arrested, charged or hurt. A conviction changes nothing:
    a child stays nameless.
    """
    markers = list(_young(passage))
    crimes = list(_crimes_near(passage, markers)) if markers else []
    if not crimes:
        return
    details = _by_sentence(passage, _details_of_child(passage, context, [place for _, place in markers]))
    for sentence, crime in crimes:
        window = (sentence - 1, sentence, sentence + 1)
        found = sorted({place for number in window for place in details.get(number, ())})[:_MOST_DETAILS]
        if found:
            near = next(place for number, place in markers if number in window)
            yield Match(match_places(passage, near, crime, *found))
            return


def _by_sentence(passage: Passage, places: Iterable[Place]) -> dict[int, list[Place]]:
    grouped: dict[int, list[Place]] = {}
    for place in places:
        grouped.setdefault(passage.sentence_at(place[0]), []).append(place)
    return grouped


def _young(passage: Passage) -> Iterator[tuple[int, Place]]:
    """Sentence and place of everything that says someone is under 18."""
    for age in find_ages(passage):
        if age.years < 18:
            yield passage.sentence_at(age.start), (age.start, age.end)
    for kind in ("schoolchild", "young"):
        for hit in passage.hits(kind, "not_young"):
            yield hit.sentence, (hit.start, hit.end)


def _crimes_near(passage: Passage, markers: list[tuple[int, Place]]) -> Iterator[tuple[int, Place]]:
    """Crimes that touch the young person: decisive words always, others only where nobody is being welcomed."""
    young = {number for number, _ in markers}
    sure = {passage.sentence_at(age.start) for age in find_ages(passage) if age.years < 18}
    sure |= passage.sentences_with("schoolchild", "not_young")
    adults, welcomed = passage.sentences_with("adult"), passage.sentences_with("welcome")
    for hit in passage.hits("decisive", "not_arrest"):
        near = {hit.sentence - 1, hit.sentence, hit.sentence + 1}
        about_an_adult = hit.sentence in adults and (hit.sentence not in sure or bool(near & welcomed))
        if (hit.sentence in young and not about_an_adult) or (near & sure and hit.sentence not in adults):
            yield hit.sentence, (hit.start, hit.end)
    for hit in passage.hits("crime"):
        near = {hit.sentence - 1, hit.sentence, hit.sentence + 1}
        if hit.sentence in young and not near & welcomed and not (hit.sentence in adults and hit.sentence not in sure):
            yield hit.sentence, (hit.start, hit.end)


_HOME = re.compile(
    r"\b(?:from|of|lives? (?:in|on|at|near)|lived (?:in|on|at)|living (?:in|on|at)|resident of|home (?:in|on|at)"
    r"|home,?) (?:the |a flat in |a house in |a property on )?$"
)


_SOMEBODY_S_CHILD = re.compile(
    r"\b[a-z]{2,20}'s (?:[\w-]{1,15} ){0,2}"
    r"(?:step)?(?:son|daughter|brother|sister|nephew|niece|grandson|granddaughter)\b"
)


def _details_of_child(passage: Passage, context: Context, markers: list[Place]) -> Iterator[Place]:
    yield from find_schools(passage)
    yield from ((address.start, address.end) for address in find_addresses(passage))
    yield from ((street.start, street.end) for street in find_streets(passage) if _is_home(passage, street.start))
    yield from ((hit.start, hit.end) for hit in passage.hits("kinship"))
    yield from (found.span() for found in islice(_SOMEBODY_S_CHILD.finditer(passage.lower), _MOST_DETAILS))
    near = {sentence: sorted(places) for sentence, places in _by_sentence(passage, markers).items()}
    for name in find_names(passage, not_people(context.gazetteer, context.ward)):
        if _is_childs(passage, name, near.get(passage.sentences[name.first], [])):
            yield name.start, name.end


def _is_home(passage: Passage, start: int) -> bool:
    return bool(_HOME.search(passage.lower[max(0, start - 40) : start]))


def _is_childs(passage: Passage, name: Name, near: list[Place]) -> bool:
    """Close to the word that says how young they are, and nobody's officer, helper or teacher."""
    if name.official or is_bystander(passage, name) or name.kind is Kind.TITLED:
        return False
    reach = 15 if name.kind in (Kind.GIVEN, Kind.CAPITALS) else 60
    place = bisect_left(near, (name.start, name.end))
    beside = near[max(0, place - 2) : place + 2]
    return any(max(start - name.end, name.start - end) <= reach for start, end in beside)


RULES = (
    Rule(
        id="YOUTHID",
        severity=Severity.BLOCK_A,
        title="Someone under 18 who could be identified",
        message=(
            "Nothing here may point to a child in a police matter: no name, school, home street or family. "
            "Their age, and the town, are enough."
        ),
        source="Children and Young Persons Act 1933, s.49; Youth Justice and Criminal Evidence Act 1999, s.45",
        detect=identified_child,
    ),
)
