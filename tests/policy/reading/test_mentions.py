from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.reading.mentions import edits, find_mentions, nearest
from policy.reading.passage import Passage

OURS = frozenset(("MPSHomerton", "MPSHackney", "metpoliceuk"))
LETTERS = st.text("abcde", max_size=8)


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("Thanks @MPSHomerton's team", ["mpshomerton"]),
        (".@MPSHackney hello", ["mpshackney"]),
        ("write to team@met.police.uk", []),
        ("see example.org/@someone", []),
        ("＠MPSHackney", ["mpshackney"]),
    ],
)
def test_mentions_are_those_that_networks_link(text: str, handles: list[str]) -> None:
    assert [mention.handle for mention in find_mentions(Passage(text))] == handles


def test_handle_in_foreign_letters_is_not_genuine() -> None:
    assert [mention.genuine for mention in find_mentions(Passage("@МPSHomerton @MPSHomerton"))] == [False, True]


@pytest.mark.parametrize(
    ("handle", "meant"),
    [("msphomerton", "MPSHomerton"), ("mpshomertn", "MPSHomerton"), ("mpsdalston", ""), ("met", ""), ("x" * 40, "")],
)
def test_nearest_handle_is_within_two_edits(handle: str, meant: str) -> None:
    assert nearest(handle, OURS, 2) == meant


@given(LETTERS, LETTERS)
def test_edits_are_symmetric_and_nought_only_for_the_same_word(one: str, other: str) -> None:
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)
    assert abs(len(one) - len(other)) <= edits(one, other) <= max(len(one), len(other))


@given(st.sampled_from(sorted(OURS)), st.integers(0, 9), st.sampled_from("xyz_1"))
def test_every_single_slip_is_found(handle: str, place: int, letter: str) -> None:
    slipped = (handle[:place] + letter + handle[place + 1 :]).lower()
    assert nearest(slipped, OURS, 2) == handle
