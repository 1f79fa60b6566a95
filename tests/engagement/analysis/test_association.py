from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from engagement.analysis import association
from policy import shares

# Spearman's own kind of example: ten people's IQ and hours of television a week (a textbook's table).
IQ = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110]
HOURS = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17]


def test_a_textbooks_correlation_and_p_value() -> None:
    found = association.spearman(IQ, HOURS, seed=1)
    assert found.rho == pytest.approx(-29 / 165)  # 1 - 6 * 194 / (10 * 99)
    assert found.p == pytest.approx(stats.spearmanr(IQ, HOURS).pvalue)
    assert found.p == pytest.approx(0.6272, abs=5e-5)


def test_the_bootstrap_interval_is_the_same_for_a_seed_and_near_the_formulas() -> None:
    rng = np.random.default_rng(8)
    x = rng.normal(size=200)
    y = x + rng.normal(size=200)
    found = association.spearman(x, y, seed=5)
    assert found == association.spearman(x, y, seed=5)
    assert found.ci == pytest.approx(association.fisher(found.rho, 200), abs=0.04)


def test_the_interval_is_that_of_scipys_bootstrap() -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=32)
    y = 0.5 * x + rng.normal(size=32)
    rho = lambda a, b: stats.spearmanr(a, b).statistic  # noqa: E731
    theirs = stats.bootstrap((x, y), rho, paired=True, vectorized=False, n_resamples=999, rng=3, method="BCa")
    ours = association.interval(x, y, seed=3)
    assert ours == pytest.approx(tuple(theirs.confidence_interval), abs=0.05)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_benjamini_and_hochbergs_procedure_is_scipys(p: list[float]) -> None:
    theirs = stats.false_discovery_control(p)
    assert association.adjusted_p(p) == pytest.approx(list(theirs))
    assert association.benjamini_hochberg(p) == [bool(one <= 0.10) for one in association.adjusted_p(p)]


@pytest.mark.parametrize(("share", "n"), [(0.52, 400), (0.01, 100), (0.97, 50)])
def test_wilsons_interval_is_that_of_statsmodels(share: float, n: int) -> None:
    low, high = proportion_confint(share * n, n, method="wilson")
    ours = shares.wilson(share, n=n)
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=1e-6)


def test_what_32_boroughs_can_show_is_said() -> None:
    assert association.detectable(32) == pytest.approx(0.48, abs=0.01)


@pytest.mark.parametrize(("x", "why"), [([1.0] * 10, "the same in every borough"), ([1.0, 2.0], "at least 8")])
def test_what_cannot_be_correlated_is_refused(x: list[float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        association.spearman(x, list(range(len(x))), seed=1)
