"""What a passage offers the rules besides its words: stretches in which a pattern is worth looking for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.reading.passage import Passage

TEXT = "One fine day. A man was arrested. He is in custody. The surgery is on Monday. Nobody else."


def sentences(passage: Passage, stretches: list[tuple[int, int]]) -> list[str]:
    return [passage.text[start:end].strip() for start, end in stretches]


def test_stretches_are_the_sentences_that_hold_a_listed_phrase() -> None:
    passage = Passage(TEXT)
    assert sentences(passage, passage.stretches_with("arrest")) == ["A man was arrested. He is in custody."]


def test_stretches_reach_over_neighbours_and_join() -> None:
    passage = Passage(TEXT)
    assert sentences(passage, passage.stretches({0, 2}, beside=1)) == [
        "One fine day. A man was arrested. He is in custody. The surgery is on Monday."
    ]
    assert sentences(passage, passage.stretches({0, 3})) == ["One fine day.", "The surgery is on Monday."]
    assert passage.stretches(set()) == []


def test_pattern_is_sought_in_its_stretches_alone() -> None:
    passage = Passage(TEXT)
    found = list(passage.search(re.compile(r"\bis\b"), passage.stretches({3})))
    assert [match.span() for match in found] == [(64, 66)]


@given(st.text("a1 ", max_size=200), st.integers(1, 30))
def test_everything_within_reach_of_a_figure_is_beside_it(text: str, width: int) -> None:
    passage = Passage(text)
    near = {place for start, end in passage.beside_figures(width) for place in range(start, end)}
    figures = [place for place, character in enumerate(passage.text) if character == "1"]
    assert all(near >= set(range(max(0, at - width), min(len(passage.text), at + width))) for at in figures)


@pytest.mark.parametrize("text", ["", " ", "...", "One. ", "A b. C"])
def test_sentences_and_words_agree(text: str) -> None:
    passage = Passage(text)
    for word, number in zip(passage.words, passage.sentences, strict=True):
        start, end = passage.sentence_span(number)
        assert start <= word.start < word.end <= end


def test_words_know_their_keys_and_figures() -> None:
    passage = Passage("The 2 dealers' van, PC Khan's 3rd")
    assert passage.keys == ["the", "2", "dealers", "van", "pc", "khan", "3rd"]
    assert passage.numerals == [1, 6]
    assert "khan" in passage.vocabulary
