"""One analysis from a table and its settings to what is kept: numbers only, no words but the reason of a refusal."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from engagement.analysis import association, launch, panel
from engagement.analysis.panel import CannotBear
from engagement.analysis.table import Table

Found = dict[str, Any]
KEYS = ("n", "estimate", "ci", "p", "comparisons", "detectable")


@dataclass(frozen=True)
class Settings:
    """Everything but the data that an answer hangs on.

    errors: the main ones of the panel model, of `panel.ERRORS`. comparisons: questions asked of the figures in all.
    """

    method: str
    seed: int = 20260
    lag: int = 1
    scale: str = "log1p"
    draws: int = 1999
    placebos: int = launch.PLACEBOS
    comparisons: int = 1
    errors: str = "CR2"


def run(table: Table, settings: Settings, falsification: Table | None = None) -> Found:
    """{"n", "estimate", "ci", "p", "comparisons", "detectable"} and more; "refused" where it cannot be."""
    try:
        found = METHODS[settings.method](table, settings, falsification)
    except (CannotBear, ValueError) as reason:
        found = {"n": len(table.lines), "estimate": None, "ci": None, "p": None, "detectable": None}
        found["refused"] = str(reason)
    return {"method": settings.method, "comparisons": settings.comparisons, **_plain(found)}


def _association(table: Table, settings: Settings, _: Table | None) -> Found:
    """Between boroughs, in the latest year that has both figures."""
    whole = [line for line in table.lines if line.outcome is not None and line.exposure is not None]
    if not whole:
        raise CannotBear("No borough has both figures.")
    latest = max(line.year for line in whole)
    now = [line for line in whole if line.year == latest]
    x, y = ([float(getattr(line, name) or 0) for line in now] for name in ("exposure", "outcome"))
    draws = max(settings.draws, association.DRAWS)
    found = association.spearman(x, y, seed=settings.seed, draws=draws)
    return {
        "n": found.n,
        "estimate": found.rho,
        "ci": list(found.ci),
        "p": found.p,
        "detectable": found.detectable,
        "year": latest,
        "points": [[line.borough, line.exposure, line.outcome] for line in now],
    }


def _panel(table: Table, settings: Settings, falsification: Table | None) -> Found:
    points = panel.panel(table, lag=settings.lag, scale=settings.scale)
    rest = panel.residual_maker(points)
    fitted = panel.fit(points, rest)
    main = fitted.errors[settings.errors]
    p, ci = panel.wild(points, fitted, rest, seed=settings.seed, draws=settings.draws)
    return {
        "n": fitted.n,
        "detectable": main.detectable,
        "estimate": main.estimate,
        "ci": list(main.ci),
        "p": main.p,
        "se": main.se,
        "df": main.df,
        "boroughs": fitted.boroughs,
        "years": fitted.years,
        "left_out": points.left_out,
        "errors": {kind: found.as_dict() for kind, found in fitted.errors.items()},
        "wild": {"p": p, "ci": list(ci), "draws": settings.draws, "weights": "Webb"},
        "leave_one_out": [[name, one.estimate, *one.ci] for name, one in _each(points)],
        "falsification": _aside(falsification, settings.lag, settings.scale),
        "lead": _aside(table, -1, settings.scale),
    }


def _each(points: panel.Panel) -> list[tuple[str, panel.Inference]]:
    """Empty where a borough less leaves too little."""
    try:
        return panel.leave_one_out(points)
    except CannotBear:
        return []


def _aside(table: Table | None, lag: int, scale: str) -> Found | None:
    """The same model where nothing should be found: an outcome that posts cannot move, or next year's exposure."""
    if table is None:
        return None
    try:
        return panel.fit(panel.panel(table, lag=lag, scale=scale), kinds=("CR2",)).errors["CR2"].as_dict()
    except CannotBear as reason:
        return {"refused": str(reason)}


def _launch(table: Table, settings: Settings, _: Table | None) -> Found:
    began = launch.starts(table)
    found = launch.study(began, seed=settings.seed, placebos=settings.placebos)
    main = found.effect
    return {
        "n": found.boroughs * len(began.years),
        "detectable": main.detectable,
        "estimate": main.estimate,
        "ci": list(main.ci),
        "p": main.p,
        "se": main.se,
        "df": main.df,
        "boroughs": found.boroughs,
        "treated": found.treated,
        "controls": found.controls,
        "years": [began.years[0], began.years[-1]],
        "left_out": list(began.left_out),
        "events": [[e, one.estimate, *one.ci] for e, one in found.events],
        "pre_trend": {"f": found.pre_trend_f, "p": found.pre_trend_p},
        "placebo": {
            "draws": settings.placebos,
            "p": found.placebo_p,
            "false_alarms": found.placebo_false_alarms,
            "spread": found.placebo_spread,
        },
    }


def pairs(tables: Sequence[tuple[str, str, Table]], settings: Settings) -> Found:
    """Every pair that is shown, the share of false findings held to Q over all of them."""
    found = [_pair(outcome, exposure, table, settings) for outcome, exposure, table in tables]
    able = [one for one in found if "refused" not in one]
    for one, adjusted in zip(able, association.adjusted_p([one["p"] for one in able]), strict=True):
        one["adjusted_p"], one["found"] = adjusted, adjusted <= association.Q
    answer = {
        "method": settings.method,
        "n": max((one["n"] for one in able), default=0),
        "detectable": association.detectable(max(one["n"] for one in able)) if able else None,
        "comparisons": len(able),
        "q": association.Q,
        "found": sum(one["found"] for one in able),
        "pairs": found,
    }
    return _plain(answer if able else answer | {"refused": _why_none(found)})  # type: ignore[no-any-return]


def _pair(outcome: str, exposure: str, table: Table, settings: Settings) -> Found:
    one = run(table, replace(settings, method="association"))
    kept = ("n", "estimate", "ci", "p", "detectable", "year", "refused")
    return {"outcome": outcome, "exposure": exposure, **{name: one[name] for name in kept if name in one}}


def _why_none(found: Sequence[Found]) -> str:
    return str(found[0]["refused"]) if found else "There are no figures and no updates to hold beside each other yet."


METHODS = {"association": _association, "panel": _panel, "launch": _launch}


def _plain(value: Any) -> Any:
    """Without what JSON has no word for: nan becomes nothing, and numbers plain ones."""
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value
