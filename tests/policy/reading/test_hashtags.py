"""Where one word of a hashtag ends and the next begins."""

from __future__ import annotations

import pytest

from policy.reading.hashtags import camel_case, find_hashtags
from policy.reading.passage import Passage


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("streetsurgery", "StreetSurgery"),
        ("coffeewithacop", "CoffeeWithACop"),
        ("16daysofaction", "16DaysOfAction"),
        ("stopasb", "StopASB"),
        ("neighbourhood", ""),
        ("carpet", ""),
        ("together", ""),
        ("xkqzvbnt", ""),
        ("hackney2026", ""),
    ],
)
def test_words_are_told_apart_only_where_there_are_several(written: str, better: str) -> None:
    assert camel_case(written) == better


def test_words_of_a_place_are_known_from_its_name() -> None:
    assert camel_case("frogmoretansfield") == ""
    assert camel_case("frogmoretansfield", frozenset(["Frogmore Tansfield"])) == "FrogmoreTansfield"


def test_a_number_sign_inside_an_address_is_no_hashtag() -> None:
    said = "See https://example.org/#streetsurgery and #bikemarking, &#8217;"
    assert [hashtag.word for hashtag in find_hashtags(Passage(said))] == ["bikemarking"]
