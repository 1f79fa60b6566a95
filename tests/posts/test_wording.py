from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from posts.wording import LONGEST_TEXT, Placed, compose, normalise, says_something

ANY_TEXT = st.text(alphabet=st.characters(codec=None))


@given(ANY_TEXT)
@example("e\x00\u0301")
@example("\u0301 a \r\n\r")
@example("\ud800x\ufffe")
def test_bringing_a_text_to_its_form_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert once == unicodedata.normalize("NFC", once).strip()
    assert "\r" not in once and "\x00" not in once


@given(st.text(alphabet="abc ,.!?\n\tÉ£€…’“👮🏽\u200d\u2060", max_size=60))
def test_what_a_person_can_see_or_meant_stays_as_it_was_typed(text: str) -> None:
    assert normalise(text) == text.strip()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("  two   spaces inside  ", "two   spaces inside"),
        ("Cafe\u0301", "Café"),
        ("bell\x07 and \ufffe nothing", "bell and  nothing"),
        ("👩🏽\u200d🚒 stays joined", "👩🏽\u200d🚒 stays joined"),
    ],
)
def test_one_form(typed: str, kept: str) -> None:
    assert normalise(typed) == kept


@pytest.mark.parametrize("mark", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_what_turns_the_direction_of_text_is_gone_from_words_and_alt_texts(mark: str) -> None:
    assert normalise(f"{mark}Call 1{mark}01{mark}") == "Call 101"
    said = compose(channels=[], texts={}, pictures=[Placed(1, f"A {mark}bike")], publish_at=None, send_within=30)
    assert said.pictures == (Placed(1, "A bike"),)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", False),
        (" \n\u00a0\u2003", False),
        ("\u3164\u115f\u1160\uffa0\u2800", False),
        ("\u200b\u200d\ufe0f\u2060", False),
        ("\u3164.", True),
        ("👮🏽", True),
        ("7", True),
    ],
)
def test_what_nobody_can_see_says_nothing(text: str, seen: bool) -> None:
    assert says_something(text) is seen


@pytest.mark.parametrize("window", [0, -5, 1441])
def test_a_window_nobody_could_mean_is_refused(window: int) -> None:
    with pytest.raises(ValidationError):
        compose(channels=[], texts={}, publish_at=None, send_within=window)


def test_an_alt_text_longer_than_x_takes_is_refused() -> None:
    with pytest.raises(ValidationError, match="1,000"):
        compose(channels=[], texts={}, pictures=[Placed(1, "a" * 1001)], publish_at=None, send_within=30)


def test_the_guard_on_length_is_far_above_what_a_network_takes() -> None:
    assert LONGEST_TEXT > 63_206
