from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from engagement import spreads, wording
from engagement.dashboard import Heard, Numbers

NOTHING = Numbers(None, None, None, None)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (Numbers(1, 210, 34, 25), "People replied 34 times, reacted 210 times and shared 25 times."),
        (Numbers(1, 1, 0, 2), "People replied 0 times, reacted once and shared twice."),
        (Numbers(1, None, 3, None), "People replied 3 times. How often they reacted or shared is not known yet."),
        (NOTHING, "How people answered is not known yet."),
    ],
)
def test_answers_are_told_as_far_as_they_are_known(numbers: Numbers, words: str) -> None:
    assert wording.answers(numbers) == words


@pytest.mark.parametrize(
    ("networks", "words"),
    [
        (
            [Heard("X", 9, 0, Numbers(3210, 1, 1, 1)), Heard("Facebook", 9, 0, Numbers(None, 1, 1, 1))],
            "X counted 3,210 views; Facebook does not say.",
        ),
        ([Heard("X", 2, 2, NOTHING)], "X has not said yet."),
        ([Heard("X", 1, 0, Numbers(1, 0, 0, 0))], "X counted 1 view."),
        ([Heard("X", 1, 0, Numbers(0, 0, 0, 0))], "X counted 0 views."),
        ([], ""),
    ],
)
def test_each_network_answers_for_its_own_views(networks: list[Heard], words: str) -> None:
    assert wording.views(networks) == words


@pytest.mark.parametrize(
    ("ago", "words"),
    [(0, "today"), (timedelta(hours=11), "yesterday"), (timedelta(days=12), "12 days ago"), (None, "never")],
)
def test_how_long_ago_is_said_in_london_days(ago: timedelta | int | None, words: str, now: datetime) -> None:
    moment = None if ago is None else now - (ago or timedelta(0))
    assert wording.since(moment, now) == words


def test_a_typical_post_is_named_with_its_range_or_with_why_there_is_none() -> None:
    many, few = spreads.middle(Counter({2: 20, 7: 20})), spreads.middle(Counter({1200: 2}))
    assert wording.brought(many) == "4.5 (2 to 7)"
    assert wording.brought(few) == "1,200 (too few posts for a range)"
    assert wording.brought(None) == "not known yet"
    assert (wording.half(many), wording.half(few), wording.half(None)) == ("2 to 7", "–", "–")
