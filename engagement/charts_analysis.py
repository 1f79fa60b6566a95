"""Draws intervals over one scale, with a line where there is no difference. The table beside it holds the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from engagement.charts import Mark

ROW, TOP, FOOT = 34, 10, 34


@dataclass(frozen=True)
class Spread:
    """One interval: its name, its ends and its middle, in the unit of the scale. strong: the answer itself."""

    name: str
    middle: float
    low: float
    high: float
    strong: bool = False


@dataclass(frozen=True)
class Row:
    """A Spread as drawn: y of its line, x of its ends and middle."""

    name: str
    y: float
    low: float
    middle: float
    high: float
    strong: bool
    words: str


@dataclass(frozen=True)
class Forest:
    """name: of the size, as the style sheet knows it. zero: x of no difference. label_x: where the names begin."""

    name: str
    width: int
    height: int
    zero: float
    floor: float
    rows: tuple[Row, ...]
    scale: tuple[Mark, ...]
    above: bool


def forest(spreads: Sequence[Spread], *, unit: str = "", digits: int = 1) -> list[Forest]:
    """The drawing for each width. Empty without anything to draw."""
    sizes = (("wide", 720, 250, False), ("middle", 500, 190, False), ("narrow", 340, 12, True))
    return [_drawn(spreads, *size, unit=unit, digits=digits) for size in sizes] if spreads else []


def _drawn(
    spreads: Sequence[Spread], name: str, width: int, left: int, above: bool, *, unit: str, digits: int
) -> Forest:
    """above: names stand over their lines, where there is no room beside them."""
    step = ROW + 18 if above else ROW
    marks = _marks(min(0.0, *(s.low for s in spreads)), max(0.0, *(s.high for s in spreads)))
    first, last, right = marks[0], marks[-1], width - 26

    def x(value: float) -> float:
        return round(left + 14 + (value - first) / (last - first) * (right - left - 14), 1)

    def row(place: int, one: Spread) -> Row:
        words = f"{one.name}: {one.middle:.{digits}f}{unit}, about {one.low:.{digits}f} to {one.high:.{digits}f}"
        y = TOP + step * place + (step * 0.68 if above else step / 2)
        return Row(one.name, round(y, 1), x(one.low), x(one.middle), x(one.high), one.strong, words)

    base = TOP + step * len(spreads)
    shown = marks if not above or len(marks) < 6 else marks[::2]
    scale = tuple(Mark(x(mark), base + 22, _said(mark)) for mark in shown)
    rows = tuple(row(place, one) for place, one in enumerate(spreads))
    return Forest(name, width, base + FOOT, x(0), base, rows, scale, above)


def _marks(low: float, high: float) -> list[float]:
    """Round numbers in steps of 1, 2 or 5 times a power of ten that reach over both ends; zero is one of them."""
    reach = (high - low) or 1.0
    rough = reach / 5
    power = 10 ** floor(log10(rough))
    step = next(times * power for times in (1, 2, 5, 10) if times * power >= rough)
    return [place * step for place in range(floor(low / step), -floor(-high / step) + 1)]


def _said(mark: float) -> str:
    written = f"{mark:.4f}".rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written.replace("-", "−")
