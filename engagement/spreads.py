"""The middle of what posts brought, and how sure it is. A few posts draw most answers, so no average is ever shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import floor, sqrt

from policy.shares import Z95

ENOUGH = 6  # with fewer posts the 95 per cent interval of a median is the whole range, and says nothing


@dataclass(frozen=True)
class Middle:
    """The median of so many posts, its 95 per cent interval, and the half that lies around it."""

    posts: int
    median: float
    low: int
    high: int
    lower: int
    upper: int

    @property
    def sure(self) -> bool:
        return self.posts >= ENOUGH


def middle(spread: Counter[int]) -> Middle | None:
    """spread: {answers: posts}. None when it is empty.

    The interval is that of order statistics, which supposes no shape: the ranks n/2 ± 0.98 √n (Conover, Practical
    Nonparametric Statistics, 3.2).
    """
    posts = spread.total()
    if not posts:
        return None
    ranked = _Ranked(spread)
    off = Z95 * sqrt(posts) / 2
    return Middle(
        posts=posts,
        median=(ranked.at((posts + 1) // 2) + ranked.at(posts // 2 + 1)) / 2,
        low=ranked.at(max(1, floor(posts / 2 - off))),
        high=ranked.at(min(posts, floor(posts / 2 + off) + 2)),
        lower=ranked.at(max(1, (posts + 3) // 4)),
        upper=ranked.at(min(posts, posts - (posts + 3) // 4 + 1)),
    )


class _Ranked:
    """What the post of a rank (1 is the one with fewest answers) brought."""

    def __init__(self, spread: Counter[int]) -> None:
        self.values = sorted(spread.items())

    def at(self, rank: int) -> int:
        for answers, posts in self.values:
            rank -= posts
            if rank <= 0:
                return answers
        return self.values[-1][0]
