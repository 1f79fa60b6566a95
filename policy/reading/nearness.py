"""Which listed phrases stand together: in one sentence, in the next, or a few words apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from policy.reading.lexicon import Hit
from policy.reading.passage import Passage


def widened(sentences: Collection[int], by: int = 1) -> frozenset[int]:
    """The sentences and so many on either side of each."""
    return frozenset(number + step for number in sentences for step in range(-by, by + 1))


def pairs(ones: Sequence[Hit], others: Sequence[Hit], reach: int, *, after: bool = False) -> Iterator[tuple[Hit, Hit]]:
    """Each of `ones` with the nearest of `others` in the same sentence, at most `reach` words between them.

    after: the other must follow.
    """
    starts = [hit.first for hit in others]
    for one in ones:
        place = bisect_left(starts, one.first)
        for other in others[max(0, place - 2) : place + 3]:
            apart = other.first - one.last if after else max(other.first - one.last, one.first - other.last)
            if other.sentence == one.sentence and 0 < apart <= reach + 1:
                yield one, other


def nearest(hit: Hit, others: Sequence[Hit], sentences: int = 1) -> Hit | None:
    """The other phrase nearest to `hit`, at most so many sentences away; None where there is none."""
    place = bisect_left(others, hit)
    beside = others[max(0, place - 1) : place + 2]
    near = [other for other in beside if other != hit and abs(other.sentence - hit.sentence) <= sentences]
    return min(near, key=lambda other: abs(other.first - hit.first), default=None)


def match_places(passage: Passage, *places: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    """Places of the folded text as places of the original: in order, and one where they overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(passage.place(*place) for place in joined)
