"""How sure a published share can be. Formulas of domain.md D.3."""

from __future__ import annotations

from math import sqrt

from policy import shares
from policy.shares import Z95, Interval

BOROUGH_YEAR = 400  # interviews a borough in twelve months by design (domain.md D.1); the file gives no sizes
LONDON_YEAR = 12_800  # interviews in London in twelve months by design (domain.md D.1)
DESIGN_EFFECT = 1.3  # an assumption, said wherever an interval is shown: the publisher gives none


def wilson(share: float, *, n: int, design_effect: float = DESIGN_EFFECT) -> Interval:
    """The interval of a survey's share, its design effect counted in."""
    return shares.wilson(share, n=n, design_effect=design_effect)


def change_half_width(first: float, second: float, *, n: int, design_effect: float = DESIGN_EFFECT) -> float:
    """95 per cent half-width of the difference of two independent shares of size n each."""
    size = n / design_effect
    return Z95 * sqrt(first * (1 - first) / size + second * (1 - second) / size)
