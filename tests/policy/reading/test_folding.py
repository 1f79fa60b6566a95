from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.reading.folding import ALWAYS_READ, MAX_READ, fold, reach
from policy.reading.passage import Passage


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("don’t", "don't"),
        ("two  spaces\u00a0and\u2009more", "two spaces and more"),
        ("ＡＢ１２", "AB12"),
        ("ar\u200brest\u00aded", "arrested"),
        ("МPSHоmertоn", "MPSHomerton"),
        ("𝗯𝗼𝗹𝗱 𝓬𝓾𝓻𝓼𝓲𝓿𝓮", "bold cursive"),
        ("José Łukasz", "Jose Lukasz"),
        ("e\u0301te\u0301", "ete"),
        ("٠٧٧", "077"),
        ("one \n two", "one\ntwo"),
        ("10–12 — noon", "10-12 - noon"),
        ("1\ufe0f\u20e3", "1"),
    ],
)
def test_look_alike_spellings_are_read_as_one(written: str, read: str) -> None:
    assert fold(written)[0] == read


@given(st.text())
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded, offsets = fold(text)
    assert len(folded) == len(offsets)
    assert list(offsets) == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)


def test_ligatures_that_stand_for_sentences_do_not_make_the_text_grow() -> None:
    assert len(fold("\ufdfa" * 1000)[0]) == 1000


def test_nothing_is_read_beyond_the_longest_post_there_is() -> None:
    assert len(Passage("a" * (MAX_READ + 10)).seen) == MAX_READ


def test_accent_stays_with_its_letter_when_words_are_brought_back() -> None:
    passage = Passage("Ask Zoe\u0301 now")
    assert passage.written(4, 7) == "Zoe\u0301"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", 3),
        ("Ask Sgt. Khan about St. John's Rd. today", 1),
        ("Wait... what?!", 2),
        ("A line\nanother line", 2),
        ("At 10.30am on 1.5.26", 1),
    ],
)
def test_sentences_end_where_people_end_them(text: str, sentences: int) -> None:
    assert len(set(Passage(text).sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a" * 63_206, 63_206),
        ("👏" * 63_206, 63_206),
        ("A word. " * 7_000, ALWAYS_READ),
        ("A word. " * 2_500, ALWAYS_READ),
        ("A word. " * 1_040, 8 * 1_040),
        ("½" * 63_206, 63_206),
        ("㎏" * 63_206, ALWAYS_READ),
        ("👩\u200d🚒" * 20_000, ALWAYS_READ),
    ],
    ids=[
        "drawn out",
        "wall of emoji",
        "many words",
        "as much as is read",
        "long post",
        "fractions",
        "letters of two",
        "joined emoji",
    ],
)
def test_a_text_of_many_words_is_read_so_far_and_no_further(text: str, read: int) -> None:
    assert reach(text) == read
