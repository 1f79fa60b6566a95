"""The month's spending as bars, a day each, drawn on the server. The table beside it holds the same figures."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from publishing.affording import dollars
from publishing.models import Kind
from publishing.money import MICROS

# From the floor upwards, the darkest first: it also reads when printed in grey.
PARTS = (
    ("link", "Posts with a link", (Kind.CREATE_LINK,)),
    ("post", "Posts without a link", (Kind.CREATE,)),
    ("rest", "Reading and the rest", (Kind.MEDIA, Kind.READ, Kind.USER, Kind.DELETE)),
)
HEIGHT, TOP, BOTTOM, LEFT = 190, 12, 28, 46


@dataclass(frozen=True)
class Bar:
    """One part of one day."""

    part: str
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Word:
    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Drawing:
    """name: the width for which it is drawn, "wide" or "narrow"."""

    name: str
    width: int
    bars: list[Bar]
    scale: list[Word]
    days: list[Word]
    height: int = HEIGHT
    left: int = LEFT
    floor: int = HEIGHT - BOTTOM


def draw(days: Mapping[date, Mapping[str, int]], *, first: date, last: date) -> list[Drawing]:
    """Both drawings. days: micros of each kind by day."""
    return [_draw("wide", 720, 7, days, first, last), _draw("narrow", 340, 10, days, first, last)]


def _draw(
    name: str, width: int, every: int, days: Mapping[date, Mapping[str, int]], first: date, last: date
) -> Drawing:
    top = _round_up(max((sum(kinds.values()) for kinds in days.values()), default=0))
    count = (last - first).days + 1
    step = (width - LEFT - 8) / count
    floor, room = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    bars = []
    for at in range(count):
        day, base = first + timedelta(days=at), float(floor)
        for part, label, kinds in PARTS:
            micros = sum(days.get(day, {}).get(kind, 0) for kind in kinds)
            height = room * micros / top
            base -= height
            if micros:
                said = f"{day.day} {day:%B}: {label.lower()} {dollars(micros)}"
                x, wide = LEFT + at * step + step * 0.15, step * 0.7
                bars.append(Bar(part, round(x, 1), round(base, 1), round(wide, 1), round(height, 1), said))
    scale = [Word(LEFT - 6, round(floor - room * share, 1), dollars(int(top * share))) for share in (0, 0.5, 1)]
    names = [
        Word(round(LEFT + (at + 0.5) * step, 1), HEIGHT - 9, str((first + timedelta(days=at)).day))
        for at in range(0, count, every)
    ]
    return Drawing(name, width, bars, scale, names)


def _round_up(micros: int) -> int:
    """The next of 1, 2, 5 times a power of ten, at least a cent."""
    least = max(micros, MICROS // 100)
    power = 10 ** math.floor(math.log10(least))
    return next(int(power * times) for times in (1, 2, 5, 10) if power * times >= least)
