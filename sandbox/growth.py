"""How a post's numbers grow: a pure function of (seed, post id, age), so that no restart ever changes them.

The final counts are heavy-tailed: half of all posts end at 4 likes or fewer, one repost and no reply; one in ten
passes 24, 11 and 2 (borough police accounts, 2017 to 2020). They arrive along a saturating curve, most within a day.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

HOUR_S = 3600.0


@dataclass(frozen=True)
class Counts:
    """shares: reposts on X, shares on Facebook."""

    impressions: int = 0
    likes: int = 0
    replies: int = 0
    shares: int = 0
    quotes: int = 0
    bookmarks: int = 0
    clicks: int = 0

    def plus(self, **more: int) -> Counts:
        return Counts(**{name: value + more.get(name, 0) for name, value in vars(self).items()})


def arrived(age_s: float) -> float:
    """The share of everything that will ever come which has come by this age: 0 at birth, about 0.88 after a day."""
    hours = max(0.0, age_s) / HOUR_S
    return 0.85 * (1 - math.exp(-hours / 5)) + 0.15 * (1 - math.exp(-hours / 96))


def final(seed: int, post_id: str, has_picture: bool) -> dict[str, int]:
    """What each count ends at. The medians and 90th percentiles are the ones in the module's text."""
    chance = random.Random(f"{seed}:{post_id}")  # noqa: S311
    appeal = chance.gauss(0, 1)
    lift = math.log(1.4 if has_picture else 1 / 1.4)

    def draw(middle: float, spread: float, shared: float) -> int:
        own = math.sqrt(1 - shared * shared) * chance.gauss(0, 1)
        return int(math.exp(math.log(middle) + lift + spread * (shared * appeal + own)))

    likes, shares, replies = draw(4.5, 1.36, 0.95), draw(1.5, 1.5, 0.8), draw(0.75, 0.9, 0.6)
    impressions = draw(160, 0.7, 0.7) + 38 * likes + 90 * shares
    clicks = int(impressions * chance.uniform(0.004, 0.03))
    return {
        "impressions": impressions,
        "likes": likes,
        "replies": replies,
        "shares": shares,
        "quotes": shares // 9,
        "bookmarks": likes // 12,
        "clicks": clicks,
    }


def counts(seed: int, post_id: str, age_s: float, has_picture: bool) -> Counts:
    """The counts at this age; they never fall as the age rises."""
    if age_s <= 0:
        return Counts()
    share = arrived(age_s)
    phases = random.Random(f"{seed}:{post_id}:arrival")  # noqa: S311
    ends = final(seed, post_id, has_picture)
    return Counts(**{name: min(end, int(end * share + phases.random() * share)) for name, end in ends.items()})
