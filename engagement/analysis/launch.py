"""Before and after accounts began, against boroughs where none had begun yet (Callaway, Sant'Anna 2021, no covariates).

ATT(g, t) is the mean change from year g - 1 to t of the boroughs that began in g, less that of the boroughs that had
not begun by then. Every estimate here is a weighted sum of the boroughs' figures, with the same weights for those that
began together. So its variance follows from the covariance of a borough's years about its group, pooled over the
groups, with as many degrees of freedom as boroughs less groups. Plain two-way regression is not used: where starts are
staggered it compares with boroughs that have begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from engagement.analysis.panel import CannotBear
from engagement.analysis.power import Inference, infer
from engagement.analysis.table import Table

Array = NDArray[np.float64]
FEWEST_TREATED = FEWEST_CONTROLS = 8
EACH_SIDE = 2  # independent yearly points before and after
FEWEST_DEGREES = 8
PLACEBOS = 1000
MOST_PRE = 4
NEVER = 10**6


@dataclass(frozen=True)
class Starts:
    """Boroughs by years (all known), and the place among the years where each began; NEVER: not at all."""

    places: tuple[str, ...]
    years: tuple[int, ...]
    y: Array
    start: NDArray[np.int64]
    left_out: tuple[str, ...] = ()

    @property
    def groups(self) -> list[NDArray[np.int64]]:
        return [np.flatnonzero(self.start == one) for one in np.unique(self.start)]


@dataclass(frozen=True)
class Launch:
    """detectable is worked out before the estimate and is shown before it. placebo_p: by shuffling who began when."""

    effect: Inference
    events: list[tuple[int, Inference]]
    pre_trend_f: float
    pre_trend_p: float
    placebo_p: float
    placebo_false_alarms: float
    placebo_spread: float
    treated: int
    controls: int
    boroughs: int


def starts(table: Table) -> Starts:
    """Who began when: the first year with an exposure above zero. Boroughs with a gap in the outcome are left out."""
    years = [year for year in table.years if any(li.year == year and li.outcome is not None for li in table.lines)]
    by_place: dict[str, dict[int, tuple[float | None, float | None]]] = {}
    for line in table.lines:
        by_place.setdefault(line.borough, {})[line.year] = (line.outcome, line.exposure)
    whole, y, start, left_out = [], [], [], []
    for name, known in by_place.items():
        figures = [known.get(year, (None, None))[0] for year in years]
        began = [year for year, (_, exposure) in sorted(known.items()) if (exposure or 0) > 0]
        if None in figures or not figures or (began and began[0] <= years[0]):
            left_out.append(name)
            continue
        whole.append(name)
        y.append(figures)
        start.append(sum(year < began[0] for year in years) if began and began[0] <= years[-1] else NEVER)
    return Starts(tuple(whole), tuple(years), np.array(y, float), np.array(start, int), tuple(left_out))


def study(found: Starts, *, seed: int, placebos: int = PLACEBOS) -> Launch:
    """The effect with everything that must stand beside it. Raises CannotBear."""
    cells = cells_of(found)
    weights = _overall(found, cells)
    covariance, df = pooled(found.y, found.groups)
    events = _events(found, cells)
    pre = [w for e, w in events.items() if e < -1][-min(MOST_PRE, max(1, df // 3)) :]
    f, p = _joint(found.y, pre, covariance, df)
    drawn, alarms = _placebos(found, weights, df, seed, placebos)
    effect = _inference(found.y, weights, covariance, df)
    hits = np.sum(np.abs(drawn) >= abs(effect.estimate) * (1 - 1e-12))
    treated = np.unique([g for g, _ in cells])
    return Launch(
        effect=effect,
        events=[(e, _inference(found.y, w, covariance, df)) for e, w in events.items()],
        pre_trend_f=f,
        pre_trend_p=p,
        placebo_p=float((1 + hits) / (1 + len(drawn))),
        placebo_false_alarms=alarms,
        placebo_spread=float(drawn.std(ddof=1)),
        treated=int(np.isin(found.start, treated).sum()),
        controls=min(len(controls) for (g, t), controls in cells.items() if t >= g),
        boroughs=len(found.places),
    )


def effect_of(found: Starts) -> Inference:
    """The effect alone, without the draws: for simulations."""
    covariance, df = pooled(found.y, found.groups)
    return _inference(found.y, _overall(found, cells_of(found)), covariance, df)


def cells_of(found: Starts) -> dict[tuple[int, int], NDArray[np.int64]]:
    """Every (start, year) that can be estimated, with the boroughs that had not begun by then. Raises CannotBear."""
    last = len(found.years) - 1
    cells = {}
    for g in (int(one) for one in np.unique(found.start) if EACH_SIDE <= one <= last - EACH_SIDE + 1):
        for t in range(last + 1):
            controls = np.flatnonzero((found.start > max(t, g - 1)) & (found.start != g))
            if t != g - 1 and len(controls) >= FEWEST_CONTROLS:
                cells[g, t] = controls
    able = {g for g, _ in cells if all((g, g + step) in cells for step in range(EACH_SIDE))}
    cells = {(g, t): controls for (g, t), controls in cells.items() if g in able}
    _refuse_thin(found, able)
    return cells


def pooled(y: Array, groups: list[NDArray[np.int64]]) -> tuple[Array, int]:
    """The covariance of a borough's years about the mean of those that began together, and its degrees of freedom."""
    off = np.vstack([y[group] - y[group].mean(axis=0) for group in groups])
    df = len(y) - len(groups)
    if df < FEWEST_DEGREES:
        raise CannotBear("Nearly every borough began in a year of its own: their chance differences cannot be told.")
    return off.T @ off / df, df


def _refuse_thin(found: Starts, able: set[int]) -> None:
    last = len(found.years) - 1
    inside = {int(g) for g in found.start if EACH_SIDE <= g <= last - EACH_SIDE + 1}
    treated = int(sum(g in inside for g in found.start))
    began = int(sum(g != NEVER for g in found.start))
    if treated < FEWEST_TREATED:
        raise CannotBear(
            f"{treated} boroughs began with at least {EACH_SIDE} years before and after ({began} began at all). "
            f"At least {FEWEST_TREATED} are needed."
        )
    if sum(int((found.start == g).sum()) for g in able) < FEWEST_TREATED:
        raise CannotBear(
            f"Fewer than {FEWEST_CONTROLS} boroughs had not begun yet when the others had; at least {FEWEST_CONTROLS} "
            "are needed to compare with."
        )


def _cell(found: Starts, g: int, t: int, controls: NDArray[np.int64]) -> Array:
    """The weights of ATT(g, t), boroughs by years."""
    weights = np.zeros_like(found.y)
    treated = np.flatnonzero(found.start == g)
    weights[treated, t] += 1 / len(treated)
    weights[treated, g - 1] -= 1 / len(treated)
    weights[controls, t] -= 1 / len(controls)
    weights[controls, g - 1] += 1 / len(controls)
    return weights


def _overall(found: Starts, cells: Mapping[tuple[int, int], NDArray[np.int64]]) -> Array:
    """The mean over the years since the start, then over boroughs that began (the paper's group-wise effect)."""
    starts_ = sorted({g for g, _ in cells})
    sizes = {g: int((found.start == g).sum()) for g in starts_}
    weights = np.zeros_like(found.y)
    for g in starts_:
        after = [t for start, t in cells if start == g and t >= g]
        for t in after:
            weights += _cell(found, g, t, cells[g, t]) * sizes[g] / sum(sizes.values()) / len(after)
    return weights


def _events(found: Starts, cells: Mapping[tuple[int, int], NDArray[np.int64]]) -> dict[int, Array]:
    """Weights by years since the start, against the year before it. Only where enough boroughs stand behind them."""
    sizes = {g: int((found.start == g).sum()) for g, _ in cells}
    events: dict[int, Array] = {}
    for e in sorted({t - g for g, t in cells}):
        here = [g for g in sizes if (g, g + e) in cells]
        behind = sum(sizes[g] for g in here)
        if behind >= FEWEST_TREATED:
            parts = [_cell(found, g, g + e, cells[g, g + e]) * sizes[g] / behind for g in here]
            events[e] = np.sum(parts, axis=0)
    return events


def _inference(y: Array, weights: Array, covariance: Array, df: int) -> Inference:
    variance = float(np.einsum("it,ts,is->", weights, covariance, weights))
    return infer(float((weights * y).sum()), float(np.sqrt(variance)), df)


def _joint(y: Array, weights: list[Array], covariance: Array, df: int) -> tuple[float, float]:
    """F and p that nothing moved before the start (Hotelling 1931)."""
    if not weights:
        return float("nan"), float("nan")
    moved = np.array([(w * y).sum() for w in weights])
    together = np.array([[np.einsum("it,ts,is->", a, covariance, b) for b in weights] for a in weights])
    count = len(moved)
    f = float(moved @ np.linalg.pinv(together) @ moved) / count * (df - count + 1) / df
    return f, float(stats.f.sf(f, count, df - count + 1))


def _placebos(found: Starts, weights: Array, df: int, seed: int, draws: int) -> tuple[Array, float]:
    """The effect where it is left to chance who began when, and how often it would have been called found."""
    rng = np.random.default_rng(seed)
    shape = weights.T @ weights
    drawn, alarms = np.empty(draws), 0
    for draw in range(draws):
        y = found.y[rng.permutation(len(found.y))]
        drawn[draw] = (weights * y).sum()
        covariance, _ = pooled(y, found.groups)
        se = np.sqrt(float((covariance * shape).sum()))
        alarms += bool(2 * stats.t.sf(abs(drawn[draw]) / se, df) < 0.05)
    return drawn, alarms / draws
