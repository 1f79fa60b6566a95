from __future__ import annotations

import numpy as np
import pytest
import statsmodels.formula.api as smf
from pandas import DataFrame

from engagement.analysis import launch, proof
from engagement.analysis.launch import NEVER, Starts
from engagement.analysis.panel import CannotBear
from engagement.analysis.table import Table


def boroughs(start: list[int], years: int, *, effect: float = 0.0, seed: int = 1, drift: float = 0.0) -> Starts:
    rng = np.random.default_rng(seed)
    when = np.array(start)
    time = np.arange(years)
    y = rng.normal(50, 4, (len(start), 1)) + time * 0.7 + rng.normal(0, 2, (len(start), years))
    y = y + effect * (time >= when[:, None]) + drift * time * (when[:, None] != NEVER)
    return Starts(tuple(f"b{b}" for b in range(len(start))), tuple(range(2015, 2015 + years)), y, when)


def test_with_one_start_it_is_the_classic_difference_in_differences() -> None:
    """Mean after less the year before: the same number as the regression with an interaction gives."""
    found = boroughs([3] * 9 + [NEVER] * 11, 6, effect=3)
    frame = DataFrame(
        {
            "y": np.concatenate([found.y[:, 2], found.y[:, 3:].mean(axis=1)]),
            "after": [0] * 20 + [1] * 20,
            "began": [int(s != NEVER) for s in found.start] * 2,
        }
    )
    regression = smf.ols("y ~ after * began", frame).fit()
    assert launch.study(found, seed=1, placebos=10).effect.estimate == pytest.approx(regression.params["after:began"])


def test_with_one_start_its_error_is_the_two_sample_t_tests() -> None:
    """The changes of those that began against the others': Student's test, to the last digit."""
    found = boroughs([2] * 8 + [NEVER] * 10, 4)
    change = found.y[:, 2:].mean(axis=1) - found.y[:, 1]
    frame = DataFrame({"change": change, "began": [1] * 8 + [0] * 10})
    test = smf.ols("change ~ began", frame).fit()
    ours = launch.effect_of(found)
    assert (ours.estimate, ours.se, ours.df, ours.p) == pytest.approx(
        (test.params["began"], test.bse["began"], test.df_resid, test.pvalues["began"])
    )
    assert ours.ci == pytest.approx(tuple(test.conf_int().loc["began"]))


def test_a_staggered_start_is_compared_with_those_that_had_not_begun() -> None:
    """By hand: no noise, an effect that grows by a point a year, and starts three years apart."""
    start = np.array([3] * 8 + [6] * 8 + [NEVER] * 8)
    time = np.arange(10)
    y = 50 + time * 2.0 + np.maximum(0, time - start[:, None] + 1)
    y = y + np.random.default_rng(1).normal(0, 1e-6, y.shape)
    found = Starts(tuple(map(str, range(24))), tuple(range(10)), y, start)
    said = launch.study(found, seed=1, placebos=20)
    early, late = np.mean([1, 2, 3, 4, 5, 6, 7]), np.mean([1, 2, 3, 4])
    assert said.effect.estimate == pytest.approx((early + late) / 2, abs=1e-4)
    by_event = dict(said.events)
    assert [round(by_event[e].estimate, 3) for e in (-3, -2, 0, 1, 3)] == [0, 0, 1, 2, 4]


def test_a_known_effect_is_found_and_the_placebos_agree() -> None:
    said = launch.study(boroughs([4] * 10 + [NEVER] * 14, 8, effect=6), seed=2, placebos=300)
    assert said.effect.ci[0] < 6 < said.effect.ci[1]
    assert said.effect.p < 0.01
    assert said.placebo_p < 0.02
    assert said.pre_trend_p > 0.05
    assert said.effect.detectable > said.effect.se * 2.8


def test_boroughs_that_were_moving_apart_before_are_noticed() -> None:
    said = launch.study(boroughs([5] * 12 + [NEVER] * 12, 8, drift=3.0), seed=2, placebos=50)
    assert said.pre_trend_p < 0.01


def test_placebo_runs_raise_few_false_alarms() -> None:
    said = launch.study(boroughs([4] * 16 + [NEVER] * 16, 8), seed=3)
    assert 0.03 <= said.placebo_false_alarms <= 0.07
    assert said == launch.study(boroughs([4] * 16 + [NEVER] * 16, 8), seed=3)


@pytest.mark.parametrize(
    ("start", "years", "why"),
    [
        ([3] * 7 + [NEVER] * 20, 8, "7 boroughs began"),
        ([3] * 20 + [NEVER] * 7, 8, "Fewer than 8 boroughs had not begun"),
        ([1] * 10 + [NEVER] * 10, 8, "0 boroughs began with at least 2"),
        ([7] * 10 + [NEVER] * 10, 8, "0 boroughs began with at least 2"),
    ],
)
def test_too_little_on_either_side_is_refused(start: list[int], years: int, why: str) -> None:
    with pytest.raises(CannotBear, match=why):
        launch.study(boroughs(start, years), seed=1)


def test_starts_are_read_from_a_table() -> None:
    rows = [("a", 2015 + y, 50.0, 0 if y < 2 else 9) for y in range(4)]
    rows += [("b", 2015 + y, 50.0, 0) for y in range(4)]
    rows += [("gap", 2015 + y, None if y == 1 else 50.0, 0) for y in range(4)]
    rows += [("before", 2015 + y, 50.0, 5) for y in range(4)]
    found = launch.starts(Table.of(rows))
    assert (found.places, list(found.start), found.left_out) == (("a", "b"), [2, NEVER], ("before", "gap"))


def test_made_up_boroughs_keep_their_own_level() -> None:
    y = proof.outcomes(np.random.default_rng(1), 10)
    assert y.shape == (32, 10)
    assert y.mean(axis=1).std() > 4
