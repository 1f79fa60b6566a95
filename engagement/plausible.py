"""Whether a published share can be true beside its neighbours: a 6 per cent beside sixty is an error of a file. Pure.

The bounds are wide against the survey's own ten years: a figure there lies at most 11 points, and at most a third, from
the median of its own borough's neighbours in time, and at most 31 points from London's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from statistics import median

Key = tuple[str, str, date]  # (measure, borough, wave)
Figures = Mapping[Key, Decimal]
LONDON = ""

NEAR = 370  # days: the figures of the year before and after
POINTS, TIMES, LEAST = 0.20, 2.2, 0.05  # so far from one's own neighbours, and so many times, is too far
FROM_LONDON, TIMES_LONDON = 0.42, 3.6
ENOUGH = 5  # boroughs whose median stands in for London's figure


def doubts(figures: Figures, london: Figures, kept: Figures) -> Iterator[tuple[Key, str]]:
    """The figures of a file that cannot be true, each with the reason. kept: what was imported before."""
    series = _series({**kept, **figures})
    middle = _middles(figures, london, kept)
    for key, share in figures.items():
        if why := _doubt(float(share), key, series, middle):
            yield key, why


def _doubt(share: float, key: Key, series: Callable[[Key], list[float]], middle: Mapping[Key, float]) -> str:
    if share in (0.0, 1.0):
        return f"{share:.0%} of the people asked is not plausible. Nobody, or everybody, never answered so."
    near = series(key)
    if len(near) > 1 and _apart(share, median(near), POINTS, TIMES):
        return f"{share:.0%} is not plausible: the figures a year around it are about {median(near):.0%}."
    measure, _, wave = key
    whole = middle.get((measure, LONDON, wave))
    if whole is not None and _apart(share, whole, FROM_LONDON, TIMES_LONDON):
        return f"{share:.0%} is not plausible: London as a whole is at {whole:.0%}."
    return ""


def _apart(share: float, other: float, points: float, times: float) -> bool:
    off = abs(share - other)
    low, high = sorted((share, other))
    return off > points or (off > LEAST and low * times < high)


def _series(figures: Figures) -> Callable[[Key], list[float]]:
    """Asks for the shares of the same borough and measure around a wave, without the wave itself."""
    lines: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for (measure, borough, wave), share in figures.items():
        lines[measure, borough].append((wave.toordinal(), float(share)))

    def near(key: Key) -> list[float]:
        here = key[2].toordinal()
        return [share for day, share in lines[key[0], key[1]] if 0 < abs(day - here) <= NEAR]

    return near


def _middles(figures: Figures, london: Figures, kept: Figures) -> dict[Key, float]:
    """London's share by measure and wave; where no file says it, the median of enough boroughs."""
    together: dict[Key, list[float]] = defaultdict(list)
    for (measure, _, wave), share in figures.items():
        together[measure, LONDON, wave].append(float(share))
    found = {key: median(shares) for key, shares in together.items() if len(shares) >= ENOUGH}
    for said in (kept, london, figures):
        found |= {key: float(share) for key, share in said.items() if key[1] == LONDON}
    return found
