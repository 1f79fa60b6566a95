"""The columns that a survey file has, in any order and any case (domain.md D.2)."""

from __future__ import annotations

from collections.abc import Sequence

from engagement.survey.content import Unreadable

NEEDED = ("date", "borough", "measure", "proportion")
KNOWN = (*NEEDED, "survey", "mps")
_MARKS = "\"'“”‘’\ufeff \u00a0\t"


def headings(cells: Sequence[str]) -> list[str]:
    """Headings in one form: without quote marks, spaces and capitals."""
    return [cell.strip(_MARKS).casefold() for cell in cells]


def places(header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands. Raises Unreadable when one stands there twice: which would count?"""
    for name in KNOWN:
        if header.count(name) > 1:
            raise Unreadable(f"The column {name} stands there {header.count(name)} times. Leave one.")
    return {name: header.index(name) for name in KNOWN if name in header}
