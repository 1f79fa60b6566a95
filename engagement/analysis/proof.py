"""How often each method cries wolf, and how often its interval holds the truth, on data made up to be known.

The made-up boroughs are like the real ones: 32, ten yearly points, a spread of their own, errors that go on into the
next year (domain.md D.4: about 0.2), exposures that are heavy-tailed and stay with their borough (D.6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from math import asin, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from engagement.analysis import association, launch, panel
from engagement.analysis.launch import NEVER, Starts
from engagement.analysis.panel import Panel

Array = NDArray[np.float64]
BOROUGHS, YEARS, GOES_ON, NOISE = 32, 10, 0.2, 4.0
EFFECTS = {"association": 0.5, "panel": 1.5, "launch": 4.0}
NAMES = tuple(f"borough {number}" for number in range(1, BOROUGHS + 1))
_BOOTSTRAP = 1000


@dataclass
class Rates:
    """alarms: share of p below 0.05 where there is nothing. cover: share of intervals that hold the known effect."""

    draws: int
    alarms: dict[str, float] = field(default_factory=dict)
    cover: dict[str, float] = field(default_factory=dict)


def prove(*, draws: int, seed: int, tell: Callable[[str], None] = lambda _: None) -> Rates:
    """Every method on `draws` tables without and with an effect."""
    rng, rates = np.random.default_rng(seed), Rates(draws)
    for name, one in (("association", _association), ("panel", _panel), ("launch", _launch)):
        tell(name)
        nothing = [one(rng, 0.0) for _ in range(draws)]
        known = [one(rng, EFFECTS[name]) for _ in range(draws)]
        for kind in nothing[0]:
            rates.alarms[kind] = float(np.mean([drawn[kind][0] < 0.05 for drawn in nothing]))
            rates.cover[kind] = float(
                np.mean([low <= truth <= high for drawn in known for _, low, high, truth in [drawn[kind]]])
            )
    return rates


Drawn = dict[str, tuple[float, float, float, float]]  # kind -> p, low, high, truth


def _holds(drawn: tuple[float, float, float, float]) -> bool:
    _, low, high, truth = drawn
    return low <= truth <= high


def _association(rng: np.random.Generator, rho: float) -> Drawn:
    x, other = rng.standard_normal((2, BOROUGHS))
    y = rho * x + sqrt(1 - rho**2) * other
    found = association.spearman(np.exp(x), y, seed=int(rng.integers(2**31)), draws=_BOOTSTRAP)  # type: ignore[arg-type]
    return {"association": (found.p, *found.ci, 6 / pi * asin(rho / 2))}


def _panel(rng: np.random.Generator, beta: float) -> Drawn:
    years = YEARS - 1
    x = _lasting(rng, years, spread=1.2) + rng.normal(5, 0.8, (BOROUGHS, 1))
    y = outcomes(rng, years) + beta * x
    place, year = np.divmod(np.arange(BOROUGHS * years), years)
    points = Panel(NAMES, place, year, y.ravel(), x.ravel())
    rest = _constants_out(years)
    fitted = panel.fit(points, rest, kinds=("CR2",))
    p, ci = panel.wild(points, fitted, rest, seed=int(rng.integers(2**31)), draws=399)
    found = fitted.errors["CR2"]
    return {"panel CR2": (found.p, *found.ci, beta), "panel wild bootstrap": (p, *ci, beta)}


def _launch(rng: np.random.Generator, effect: float) -> Drawn:
    start = rng.permutation(np.array([3] * 4 + [4] * 4 + [5] * 4 + [6] * 4 + [NEVER] * 16))
    y = outcomes(rng, YEARS) + effect * (np.arange(YEARS)[None] >= start[:, None])
    found = Starts(NAMES, tuple(range(YEARS)), y, start)
    said = launch.effect_of(found)
    return {"launch": (said.p, *said.ci, effect)}


@cache
def _constants_out(years: int) -> Array:
    place, year = np.divmod(np.arange(BOROUGHS * years), years)
    return panel.residual_maker(Panel(NAMES, place, year, np.zeros(len(place)), np.zeros(len(place))))


def outcomes(rng: np.random.Generator, years: int) -> Array:
    """Boroughs by years: a level of their own, London's ups and downs, and errors that half fade in a year."""
    return 50 + rng.normal(0, 6, (BOROUGHS, 1)) + rng.normal(0, 3, (1, years)) + _lasting(rng, years, spread=NOISE)


def _lasting(rng: np.random.Generator, years: int, *, spread: float) -> Array:
    drawn = rng.normal(0, spread, (BOROUGHS, years))
    for year in range(1, years):
        drawn[:, year] = GOES_ON * drawn[:, year - 1] + sqrt(1 - GOES_ON**2) * drawn[:, year]
    return drawn
