"""Draws charts as SVG on the server: they need no script, print as they stand, and read at any width.

Each chart comes in three sizes, so that its words stay readable on a phone. The table beside it holds the same figures.
One chart has one scale: survey figures and posts never share a drawing (domain.md D.7).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engagement.events import Event
from engagement.survey_view import Point

APART = timedelta(days=100)  # a wave is missing between two points further apart: the line is not drawn across
LEAN = 30
CLOSEST = 17  # between two names at the ends of the lines
MOST_MARKS = 4
CROWD = 20  # more dots than this are drawn smaller


@dataclass(frozen=True)
class Size:
    """Of a drawing in CSS pixels: left keeps the numbers of the scale, right the names at the lines' ends."""

    name: str
    width: int
    height: int
    left: int
    right: int
    top: int = 16
    bottom: int = 30
    labels: int = 8

    @property
    def inner_right(self) -> int:
        return self.width - self.right

    @property
    def floor(self) -> int:
        return self.height - self.bottom

    @property
    def foot(self) -> int:
        """Where the words below the scale stand."""
        return self.height - 9


LINES = (
    Size("wide", 720, 300, 44, 120),
    Size("middle", 500, 280, 42, 110, labels=5),
    Size("narrow", 340, 250, 38, 12, labels=3),
)
BARS = (
    Size("wide", 720, 220, 40, 12, labels=10),
    Size("middle", 500, 210, 36, 10, labels=6),
    Size("narrow", 340, 200, 34, 8, labels=5),
)


@dataclass(frozen=True)
class Mark:
    """A word at a place. anchor: SVG's text-anchor."""

    x: float
    y: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Line:
    """A borough's line with its band, and London's line, as SVG point lists: one for each stretch without a gap."""

    size: Size
    bands: tuple[str, ...]
    borough: tuple[str, ...]
    london: tuple[str, ...]
    dots: tuple[Mark, ...]
    radius: float
    scale: tuple[Mark, ...]
    days: tuple[Mark, ...]
    ends: tuple[Mark, ...]
    events: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Column:
    """What one bar stands for. value None: unknown, a question mark and never zero; idle: nothing to count."""

    label: str
    value: float | None
    words: str
    growing: bool = False
    idle: bool = False


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    words: str
    known: bool
    growing: bool
    idle: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True)
class Bars:
    size: Size
    bars: tuple[Bar, ...]
    scale: tuple[Mark, ...]
    days: tuple[Mark, ...]


def confidence(points: Sequence[Point], *, name: str, events: Sequence[Event] = ()) -> list[Line]:
    """The borough's figures with their intervals and London's line, in every size. Empty without two points.

    events: between the first figure and the last; each is a numbered line, told in words below the chart.
    """
    return [_line(points, size, name, events) for size in LINES] if len(points) > 1 else []


def columns(found: Sequence[Column]) -> list[Bars]:
    """Bars from zero, in every size. Empty when nothing is known."""
    return [_bars(found, size) for size in BARS] if any(column.value is not None for column in found) else []


def _line(points: Sequence[Point], size: Size, name: str, events: Sequence[Event]) -> Line:
    bottom, top = _reach(points)
    first, last = points[0].wave.toordinal(), points[-1].wave.toordinal()

    def x(day: date) -> float:
        share = (day.toordinal() - first) / (last - first)
        return round(size.left + share * (size.inner_right - size.left), 1)

    def y(share: float) -> float:
        return round(size.floor - (share * 100 - bottom) / (top - bottom) * (size.floor - size.top), 1)

    def path(run: Sequence[tuple[date, float]]) -> str:
        return " ".join(f"{x(day)},{y(share)}" for day, share in run)

    upper = _unbroken([(point.wave, point.borough.high) for point in points])
    lower = _unbroken([(point.wave, point.borough.low) for point in points])
    london = _unbroken([(point.wave, point.london) for point in points if point.london is not None])
    return Line(
        size=size,
        bands=tuple(f"{path(high)} {path(low[::-1])}" for high, low in zip(upper, lower, strict=True)),
        borough=tuple(path(run) for run in _unbroken([(point.wave, point.borough.share) for point in points])),
        london=tuple(path(run) for run in london),
        dots=tuple(Mark(x(point.wave), y(point.borough.share), _said(point, name)) for point in points),
        radius=3.5 if len(points) <= CROWD else 2.2,
        scale=tuple(Mark(size.left - 8, y(mark / 100), f"{mark}%", "end") for mark in _steps(bottom, top)),
        days=_days([(x(point.wave), f"{point.wave:%b %Y}") for point in points], size),
        ends=_ends(y(points[-1].borough.share), y(london[-1][-1][1]) if london else None, size, name),
        events=tuple(Mark(x(event.day), size.top - 4, str(event.number)) for event in events),
    )


def _reach(points: Sequence[Point]) -> tuple[int, int]:
    """The whole tens, in per cent, between which every figure and interval lies."""
    london = [point.london for point in points if point.london is not None]
    lowest = min([point.borough.low for point in points] + london)
    highest = max([point.borough.high for point in points] + london)
    bottom, top = int(lowest * 10) * 10, -int(-highest * 10 // 1) * 10
    return bottom, min(100, max(top, bottom + 10))


def _unbroken(series: Sequence[tuple[date, float]]) -> list[list[tuple[date, float]]]:
    runs: list[list[tuple[date, float]]] = []
    for place, one in enumerate(series):
        if place and one[0] - series[place - 1][0] <= APART:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _said(point: Point, name: str) -> str:
    ours = point.borough
    said = f"{name}, 12 months to {point.wave:%B %Y}: {ours.share:.0%}, about {ours.low:.0%} to {ours.high:.0%}"
    return f"{said}; London {point.london:.0%}" if point.london is not None else said


def _ends(ours: float, theirs: float | None, size: Size, name: str) -> tuple[Mark, ...]:
    """The lines' names at their right ends, kept apart; the narrow drawing has a key below instead."""
    if size.name == "narrow":
        return ()
    x = size.inner_right + 10
    if theirs is None:
        return (Mark(x, ours + 5, name, "start"),)
    push = max(0.0, (CLOSEST - abs(ours - theirs)) / 2)
    up, down = (-push, push) if ours <= theirs else (push, -push)
    return (Mark(x, round(ours + up + 5, 1), name, "start"), Mark(x, round(theirs + down + 5, 1), "London", "start"))


def _steps(bottom: int, top: int) -> range:
    return range(bottom, top + 1, 10 if top - bottom <= 60 else 20)


def _days(places: Sequence[tuple[float, str]], size: Size) -> tuple[Mark, ...]:
    """As many words as fit, the last one always."""
    every = max(1, -(-len(places) // size.labels))
    shown = [place for back, place in enumerate(reversed(places)) if back % every == 0]
    return tuple(Mark(x, size.foot, words, _anchor(x, size)) for x, words in reversed(shown))


def _anchor(x: float, size: Size) -> str:
    """Words at the edges lean inwards."""
    if x > size.width - LEAN:
        return "end"
    return "start" if x < LEAN else "middle"


def _bars(found: Sequence[Column], size: Size) -> Bars:
    marks = _marks(max((column.value or 0) for column in found))
    step = (size.inner_right - size.left) / len(found)

    def y(value: float) -> float:
        return round(size.floor - value / marks[-1] * (size.floor - size.top), 1)

    bars = tuple(_bar(column, size.left + place * step, step, y, size) for place, column in enumerate(found))
    return Bars(
        size=size,
        bars=bars,
        scale=tuple(Mark(size.left - 8, y(mark), str(mark), "end") for mark in marks),
        days=_days([(bar.middle, column.label) for bar, column in zip(bars, found, strict=True)], size),
    )


def _bar(column: Column, left: float, step: float, y: Callable[[float], float], size: Size) -> Bar:
    top = y(column.value or 0)
    return Bar(
        x=round(left + step * 0.16, 1),
        y=top,
        width=round(step * 0.68, 1),
        height=round(size.floor - top, 1),
        words=column.words,
        known=column.value is not None,
        growing=column.growing,
        idle=column.idle,
    )


def _marks(most: float) -> list[int]:
    """Whole numbers from zero in steps of 1, 2 or 5 times a power of ten, the last one not below `most`."""
    step = 1
    while most > step * MOST_MARKS:
        step = step * 5 // 2 if str(step).startswith("2") else step * 2
    top = max(1, -int(-most // step))
    return [step * number for number in range(top + 1)]
