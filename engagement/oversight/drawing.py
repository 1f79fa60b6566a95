"""The drawings of a report: ranges on one scale, and updates a month. Server-side, so that they print as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from engagement import charts, wording
from engagement.charts import Bars, Column

NAMES, ROW, HEAD = 150, 26, 22  # CSS pixels: the column of names, a row, the scale above
WIDTH, EDGE = 560, 16


@dataclass(frozen=True)
class Range:
    """One row: where its line begins and ends, its dot, and its words."""

    name: str
    words: str
    y: int
    low: float
    high: float
    dot: float


@dataclass(frozen=True)
class Ranges:
    height: int
    rows: tuple[Range, ...]
    scale: tuple[tuple[float, str], ...]
    width: int = WIDTH
    names: int = NAMES
    top: int = HEAD

    @property
    def foot(self) -> int:
        return self.height - 4


def ranges(found: Sequence[Mapping[str, Any]]) -> Ranges | None:
    """Shares with their 95% ranges, from 0 to 100 per cent; None where there is none."""
    if not found:
        return None
    rows = tuple(
        Range(
            name=str(one["name"]),
            words=f"{one['name']}: {one['words']}",
            y=HEAD + place * ROW + ROW // 2,
            low=_x(one["low"]),
            high=_x(one["high"]),
            dot=_x(one["share"]),
        )
        for place, one in enumerate(found)
    )
    marks = tuple((_x(mark / 100), f"{mark}%") for mark in range(0, 101, 20))
    return Ranges(HEAD + len(rows) * ROW + 6, rows, marks)


def months(found: Sequence[Sequence[Any]]) -> list[Bars]:
    """Updates a month, in every size; empty where there is no month with one."""
    if not any(number for _, number in found):
        return []
    return charts.columns([_month(date.fromisoformat(day), number) for day, number in found])


def _month(day: date, number: int) -> Column:
    return Column(f"{day:%b}", number, f"{day:%B %Y}: {wording.updates(number).lower()}")


def _x(share: float) -> float:
    return round(NAMES + share * (WIDTH - EDGE - NAMES), 1)
