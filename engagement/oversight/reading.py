"""A kept report as its page, its print and its file show it. It reads what was kept and counts nothing again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from accounts.models import Team
from engagement import tables, wording
from engagement.charts import Bars
from engagement.models import Report
from engagement.oversight import drawing
from engagement.oversight.drawing import Ranges
from engagement.periods import LONDON

Kept = Mapping[str, Any]
APART = (
    "These stand beside the figures above because people ask for both. They do not explain one another: the survey "
    "asks people whether or not they have ever seen an update, and nothing here says why a figure moved."
)


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
    def area(self) -> str:
        team = self.report.team
        return team.name if team.kind == Team.Kind.FORCE else team.full_name

    @property
    def made(self) -> str:
        """When and for whom."""
        assert self.report.done_at is not None
        at = self.report.done_at.astimezone(LONDON)
        return (
            f"Made on {at:%-d %B %Y} at {at:%H:%M}, asked for by {self.report.asked_by}. Held against {self.previous}."
        )

    @property
    def notes(self) -> list[str]:
        """How this was made."""
        return [
            "Every figure comes from the console’s own records by the function named under it, over "
            f"{self.period} (London days, both included). It was counted once, when the report was made, and kept.",
            f"The period before is {self.previous}. Where a figure shows how things stood when the report was made, "
            "there is nothing to hold it against.",
            "What the console does not hold is called not measured. It is never a zero.",
            "Survey: MOPAC Public Attitude Survey; about 400 interviews a borough and 12,800 in London in twelve "
            "months, by design, because the publisher gives no sample sizes. Ranges are ours: 95%, Wilson’s method, a "
            "design effect of 1.3 assumed. No ward has a figure.",
            "A change between two years is called clear only where it is larger than chance makes it 19 times in 20. "
            "With many questions and boroughs, now and then one passes that by chance alone.",
            "People are counted, never compared: no figure is about one officer.",
        ]

    @property
    def apart(self) -> str:
        return APART

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


def beside(figure: Kept) -> str:
    """What stands under a figure: the period before, or that it has none. Empty where there is nothing to say."""
    if figure["why"]:
        return ""
    if figure["standing"]:
        return "As it stood when the report was made."
    return f"The period before: {figure['previous']}" if figure["previous"] and figure["value"] is not None else ""


def said(value: float | str | None) -> str:
    """A part of a figure in words."""
    return value if isinstance(value, str) else "not known" if value is None else f"{value:,}"


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
