from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.matching import canonical, same_words


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("Surgery at 10am", "Surgery at 10am "),
        ("One\n\nTwo", "One Two"),
        ("More at met.police.uk", "More at http://met.police.uk"),
        ("More at met.police.uk", "More at https://met.police.uk/"),
        ("Café", unicodedata.normalize("NFD", "Café")),
    ],
)
def test_what_a_network_changes_in_looks_still_says_the_same(sent: str, seen: str) -> None:
    assert same_words(sent, seen)


@pytest.mark.parametrize(
    ("sent", "seen"),
    [("Surgery at 10am", "Surgery at 11am"), ("Thank you", "thank you"), ("met.police.uk/a", "met.police.uk/b")],
)
def test_different_words_are_different_posts(sent: str, seen: str) -> None:
    assert not same_words(sent, seen)


@given(st.text())
def test_the_canonical_form_is_its_own_canonical_form(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
