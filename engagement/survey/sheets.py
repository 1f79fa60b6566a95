"""The rows of a workbook's sheets, by openpyxl's own parts, each sheet read once and only as far as it is wanted.

openpyxl goes through a sheet that does not state its size once more, only to learn it, and reads XML in Python where
defusedxml is there. Here the quick parser of the standard library reads, and a guard before it refuses a document type,
and so every entity: a sheet needs none.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, XMLPullParser
from xml.parsers import expat

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import INLINE_STRING, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

CHUNK = 1 << 16
_PLAIN = f"{{{SHEET_MAIN_NS}}}t"


class Book:
    """A workbook that is open. names: its sheets in their order, with charts, which have no rows."""

    def __init__(self, content: bytes) -> None:
        self._reader = reader = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        reader.read_manifest()
        reader.read_strings()
        reader.read_workbook()
        apply_stylesheet(reader.archive, reader.wb)
        self._paths = {
            sheet.name: rel.target if rel.Type.endswith("/worksheet") else ""
            for sheet, rel in reader.parser.find_sheets()
        }
        self.names = list(self._paths)

    def rows(self, name: str, columns: int) -> Iterator[tuple[int, list[object]]]:
        """Each row's number as the sheet has it, and its first values, None where a cell is empty."""
        if not self._paths[name]:
            return
        with self._reader.archive.open(self._paths[name]) as source:
            book = self._reader.wb
            facts = {"epoch": book.epoch, "date_formats": book._date_formats}
            facts |= {"timedelta_formats": book._timedelta_formats}
            parser = _Cells(source, self._reader.shared_strings, data_only=True, **facts)
            for element in _rows(source):
                number, cells = parser.parse_row(element)
                values: list[object] = []
                for cell in cells:
                    place = cell["column"]
                    if place > columns:
                        break
                    values += [None] * (place - len(values))
                    values[place - 1] = cell["value"]
                element.clear()
                yield number, values


class _Cells(WorkSheetParser):
    """Reads text that stands in its cell without openpyxl's objects around it, where it has no pieces."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        inside = element.find(INLINE_STRING) if element.get("t") == "inlineStr" else None
        if inside is not None and len(inside) == 1 and inside[0].tag == _PLAIN:
            element.set("t", "str")  # as the answer of a formula stands there
            inside.tag, inside.text = VALUE_TAG, inside[0].text
        return super().parse_cell(element)


def _rows(source: IO[bytes]) -> Iterator[Element]:
    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = _refuse
    parser = XMLPullParser(["end"])
    while chunk := source.read(CHUNK):
        guard.Parse(chunk)
        parser.feed(chunk)
        for _, element in parser.read_events():
            if element.tag == ROW_TAG:
                yield element
    parser.close()


def _refuse(*_: object) -> None:
    raise ValueError("A sheet declares no document type.")
