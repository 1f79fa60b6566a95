"""The middle of a spread and its range."""

from __future__ import annotations

import statistics
from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from engagement import spreads


@given(some.lists(some.integers(0, 500), min_size=1, max_size=80))
def test_the_median_is_the_middle_of_the_posts_and_lies_in_its_range(answers: list[int]) -> None:
    found = spreads.middle(Counter(answers))
    assert found is not None
    assert found.median == statistics.median(answers)
    assert min(answers) <= found.low <= found.median <= found.high <= max(answers)
    assert found.lower <= found.median <= found.upper


def test_nothing_has_no_middle() -> None:
    assert spreads.middle(Counter()) is None


def test_the_range_holds_the_true_median_about_95_times_in_100() -> None:
    """A lognormal of median 4, as real posts have (domain.md D.6), thirty posts at a time."""
    luck = Random(7)
    held = 0
    for _ in range(400):
        found = spreads.middle(Counter(int(4 * luck.lognormvariate(0, 1.4)) for _ in range(30)))
        assert found is not None
        held += found.low <= 4 <= found.high
    assert 0.93 <= held / 400 <= 1


def test_too_few_posts_make_no_range() -> None:
    few = spreads.middle(Counter({1: 5}))
    assert few is not None and not few.sure
