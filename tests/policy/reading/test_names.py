from __future__ import annotations

import pytest

from policy.reading.ages import find_ages
from policy.reading.names import find_names, not_people
from policy.reading.passage import Passage
from policy.reading.streets import find_addresses, find_streets


def named(text: str, *places: str) -> list[tuple[str, bool]]:
    passage = Passage(text)
    return [(passage.written(name.start, name.end), name.official) for name in find_names(passage, frozenset(places))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We met Damien Holroyd today", ["Damien Holroyd"]),
        ("we met damien holroyd today", ["damien holroyd"]),
        ("WE MET DAMIEN HOLROYD TODAY", ["DAMIEN HOLROYD"]),
        ("Ask Mrs Adeyemi-Cole", ["Mrs Adeyemi-Cole"]),
        ("Meet Maria de Souza there", ["Maria de Souza"]),
        ("We met Tyler Green yesterday", ["Tyler Green"]),
    ],
)
def test_people_are_recognised(text: str, names: list[str]) -> None:
    assert named(text) == [(name, False) for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "Meet us in Victoria Park",
        "Collision on Charlotte Street",
        "Meet Us At The Library On Friday",
        "We were in Stoke Newington and Bethnal Green",
        "Thank you Elizabeth Fry Academy",
        "A walk from Lee Green",
        "Mark Your Bike",
    ],
)
def test_places_and_headlines_are_not_people(text: str) -> None:
    assert named(text) == []


def test_register_of_places_is_believed() -> None:
    assert named("We met Daniel Farrow there") == [("Daniel Farrow", False)]
    assert named("We met Daniel Farrow there", "daniel farrow") == []


def test_rank_covers_the_officers_listed_after_it() -> None:
    assert all(official for _, official in named("PCs Amy Holt, Ben Stone and Lara Quint were there"))
    assert named("PC 4417 Holt spoke to Lara Quint") == [("PC 4417 Holt", True), ("Lara Quint", False)]


@pytest.mark.parametrize(
    ("text", "address", "street"),
    [
        ("at 42 Glyn Road now", "42 Glyn Road", "Glyn Road"),
        ("at Flat 9, 12 Cassland Road", "Flat 9, 12 Cassland Road", "Cassland Road"),
        ("at 7a glyn rd", "7a glyn rd", "glyn rd"),
        ("at 12-14 Lower Clapton Road", "12-14 Lower Clapton Road", "Lower Clapton Road"),
        ("number 31 on Median Road", "number 31 on Median Road", "Median Road"),
    ],
)
def test_addresses_are_read_with_the_street_that_remains(text: str, address: str, street: str) -> None:
    passage = Passage(text)
    found = find_addresses(passage)
    assert [passage.written(a.start, a.end) for a in found] == [address]
    assert passage.written(found[0].street, found[0].end) == street


def test_streets_are_read_without_numbers() -> None:
    passage = Passage("Between Graham Road and the Mare Street end of Well Street")
    assert [passage.written(s.start, s.end) for s in find_streets(passage)] == [
        "Graham Road",
        "Mare Street",
        "Well Street",
    ]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("A 15-year-old boy", [15]),
        ("a fifteen year old", [15]),
        ("aged 9", [9]),
        ("Girl, 13, arrested", [13]),
        ("Kieran (16) was there", [16]),
        ("a woman in her 20s", []),
        ("ages 11 to 16 welcome", []),
        ("16 officers", []),
    ],
)
def test_ages_are_those_of_people(text: str, years: list[int]) -> None:
    assert sorted({age.years for age in find_ages(Passage(text))}) == years


def test_ward_that_is_a_surname_hides_no_person() -> None:
    wards = not_people(frozenset(("Stanley", "King's Reach")), "Homerton")
    assert named("We met Jordan Stanley there", *wards) == [("Jordan Stanley", False)]
    assert named("We met in Kings Reach and King’s Reach", *wards) == []
