"""What the survey says of a borough, with its uncertainty, claiming no more than it bears (domain.md D.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean

from accounts.models import Team
from engagement import wording
from engagement.models import ConfidenceFigure, Measure
from engagement.uncertainty import BOROUGH_YEAR, LONDON_YEAR, Interval, change_half_width, wilson

BY_TELEPHONE = date(2020, 6, 30)  # the first wave that the pandemic's change of method can have touched
ENOUGH_TO_COMPARE = 8


@dataclass(frozen=True)
class Point:
    """One published figure: the twelve months that end at `wave`. borough: or London's own, on the force's page."""

    wave: date
    borough: Interval
    london: float | None


@dataclass(frozen=True)
class Reading:
    """A measure for one borough, or for London as a whole. points run from old to new; empty when nothing was imported.

    people: about how many were asked in twelve months.
    """

    measure: Measure
    team: Team
    points: tuple[Point, ...]
    illustrative: bool = False
    file: str = ""
    imported_at: datetime | None = None
    people: int = BOROUGH_YEAR

    @property
    def name(self) -> str:
        return "London" if self.of_london else self.team.name

    @property
    def of_london(self) -> bool:
        return self.team.kind == Team.Kind.FORCE

    @property
    def latest(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def year_before(self) -> Point | None:
        """The figure four quarters earlier: the nearest one whose answers are all other people's."""
        last = self.latest
        return next((point for point in self.points if last and point.wave == _year_before(last.wave)), None)

    @property
    def crosses_the_break(self) -> bool:
        """Whether the figures reach over the change of method in 2020."""
        return bool(self.points) and self.points[0].wave < BY_TELEPHONE <= self.points[-1].wave


def read(measure: Measure, team: Team) -> Reading:
    """Every figure of the measure for the borough with London's beside it, or London's for the force. Two queries.

    London's figure is the one that the publisher prints beside the boroughs, never their average. Illustrative figures
    never stand beside published ones: where there is one published figure, they are left out.
    """
    of_london = team.kind == Team.Kind.FORCE
    whole = ConfidenceFigure.objects.filter(measure=measure, team__isnull=True)
    kept = whole if of_london else ConfidenceFigure.objects.filter(measure=measure, team=team)
    figures = list(kept.select_related("file").order_by("wave"))
    published = [figure for figure in figures if not figure.illustrative]
    figures, illustrative = published or figures, bool(figures) and not published
    if not figures:
        return Reading(measure, team, ())
    beside = [] if of_london else whole.filter(illustrative=illustrative).values_list("wave", "share")
    london = {wave: float(share) for wave, share in beside}
    people = LONDON_YEAR if of_london else BOROUGH_YEAR
    points = tuple(Point(f.wave, wilson(float(f.share), n=people), london.get(f.wave)) for f in figures)
    return Reading(measure, team, points, illustrative, figures[-1].file.name, figures[-1].file.imported_at, people)


def sentence(reading: Reading) -> str:
    """The figure, its range and what may be said of a change, from the wording bank."""
    last = reading.latest
    if last is None:
        return f"No survey figures have been imported for {reading.name}."
    now = f"{_percent(last.borough.share)}, about {_number(last.borough.low)} to {_number(last.borough.high)}"
    return f"{now}, in the twelve months to {last.wave:%B %Y}. {_change(reading)}"


def beside_london(reading: Reading) -> str:
    """Whether the borough can be told from London as a whole. Empty where either figure is missing."""
    last = reading.latest
    if last is None or last.london is None:
        return ""
    if last.borough.low <= last.london <= last.borough.high:
        return f"London as a whole: {_percent(last.london)}. The borough cannot be told apart from it."
    side = "above" if last.borough.share > last.london else "below"
    return f"London as a whole: {_percent(last.london)}. The borough is clearly {side} it."


def detectable(reading: Reading) -> str:
    """The smallest change from a year earlier that these figures can show."""
    last = reading.latest
    if last is None:
        return ""
    least = change_half_width(last.borough.share, last.borough.share, n=reading.people)
    number = _number(least)
    return f"We could only have detected a change of about {number} {'point' if number == '1' else 'points'}."


def _change(reading: Reading) -> str:
    last, before = reading.latest, reading.year_before
    if last is None or before is None:
        return "There is no figure for a year earlier to hold it against."
    moved = last.borough.share - before.borough.share
    doubt = change_half_width(before.borough.share, last.borough.share, n=reading.people)
    said = wording.change(moved, doubt)
    return said if abs(moved) <= doubt else f"{said} {_drift(reading)}"


def _drift(reading: Reading) -> str:
    """What would have happened anyway: the unusual comes back towards the usual."""
    last, before = reading.latest, reading.year_before
    usual = _usual_distance(reading)
    if last and before and before.london is not None and usual is not None:
        off = before.borough.share - before.london - usual
        half = (before.borough.high - before.borough.low) / 2
        if off < -half and last.borough.share > before.borough.share:
            return "This borough was unusually low a year earlier; some rise was likely anyway."
        if off > half and last.borough.share < before.borough.share:
            return "This borough was unusually high a year earlier; some fall was likely anyway."
    return "Figures that are unusually high or low tend to come back by themselves."


def _usual_distance(reading: Reading) -> float | None:
    """How far the borough usually lies from London, over every point but the last year's; None with too few."""
    before = reading.year_before
    others = [p for p in reading.points if before and p.wave < before.wave and p.london is not None]
    return fmean(p.borough.share - (p.london or 0) for p in others) if len(others) >= ENOUGH_TO_COMPARE else None


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def _number(share: float) -> str:
    return f"{share * 100:.0f}"


def _year_before(wave: date) -> date:
    return wave.replace(year=wave.year - 1)
