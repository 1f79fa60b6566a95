"""What the page of an analysis shows, from the kept answer alone: no numbers are worked out here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engagement import charts_analysis, tables_survey, wording_analysis
from engagement.charts_analysis import Forest, Spread
from engagement.exposures import EXPOSURES
from engagement.models import Analysis, Measure
from engagement.wording_analysis import DOUBLING

LONGEST = 14  # so many intervals are drawn; the table has all


@dataclass(frozen=True)
class Answer:
    """first: what could have been seen, which stands before headline. rows: the table, as wide as `heads`."""

    analysis: Analysis
    first: str
    headline: str
    sentences: list[str]
    drawing: list[Forest]
    unit: str
    rows: list[list[Any]]


@dataclass(frozen=True)
class Pair:
    """One comparison of the panel of associations, in words and numbers."""

    exposure: str
    words: str
    found: bool
    estimate: float | None
    low: float | None
    high: float | None
    p: float | None
    adjusted: float | None


def answer(analysis: Analysis) -> Answer:
    result = analysis.result
    names = {"outcome": str(analysis.outcome or ""), "exposure": label(analysis.exposure)}
    said = wording_analysis.lines(result, **names) if result.get("method") != "pairs" else []
    if "refused" in result or not said:
        return Answer(analysis, "", said[0] if said else "", [], [], "", [])
    spreads = _spreads(result)
    drawing = charts_analysis.forest(spreads[:LONGEST], digits=2 if result["method"] == "association" else 1)
    return Answer(analysis, said[0], said[1], said[2:], drawing, _unit(result), _rows(result))


def pairs(analysis: Analysis, measure: Measure | None) -> list[Pair]:
    """The comparisons of one measure, in the order of the exposures; never in the order of what came out."""
    shown = [one for one in analysis.result.get("pairs", []) if measure and one["outcome"] == measure.code]
    return [
        Pair(
            exposure=label(one["exposure"]),
            words=wording_analysis.pair(one),
            found=bool(one.get("found")),
            estimate=one.get("estimate"),
            low=one["ci"][0] if one.get("ci") else None,
            high=one["ci"][1] if one.get("ci") else None,
            p=one.get("p"),
            adjusted=one.get("adjusted_p"),
        )
        for one in shown
    ]


def pairs_drawing(shown: Sequence[Pair]) -> list[Forest]:
    spreads = [
        Spread(one.exposure, one.estimate, one.low, one.high, one.found)
        for one in shown
        if one.estimate is not None and one.low is not None and one.high is not None
    ]
    return charts_analysis.forest(spreads, digits=2)


def label(exposure: str) -> str:
    return EXPOSURES[exposure].label if exposure in EXPOSURES else exposure


def _spreads(result: dict[str, Any]) -> list[Spread]:
    """The answer first, then what stands beside it; events in the order of time."""
    if result["method"] == "launch":
        events = [Spread(_when(e), middle, low, high, e >= 0) for e, middle, low, high in result["events"]]
        return [Spread("All years since", result["estimate"], *result["ci"], True), *events]
    times = DOUBLING if result["method"] == "panel" else 1.0
    rows = [row for row in tables_survey.lines(result) if not str(row[0]).startswith(("Without", "Main model, CR"))]
    return [
        Spread(str(row[0]), *(float(str(value)) * times for value in row[1:4]), strong=place == 0)
        for place, row in enumerate(rows)
    ]


def _rows(result: dict[str, Any]) -> list[list[Any]]:
    times = DOUBLING if result["method"] == "panel" else 1.0
    return [
        [row[0], *(float(str(value)) * times for value in row[1:4]), row[4] if len(row) > 4 else None]
        for row in tables_survey.lines(result)
    ]


def _unit(result: dict[str, Any]) -> str:
    if result["method"] == "association":
        return "correlation (Spearman), from −1 to 1"
    return "points for a doubling of the exposure" if result["method"] == "panel" else "points"


def _when(years: int) -> str:
    if years == 0:
        return "The year of the start"
    count = f"{abs(years)} year{'s' if abs(years) > 1 else ''}"
    return f"{count} after" if years > 0 else f"{count} before"
