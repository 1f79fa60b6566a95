"""The shape of what posts bring, as measured on 61,909 posts of real borough accounts (domain.md D.6).

Median 4 likes, 1 repost, no reply; 62 per cent have no reply; the 90th percentile is 24, 11 and 2; the top hundredth of
posts takes 22 per cent of all engagement; Gini 0.70. One factor lies behind all three counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from statistics import median
from typing import NamedTuple

SHARED = 0.93  # how much of a post's luck its three counts have in common
FORMS = (("text", 0.49), ("picture", 0.46), ("link", 0.05))
TAIL = 0.4  # beyond two deviations
PICTURES_DRAW = 1.35  # against words alone, about twice: half as much again here, half as little there
GROWTH = ((1 / 24, 0.25), (1.0, 0.72), (7.0, 0.96), (28.0, 1.0))  # (days after it went out, share of the final count)


class Brought(NamedTuple):
    """What a post has brought in the end."""

    reactions: int
    shares: int
    replies: int
    impressions: int

    @property
    def answers(self) -> int:
        return self.reactions + self.shares + self.replies


def brought(luck: Random, form: str) -> Brought:
    lot = luck.gauss(0, 1)
    rest = math.sqrt(1 - SHARED**2)
    draw = math.log(PICTURES_DRAW if form == "picture" else 1 / PICTURES_DRAW)

    def count(middle: float, spread: float) -> int:
        z = SHARED * lot + rest * luck.gauss(0, 1)
        # The real tail is heavier than a lognormal's, and ends: no ward's post has a million likes.
        return int(math.exp(middle + draw + spread * min(z + TAIL * max(0.0, z - 2), 5.0)))

    likes, reposts, replies = count(1.55, 1.27), count(0.55, 1.40), count(-0.30, 0.95)
    return Brought(likes, reposts, replies, 80 + likes * luck.randint(20, 60) + luck.randint(0, 300))


def described(answers: Sequence[Brought]) -> dict[str, float]:
    """The figures by which the shape is known, of what was really made."""
    likes, reposts, replies = (sorted(column) for column in list(zip(*answers, strict=True))[:3])
    totals = sorted(one.answers for one in answers)
    whole, number = sum(totals), len(totals)
    top = sum(totals[-max(1, number // 100) :])
    ranked = sum(place * total for place, total in enumerate(totals, 1))
    return {
        "likes_median": median(likes),
        "reposts_median": median(reposts),
        "replies_median": median(replies),
        "likes_p90": likes[int(number * 0.9)],
        "reposts_p90": reposts[int(number * 0.9)],
        "replies_p90": replies[int(number * 0.9)],
        "without_reply": round(replies.count(0) / number, 3),
        "top_hundredth_takes": round(top / whole, 3) if whole else 0.0,
        "gini": round(2 * ranked / (number * whole) - (number + 1) / number, 3) if whole else 0.0,
    }
