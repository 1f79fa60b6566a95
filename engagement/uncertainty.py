"""How sure a published share can be. Formulas of domain.md D.3."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

BOROUGH_YEAR = 400  # interviews a borough in twelve months by design (domain.md D.1); the file gives no sizes
DESIGN_EFFECT = 1.3  # an assumption, said wherever an interval is shown: the publisher gives none
Z95 = 1.959964


@dataclass(frozen=True)
class Interval:
    """A share and its 95 per cent interval, all as proportions (0 to 1)."""

    share: float
    low: float
    high: float


def wilson(share: float, *, n: int, design_effect: float = DESIGN_EFFECT) -> Interval:
    """Wilson's score interval with effective size n / design_effect (Wilson 1927)."""
    size = n / design_effect
    square = Z95**2
    centre = (share + square / (2 * size)) / (1 + square / size)
    half = Z95 / (1 + square / size) * sqrt(share * (1 - share) / size + square / (4 * size**2))
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half))


def change_half_width(first: float, second: float, *, n: int, design_effect: float = DESIGN_EFFECT) -> float:
    """95 per cent half-width of the difference of two independent shares of size n each."""
    size = n / design_effect
    return Z95 * sqrt(first * (1 - first) / size + second * (1 - second) / size)
