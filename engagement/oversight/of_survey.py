"""Confidence as the survey has it: each figure with its range, its change held against what chance does, no ward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Team
from engagement import wording
from engagement.models import ConfidenceFigure, Measure
from engagement.oversight.figures import Answer, Book, Row, Scope, chapter
from engagement.uncertainty import BOROUGH_YEAR, LONDON_YEAR, Interval, change_half_width, wilson

BOOK: Book = []
survey = chapter(BOOK, "Confidence")
DECLARED = "informed"  # the outcome declared before anybody looked (domain.md D.7)
NO_WARD = "The survey asks about 20 people in a ward: too few for any figure."
NOTHING = "No survey figure for this area has been imported for this period."


@dataclass(frozen=True)
class Reading:
    """A measure in one place: the newest figure of the period, and the one a year before it."""

    name: str
    wave: date
    interval: Interval
    before: Interval | None
    people: int
    illustrative: bool

    @property
    def words(self) -> str:
        return f"{wording.survey(self.interval)} {self.change}"

    @property
    def change(self) -> str:
        if self.before is None:
            return "There is no figure for a year earlier to hold it against."
        moved = self.interval.share - self.before.share
        doubt = change_half_width(self.before.share, self.interval.share, n=self.people)
        return wording.change(moved, doubt)


@survey(
    "confidence.questions",
    "What the survey says",
    "Share of people who agree, in the twelve months to the newest quarter of the period, with a 95% range.",
)
def questions(scope: Scope) -> Answer:
    if scope.team.kind not in (Team.Kind.FORCE, Team.Kind.BOROUGH):
        return Answer(why=NO_WARD)
    found = readings(scope)
    if not found:
        return Answer(why=NOTHING)
    return Answer(None, _period(found), [(one.name, one.words) for one in found])


@survey(
    "confidence.boroughs",
    "Feeling informed, borough by borough",
    "The declared outcome in each borough, by name, with a 95% range. The order means nothing.",
)
def boroughs(scope: Scope) -> Answer:
    if scope.team.kind != Team.Kind.FORCE:
        return Answer(why="Shown in the report on the whole force.")
    found = borough_readings(scope)
    if not found:
        return Answer(why=NOTHING)
    rows: list[Row] = [(one.name, wording.survey(one.interval)) for one in found]
    return Answer(None, _period(found), rows)


def readings(scope: Scope) -> list[Reading]:
    """Every measure for a borough, or for London as a whole. Two queries."""
    force = scope.team.kind == Team.Kind.FORCE
    where = {"team__isnull": True} if force else {"team": scope.team}
    kept = ConfidenceFigure.objects.filter(wave__lte=scope.last, **where).select_related("measure")
    people = LONDON_YEAR if force else BOROUGH_YEAR
    by_measure: dict[Measure, list[ConfidenceFigure]] = {}
    for figure in kept.order_by("measure__position", "wave"):
        by_measure.setdefault(figure.measure, []).append(figure)
    read = (_read(measure.name, figures, people, scope) for measure, figures in by_measure.items())
    return [one for one in read if one is not None]


def borough_readings(scope: Scope) -> list[Reading]:
    """The declared outcome for every borough, by name. One query."""
    kept = ConfidenceFigure.objects.filter(measure__code=DECLARED, wave__lte=scope.last, team__in=scope.teams)
    by_borough: dict[str, list[ConfidenceFigure]] = {}
    for figure in kept.select_related("team").order_by("team__name", "wave"):
        by_borough.setdefault(figure.team.name if figure.team else "", []).append(figure)
    read = (_read(name, figures, BOROUGH_YEAR, scope) for name, figures in by_borough.items())
    return [one for one in read if one is not None]


def as_json(found: Iterable[Reading]) -> list[dict[str, Any]]:
    """For the drawing: name, share, low and high as proportions, and the words."""
    return [
        {
            "name": one.name,
            "share": one.interval.share,
            "low": one.interval.low,
            "high": one.interval.high,
            "words": wording.survey(one.interval),
            "illustrative": one.illustrative,
        }
        for one in found
    ]


def _read(name: str, figures: list[ConfidenceFigure], people: int, scope: Scope) -> Reading | None:
    """None where the newest figure is older than a year before the period's end: it says nothing about it."""
    published = [figure for figure in figures if not figure.illustrative]
    figures = published or figures
    last = figures[-1]
    if (scope.last - last.wave).days > 366:
        return None
    by_wave: Mapping[date, ConfidenceFigure] = {figure.wave: figure for figure in figures}
    before = by_wave.get(last.wave.replace(year=last.wave.year - 1))
    return Reading(
        name=name,
        wave=last.wave,
        interval=wilson(float(last.share), n=people),
        before=wilson(float(before.share), n=people) if before else None,
        people=people,
        illustrative=last.illustrative,
    )


def _period(found: list[Reading]) -> str:
    people = "about 12,800" if found[0].people == LONDON_YEAR else "about 400"
    made_up = " Made up for the demonstration." if any(one.illustrative for one in found) else ""
    newest = max(one.wave for one in found)
    return f"{people} interviews, twelve months to {newest:%B %Y}.{made_up}"
