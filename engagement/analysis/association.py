"""Rank correlation between boroughs with a bootstrap interval, and how many of many pairs may be called found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Array = NDArray[np.float64]
FEWEST = 8  # boroughs: below, an interval covers nearly everything
DRAWS = 4000
Q = 0.10


@dataclass(frozen=True)
class Association:
    """rho: Spearman's. p: by the t distribution with n - 2 degrees, as scipy gives it. ci: 95 per cent."""

    n: int
    rho: float
    p: float
    ci: tuple[float, float]
    detectable: float


def spearman(x: Sequence[float], y: Sequence[float], *, seed: int, draws: int = DRAWS) -> Association:
    """Raises ValueError where it is not defined: too few places, or one of both is the same everywhere."""
    first, second = np.asarray(x, float), np.asarray(y, float)
    n = len(first)
    if n < FEWEST:
        raise ValueError(f"{n} boroughs have both figures; at least {FEWEST} are needed.")
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        raise ValueError("One of the two is the same in every borough; nothing can go with it.")
    found = stats.spearmanr(first, second)
    rho = float(found.statistic)
    return Association(n, rho, float(found.pvalue), interval(first, second, seed=seed, draws=draws), detectable(n))


def interval(x: Array, y: Array, *, seed: int, draws: int = DRAWS) -> tuple[float, float]:
    """Bootstrap over boroughs, bias-corrected and accelerated (Efron 1987), on Fisher's scale."""
    rng, n = np.random.default_rng(seed), len(x)
    rho = _rho(x[None], y[None])[0]
    if abs(rho) > 1 - 1e-12:
        return rho, rho
    chosen = rng.integers(0, n, (draws, n))
    drawn = _rho(x[chosen], y[chosen])
    drawn = np.sort(drawn[np.isfinite(drawn)])
    below = (np.sum(drawn < rho) + np.sum(drawn == rho) / 2) / len(drawn)
    bias = stats.norm.ppf(np.clip(below, 1e-6, 1 - 1e-6))
    others = np.array([np.delete(np.arange(n), place) for place in range(n)])
    left = _rho(x[others], y[others])
    off = left.mean() - left
    speed = np.sum(off**3) / (6 * max(np.sum(off**2), 1e-300) ** 1.5)
    ends = stats.norm.cdf([_end(bias, speed, stats.norm.ppf(level)) for level in (0.025, 0.975)])
    low, high = np.quantile(drawn, ends)
    return float(low), float(high)


def benjamini_hochberg(p: Sequence[float], q: float = Q) -> list[bool]:
    """Which of the tests shown may be called found, with at most q of those false (Benjamini, Hochberg 1995)."""
    return [bool(adjusted <= q) for adjusted in adjusted_p(p)]


def adjusted_p(p: Sequence[float]) -> list[float]:
    """Step-up adjusted p-values over everything shown."""
    if not p:
        return []
    order = np.argsort(p, kind="stable")
    ranked = np.asarray(p, float)[order] * len(p) / np.arange(1, len(p) + 1)
    stepped = np.minimum.accumulate(ranked[::-1])[::-1].clip(max=1)
    adjusted = np.empty(len(p))
    adjusted[order] = stepped
    return [float(value) for value in adjusted]


def detectable(n: int) -> float:
    """The rho that a test at 5 per cent finds 80 times in 100 (variance 1.06 / (n - 3), Fieller 1957)."""
    return tanh((stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * sqrt(1.06 / (n - 3)))


def fisher(rho: float, n: int) -> tuple[float, float]:
    """The interval by formula (Bonett, Wright 2000), to hold the bootstrap against."""
    half = stats.norm.ppf(0.975) * sqrt((1 + rho**2 / 2) / (n - 3))
    return tanh(atanh(rho) - half), tanh(atanh(rho) + half)


def _end(bias: float, speed: float, z: float) -> float:
    return bias + (bias + z) / (1 - speed * (bias + z))


def _rho(x: Array, y: Array) -> Array:
    """Spearman's rho of each row. nan where a row has one value only."""
    first, second = (stats.rankdata(side, axis=1) for side in (x, y))
    first -= first.mean(axis=1, keepdims=True)
    second -= second.mean(axis=1, keepdims=True)
    size = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return (first * second).sum(axis=1) / size
