"""Questions to the figures: frozen data, worked out by the clock, kept, and worked out again to the digit."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from engagement import exposures
from engagement.analysis.table import Table
from engagement.exposures import EXPOSURES
from engagement.models import Analysis, ConfidenceFigure, Measure, SurveyFile

ENGINE = "engagement.analysis.run"  # numpy and scipy come with it: whoever works, and nobody else, waits for them
STALE = timedelta(minutes=10)
SEED = 20260
Method = Analysis.Method
Rows = list[list[object]]


@dataclass(frozen=True)
class Figures:
    """Yearly, non-overlapping shares in per cent by borough: those of the waves in the latest wave's month."""

    month: int
    shares: dict[tuple[str, str, int], float]  # measure, borough, year
    names: dict[str, str]  # borough code to name
    illustrative: bool = False

    def table(self, measure: str, values: exposures.Values) -> Rows:
        """[borough, year, outcome, exposure] for every borough and year of either."""
        outcome = {(code, year): share for (of, code, year), share in self.shares.items() if of == measure}
        keys = sorted(key for key in outcome.keys() | values.keys() if key[0] in self.names)
        return [[self.names[code], year, outcome.get((code, year)), values.get((code, year))] for code, year in keys]


def figures() -> Figures:
    """Published figures; where there are none, illustrative ones. Two queries."""
    found = list(
        ConfidenceFigure.objects.filter(team__isnull=False)
        .order_by()
        .values_list("measure__code", "team__code", "team__name", "wave", "share", "illustrative")
    )
    published = [row for row in found if not row[5]] or found
    latest = max((row[3] for row in published), default=None)
    month = latest.month if latest else 12
    shares = {(row[0], row[1], row[3].year): float(row[4]) * 100 for row in published if row[3].month == month}
    return Figures(month, shares, {row[1]: row[2] for row in published}, bool(published) and published[0][5])


@transaction.atomic
def ask(
    *, method: str, outcome: Measure | None, exposure: str, settings: dict[str, Any], by: User | None, now: datetime
) -> Analysis:
    """Freeze the data and put the question in the queue."""
    kept = figures()
    data = _pairs(kept) if method == Method.PAIRS else _one(kept, outcome, exposure)
    pairs = len(data["pairs"]) if method == Method.PAIRS else _asked_before(kept, method, outcome, exposure)
    asked = Analysis.objects.create(
        method=method,
        outcome=outcome,
        exposure=exposure,
        settings={"seed": SEED, **settings, "comparisons": pairs},
        data=data,
        data_version={"files": _files(), "table": digest(data), "illustrative": kept.illustrative},
        asked_by=by,
        asked_at=now,
    )
    audit.record(by, "analysis.asked", asked, now=now, method=method, outcome=str(outcome or ""), exposure=exposure)
    return asked


@transaction.atomic
def ask_again(*, analysis: Analysis, by: User | None, now: datetime) -> Analysis:
    """The same question of the same data with the same settings."""
    again = Analysis.objects.create(
        method=analysis.method,
        outcome=analysis.outcome,
        exposure=analysis.exposure,
        settings=analysis.settings,
        data=analysis.data,
        data_version=analysis.data_version,
        asked_by=by,
        asked_at=now,
        again_of=analysis,
    )
    audit.record(by, "analysis.asked_again", again, now=now, first=analysis.pk)
    return again


def due(*, now: datetime) -> list[int]:
    """The questions that nobody works on, the oldest first."""
    todo = Analysis.objects.filter(state__in=[Analysis.State.WAITING, Analysis.State.WORKING])
    fresh = todo.exclude(state=Analysis.State.WORKING, claimed_at__gte=now - STALE)
    return list(fresh.order_by("asked_at").values_list("pk", flat=True)[:5])


def work(*, analysis_id: int, now: datetime) -> Analysis | None:
    """Work one out; None when somebody else took it."""
    analysis = Analysis.objects.select_related("again_of").get(pk=analysis_id)
    if not analysis.claim(now=now, stale=now - STALE):
        return None
    result = work_out(analysis.method, analysis.settings, analysis.data)
    same = result == analysis.again_of.result if analysis.again_of else None
    with transaction.atomic():
        analysis.finish(result=result, code_version=code_version(), done_at=now, same=same)
        audit.record(None, "analysis.done", analysis, now=now, refused="refused" in result)
    return analysis


def work_out(method: str, settings: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The numbers. The same data, settings and code give the same digits."""
    engine = load()
    chosen = engine.Settings(method=method, **settings)
    if method == Method.PAIRS:
        found: dict[str, Any] = engine.pairs([(o, x, Table.of(rows)) for o, x, rows in data["pairs"]], chosen)
        return found
    aside = Table.of(data["falsification"]) if data.get("falsification") else None
    result: dict[str, Any] = engine.run(Table.of(data["table"]), chosen, aside)
    return result


def load(name: str = ENGINE) -> Any:
    """The module, and numpy with it: on one thread, since sums split over more have other last digits."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return import_module(name)


def code_version() -> str:
    """A digest of the code that works things out, and the versions of what it stands on."""
    folder = Path(__file__).parent / "analysis"
    source = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()
    return f"analysis {source[:12]}, numpy {metadata.version('numpy')}, scipy {metadata.version('scipy')}"


def digest(data: object) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _one(kept: Figures, outcome: Measure | None, exposure: str) -> dict[str, Any]:
    values = exposures.by_year(exposure, month=kept.month)
    other = Measure.objects.filter(part=Measure.Part.FALSIFICATION).exclude(pk=outcome.pk if outcome else None).first()
    return {
        "table": kept.table(outcome.code if outcome else "", values),
        "falsification": kept.table(other.code, values) if other else None,
        "falsification_of": other.name if other else "",
    }


def _pairs(kept: Figures) -> dict[str, Any]:
    """Every measure with every exposure of which anything is known."""
    sums = exposures.sums(month=kept.month)
    measures = [code for code in Measure.objects.values_list("code", flat=True) if _has(kept, code)]
    values = {name: {key: one.value(year) for key, year in sums.items()} for name, one in EXPOSURES.items()}
    known = {name: found for name, found in values.items() if any(value is not None for value in found.values())}
    pairs = [[code, name, _latest(kept.table(code, found))] for code in measures for name, found in known.items()]
    return {"pairs": pairs}


def _latest(rows: Rows) -> Rows:
    """The last year that has both figures: the only one that an association is worked out from."""
    whole = [row for row in rows if None not in row]
    last = max((row[1] for row in whole), default=None)  # type: ignore[type-var]
    return [row for row in whole if row[1] == last]


def _has(kept: Figures, measure: str) -> bool:
    return any(of == measure for of, _, _ in kept.shares)


def _asked_before(kept: Figures, method: str, outcome: Measure | None, exposure: str) -> int:
    """How many different questions of this kind have been put to the figures, this one counted."""
    if method == Method.ASSOCIATION:
        return max(1, len(_pairs(kept)["pairs"]))
    before = Analysis.objects.filter(method=method).order_by().values_list("outcome", "exposure").distinct()
    return len({*before, (outcome.pk if outcome else None, exposure)})


def _files() -> list[str]:
    """The hashes of every survey file that a figure still stands on."""
    used: Iterable[str] = SurveyFile.objects.filter(figures__isnull=False).distinct().values_list("sha256", flat=True)
    return sorted(set(used))
