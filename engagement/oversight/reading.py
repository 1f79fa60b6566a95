"""A kept report as its page, its print and its file show it. It reads what was kept and counts nothing again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from engagement import tables, wording
from engagement.charts import Bars
from engagement.models import Report
from engagement.oversight import drawing
from engagement.oversight.drawing import Ranges

Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Chapter:
    name: str
    figures: tuple[Kept, ...]


@dataclass(frozen=True)
class Document:
    """What stands on paper."""

    report: Report
    chapters: tuple[Chapter, ...]
    months: list[Bars]
    questions: Ranges | None
    boroughs: Ranges | None

    @property
    def previous(self) -> str:
        begin, end = (date.fromisoformat(day) for day in self.report.figures["previous"])
        return wording.dates(begin, end)

    @property
    def period(self) -> str:
        return wording.dates(self.report.first, self.report.last)

    @property
    def month_rows(self) -> list[tuple[date, int]]:
        return [(date.fromisoformat(day), number) for day, number in self.report.figures["months"]]

    @property
    def unmeasured(self) -> list[Kept]:
        return [figure for chapter in self.chapters for figure in chapter.figures if figure["why"]]

    @property
    def summary(self) -> list[str]:
        """Three or four sentences for whoever reads no further."""
        kept = {figure["key"]: figure for chapter in self.chapters for figure in chapter.figures}
        return [said for key, said in _sentences(kept) if not kept[key]["why"]]


def read(report: Report) -> Document:
    """report: one that is done."""
    told = report.figures
    grouped = groupby(told["figures"], key=lambda figure: figure["group"])
    return Document(
        report=report,
        chapters=tuple(Chapter(name, tuple(figures)) for name, figures in grouped),
        months=drawing.months(told["months"]),
        questions=drawing.ranges(told["survey"]["questions"]),
        boroughs=drawing.ranges(told["survey"]["boroughs"]),
    )


def table(report: Report) -> str:
    """CSV: a row for each figure, then one for each line that it is made of."""
    header = ["Figure", "Group", "Title", "Part", "Value", "In words", "Period before", "Definition", "Made by"]
    return tables.write(header, _rows(report))


def _rows(report: Report) -> Iterator[list[tables.Cell]]:
    for one in report.figures["figures"]:
        words = one["words"] or (f"not measured: {one['why']}" if one["why"] else "")
        name: list[tables.Cell] = [one["key"], one["group"], one["title"]]
        yield [*name, "", one["value"], words, one["previous"], one["definition"], one["source"]]
        for part, value in one["rows"]:
            number, said = (None, value) if isinstance(value, str) else (value, "")
            yield [*name, part, number, said, "", "", ""]


def _sentences(kept: Mapping[str, Kept]) -> Iterator[tuple[str, str]]:
    words = {key: figure["words"] for key, figure in kept.items()}
    yield "updates.sent", f"{wording.updates(round(kept['updates.sent']['value'] or 0))} went out."
    yield "updates.wards", f"{words['updates.wards']} wards told residents something."
    yield "priorities.told", f"{words['priorities.told']} priorities came up in an update."
    yield "agreeing.time", f"Half of the reviews took {words['agreeing.time']} or less."
