"""A survey file that is text: its alphabet, what parts its columns, and its lines.

Each line is read for itself: a quote mark that is opened and never closed spoils its own line and swallows no other. A
cell that goes on over a few lines between its quote marks is put together again.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engagement.survey.columns import NEEDED, headings
from engagement.survey.content import Dialect, Table, Unreadable

DELIMITERS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "pipe"}
MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
]
PREFACE = 5  # so many lines may stand above the headings: a title, "sep=;"
MOST_LINES = 100_000
LONGEST_LINE = 20_000
CELL_OVER = 4  # so many lines may one quoted cell go over
_ENDS = re.compile(r"\r\n|\n|\r")
_APOSTROPHES = re.compile(r"\s*'[^']*'\s*([;,\t|]\s*'[^']*'\s*)+$")


@dataclass(frozen=True)
class _Hand:
    """How cells are parted and quoted."""

    delimiter: str
    quote: str
    escape: str | None

    def cells(self, line: str) -> list[str]:
        try:
            found = next(csv.reader([line], delimiter=self.delimiter, quotechar=self.quote, escapechar=self.escape), [])
        except csv.Error as problem:
            raise Unreadable(f"A line cannot be read: {problem}.") from problem
        return [cell.strip() for cell in found]


def tables(content: bytes) -> tuple[Dialect, list[Table]]:
    """The one table of a text file. Raises Unreadable when it has no headings that we know."""
    text, encoding = _decode(content)
    lines = _ENDS.split(text)
    if len(lines) > MOST_LINES:
        raise Unreadable(f"It has more than {MOST_LINES:,} lines. The survey's file has about 9,000.", MOST_LINES)
    long = next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), 0)
    if long:
        raise Unreadable(f"This is not a survey file: line {long:,} is longer than any line of it.", long)
    place, hand, header = _header(lines, escape="\\" if '\\"' in text else None)
    body = [(number, hand.cells(line)) for number, line in _records(lines, place + 1, hand, len(header))]
    dialect = Dialect("text", encoding, DELIMITERS[hand.delimiter], _quotes(hand, text))
    return dialect, [Table("", header, [(number, cells) for number, cells in body if any(cells)])]


def _records(lines: Sequence[str], begin: int, hand: _Hand, width: int) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with its number from 1; those that one quoted cell goes over as one, in one line."""
    place = begin
    while place < len(lines):
        record, taken = lines[place], 1
        if record.count(hand.quote) % 2:
            for more in range(2, CELL_OVER + 1):
                whole = " ".join(lines[place : place + more])
                if whole.count(hand.quote) % 2 == 0:
                    record, taken = (whole, more) if len(hand.cells(whole)) <= width else (record, 1)
                    break
        if record.strip():
            yield place + 1, record
        place += taken


def _decode(content: bytes) -> tuple[str, str]:
    """The text and its alphabet's name. Raises Unreadable for what is no text."""
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            return _strictly(content, codec), name
    if b"\0" in content[:200]:
        little = content[1:200:2].count(0) >= content[0:200:2].count(0)
        return _strictly(content, "utf-16-le" if little else "utf-16-be"), "UTF-16 without a mark"
    if b"\0" in content:
        raise Unreadable("This is not a text file. Save the survey's sheet as CSV, or choose the workbook itself.")
    try:
        return content.decode("utf-8"), "ASCII" if content.isascii() else "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def _strictly(content: bytes, codec: str) -> str:
    try:
        text = content.decode(codec)
    except UnicodeError as problem:
        raise Unreadable("This is not a text file, or it is cut off in the middle of a letter.") from problem
    if "\0" in text:
        raise Unreadable("This is not a text file. Save the survey's sheet as CSV, or choose the workbook itself.")
    return text


def _header(lines: Sequence[str], escape: str | None) -> tuple[int, _Hand, list[str]]:
    """Where the headings stand, how they are parted, and what they are."""
    nearest: tuple[int, int, list[str]] = (len(NEEDED) + 1, 1, list(NEEDED))
    written = [place for place, line in enumerate(lines) if line.strip()][: PREFACE + 1]
    for place in written:
        quote = "'" if _APOSTROPHES.match(lines[place]) else '"'
        for delimiter in DELIMITERS:
            hand = _Hand(delimiter, quote, escape)
            header = headings(hand.cells(lines[place]))
            missing = [name for name in NEEDED if name not in header]
            if not missing:
                return place, hand, header
            nearest = min(nearest, (len(missing), place + 1, missing))
    raise Unreadable(f"This is not a survey file: it has no column {', '.join(nearest[2])}.", nearest[1])


def _quotes(hand: _Hand, text: str) -> str:
    if hand.quote == "'":
        return "single"
    if hand.escape:
        return "backslashed"
    if '"' in text:
        return "doubled" if '""' in text else "double"
    return "curly" if "“" in text or "”" in text else ""
