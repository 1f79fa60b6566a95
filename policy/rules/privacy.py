"""Personal data: what points to one person, one household or one vehicle."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policy.content import Context, Severity
from policy.reading.lexicon import word_set
from policy.reading.names import Kind, find_names, not_people
from policy.reading.passage import Passage
from policy.reading.streets import Address, find_addresses
from policy.rules.registry import Facts, Match, Repair, Rule
from policy.vocabulary.vehicles import SHORT_WORDS

# 07 or +44 7 with nine more digits, spaced as people space them; a letter O passes for a nought.
_GAP = r"[\s().,/_-]{0,3}"
_MOBILE = re.compile(
    r"(?:(?<![\w@#+])|(?<=\bon)|(?<=\bcall)|(?<=\btel)|(?<=\btext)|(?<=\bring)|(?<=\bmob))"
    rf"(?:(?:\+|00)\s?44{_GAP}[0o]?|44|[0o]){_GAP}7(?:{_GAP}[\do]){{9}}(?![\do])"
)


def national_number(written: str) -> str:
    """Digits of a UK number in its national form: "+44 (0)7700 900123" and "447700 900123" are "07700900123"."""
    digits = "".join("0" if c in "oO" else c for c in written if c.isdigit() or c in "oO")
    if digits.startswith("00"):
        digits = digits[2:]
    if digits.startswith("44"):
        digits = "0" + digits[2:].removeprefix("0")
    return digits


def personal_mobile(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A UK mobile number that is not in the published register."""
    published = {national_number(number) for number in context.published_numbers}
    for found in passage.search(_MOBILE, passage.beside_figures(16)):
        if national_number(found.group()) not in published:
            place = passage.place(found.start(), found.end())
            yield Match(places=(place,), repair=Repair("Use 101 instead", *place, "101"))


# DVLA letters: no I, Q or Z where they are not issued. Read in lower case, so people may write as they like.
_AREA, _SERIAL = "[a-hj-pr-y]", "[a-hj-pr-z]"
_NOT_GLUED, _ENDS = r"(?<![\w@/.+-])", r"(?![\w@])"
_DISTRICT = re.compile(r"(?:nw|se|sw|br|cr|da|en|ha|ig|kt|rm|sm|tw|ub)\d\d")
_PLATE = re.compile(rf"{_NOT_GLUED}({_AREA}[a-hj-pr-y])([ ./-]?)(\d\d)([ ./-]?)({_SERIAL}{{3}}){_ENDS}")
_OLDER_PLATES = (
    re.compile(rf"{_NOT_GLUED}({_AREA}\d{{1,3}})[ .-]?({_SERIAL}{{3}}){_ENDS}"),
    re.compile(rf"{_NOT_GLUED}({_SERIAL}{{3}})[ .-]?(\d{{1,3}}{_AREA}){_ENDS}"),
)
_LABELLED = re.compile(r"\b(?:registration|reg|index|vrm|plates?)\b[ :.(]*(?:\b(?:mark|number|no|is|was|of)\b[ :.]*)*$")
# "room SW12 ABC", "ref BX21 ABC"
_SOMETHING_ELSE = word_set(
    """
    room unit channel postcode stop flat office floor hall operation op ref reference cad pc suite block studio locker
    seat row zone gate platform crime incident code voucher model class size
    """
)
_LABEL = re.compile(
    r"[ (]*(?:\b(?:with|the|its?|under|bearing) )*"
    r"(?:\b(?:registration|reg|index|vrm|number ?plate|licence plate|plate)\b[ :.]*"
    r"(?:\b(?:mark|number|plate|no|is|was)\b[ :.]*)*)?[ (:-]*$"
)


def registration(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A registration mark of the format since 2001 (AA00 AAA); older formats only beside a word about vehicles."""
    found = [plate for plate in passage.search(_PLATE, passage.beside_figures(10)) if _is_plate(passage, plate)]
    for pattern in _OLDER_PLATES:
        found += [
            plate for plate in passage.search(pattern, passage.beside_figures(10)) if _is_older_plate(passage, plate)
        ]
    for plate in found:
        place = passage.place(plate.start(), plate.end())
        yield Match(places=(place,), repair=_without(passage, plate.start(), plate.end()))


def _is_labelled(passage: Passage, plate: re.Match[str]) -> bool:
    """ "reg BY10 MAY": the words before say what it is."""
    return bool(_LABELLED.search(passage.lower[max(0, plate.start() - 40) : plate.start()]))


def _is_something_else(passage: Passage, plate: re.Match[str]) -> bool:
    before = passage.lower[max(0, plate.start() - 20) : plate.start()].split()
    return bool(before) and before[-1].strip(":.") in _SOMETHING_ELSE


def _is_plate(passage: Passage, plate: re.Match[str]) -> bool:
    """ "By 10 May" has the shape of a plate: where the parts stand apart, none may be an ordinary word."""
    if _is_labelled(passage, plate):
        return True
    if _is_something_else(passage, plate):
        return False
    area, gap, _, second_gap, serial = plate.groups()
    apart = bool(gap) or bool(second_gap)
    written = passage.text[plate.start() : plate.end()]
    if not apart:
        return not (_DISTRICT.match(plate.group()) and serial in SHORT_WORDS)
    if gap and not written.isupper():
        return False
    return serial not in SHORT_WORDS and not (gap and area in SHORT_WORDS)


def _is_older_plate(passage: Passage, plate: re.Match[str]) -> bool:
    if _is_labelled(passage, plate):
        return True
    written = passage.text[plate.start() : plate.end()]
    letters = (plate.group(1), plate.group(2))
    sentence = passage.sentence_at(plate.start())
    beside_vehicle = sentence in passage.sentences_with("vehicle")
    return written.isupper() and beside_vehicle and not any(part in SHORT_WORDS for part in letters)


def _without(passage: Passage, start: int, end: int) -> Repair:
    """Take the mark out together with its label, its brackets and one space."""
    before = passage.lower[max(0, start - 60) : start]
    label = _LABEL.search(before)
    cut = start - len(label.group()) if label else start
    opened = "(" in passage.text[cut:start]
    if opened and passage.text[end : end + 1] == ")":
        end += 1
    if cut == 0 and passage.text[end : end + 1] == " ":
        end += 1
    first, last = passage.place(cut, end)
    return Repair("Leave the registration out", first, last, "")


def exact_address(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A house or flat number with its street, unless the sentence invites people to a venue there.

    A sentence that tells of an incident is never an invitation, whatever else it says.
    """
    addresses = find_addresses(passage)
    if not addresses:
        return
    venues, incidents = passage.sentences_with("venue"), passage.sentences_with("incident_here")
    venue_ends = {hit.last for hit in passage.hits("venue")}
    for address in addresses:
        sentence = passage.sentences[address.first]
        if _is_somebodys(passage, address, context):
            yield _address_match(passage, address)
            continue
        if sentence in venues and (sentence not in incidents or address.first - 1 in venue_ends):
            # The venue's own name stands right before its address: "Homerton Library, 72 Homerton High Street".
            continue
        if sentence - 1 in venues and sentence not in incidents and sentence - 1 not in incidents:
            continue  # "Street surgery on Saturday. 72 High Street, 10am."
        yield _address_match(passage, address)


def _is_somebodys(passage: Passage, address: Address, context: Context) -> bool:
    """ "A cuppa with Edna at 16 Oriel Rd, she's 94": a neighbour's name right before, and he or she in the sentence."""
    if passage.sentences[address.first] not in passage.sentences_with("he"):
        return False
    for name in find_names(passage, not_people(context.gazetteer, context.ward)):
        if not name.official and name.kind is not Kind.CAPITALS and name.last == address.first - 2:
            return passage.keys[address.first - 1] in ("at", "of", "from", "in")
    return False


def _address_match(passage: Passage, address: Address) -> Match:
    place = passage.place(address.start, address.end)
    if address.street_end:
        street = passage.written(address.street, address.street_end)
        return Match(places=(place,), repair=Repair(f"Say only “{street}”", *place, street))
    street = passage.written(address.street, address.end)
    first = place[0]
    last = passage.place(address.street, address.street + 1)[0]
    return Match(places=(place,), repair=Repair(f"Say only “{street}”", first, last, ""))


RULES = (
    Rule(
        id="ADDRESS",
        severity=Severity.BLOCK,
        title="Exact address",
        message="A house number leads to a household. Name the street or the area only.",
        source="UK GDPR and Data Protection Act 2018 Part 3, data minimisation; APP: general location",
        detect=exact_address,
    ),
    Rule(
        id="VRM",
        severity=Severity.BLOCK,
        title="Vehicle registration",
        message="A registration leads to its keeper. Leave it out unless the officer in the case approved the appeal.",
        source="UK GDPR, data minimisation; APP images and footage",
        detect=registration,
    ),
    Rule(
        id="MOBILE",
        severity=Severity.BLOCK,
        title="Mobile number that is not published",
        message="This looks like someone's own number. Give 101, or a number your team has published.",
        source="UK GDPR, data minimisation; the register of published numbers",
        detect=personal_mobile,
    ),
)
