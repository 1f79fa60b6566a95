"""People whom the law keeps nameless: complainants of sexual offences for life, and the young."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from policy.content import Context, Severity
from policy.reading.ages import Age, find_ages
from policy.reading.names import Kind, Name, find_names, not_people
from policy.reading.passage import Passage
from policy.reading.roles import is_bystander, is_complainant
from policy.reading.streets import find_addresses, find_streets
from policy.rules.registry import Facts, Match, Rule
from policy.vocabulary.places import AREAS

Place = tuple[int, int]

_MOST_DETAILS = 6
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
_SPECIFIC = re.compile(
    r"\b(?:(?:was|were|been|being) (?:\w+ )?(?:raped|sexually|groped|molested|abused|groomed|trafficked|assaulted"
    r"|attacked|followed"
    r"|exploited|rescued|targeted)|arrested|charged|jailed|convicted|sentenced|victim|complainant|suspect"
    r"|suspicion|custody"
    r"|reports? of|reported (?:being|that)|investigating (?:a|an|the)|raped|exposed himself|came forward"
    r"|allegedly|alleged)\b"
)
_OF_THE_SUSPECT = re.compile(
    r"\b(?:arrest(?:ed)?|charg(?:e|ed)|jailed|convicted|sentenced|bailed|remanded|custody|found guilty|pleaded"
    r"|in court|appeared|detained"
    r"|wanted|suspect|questioned|suspicion of)\b"
)
_SUSPECT_IS = re.compile(
    r"\b(?:arrest(?:ed|ing)?|charged|jailed|detained|wanted|suspect(?: is)?(?: described as)?|sentenced"
    r"|convicted)(?: a| an| the|:)? ?$"
)
_WHOSE = re.compile(
    r"\b(?:her|his|their|(?:the |a )?(?:victim|girl|boy|woman|child|complainant|teenager|survivor|pupil"
    r"|student)(?:'s|s')|by a|by an|a|victim's own)(?: own| own former| former| ex| late| new)? $"
)
_HARMED_AFTER = re.compile(
    r"^(?:,? \w+){0,4}? (?:was|were|has been|have been|been|reported|reports|told|alleges?|says)\b.{0,30}"
    r"\b(?:raped?|sexual\w*|groped|molested|abused|groomed|trafficked|assaulted|exploited|attacked|rape)\b"
)
_HARMED_BEFORE = re.compile(
    r"\b(?:rape|assault|abuse|raped|assaulted|assaulting|raping|attacked|attacking|groped|groping|abused|abusing"
    r"|groomed|grooming|exploited"
    r"|trafficked|molested|victim|complainant|survivor|touched)(?: of| on| by|,| is| was| who is| who was)*(?: a"
    r"| an| the| two| three| young| local| female| male"
    r"| vulnerable)* $"
)


_CLAUSE_END = re.compile(r"[.;!?\n]| and (?:a|the|her|his) | after | while | when ")
_DONE_TO = re.compile(
    r"\b(?:raped|groped|molested|abused|sexually|(?:was|were|been|being) (?:groomed|trafficked|exploited|assaulted"
    r"|attacked|targeted|followed|touched))\b"
)


def identified_complainant(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A sexual, trafficking, FGM or forced-marriage offence beside anything that could identify who it was done to.

    Age, home, school or work, a family tie to the suspect, an address, a name. A suspect's own age does not count.
    Posts that only raise awareness are quiet.
    """
    offences = passage.hits("sexual_offence", "not_sexual_offence")
    if not offences or not _tells_of_a_case(passage):
        return
    details = sorted(set(_details_of_complainant(passage, context)))[:_MOST_DETAILS]
    if details:
        yield _match(passage, [(offences[0].start, offences[0].end), *details])


def _tells_of_a_case(passage: Passage) -> bool:
    specific = bool(_SPECIFIC.search(passage.lower))
    return specific if passage.has("awareness") else specific or passage.has("sexual_incident")


def _details_of_complainant(passage: Passage, context: Context) -> Iterator[Place]:
    for age in find_ages(passage):
        if not _is_suspects(passage, age):
            yield age.start, age.end
    for hit in passage.hits("own_place"):
        yield hit.start, hit.end
    for hit in passage.hits("relative"):
        if _WHOSE.search(passage.lower[max(0, hit.start - 40) : hit.start]):
            yield hit.start, hit.end
    for hit in passage.hits("occupation"):
        before, after = passage.lower[max(0, hit.start - 50) : hit.start], passage.lower[hit.end : hit.end + 80]
        if _HARMED_AFTER.match(after) or _HARMED_BEFORE.search(before):
            yield hit.start, hit.end
    yield from _places_and_names(passage, context)


def _places_and_names(passage: Passage, context: Context) -> Iterator[Place]:
    yield from _schools(passage)
    for address in find_addresses(passage):
        yield address.start, address.end
    for name in find_names(passage, not_people(context.gazetteer, context.ward)):
        if not name.official and _is_complainants_name(passage, name):
            yield name.start, name.end


def _is_complainants_name(passage: Passage, name: Name) -> bool:
    if is_complainant(passage, name):
        return True
    if name.kind not in (Kind.FULL, Kind.TITLED) or is_bystander(passage, name):
        return False
    return not _OF_THE_SUSPECT.search(passage.around(name.start, name.end))


def _is_suspects(passage: Passage, age: Age) -> bool:
    """ "A 45-year-old man has been arrested": the age goes with the arrest, not with the complaint."""
    before = passage.lower[max(0, age.start - 40) : age.start]
    after = passage.lower[age.end : age.end + 70]
    if _SUSPECT_IS.search(before):
        return True
    clause = _CLAUSE_END.split(after, maxsplit=1)[0]
    return bool(_OF_THE_SUSPECT.search(clause)) and not _DONE_TO.search(clause)


def _schools(passage: Passage) -> Iterator[Place]:
    for found in islice(_SCHOOL.finditer(passage.text), _MOST_DETAILS):
        yield found.span()
    for found in islice(chain(_PUPIL_OF.finditer(passage.text), _ATTENDS.finditer(passage.text)), _MOST_DETAILS):
        if not all(word.lower() in AREAS for word in found["where"].split()):
            yield found.span()


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
            yield _match(passage, [near, crime, *found])
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


def _details_of_child(passage: Passage, context: Context, markers: list[Place]) -> Iterator[Place]:
    yield from _schools(passage)
    yield from ((address.start, address.end) for address in find_addresses(passage))
    yield from ((street.start, street.end) for street in find_streets(passage) if _is_home(passage, street.start))
    yield from ((hit.start, hit.end) for hit in passage.hits("kinship"))
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


def _match(passage: Passage, places: list[Place]) -> Match:
    return Match(places=tuple(passage.place(*place) for place in sorted(set(places))))


RULES = (
    Rule(
        id="SEXID",
        severity=Severity.BLOCK_A,
        title="Sexual offence with something that could identify the complainant",
        message=(
            "Stop. Whoever reports a sexual offence stays anonymous for life, and an age, a relative or a school "
            "can be enough to name them. Do not copy these words anywhere; ring the DMC duty line."
        ),
        source="Sexual Offences (Amendment) Act 1992, sections 1 and 5; Modern Slavery Act 2015",
        detect=identified_complainant,
    ),
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
