"""How sure a share can be that was counted from few. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959964


@dataclass(frozen=True)
class Interval:
    """A share and its 95 per cent interval, all as proportions (0 to 1)."""

    share: float
    low: float
    high: float


def wilson(share: float, *, n: int, design_effect: float = 1.0) -> Interval:
    """Wilson's score interval with effective size n / design_effect (Wilson 1927)."""
    size = n / design_effect
    square = Z95**2
    centre = (share + square / (2 * size)) / (1 + square / size)
    half = Z95 / (1 + square / size) * sqrt(share * (1 - share) / size + square / (4 * size**2))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))
