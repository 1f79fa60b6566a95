"""Brings survey files in, whole or not at all, and keeps the original and what it corrected."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from accounts import audit, boroughs
from accounts.models import User
from engagement import names, plausible, survey
from engagement.models import ConfidenceFigure, Correction, Measure, SurveyFile
from engagement.names import LONDON
from engagement.survey import Rejected, Row

Key = tuple[str, str, date]  # (measure code, borough code or LONDON, wave)
Figures = dict[Key, Decimal]
Kept = dict[Key, ConfidenceFigure]


@dataclass
class Outcome:
    """What a file holds and what its import does. Every count is of data lines.

    rows = created + unchanged + corrected, unless it was refused: then all three are 0.
    """

    rows: int = 0
    created: int = 0
    unchanged: int = 0
    corrected: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    boroughs: set[str] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    waves: set[date] = field(default_factory=set)
    dialect: dict[str, str | list[str]] = field(default_factory=dict)
    sample: list[Row] = field(default_factory=list)
    changes: list[tuple[Key, Decimal, Decimal]] = field(default_factory=list)
    file: SurveyFile | None = None


def import_file(
    *,
    name: str,
    content: bytes,
    by: User | None,
    now: datetime,
    dry_run: bool = False,
    published_on: date | None = None,
) -> Outcome:
    """Import a published file. One rejected line and nothing is imported. Raises survey.Unreadable.

    Idempotent: the same figures again create nothing. A figure that differs is a correction: it replaces the old one,
    both values and both files are kept beside it and in the audit, and the file itself is kept.
    dry_run: the counts as they would be; nothing is written.
    """
    kept = _kept()
    outcome, lines, london = _understand(content, kept, now)
    if outcome.rejected:
        return outcome
    figures = {**london, **lines}
    fresh = {key: share for key, share in figures.items() if key not in kept}
    outcome.changes = [
        (key, kept[key].share, share)
        for key, share in figures.items()
        if key in kept and (kept[key].share != share or kept[key].illustrative)
    ]
    outcome.created = sum(key in lines for key in fresh)
    outcome.corrected = sum(key in lines for key, _, _ in outcome.changes)
    outcome.unchanged = outcome.rows - outcome.created - outcome.corrected
    if not dry_run:
        _write(outcome, fresh, kept, _file(name, content, published_on, by, now), by, now)
    return outcome


def _understand(content: bytes, kept: Kept, now: datetime) -> tuple[Outcome, Figures, Figures]:
    """The outcome so far, the figures of the lines, and London's figures beside them. Raises survey.Unreadable."""
    outcome, lines, london = Outcome(), Figures(), Figures()
    read, known, where = survey.read(content), names.known(), dict[Key, Row]()
    outcome.dialect = read.dialect.as_dict()
    for row in read:
        outcome.rows += 1
        placed = row if isinstance(row, Rejected) else _placed(row, known, now)
        if isinstance(placed, Rejected) or isinstance(row, Rejected):
            outcome.rejected.append(row if isinstance(row, Rejected) else placed)  # type: ignore[arg-type]
            continue
        measure, borough = placed
        key, beside = (measure, borough, row.wave), (measure, LONDON, row.wave)
        if lines.setdefault(key, row.share) != row.share:
            outcome.rejected.append(
                Rejected(row.line, "The same figure stands twice in the file with two values.", row.sheet)
            )
        if row.london is not None and london.setdefault(beside, row.london) != row.london:
            outcome.rejected.append(
                Rejected(row.line, "London's figure has another value elsewhere in the file.", row.sheet)
            )
        where.setdefault(key, row)
        outcome.measures.add(measure)
        outcome.waves.add(row.wave)
        outcome.boroughs |= {borough} - {LONDON}
    if not outcome.rows:
        raise survey.Unreadable("It has no figures.")
    outcome.sample = _sample(list(where.values()))
    outcome.rejected += _implausible(lines, london, kept, where)
    outcome.rejected.sort(key=lambda refused: (refused.sheet, refused.line))
    return outcome, lines, london


def _placed(row: Row, known: names.Names, now: datetime) -> tuple[str, str] | Rejected:
    if row.wave > now.date():
        return Rejected(row.line, f"{row.wave:%d/%m/%Y} has not come yet.", row.sheet)
    return known.place(row)


def _implausible(lines: Figures, london: Figures, kept: Kept, where: dict[Key, Row]) -> list[Rejected]:
    published = {key: figure.share for key, figure in kept.items() if not figure.illustrative}
    doubted = list(plausible.doubts(lines, london, published))
    refused = [Rejected(where[key].line, why, where[key].sheet) for key, why in doubted]
    told = {key for key, _ in doubted}
    for key, share in london.items():
        if key in lines and lines[key] != share and key not in told:
            row = where[key]
            refused.append(Rejected(row.line, "London's figure has another value elsewhere in the file.", row.sheet))
    return refused


def _kept() -> Kept:
    """Every figure there is. One query."""
    found = ConfidenceFigure.objects.select_related("measure", "team").order_by()
    return {(f.measure.code, f.team.code if f.team else LONDON, f.wave): f for f in found}


def _sample(rows: list[Row]) -> list[Row]:
    """A few lines from the whole length of the file."""
    step = max(1, len(rows) // 6)
    return rows[::step][:6]


def _file(name: str, content: bytes, published_on: date | None, by: User | None, now: datetime) -> SurveyFile:
    digest = hashlib.sha256(content).hexdigest()
    facts = {"imported_by": by, "imported_at": now, "published_on": published_on}
    return SurveyFile(name=name[:200], sha256=digest, content=content, **facts)


@transaction.atomic
def _write(
    outcome: Outcome,
    fresh: Figures,
    kept: Kept,
    file: SurveyFile,
    by: User | None,
    now: datetime,
) -> None:
    """Keep the file, once, and write what is new and what differs."""
    outcome.file = SurveyFile.objects.filter(sha256=file.sha256).first()
    if outcome.file and not fresh and not outcome.changes:
        audit.record(by, "confidence.imported", outcome.file, now=now, rows=outcome.rows, created=0)
        return
    if outcome.file is None:
        file.dialect = outcome.dialect
        file.rows, file.created = outcome.rows, outcome.created
        file.corrected, file.unchanged = outcome.corrected, outcome.unchanged
        file.save()
        outcome.file = file
    _create(fresh, outcome.file, now)
    for key, _, share in outcome.changes:
        _correct(kept[key], share, outcome.file, by, now)
    audit.record(by, "confidence.imported", outcome.file, now=now, rows=outcome.rows, created=outcome.created)


def _create(fresh: Figures, file: SurveyFile, now: datetime) -> None:
    measures = dict(Measure.objects.values_list("code", "pk"))
    teams: dict[str, int | None] = {**boroughs.ensure(now=now), LONDON: None}
    ConfidenceFigure.objects.bulk_create(
        (
            ConfidenceFigure(measure_id=measures[measure], team_id=teams[borough], wave=wave, share=share, file=file)
            for (measure, borough, wave), share in fresh.items()
        ),
        batch_size=1000,
    )


def _correct(figure: ConfidenceFigure, share: Decimal, file: SurveyFile, by: User | None, now: datetime) -> None:
    Correction.objects.create(
        figure=figure,
        was=figure.share,
        became=share,
        was_file_id=figure.file_id,
        file=file,
        was_illustrative=figure.illustrative,
        by=by,
        at=now,
    )
    facts = {"was": str(figure.share), "now_is": str(share), "file": file.pk, "was_illustrative": figure.illustrative}
    audit.record(by, "confidence.corrected", figure, now=now, **facts)
    figure.share, figure.file, figure.illustrative = share, file, False
    figure.save(update_fields=["share", "file", "illustrative"])
