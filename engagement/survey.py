"""Reads the Public Attitude Survey's published files. Pure: text in, rows out.

Dialects met: semicolons or commas or tabs; decimal commas or points; dd/mm/yyyy, d/m/yyyy or ISO dates; quote marks in
measure names; empty trailing columns; UTF-8 with or without a mark, or Windows-1252 (domain.md D.2).
"""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NEEDED = ("date", "borough", "measure", "proportion")
OURS = "pas"  # what the column Survey says, where a file has one
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # the first bytes of .xlsx and .xls
DECIMALS = Decimal("0.0001")  # as many as are kept: a spreadsheet may turn 0.56 into 0.56000000000000005
_DAY_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{0,30})?")


class Unreadable(ValueError):
    """The file is not one of the survey's. The message says what was expected."""


@dataclass(frozen=True)
class Row:
    """One figure as published. share and london are proportions (0 to 1); line counts from 1, the header's."""

    line: int
    wave: date
    borough: str
    measure: str
    share: Decimal
    london: Decimal | None


@dataclass(frozen=True)
class Rejected:
    """A line that was not understood or cannot be true, and why."""

    line: int
    why: str


def read(content: bytes) -> Iterator[Row | Rejected]:
    """Every data line as a Row or a Rejected. Raises Unreadable when it is not such a file at all."""
    text = _decode(content)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = [name.strip().strip('"').casefold() for name in next(lines, [])]
        missing = [name for name in NEEDED if name not in header]
        if missing:
            raise Unreadable(f"This is not a survey file: it has no column {', '.join(missing)}.")
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield _row(lines.line_num, dict(zip(header, cells, strict=False)))
    except csv.Error as problem:
        raise Unreadable(f"This is not a survey file: line {lines.line_num} cannot be read.") from problem


def _decode(content: bytes) -> str:
    if content.startswith(WORKBOOKS):
        raise Unreadable("This is a workbook. Open it, choose the sheet with the boroughs and save that as CSV.")
    if b"\0" in content:
        raise Unreadable("This is not a text file. Save the survey's sheet as CSV first.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(";,\t", key=first.count)


def _row(number: int, cells: dict[str, str]) -> Row | Rejected:
    survey = cells.get("survey", "").strip()
    if survey and survey.casefold() != OURS:
        return Rejected(number, f"“{survey}” is another survey; only PAS is read.")
    try:
        return Row(
            line=number,
            wave=_wave(cells.get("date", "")),
            borough=cells.get("borough", "").strip(),
            measure=cells.get("measure", "").strip(),
            share=_share(cells.get("proportion", "")),
            london=_share(cells["mps"]) if cells.get("mps", "").strip() else None,
        )
    except ValueError as problem:
        return Rejected(number, str(problem))


def _wave(written: str) -> date:
    """A quarter's last day; day first, as the publisher writes it. The survey began in 1983. Raises ValueError."""
    written = written.strip().split(" ")[0]
    if found := _DAY_FIRST.fullmatch(written):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.fullmatch(written):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise ValueError(f"“{written}” is not a date like 31/12/2023.")
    if not (1 <= month <= 12 and 1983 <= year <= 2200) or month % 3 or day != monthrange(year, month)[1]:
        raise ValueError(f"“{written}” is not the last day of a quarter.")
    return date(year, month, day)


def _share(written: str) -> Decimal:
    """A proportion. A percentage, or 6,0 that was once 0,6, is refused: guessing would hide the error."""
    if not _NUMBER.fullmatch(written.strip()):
        raise ValueError(f"“{written}” is not a number like 0,56 or 0.56.")
    share = Decimal(written.strip().replace(",", "."))
    if not 0 <= share <= 1:
        raise ValueError(f"“{written}” is not a proportion between 0 and 1; is it a percentage?")
    return share.quantize(DECIMALS)
