"""Illustrative questions to illustrative figures: 32 boroughs that do not exist as drawn, nothing put in to be found.

Only the rows are made here; the clock works them out with the same code as a force's own.
"""

from __future__ import annotations

import random
from datetime import datetime

from accounts.boroughs import BOROUGHS
from engagement import analyses
from engagement.models import Analysis, Measure

YEARS = range(2017, 2027)
BEGAN = (2020, 2021, 2022)  # every other borough, in turn
Method = Analysis.Method
Rows = list[list[object]]


def write(*, now: datetime) -> None:
    """Every association, one question over the years, one before and after. Does nothing where a question stands."""
    if Analysis.objects.exists():
        return
    drawn, measures = random.Random(7), list(Measure.objects.all())  # noqa: S311
    posts = _posts(drawn)
    answers = {key: round(count * drawn.uniform(1.5, 9)) for key, count in posts.items()}
    tables = {measure.code: _outcome(drawn) for measure in measures}
    pairs = [
        [measure.code, name, [row for row in _rows(tables[measure.code], exposure) if row[1] == YEARS[-1]]]
        for measure in measures
        for name, exposure in (("posts", posts), ("replies", answers))
    ]
    _put(Method.PAIRS, None, "", {"pairs": pairs}, now, comparisons=len(pairs))
    informed = next(measure for measure in measures if measure.code == "informed")
    one = {
        "table": _rows(tables["informed"], posts),
        "falsification": _rows(tables["relied-on"], posts),
        "falsification_of": "There when needed",
    }
    for method in (Method.PANEL, Method.LAUNCH):
        _put(method, informed, "posts", one, now, comparisons=1)


def _put(
    method: str, outcome: Measure | None, exposure: str, data: dict[str, object], now: datetime, *, comparisons: int
) -> None:
    Analysis.objects.create(
        method=method,
        outcome=outcome,
        exposure=exposure,
        settings={"seed": analyses.SEED, "comparisons": comparisons},
        data=data,
        data_version={"files": [], "table": analyses.digest(data), "illustrative": True},
        asked_at=now,
    )


def _posts(drawn: random.Random) -> dict[tuple[str, int], float]:
    found = {}
    for place, name in enumerate(BOROUGHS.values()):
        pace = drawn.lognormvariate(4.8, 0.6)
        for year in YEARS:
            began = place % 2 and year >= BEGAN[place // 2 % 3]
            found[name, year] = round(pace * drawn.uniform(0.6, 1.5)) if began else 0.0
    return found


def _outcome(drawn: random.Random) -> dict[tuple[str, int], float]:
    level = {name: drawn.gauss(45, 6) for name in BOROUGHS.values()}
    return {(name, year): round(level[name] + drawn.gauss(0, 4)) for name in level for year in YEARS}


def _rows(outcome: dict[tuple[str, int], float], exposure: dict[tuple[str, int], float]) -> Rows:
    return [[name, year, outcome[name, year], exposure[name, year]] for name, year in sorted(outcome)]
