"""What a survey file holds once it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Cells = Sequence[str]


class Unreadable(ValueError):
    """The file is not one of the survey's. The message says what was expected; line counts from 1."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Row:
    """One figure as published. share and london are proportions (0 to 1); line counts from 1, the header's."""

    line: int
    wave: date
    borough: str
    measure: str
    share: Decimal
    london: Decimal | None
    sheet: str = ""


@dataclass(frozen=True)
class Rejected:
    """A line that was not understood or cannot be true, and why. sheet: of a workbook, else empty."""

    line: int
    why: str
    sheet: str = ""


@dataclass(frozen=True)
class Table:
    """One table of a file: its header and its lines below, each with its number. width: columns in use."""

    sheet: str
    header: list[str]
    lines: list[tuple[int, Cells]]


@dataclass
class Dialect:
    """How the file was written, as far as it was found out. Every value can be shown as it stands."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    quotes: str = ""
    decimals: str = ""
    dates: str = ""
    shares: str = ""
    columns: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, str | list[str]]:
        """Without what does not apply to this file."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Reading:
    """A file's dialect and every data line of it, understood or not."""

    dialect: Dialect
    rows: list[Row | Rejected]

    def __iter__(self) -> Iterator[Row | Rejected]:
        return iter(self.rows)
