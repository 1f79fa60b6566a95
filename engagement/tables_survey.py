"""The survey's corrections and the analyses' answers as CSV."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engagement import tables
from engagement.exposures import EXPOSURES
from engagement.models import Analysis, Correction

LABELS = {
    "CR2": "Main model, CR2 errors",
    "CR2 G-1": "Main model, CR2 errors, boroughs less one degrees of freedom",
    "CR1": "Main model, CR1 errors",
    "CR0": "Main model, CR0 errors",
}


def corrections(found: Iterable[Correction]) -> str:
    header = ["Measure", "Borough", "Twelve months to", "Was", "Is since", "Before from", "Corrected on"]
    return tables.write(
        header,
        (
            [
                one.figure.measure.name,
                one.figure.team.name if one.figure.team else "London",
                str(one.figure.wave),
                float(one.was),
                float(one.became),
                one.was_file.name,
                f"{one.at:%Y-%m-%d}",
            ]
            for one in found
        ),
    )


def answer(analysis: Analysis) -> str:
    """Every interval of an answer, and below it what it hangs on."""
    header = ["What", "Estimate", "From about", "To about", "p", "p adjusted over all", "n", "Comparisons"]
    rows = [*lines(analysis.result), *_hangs_on(analysis)]
    return tables.write(header, rows)


def lines(result: dict[str, Any]) -> list[list[tables.Cell]]:
    """One row for each interval of an answer: [what, estimate, low, high, p, adjusted p, n, comparisons]."""
    if "refused" in result:
        return [[f"Refused: {result['refused']}"]]
    if result["method"] == "pairs":
        return [_pair(one, result["comparisons"]) for one in result["pairs"]]
    ci = result["ci"]
    found = [["The answer", result["estimate"], *ci, result["p"], None, result["n"], result["comparisons"]]]
    for kind, one in result.get("errors", {}).items():
        found.append([LABELS[kind], one["estimate"], *one["ci"], one["p"]])
    if wild := result.get("wild"):
        found.append(["Main model, wild cluster bootstrap", result["estimate"], *wild["ci"], wild["p"]])
    for name, words in (("falsification", "Falsification outcome"), ("lead", "Next year's exposure")):
        if (one := result.get(name)) and "ci" in one:
            found.append([words, one["estimate"], *one["ci"], one["p"]])
    found += [[f"Without {name}", estimate, low, high] for name, estimate, low, high in result.get("leave_one_out", [])]
    return found + [[_event(e), estimate, low, high] for e, estimate, low, high in result.get("events", [])]


def _pair(one: dict[str, Any], comparisons: int) -> list[tables.Cell]:
    what = f"{one['outcome']} with {EXPOSURES[one['exposure']].label}"
    if "refused" in one:
        return [f"{what}: {one['refused']}"]
    return [what, one["estimate"], *one["ci"], one["p"], one["adjusted_p"], one["n"], comparisons]


def _event(years: int) -> str:
    return f"{abs(years)} years before the start" if years < 0 else f"{years} years after the start"


def _hangs_on(analysis: Analysis) -> list[list[tables.Cell]]:
    facts = {
        "Analysis": analysis.pk,
        "Worked out": f"{analysis.done_at:%Y-%m-%d %H:%M}" if analysis.done_at else "",
        "Code": analysis.code_version,
        "Data": analysis.data_version.get("table", ""),
        "Survey files": " ".join(analysis.data_version.get("files", [])),
        "Settings": " ".join(f"{name}={value}" for name, value in analysis.settings.items()),
        "Illustrative": "yes" if analysis.data_version.get("illustrative") else "no",
    }
    return [[], *([name, value] for name, value in facts.items())]
