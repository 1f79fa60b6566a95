"""The panel model against what trusted packages say of a textbook's data, and against its own definition."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf

from engagement.analysis import panel, proof
from engagement.analysis.panel import CannotBear, Panel
from engagement.analysis.table import Table

GRUNFELD = sm.datasets.grunfeld.load_pandas().data.astype({"year": int})


def grunfeld() -> Panel:
    """Grunfeld's investment of eleven firms, 1935 to 1954, on their value."""
    rows = GRUNFELD[["firm", "year", "invest", "value"]].itertuples(index=False)
    return panel.panel(Table.of(rows), lag=0, scale="raw")


def test_grunfelds_coefficient_and_clustered_error_are_those_of_statsmodels() -> None:
    groups = GRUNFELD.firm.astype("category").cat.codes
    theirs = smf.ols("invest ~ value + C(firm) + C(year)", GRUNFELD).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    ours = panel.fit(grunfeld()).errors["CR1"]
    assert ours.estimate == pytest.approx(theirs.params["value"], rel=1e-9)
    assert ours.se == pytest.approx(theirs.bse["value"], rel=1e-9)
    assert ours.p == pytest.approx(theirs.pvalues["value"], rel=1e-7)
    assert ours.ci == pytest.approx(tuple(theirs.conf_int().loc["value"]), rel=1e-7)


def test_the_model_lags_the_exposure_a_year_and_takes_its_logarithm() -> None:
    lagged = GRUNFELD.assign(x=np.log1p(GRUNFELD.groupby("firm").value.shift(1))).dropna()
    theirs = smf.ols("invest ~ x + C(firm) + C(year)", lagged).fit()
    rows = GRUNFELD[["firm", "year", "invest", "value"]].itertuples(index=False)
    ours = panel.fit(panel.panel(Table.of(rows)))
    assert (ours.n, ours.beta) == (len(lagged), pytest.approx(theirs.params["x"], rel=1e-9))


def test_cr2_is_unbiased_where_all_errors_are_alike() -> None:
    """Its definition: the expected variance, worked out from the matrices, is the true one."""
    points = grunfeld()
    rest, fitted = panel.residual_maker(points), panel.fit(points)
    x, square = fitted.x_left, float(fitted.x_left @ fitted.x_left)
    residuals = rest - np.outer(x, x) / square
    expected = 0.0
    for place in range(len(points.places)):
        rows = np.flatnonzero(points.place == place)
        block = residuals[np.ix_(rows, rows)]
        lifted = panel._inverse_root(block) @ x[rows]
        expected += float(lifted @ block @ lifted)
    assert expected / square**2 == pytest.approx(1 / square, rel=1e-9)


def test_cr2_takes_degrees_of_freedom_for_the_few_firms_that_matter() -> None:
    """Two giants carry Grunfeld's data: eleven firms are worth about two."""
    errors = panel.fit(grunfeld()).errors
    assert errors["CR2"].df == pytest.approx(2.1262, abs=1e-3)
    assert errors["CR2"].se > errors["CR1"].se > errors["CR0"].se


def test_the_wild_bootstrap_is_the_same_for_a_seed_and_agrees_with_its_own_interval() -> None:
    points = grunfeld()
    fitted, rest = panel.fit(points), panel.residual_maker(points)
    p, ci = panel.wild(points, fitted, rest, seed=3)
    assert (p, ci) == panel.wild(points, fitted, rest, seed=3)
    assert (p > 0.05) == (ci[0] <= 0 <= ci[1])
    assert ci[0] < fitted.beta < ci[1]


def test_the_wild_bootstrap_is_what_it_is_by_brute_force() -> None:
    """One draw, refitted: the same t as the shortcut gives."""
    points = grunfeld()
    fitted, rest = panel.fit(points), panel.residual_maker(points)
    clusters = [np.flatnonzero(points.place == place) for place in range(len(points.places))]
    signs = np.random.default_rng(1).choice([-1.0, 1.0], (40, len(clusters)))
    seen = abs(fitted.beta) / fitted.errors["CR0"].se
    under_null = rest @ points.y
    larger = 0
    for row in signs:
        drawn = replace(points, y=under_null * row[points.place])
        again = panel.fit(drawn).errors["CR0"]
        larger += abs(again.estimate) / again.se >= seen
    test = panel._WildTest(fitted, rest, clusters, signs)
    assert test.p(0.0) == pytest.approx((1 + larger) / 41)


def test_every_borough_is_left_out_once() -> None:
    without = panel.leave_one_out(grunfeld())
    assert len(without) == 11
    assert without[0][1].estimate != without[1][1].estimate


def rows(boroughs: int, years: int, exposure: float | None = None) -> Table:
    rng = np.random.default_rng(0)
    return Table.of(
        (f"b{b}", 2015 + y, rng.normal(50, 5), rng.poisson(40) if exposure is None else exposure)
        for b in range(boroughs)
        for y in range(years)
    )


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (rows(7, 5), "7 boroughs"),
        (rows(10, 2), "1 year"),
        (rows(32, 5, exposure=3.0), "does not vary"),
        (rows(10, 5, exposure=-1.0), "below zero"),
        (Table(()), "0 boroughs"),
    ],
)
def test_what_the_data_cannot_bear_is_refused_with_the_reason(table: Table, why: str) -> None:
    with pytest.raises(CannotBear, match=why):
        panel.fit(panel.panel(table))


def test_false_alarms_and_coverage_of_a_few_made_up_tables_are_as_they_should_be() -> None:
    """A small fixed run; `manage.py prove_analysis` measures in earnest."""
    rates = proof.prove(draws=25, seed=4)
    assert max(rates.alarms.values()) <= 0.2
    assert min(rates.cover.values()) >= 0.8
