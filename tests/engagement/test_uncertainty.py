from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.uncertainty import change_half_width, wilson

SHARES = st.floats(0, 1)
SIZES = st.integers(50, 20_000)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3 (score without correction).
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_published_values(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(successes / n, n=n, design_effect=1)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.00006)


@pytest.mark.parametrize(("deff", "half"), [(1.0, 4.9), (1.3, 5.6), (1.5, 6.0)])
def test_a_borough_year_is_sure_to_about_five_points(deff: float, half: float) -> None:
    found = wilson(0.5, n=400, design_effect=deff)
    assert (found.high - found.low) / 2 * 100 == pytest.approx(half, abs=0.1)


def test_a_change_between_two_borough_years_must_pass_eight_points() -> None:
    assert change_half_width(0.5, 0.5, n=400) * 100 == pytest.approx(7.9, abs=0.05)


@given(SHARES, SIZES)
def test_an_interval_holds_its_share_and_stays_between_none_and_all(share: float, n: int) -> None:
    found = wilson(share, n=n)
    assert 0 <= found.low <= share + 1e-9
    assert share - 1e-9 <= found.high <= 1


@given(SHARES, SIZES)
def test_more_interviews_never_widen_an_interval(share: float, n: int) -> None:
    few, many = wilson(share, n=n), wilson(share, n=n * 4)
    assert many.high - many.low <= few.high - few.low + 1e-9
