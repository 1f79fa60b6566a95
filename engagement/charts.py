"""Draws charts as SVG on the server: they need no script, print as they stand, and read at any width.

Each chart comes in two sizes, so that its words stay readable on a phone. The table beside it holds the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engagement.dashboard import Stretch
from engagement.survey_view import Point


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


WIDE = Size("wide", 720, 300, 44, 92)
NARROW = Size("narrow", 340, 250, 38, 12, labels=4)
WIDE_BARS = Size("wide", 720, 220, 44, 12)
NARROW_BARS = Size("narrow", 340, 200, 34, 12, labels=4)


@dataclass(frozen=True)
class Mark:
    """A word at a place. anchor: SVG's text-anchor."""

    x: float
    y: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Line:
    """A borough's line with its band, and London's line, as SVG point lists."""

    size: Size
    band: str
    borough: str
    london: str
    dots: tuple[Mark, ...]
    scale: tuple[Mark, ...]
    days: tuple[Mark, ...]
    ends: tuple[Mark, ...]


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Bars:
    size: Size
    bars: tuple[Bar, ...]
    scale: tuple[Mark, ...]
    days: tuple[Mark, ...]


def confidence(points: Sequence[Point], *, name: str) -> list[Line]:
    """The borough's figures with their intervals and London's line, wide and narrow. Empty without two points."""
    return [_line(points, size, name) for size in (WIDE, NARROW)] if len(points) > 1 else []


def posts(stretches: Sequence[Stretch], *, unit: str) -> list[Bars]:
    """Bars of posts a week or month, wide and narrow."""
    return [_bars(stretches, size, unit) for size in (WIDE_BARS, NARROW_BARS)]


def _line(points: Sequence[Point], size: Size, name: str) -> Line:
    lows = [min(point.borough.low, point.london or 1) for point in points]
    highs = [max(point.borough.high, point.london or 0) for point in points]
    bottom, top = max(0, int(min(lows) * 10) * 10 - 0), min(100, -int(-max(highs) * 10) * 10 + 10)
    first, last = points[0].wave.toordinal(), points[-1].wave.toordinal()

    def x(point: Point) -> float:
        share = (point.wave.toordinal() - first) / (last - first)
        return round(size.left + share * (size.inner_right - size.left), 1)

    def y(share: float) -> float:
        return round(size.floor - (share * 100 - bottom) / (top - bottom) * (size.floor - size.top), 1)

    upper = [f"{x(point)},{y(point.borough.high)}" for point in points]
    lower = [f"{x(point)},{y(point.borough.low)}" for point in reversed(points)]
    london = [point for point in points if point.london is not None]
    return Line(
        size=size,
        band=" ".join(upper + lower),
        borough=" ".join(f"{x(point)},{y(point.borough.share)}" for point in points),
        london=" ".join(f"{x(point)},{y(point.london or 0)}" for point in london),
        dots=tuple(Mark(x(point), y(point.borough.share), _said(point, name)) for point in points),
        scale=tuple(Mark(size.left - 8, y(mark / 100), f"{mark}%", "end") for mark in _steps(bottom, top)),
        days=_days([(x(point), point.wave) for point in points], size),
        ends=_ends(points[-1], london, y, size, name),
    )


def _said(point: Point, name: str) -> str:
    borough = point.borough
    said = (
        f"{name}, 12 months to {point.wave:%B %Y}: {borough.share:.0%}, about {borough.low:.0%} to {borough.high:.0%}"
    )
    return f"{said}; London {point.london:.0%}" if point.london is not None else said


def _ends(last: Point, london: Sequence[Point], y: object, size: Size, name: str) -> tuple[Mark, ...]:
    """The lines' names at their right ends, kept apart; the narrow drawing has a key below instead."""
    if size.name == "narrow":
        return ()
    ours = y(last.borough.share) + 4  # type: ignore[operator]
    theirs = y(london[-1].london) + 4 if london else None  # type: ignore[operator]
    if theirs is not None and abs(ours - theirs) < 16:
        middle = (ours + theirs) / 2
        ours, theirs = (middle - 8, middle + 8) if ours <= theirs else (middle + 8, middle - 8)
    marks = [Mark(size.inner_right + 8, ours, name, "start")]
    return tuple(marks + ([Mark(size.inner_right + 8, theirs, "London", "start")] if theirs is not None else []))


def _steps(bottom: int, top: int) -> range:
    return range(bottom, top + 1, 10 if top - bottom <= 60 else 20)


def _days(places: Sequence[tuple[float, date]], size: Size) -> tuple[Mark, ...]:
    """As many dates as fit, the last one always."""
    every = max(1, -(-len(places) // size.labels))
    shown = [place for back, place in enumerate(reversed(places)) if back % every == 0]
    return tuple(Mark(x, size.height - 8, f"{day:%b %Y}") for x, day in reversed(shown))


def _bars(stretches: Sequence[Stretch], size: Size, unit: str) -> Bars:
    most = max([stretch.posts for stretch in stretches] + [1])
    step = (size.inner_right - size.left) / max(len(stretches), 1)
    height = (size.floor - size.top) / most
    bars = tuple(
        Bar(
            x=round(size.left + place * step + step * 0.15, 1),
            y=round(size.floor - stretch.posts * height, 1),
            width=round(step * 0.7, 1),
            height=round(stretch.posts * height, 1),
            words=f"{unit} {stretch.start:%-d %B %Y}: {stretch.posts} posts",
        )
        for place, stretch in enumerate(stretches)
    )
    every = max(1, -(-len(bars) // size.labels))
    days = tuple(
        Mark(
            bar.x + bar.width / 2,
            size.height - 8,
            f"{stretch.start:%-d %b}" if unit == "Week of" else f"{stretch.start:%b}",
        )
        for place, (bar, stretch) in enumerate(zip(bars, stretches, strict=True))
        if (len(bars) - 1 - place) % every == 0
    )
    marks = sorted({0, most // 2, most} if most > 1 else {0, 1})
    scale = tuple(Mark(size.left - 8, round(size.floor - mark * height + 4, 1), str(mark), "end") for mark in marks)
    return Bars(size, bars, scale, days)
