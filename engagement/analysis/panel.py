"""outcome[b, y] = a[b] + t[y] + beta * log1p(exposure[b, y - 1]): yearly points, errors that borough-years may share.

Standard errors are clustered by borough. CR2 (Bell, McCaffrey 2002; Pustejovsky, Tipton 2018) is unbiased where all
errors are alike, and its t distribution takes Satterthwaite's degrees of freedom, so that few boroughs are not taken
for many. Beside it stand CR2 with boroughs less one ("CR2 G-1"), CR0 and CR1 (what most packages call "clustered"),
and the wild cluster bootstrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engagement.analysis.power import Inference, infer
from engagement.analysis.table import Table

Array = NDArray[np.float64]
FEWEST_BOROUGHS, FEWEST_YEARS = 8, 2
MOST_POINTS = 4_000
ERRORS = ("CR2", "CR2 G-1", "CR1", "CR0")
_ROOT_TOLERANCE = 1e-9


class CannotBear(ValueError):
    """The data cannot bear this question. The message says why, for a person."""


@dataclass(frozen=True)
class Panel:
    """Points ready to be fitted: place and year of each as numbers, y and x as they enter the model."""

    places: tuple[str, ...]
    place: NDArray[np.int64]
    year: NDArray[np.int64]
    y: Array
    x: Array
    left_out: int = 0

    @property
    def n(self) -> int:
        return len(self.y)


@dataclass(frozen=True)
class Fit:
    """beta, and per kind of error what it says. x_left, e: exposure and outcome without place, year (and x)."""

    beta: float
    errors: dict[str, Inference]
    x_left: Array
    y_left: Array
    n: int
    boroughs: int
    years: int


def panel(table: Table, *, lag: int = 1, scale: str = "log1p") -> Panel:
    """The points that have an outcome and an exposure `lag` years before. Raises CannotBear."""
    before = {(line.borough, line.year + lag): line.exposure for line in table.lines}
    points = [(line.borough, line.year, line.outcome, before.get((line.borough, line.year))) for line in table.lines]
    whole = [(b, year, y, x) for b, year, y, x in points if y is not None and x is not None]
    _refuse_thin(whole)
    places, place = np.unique([b for b, *_ in whole], return_inverse=True)
    _, year = np.unique([year for _, year, *_ in whole], return_inverse=True)
    x = np.array([point[3] for point in whole], float)
    if scale == "log1p":
        if x.min() < 0:
            raise CannotBear("An exposure below zero has no logarithm; it counts things.")
        x = np.log1p(x)
    y = np.array([point[2] for point in whole], float)
    lost = sum(1 for line in table.lines if line.outcome is not None) - len(whole)
    return Panel(tuple(str(name) for name in places), place, year, y, x, lost)


def fit(points: Panel, rest: Array | None = None, *, kinds: Sequence[str] = ERRORS) -> Fit:
    """Least squares with a constant for each borough and year, and its clustered errors. Raises CannotBear.

    rest: `residual_maker(points)`, where the caller has it already. kinds: of errors that are wanted.
    """
    rest = residual_maker(points) if rest is None else rest
    x_left, y_left = rest @ points.x, rest @ points.y
    square = float(x_left @ x_left)
    if square <= 1e-12 * max(1.0, float(points.x @ points.x)):
        raise CannotBear("Once borough and year are held constant the exposure does not vary: nothing is left to see.")
    beta = float(x_left @ y_left) / square
    if np.ptp(y_left - beta * x_left) < 1e-12 * max(1.0, float(np.ptp(points.y))):
        raise CannotBear("The points leave no residual: there are as many unknowns as points.")
    clusters = _clusters(points.place)
    errors = {kind: _clustered(kind, beta, x_left, y_left, rest, clusters) for kind in kinds}
    return Fit(beta, errors, x_left, y_left, points.n, len(clusters), len(np.unique(points.year)))


def residual_maker(points: Panel) -> Array:
    """The matrix that takes borough and year constants out of a column."""
    dummies = np.hstack([_dummies(points.place), _dummies(points.year)[:, 1:]])
    basis, size, _ = np.linalg.svd(dummies, full_matrices=False)
    basis = basis[:, size > size[0] * 1e-10]
    return np.eye(points.n) - basis @ basis.T


def leave_one_out(points: Panel) -> list[tuple[str, Inference]]:
    """The estimate without each borough in turn: whether one of them carries it."""
    found = []
    for place, name in enumerate(points.places):
        kept = points.place != place
        found.append((name, fit(_only(points, kept), kinds=ERRORS[:1]).errors["CR2"]))
    return found


def wild(points: Panel, fitted: Fit, rest: Array, *, seed: int, draws: int = 1999) -> tuple[float, tuple[float, float]]:
    """p and 95 per cent interval of the wild cluster bootstrap (Cameron, Gelbach, Miller 2008), null imposed.

    Webb's six weights; the interval holds the values that the test does not reject at 5 per cent.
    """
    rng = np.random.default_rng(seed)
    weights = np.sqrt([0.5, 1.0, 1.5])
    clusters = _clusters(points.place)
    signs = rng.choice(np.concatenate([-weights, weights]), (draws, len(clusters)))
    test = _WildTest(fitted, rest, clusters, signs)
    half = 8 * fitted.errors["CR2"].se
    low, high = (test.edge(fitted.beta, fitted.beta + way * half) for way in (-1, 1))
    return test.p(0.0), (low, high)


class _WildTest:
    """p of any null value. Everything is linear in the null, so that it is worked out once for y and once for x."""

    def __init__(self, fitted: Fit, rest: Array, clusters: Sequence[NDArray[np.int64]], signs: Array) -> None:
        x, y = fitted.x_left, fitted.y_left
        self.beta, self.signs, self.square = fitted.beta, signs, float(x @ x)
        self.score_y = np.array([x[c] @ y[c] for c in clusters])
        self.score_x = np.array([x[c] @ x[c] for c in clusters])
        # Row h, column g: what the residuals of cluster g, once constants are taken out, put into the score of h.
        weights = [x[h] @ rest[h] for h in clusters]
        self.from_y = np.array([[row[g] @ y[g] for g in clusters] for row in weights])
        self.from_x = np.array([[row[g] @ x[g] for g in clusters] for row in weights])

    def p(self, null: float) -> float:
        scores = self.score_y - null * self.score_x
        moved = self.signs @ scores / self.square
        drawn = self.signs @ (self.from_y - null * self.from_x).T - moved[:, None] * self.score_x
        spread = np.sqrt((drawn**2).sum(axis=1)) / self.square
        own = np.sqrt(((self.score_y - self.beta * self.score_x) ** 2).sum()) / self.square
        seen = abs(self.beta - null) / own
        return float((1 + np.sum(np.abs(moved) / spread >= seen * (1 - 1e-12))) / (1 + len(moved)))

    def edge(self, inside: float, outside: float) -> float:
        """Where the test begins to reject, by halving."""
        for _ in range(24):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if self.p(middle) > 0.05 else (inside, middle)
        return (inside + outside) / 2


def _clustered(
    kind: str, beta: float, x: Array, y: Array, rest: Array, clusters: Sequence[NDArray[np.int64]]
) -> Inference:
    """x, y: without the constants. rest: the matrix that took them out."""
    square, e, groups, n = float(x @ x), y - beta * x, len(clusters), len(y)
    if kind.startswith("CR2"):
        residuals = rest - np.outer(x, x) / square
        lifted = [_inverse_root(residuals[np.ix_(c, c)]) @ x[c] for c in clusters]
        spread = sum(float(a @ e[c]) ** 2 for a, c in zip(lifted, clusters, strict=True))
        few = groups - 1.0 if kind == "CR2 G-1" else _satterthwaite(residuals, lifted, clusters)
        return infer(beta, float(np.sqrt(spread)) / square, few)
    spread = sum(float(x[c] @ e[c]) ** 2 for c in clusters)
    if kind == "CR1":
        unknowns = n - round(float(np.trace(rest))) + 1
        spread *= groups / (groups - 1) * (n - 1) / (n - unknowns)
    return infer(beta, float(np.sqrt(spread)) / square, groups - 1)


def _satterthwaite(residuals: Array, lifted: Sequence[Array], clusters: Sequence[NDArray[np.int64]]) -> float:
    """Degrees of freedom by the first two moments of the variance where all errors are alike (Bell, McCaffrey 2002)."""
    parts = np.column_stack([residuals[:, c] @ a for a, c in zip(lifted, clusters, strict=True)])
    together = parts.T @ parts
    return float(np.trace(together) ** 2 / (together**2).sum())


def _inverse_root(matrix: Array) -> Array:
    """The symmetric inverse square root; what the constants took out of a cluster has none and stays out."""
    size, basis = np.linalg.eigh((matrix + matrix.T) / 2)
    root = np.where(size > _ROOT_TOLERANCE, 1 / np.sqrt(np.maximum(size, _ROOT_TOLERANCE)), 0.0)
    return (basis * root) @ basis.T


def _refuse_thin(points: Sequence[tuple[str, int, float, float]]) -> None:
    if len(points) > MOST_POINTS:
        raise CannotBear(f"More than {MOST_POINTS:,} borough-years are not worked out here.")
    boroughs, years = len({b for b, *_ in points}), len({year for _, year, *_ in points})
    if boroughs < FEWEST_BOROUGHS:
        raise CannotBear(f"{boroughs} boroughs have outcome and exposure; at least {FEWEST_BOROUGHS} are needed.")
    if years < FEWEST_YEARS:
        raise CannotBear(f"There are points for {years} year; at least {FEWEST_YEARS} independent years are needed.")
    if len(points) <= boroughs + years:
        raise CannotBear(f"{len(points)} points cannot tell {boroughs} boroughs and {years} years apart.")


def _dummies(codes: NDArray[np.int64]) -> Array:
    return (codes[:, None] == np.unique(codes)[None, :]).astype(float)


def _clusters(place: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    return [np.flatnonzero(place == one) for one in np.unique(place)]


def _only(points: Panel, kept: NDArray[np.bool_]) -> Panel:
    return replace(points, place=points.place[kept], year=points.year[kept], y=points.y[kept], x=points.x[kept])
