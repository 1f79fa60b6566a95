"""Brings survey files in, whole or not at all, and keeps the original."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches

from django.db import transaction

from accounts import audit, boroughs
from accounts.boroughs import BOROUGHS, code_of
from accounts.models import User
from engagement import survey
from engagement.models import ConfidenceFigure, Measure, SurveyFile
from engagement.survey import Rejected, Row

LONDON = ""  # the code of London as a whole: figures without a team
Figures = dict[tuple[str, str, date], Decimal]  # (measure code, borough code or LONDON, wave) -> share


@dataclass
class Outcome:
    """What an import did. Every count is of data lines, so rows = created + unchanged + corrected + rejected."""

    rows: int = 0
    created: int = 0
    unchanged: int = 0
    corrected: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    boroughs: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    waves: set[date] = field(default_factory=set)


@transaction.atomic
def import_file(*, name: str, content: bytes, by: User | None, now: datetime) -> Outcome:
    """Import a published file. One rejected line and nothing is imported. Raises survey.Unreadable.

    Idempotent: the same figures again create nothing. A figure that differs is a correction: it replaces the old one,
    both values are audited, and the file itself is kept.
    """
    outcome, lines, london = _understand(content)
    if outcome.rejected:
        return outcome
    file = _keep(name, content, by, now)
    outcome.created, outcome.corrected = _store(lines, file, by, now)
    outcome.unchanged = outcome.rows - outcome.created - outcome.corrected
    _store({key: share for key, share in london.items() if key not in lines}, file, by, now)
    audit.record(by, "confidence.imported", file, now=now, rows=outcome.rows, created=outcome.created)
    return outcome


def _understand(content: bytes) -> tuple[Outcome, Figures, Figures]:
    """The outcome so far, the figures of the lines, and London's figures beside them. Raises survey.Unreadable."""
    outcome, lines, london = Outcome(), Figures(), Figures()
    measures = {_plain(name): code for name, code in Measure.objects.values_list("published_as", "code")}
    for row in survey.read(content):
        outcome.rows += 1
        known = row if isinstance(row, Rejected) else _place(row, measures)
        if isinstance(known, Rejected):
            outcome.rejected.append(known)
            continue
        measure, borough = known
        if lines.setdefault((measure, borough, row.wave), row.share) != row.share:
            outcome.rejected.append(Rejected(row.line, "The same figure stands twice in the file with two values."))
        if row.london is not None and london.setdefault((measure, LONDON, row.wave), row.london) != row.london:
            outcome.rejected.append(Rejected(row.line, "London's figure has another value elsewhere in the file."))
        outcome.measures.add(measure)
        outcome.waves.add(row.wave)
        outcome.boroughs |= {borough} - {LONDON}
    if not outcome.rows:
        raise survey.Unreadable("It has no figures.")
    return outcome, lines, london


def _place(row: Row, measures: Mapping[str, str]) -> tuple[str, str] | Rejected:
    """The measure's code and the borough's, or why there are none, with the nearest name that is known."""
    measure = measures.get(_plain(row.measure))
    if measure is None:
        return Rejected(row.line, f"“{row.measure}” is not a known measure.{_nearest(_plain(row.measure), measures)}")
    if row.borough in ("MPS", "London"):
        return measure, LONDON
    borough = code_of(row.borough)
    if boroughs.plain(row.borough) == "london":
        return Rejected(row.line, f"“{row.borough}” is another force's, and the survey leaves it out.")
    if borough is None:
        return Rejected(row.line, f"“{row.borough}” is not a known borough.{_nearest(row.borough, BOROUGHS.values())}")
    return measure, borough


def _plain(measure: str) -> str:
    """A measure's name as any export spells it: some lose the quote marks, some the capitals."""
    return " ".join(measure.replace('"', " ").replace("“", " ").replace("”", " ").casefold().split())


def _nearest(written: str, known: Iterable[str]) -> str:
    close = get_close_matches(written, list(known), n=1, cutoff=0.5)
    return f" Did the publisher mean “{close[0]}”?" if close else ""


def _keep(name: str, content: bytes, by: User | None, now: datetime) -> SurveyFile:
    digest = hashlib.sha256(content).hexdigest()
    facts = {"name": name[:200], "content": content, "imported_by": by, "imported_at": now}
    return SurveyFile.objects.get_or_create(sha256=digest, defaults=facts)[0]


def _store(figures: Figures, file: SurveyFile, by: User | None, now: datetime) -> tuple[int, int]:
    """Write what is new, correct what differs. Returns (created, corrected)."""
    measures = dict(Measure.objects.values_list("code", "pk"))
    teams: dict[str, int | None] = {**boroughs.ensure(now=now), LONDON: None}
    known = {(f.measure_id, f.team_id, f.wave): f for f in ConfidenceFigure.objects.all()}
    fresh, changed = [], []
    for (measure, borough, wave), share in figures.items():
        key = (measures[measure], teams[borough], wave)
        figure = known.get(key)
        if figure is None:
            fresh.append(ConfidenceFigure(measure_id=key[0], team_id=key[1], wave=wave, share=share, file=file))
        elif figure.share != share or figure.illustrative:
            changed.append((figure, share))
    ConfidenceFigure.objects.bulk_create(fresh, batch_size=500)
    for figure, share in changed:
        _correct(figure, share, file, by, now)
    return len(fresh), len(changed)


def _correct(figure: ConfidenceFigure, share: Decimal, file: SurveyFile, by: User | None, now: datetime) -> None:
    facts = {"was": str(figure.share), "now_is": str(share), "file": file.pk, "was_illustrative": figure.illustrative}
    audit.record(by, "confidence.corrected", figure, now=now, **facts)
    figure.share, figure.file, figure.illustrative = share, file, False
    figure.save(update_fields=["share", "file", "illustrative"])
