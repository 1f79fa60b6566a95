"""Puts a survey file together: its tables, its dialect, its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from engagement.survey import text, values, workbook
from engagement.survey.columns import KNOWN, places
from engagement.survey.content import Cells, Dialect, Reading, Rejected, Row, Table, Unreadable
from policy.reading.collecting import no_collecting

OURS = "pas"  # what the column Survey says, where a file has one
ZIPPED = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_EITHER_WAY = {values.DAY_FIRST, values.MONTH_FIRST}
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True)
class _Line:
    """One line by column, with where it stands. spare: what stands beyond the headings."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    spare: str

    def reject(self, why: str) -> Rejected:
        return Rejected(self.number, why, self.sheet)


@no_collecting()
def read(content: bytes) -> Reading:
    """Every data line as a Row or a Rejected. Raises Unreadable when it is not such a file at all."""
    dialect, tables = _open(content)
    lines = [line for table in tables for line in _by_column(table)]
    dialect.columns = [name for name in tables[0].header if name in KNOWN]
    shares = [share for line in lines for name in ("proportion", "mps") if (share := line.cells.get(name, ""))]
    dialect.decimals = values.decimals(shares)
    dialect.shares = values.usual(values.scale(share) for share in shares)
    read_rows = [_row(line, dialect.shares) for line in lines]
    dialect.dates = values.usual(order for order, _ in read_rows if order)
    parted = values.usual(order for order, _ in read_rows if order in _EITHER_WAY)
    return Reading(dialect, [_in_order(row, order, parted) for order, row in read_rows])


def _open(content: bytes) -> tuple[Dialect, list[Table]]:
    if len(content) > LARGEST:
        raise Unreadable(f"It is larger than {LARGEST // 1024**2} MB. The survey's file has about half a megabyte.")
    if content.startswith(OLD_WORKBOOK):
        raise Unreadable("This is an old or a locked workbook. Open it and save it as .xlsx or as CSV.")
    return workbook.tables(content) if content.startswith(ZIPPED) else text.tables(content)


def _by_column(table: Table) -> Iterator[_Line]:
    where = places(table.header)
    for number, cells in table.lines:
        named = {name: cells[place] if place < len(cells) else "" for name, place in where.items()}
        yield _Line(table.sheet, number, named, _spare(cells, table))


def _spare(cells: Cells, table: Table) -> str:
    """What stands under no heading: a sign that a decimal comma was taken for the end of a column."""
    return next((cell for cell, name in zip(cells, _padded(table, cells), strict=False) if cell and not name), "")


def _padded(table: Table, cells: Cells) -> list[str]:
    return table.header + [""] * max(0, len(cells) - len(table.header))


def _row(line: _Line, scale: str) -> tuple[str, Row | Rejected]:
    """The order its date is written in, and the row."""
    survey = line.cells.get("survey", "").strip("\"'“” ")
    if survey and survey.casefold() != OURS:
        return "", line.reject(f"“{survey[:40]}” is another survey; only PAS is read.")
    if line.spare:
        return "", line.reject(f"“{line.spare[:40]}” stands under no heading. Is a decimal comma without quote marks?")
    london = line.cells.get("mps", "")
    try:
        order, wave = values.day(line.cells["date"])
        share = values.share(line.cells["proportion"])
        beside = values.share(london) if london else None
    except ValueError as problem:
        return "", line.reject(str(problem))
    if {values.scale(written) for written in (line.cells["proportion"], london) if written} != {scale}:
        return order, line.reject(f"Percentages and proportions are mixed; most of this file holds {scale}.")
    borough, measure = (line.cells[name].strip() for name in ("borough", "measure"))
    return order, Row(line.number, wave, borough, measure, share, beside, line.sheet)


def _in_order(row: Row | Rejected, order: str, usual: str) -> Row | Rejected:
    """Refuses a date that is written the other way round than the rest of the file."""
    if isinstance(row, Rejected) or order == usual or order not in _EITHER_WAY:
        return row
    return Rejected(row.line, f"{_said(row.wave, order)} is written {order}, and most of this file {usual}.", row.sheet)


def _said(wave: date, order: str) -> str:
    return f"{wave:%m/%d/%Y}" if order == values.MONTH_FIRST else f"{wave:%d/%m/%Y}"
