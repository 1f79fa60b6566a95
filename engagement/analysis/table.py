"""The plain table that every method starts from: one line a borough and year. Without numpy."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMNS = ("borough", "year", "outcome", "exposure")
MOST_LINES = 20_000


class Unusable(ValueError):
    """The table is not one. The message says what was expected."""


@dataclass(frozen=True)
class Line:
    """outcome or exposure None: not known that year."""

    borough: str
    year: int
    outcome: float | None
    exposure: float | None


@dataclass(frozen=True)
class Table:
    lines: tuple[Line, ...]

    @classmethod
    def of(cls, rows: Iterable[Sequence[object]]) -> Table:
        """From (borough, year, outcome, exposure). Raises Unusable when a borough has one year twice."""
        lines = tuple(Line(str(b), int(str(y)), _known(o), _known(x)) for b, y, o, x in rows)
        if len(lines) > MOST_LINES:
            raise Unusable(f"The table has more than {MOST_LINES:,} lines.")
        seen: set[tuple[str, int]] = set()
        for line in lines:
            if (line.borough, line.year) in seen:
                raise Unusable(f"{line.borough} has the year {line.year} twice.")
            seen.add((line.borough, line.year))
        return cls(tuple(sorted(lines, key=lambda line: (line.borough, line.year))))

    @property
    def years(self) -> list[int]:
        return sorted({line.year for line in self.lines})

    def rows(self) -> list[list[object]]:
        """As plain rows, to keep and to read again with `of`."""
        return [[line.borough, line.year, line.outcome, line.exposure] for line in self.lines]


def read(text: str) -> Table:
    """From CSV with the columns borough, year, outcome, exposure in any order. Raises Unusable with the line."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header = [name.strip().casefold() for name in next(lines, [])]
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise Unusable(f"The table has no column {', '.join(missing)}.")
    rows = []
    for cells in lines:
        if any(cell.strip() for cell in cells):
            named = dict(zip(header, cells, strict=False))
            rows.append(_row([named.get(name, "").strip() for name in COLUMNS], lines.line_num))
    return Table.of(rows)


def _row(cells: Sequence[str], number: int) -> tuple[str, int, float | None, float | None]:
    try:
        return cells[0], int(cells[1]), _known(cells[2]), _known(cells[3])
    except ValueError as problem:
        raise Unusable(f"Line {number} cannot be read: {problem}.") from problem


def _known(value: object) -> float | None:
    """Raises ValueError for what is no number; an infinite one is none."""
    if value is None or value == "":
        return None
    number = float(str(value))
    if math.isinf(number):
        raise ValueError(f"{value} is not a finite number")
    return None if math.isnan(number) else number
