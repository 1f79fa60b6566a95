"""A survey file that is a workbook: the sheets with the boroughs and with London, and nothing it could do to us.

A workbook is a zip of XML. It is measured before it is opened (a small file can unpack to gigabytes), read row by row,
and entities are refused.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from typing import Any
from xml.parsers.expat import ExpatError

from engagement.survey.columns import NEEDED, headings
from engagement.survey.content import Dialect, Table, Unreadable

MOST_PARTS = 500
MOST_UNPACKED = 150 * 1024 * 1024
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 30, 100_000, 60
PREFACE = 5
# What the library raises for files that are broken in ways it did not think of.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,  # XML that is not well formed
    ExpatError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    OSError,
    EOFError,
    RuntimeError,
    AssertionError,
)


def tables(content: bytes) -> tuple[Dialect, list[Table]]:
    """Every sheet that has the survey's columns; the others are named as left out. Raises Unreadable."""
    _measure(content)
    try:
        # Loaded when the first workbook comes: openpyxl is large, and few processes ever see one.
        book = import_module("engagement.survey.sheets").Book(content)
        read = [(name, _table(book, name)) for name in book.names[:MOST_SHEETS]]
    except Unreadable:
        raise
    except _BROKEN as problem:
        raise Unreadable("This workbook is broken. Open it and save it again, or save its sheet as CSV.") from problem
    found = [table for _, table in read if table is not None]
    if not found:
        raise Unreadable(f"No sheet of this workbook has the columns {', '.join(NEEDED)}.")
    left_out = [name for name, table in read if table is None] + book.names[MOST_SHEETS:]
    return Dialect("workbook", sheets=[table.sheet for table in found], left_out=left_out), found


def _measure(content: bytes) -> None:
    """Raises Unreadable for what would unpack to too much. The sizes are the archive's claim; zipfile holds to it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except _BROKEN as problem:
        raise Unreadable("This looks like a workbook, but it is broken or cut off.") from problem
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("This workbook is far larger inside than the survey's. Save its sheet as CSV.")


def _table(book: Any, name: str) -> Table | None:
    """The sheet's table; None when its first lines hold no headings that we know."""
    lines = _lines(book, name)
    for _ in range(PREFACE + 1):
        _, cells = next(lines, (0, []))
        header = headings(cells)
        if all(needed in header for needed in NEEDED):
            return Table(name, header, list(lines))
    return None


def _lines(book: Any, name: str) -> Iterator[tuple[int, list[str]]]:
    """The lines with anything in them, every cell as a text file would write it."""
    for count, (number, cells) in enumerate(book.rows(name, MOST_COLUMNS), 1):
        if max(count, number) > MOST_ROWS:
            raise Unreadable(f"The sheet {name} has more than {MOST_ROWS:,} rows.", number)
        written = [_cell(cell) for cell in cells]
        if any(written):
            yield number, written


@lru_cache(maxsize=2048, typed=True)  # the same names, days and shares stand in thousands of cells
def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".") if abs(value) < 1e6 else str(value)
    return str(value).strip()
