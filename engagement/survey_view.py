"""What the survey says of a borough, with its uncertainty, claiming no more than it bears (domain.md D.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Team
from engagement.models import ConfidenceFigure, Measure
from engagement.uncertainty import BOROUGH_YEAR, Interval, change_half_width, wilson


@dataclass(frozen=True)
class Point:
    """One published figure: the twelve months that end at `wave`."""

    wave: date
    borough: Interval
    london: float | None


@dataclass(frozen=True)
class Reading:
    """A measure for one borough. points run from old to new; empty when nothing was imported."""

    measure: Measure
    team: Team
    points: tuple[Point, ...]
    illustrative: bool
    file: str

    @property
    def latest(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def year_before(self) -> Point | None:
        """The figure four quarters earlier: the nearest one whose answers are all other people's."""
        last = self.latest
        return next((point for point in self.points if last and point.wave == _year_before(last.wave)), None)


def read(measure: Measure, team: Team) -> Reading:
    """Every figure of the measure for the borough with London's beside it. One query."""
    figures = list(ConfidenceFigure.objects.filter(measure=measure, team=team).select_related("file").order_by("wave"))
    london = dict(ConfidenceFigure.objects.filter(measure=measure, team__isnull=True).values_list("wave", "share"))
    points = tuple(
        Point(
            figure.wave,
            wilson(float(figure.share), n=BOROUGH_YEAR),
            float(london[figure.wave]) if figure.wave in london else None,
        )
        for figure in figures
    )
    last = figures[-1] if figures else None
    return Reading(
        measure, team, points, any(figure.illustrative for figure in figures), last.file.name if last else ""
    )


def sentence(reading: Reading) -> str:
    """The figure, its range and what may be said of a change, from the wording bank."""
    last = reading.latest
    if last is None:
        return f"No survey figures have been imported for {reading.team.name}."
    now = f"{_percent(last.borough.share)}, about {_percent(last.borough.low)} to {_percent(last.borough.high)}"
    return f"{now}, in the twelve months to {last.wave:%B %Y}. {_change(reading)}"


def _change(reading: Reading) -> str:
    last, before = reading.latest, reading.year_before
    if last is None or before is None:
        return "There is no figure for a year earlier to hold it against."
    moved = last.borough.share - before.borough.share
    doubt = change_half_width(before.borough.share, last.borough.share, n=BOROUGH_YEAR)
    if abs(moved) <= doubt:
        return "No clear change from a year earlier."
    side = "higher" if moved > 0 else "lower"
    low, high = sorted((abs(moved) - doubt, abs(moved) + doubt))
    return (
        f"{side.capitalize()} than a year earlier by about {_points(low)} to {_points(high)} points. "
        "Figures that were unusually high or low tend to come back by themselves."
    )


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _points(share: float) -> str:
    return f"{share * 100:.0f}"


def _year_before(wave: date) -> date:
    return wave.replace(year=wave.year - 1)
