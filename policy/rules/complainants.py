"""Complainants of sexual offences, whom the law keeps nameless for life."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from policy.content import Context, Severity
from policy.reading.ages import Age, find_ages
from policy.reading.names import Kind, Name, find_names, not_people
from policy.reading.nearness import match_places
from policy.reading.passage import Passage
from policy.reading.roles import is_bystander, is_complainant
from policy.reading.schools import find_schools
from policy.reading.streets import find_addresses
from policy.rules.registry import Facts, Match, Rule

Place = tuple[int, int]

_MOST_DETAILS = 6
_SPECIFIC = re.compile(
    r"\b(?:(?:was|were|been|being) (?:\w+ )?(?:raped|sexually|groped|molested|abused|groomed|trafficked|assaulted"
    r"|attacked|followed"
    r"|exploited|rescued|targeted)|arrested|charged|jailed|convicted|sentenced|victim|complainant|suspect"
    r"|suspicion|custody"
    r"|reports? of|reported (?:being|that)|investigating (?:a|an|the)|raped|exposed himself|came forward"
    r"|allegedly|alleged|helping a|supporting a|safeguarded|now safe|is safe|are safe|protection order)\b"
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
_FAMILY = re.compile(
    r"step(?:dad|father|mum|mother|brother|sister|son|daughter)|uncle|father|dad|husband|boyfriend|brother|grand\w+|cousin|ex"
    r"|mother|mum|partner|nephew|son|wife|aunt|sister"
)
_BEGINS = re.compile(r"(?:^|[.!?:\n] ?)$")
_WHOSE = re.compile(
    r"\b(?:her|his|their|(?:the |a )?(?:victim|girl|boy|woman|child|complainant|teenager|survivor|pupil"
    r"|student)(?:'s|s')|by a|by an|a|victim's own)(?: own| own former| former| ex| late| new)? $"
)
_HARMED_AFTER = re.compile(
    r"^(?: \w+){0,3} (?:sexually|indecently|raped|groped|molested|trafficked)\b"
    r"|^(?:,? \w+){0,4}? (?:was|were|has been|have been|been|reported|reports|told|alleges?|says)\b.{0,30}"
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


_ANOTHER = re.compile(
    r"\b(?:man|woman|girl|boy|male|female|men|women|girls|boys|someone|passenger|another|teenager|people|suspect|officers?)\b"
)
_SENTENCE_END = re.compile(r"[.!?\n]")
_YEAR_GROUP = re.compile(r"\b(?:year|yr) (?:[7-9]|1[0-3]) (?:pupils?|students?|girls?|boys?)\b")


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
        yield Match(match_places(passage, (offences[0].start, offences[0].end), *details))


def _tells_of_a_case(passage: Passage) -> bool:
    specific = bool(_SPECIFIC.search(passage.lower))
    return specific if passage.has("awareness") else specific or passage.has("sexual_incident")


def _details_of_complainant(passage: Passage, context: Context) -> Iterator[Place]:
    for age in find_ages(passage):
        if not _is_suspects(passage, age):
            yield age.start, age.end
    for group in islice(_YEAR_GROUP.finditer(passage.lower), _MOST_DETAILS):
        yield group.span()
    for hit in passage.hits("own_place"):
        yield hit.start, hit.end
    for hit in passage.hits("relative"):
        before = passage.lower[max(0, hit.start - 40) : hit.start]
        begins = bool(_BEGINS.search(before)) and bool(_FAMILY.match(passage.lower, hit.start))
        if begins or _WHOSE.search(before):
            yield hit.start, hit.end
    for hit in passage.hits("occupation"):
        before, after = passage.lower[max(0, hit.start - 50) : hit.start], passage.lower[hit.end : hit.end + 80]
        if _HARMED_AFTER.match(after) or _HARMED_BEFORE.search(before) or _harmed_later(passage, hit.end):
            yield hit.start, hit.end
    yield from _places_and_names(passage, context)


def _harmed_later(passage: Passage, end: int) -> bool:
    """ "A nurse in her twenties was walking home when she was …": nobody else stands in between."""
    after = _SENTENCE_END.split(passage.lower[end : end + 180], maxsplit=1)[0]
    done = _DONE_TO.search(after)
    return done is not None and not _ANOTHER.search(after[: done.start()])


def _places_and_names(passage: Passage, context: Context) -> Iterator[Place]:
    yield from find_schools(passage)
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
)
