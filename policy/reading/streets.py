"""Named streets, and house or flat numbers before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policy.reading.lexicon import word_set
from policy.reading.passage import Passage
from policy.vocabulary.common import CALENDAR, WORDS
from policy.vocabulary.people import RANKS
from policy.vocabulary.places import BUILDING_ENDS, LONE_STREETS, PLAIN_STREET_ENDS, STREET_ENDS

_HOUSE = re.compile(r"\d{1,4}[a-h]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FLAT = word_set("flat, flats, apartment, apt, unit, maisonette, room")
_NUMBER = word_set("number, no, house")
_LABELS = _FLAT | _NUMBER
_BEFORE_ADDRESS = word_set(
    "at, of, outside, near, address, inside, searched, search, raided, raid, in, to, from, opposite, visited, behind"
)
# "the 55 bus on Mare Street", "call 101, Mare Street", "14 March", "aged 12": the number is not a house.
_NOT_A_HOUSE = CALENDAR | word_set(
    "bus, buses, route, routes, train, aged, age, call, dial, ring, phone, text, top, zone, platform, gate"
)
_SERVICE_NUMBERS = frozenset(("101", "999", "111", "105", "112"))
# After "12 Mare Street" these make the number a count: "12 Mare Street shops".
_COUNTED = word_set(
    """
    shop/s, trader/s, business, businesses, resident/s, shopkeeper/s, stallholder/s, residents', burglary, burglaries,
    robberies, officer/s, pupil/s, school/s, bins, homes, houses, flats, properties, stall/s, neighbours, families,
    volunteers, youths, people, men, women, boys, girls, arrests, cameras, bikes, cyclists, drivers, cars
    """
)
# "3 Crown Court cases", "2 Open House visits"
_NOT_STREETS = word_set(
    "crown, magistrates, county, supreme, tennis, basketball, football, open, full, opera, coffee, town, public, safe"
)
_ENDINGS = STREET_ENDS | LONE_STREETS | {"park"}
_LONGEST_NAME = 4


class Address(NamedTuple):
    """start..end: the whole; start..street: what to leave out so that only the street remains."""

    start: int
    end: int
    street: int
    first: int
    last: int
    street_end: int = 0  # where the street's name ends when the number comes after it


class Street(NamedTuple):
    start: int
    end: int
    first: int
    last: int


def find_streets(passage: Passage) -> list[Street]:
    """Streets and buildings written with capitals, without their numbers."""
    return passage.remember("streets", lambda: _find_streets(passage))


def _find_streets(passage: Passage) -> list[Street]:
    found: list[Street] = []
    if passage.vocabulary.isdisjoint(STREET_ENDS):
        return found
    for last, key in enumerate(passage.keys):
        if key not in STREET_ENDS or not passage.words[last].raw[0].isupper():
            continue
        word = passage.words[last]
        first = last
        while first > 0 and last - first < 3 and _is_capital_part(passage, first - 1):
            first -= 1
        if first < last:
            found.append(Street(passage.words[first].start, word.end, first, last))
    return found


def _is_capital_part(passage: Passage, index: int) -> bool:
    word, after = passage.words[index], passage.words[index + 1]
    gap = passage.text[word.end : after.start]
    named = word.raw[0].isupper() and word.raw[0].isalpha() and word.key not in RANKS
    return gap in (" ", "-", ". ") and named and (word.key not in WORDS or word.key in _STREET_WORDS)


# Ordinary words that streets are named after.
_STREET_WORDS = word_set(
    """
    high, old, new, church, park, mill, west, east, north, south, upper, lower, great, little, long, well, station,
    white, black, green, red, school, queens, kings, royal, market, town, court, chapel, middle, hill, bank, house,
    victoria, may, third, second, first, fifth, central, main, back, block, force, cross, crown, light, march, st,
    spring, street, road, mark, short, world, post, front, all, hot, dog, walk, marks, swift, estate, power, open,
    line, gate, bus, perfect, good
    """
)


def find_addresses(passage: Passage) -> list[Address]:
    """A number before a named street or block: "42 Elderfield Road", "Flat 9, 12 Well Street", "no. 7 glyn rd"."""
    return passage.remember("addresses", lambda: _find_addresses(passage))


def _find_addresses(passage: Passage) -> list[Address]:
    found: list[Address] = []
    if passage.vocabulary.isdisjoint(_ENDINGS):
        return found
    after = 0
    for index in _number_words(passage):
        address = _address_at(passage, index) if index >= after else None
        if address is not None:
            found.append(address)
            after = address.last + 1
    return sorted([*found, *_numbers_behind(passage, found)]) if _LABELS & passage.vocabulary else found


def _numbers_behind(passage: Passage, found: list[Address]) -> Iterator[Address]:
    """ "Ringmore Rise no. 16", "Oriel Road, number 5": the number comes after the street, with its label."""
    known = {address.last for address in found}
    for street in find_streets(passage):
        label, number = street.last + 1, street.last + 2
        if street.last in known or number >= len(passage.words) or passage.keys[label] not in _LABELS:
            continue
        gap = passage.text[street.end : passage.words[label].start]
        if gap in (" ", ", ", " (", " - ") and _HOUSE.fullmatch(passage.keys[number]):
            words = passage.words
            yield Address(street.start, words[number].end, street.start, street.first, number, street.end)


def _number_words(passage: Passage) -> list[int]:
    """Where an address may begin: at a figure, and at "flat" or "number" before one."""
    keys = passage.keys
    labelled = (index - 1 for index in passage.numerals if index and keys[index - 1] in _LABELS)
    return sorted({*labelled, *passage.numerals})


def _address_at(passage: Passage, index: int) -> Address | None:
    key = passage.words[index].key
    if key in _FLAT or key in _NUMBER:
        return _labelled(passage, index)
    if not _is_house_number(passage, index):
        return None
    number_last = _range_end(passage, index)
    street = _street_after(passage, number_last, lenient=_leads_to_address(passage, index))
    return _whole(passage, index, *street) if street else None


def _labelled(passage: Passage, index: int) -> Address | None:
    """After "flat 9" or "number 42" the street may stand a little further on: "flat 9 in Nisbet House"."""
    words = passage.words
    if index + 1 >= len(words) or not _HOUSE.fullmatch(words[index + 1].key):
        return None
    number = _range_end(passage, index + 1)
    if number + 1 < len(words) and words[number + 1].key in ("on", "in", "of", "at"):
        street = _street_after(passage, number + 1, lenient=True)
    elif number + 1 < len(words) and _HOUSE.fullmatch(words[number + 1].key):
        street = _street_after(passage, _range_end(passage, number + 1), lenient=True)
    else:
        street = _street_after(passage, number, lenient=True)
    return _whole(passage, index, *street) if street else None


def _whole(passage: Passage, index: int, first: int, last: int) -> Address:
    words = passage.words
    return Address(words[index].start, words[last].end, words[first].start, index, last)


def _is_house_number(passage: Passage, index: int) -> bool:
    word = passage.words[index]
    if (
        not _HOUSE.fullmatch(word.key)
        or _YEAR.fullmatch(word.key)
        or passage.text[word.start - 1 : word.start] in tuple("£#/.:@+")
    ):
        return False
    before = passage.words[index - 1].key if index else ""
    if before == "in" and index > 1 and passage.words[index - 2].key.isdecimal():
        return False  # "1 in 5"
    return before not in _NOT_A_HOUSE and not (word.key in _SERVICE_NUMBERS and _ends_clause(passage, index))


def _ends_clause(passage: Passage, index: int) -> bool:
    end = passage.words[index].end
    return passage.text[end : end + 1] != " "


def _range_end(passage: Passage, index: int) -> int:
    """ "12-14", "12 and 14", "12/14": the last number of the range."""
    words = passage.words
    for step, gaps in ((1, ("-", " - ", "/", ", ")), (2, (" ",))):
        last = index + step
        if last >= len(words) or not _HOUSE.fullmatch(words[last].key):
            continue
        joined = step == 1 or words[index + 1].key in ("and", "to")
        if joined and passage.text[words[last - 1].end : words[last].start] in gaps:
            return last
    return index


def _leads_to_address(passage: Passage, index: int) -> bool:
    return index == 0 or passage.words[index - 1].key in _BEFORE_ADDRESS


def _street_after(passage: Passage, index: int, *, lenient: bool) -> tuple[int, int] | None:
    """First and last word of the street named right after word `index`; None where there is none."""
    words = passage.words
    first = index + 1
    if first >= len(words) or passage.sentences[first] != passage.sentences[index]:
        return None
    if passage.text[words[index].end : words[first].start] not in (" ", ", ", ",", " - ", "-"):
        return None
    if words[first].key in LONE_STREETS and words[first].raw[0].isupper():
        return first, first
    for last in range(first, min(first + _LONGEST_NAME, len(words))):
        if last > first and passage.text[words[last - 1].end : words[last].start] not in (" ", "-", ". "):
            return None
        ends = words[last].key in STREET_ENDS or (lenient and words[last].key == "park")
        if last > first and ends and _is_street(passage, first, last, lenient=lenient):
            return first, last
    return None


def _is_street(passage: Passage, first: int, last: int, *, lenient: bool) -> bool:
    words = passage.words[first : last + 1]
    following = passage.words[last + 1] if last + 1 < len(passage.words) else None
    if following and following.key in _COUNTED and passage.text[words[-1].end : following.start] == " ":
        return False
    if words[-1].key in BUILDING_ENDS and any(word.key in _NOT_STREETS for word in words[:-1]):
        return False
    if words[0].key in CALENDAR and len(words) > 2:
        return False  # "on 12 March Well Street will close"
    capitals = all(word.raw[0].isupper() for word in words)
    if capitals and not all(word.raw.isupper() for word in words):
        return all(_may_name_street(word.key) or word.key == "the" for word in words[:-1])
    return lenient and words[-1].key in PLAIN_STREET_ENDS and all(_may_name_street(word.key) for word in words[:-1])


def _may_name_street(key: str) -> bool:
    return key.replace("'", "").isalpha() and (key not in WORDS or key in _STREET_WORDS)
