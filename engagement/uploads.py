"""A survey file on its way in through the page: kept at once, read by the clock, shown, confirmed, imported."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit, boroughs
from accounts.channels import teams_for
from accounts.errors import Conflict
from accounts.models import Team, User
from engagement import confidence
from engagement.confidence import Outcome
from engagement.models import Measure, SurveyFile, SurveyUpload
from engagement.survey import Rejected, Row, Unreadable
from policy import keeping

State = SurveyUpload.State
LARGEST = 20 * 1024 * 1024
SHOWN = 200


def may_read(user: User) -> bool:
    """Whether this person reads the survey's files and the analyses: who looks after a borough or the force."""
    return teams_for(user, "view_team").filter(kind__in=[Team.Kind.BOROUGH, Team.Kind.FORCE]).exists()


def require_keeper(user: User) -> None:
    """Only who keeps the policy for the whole force brings files in: a figure is shown to every manager."""
    if not keeping.may_keep(user):
        raise PermissionDenied("Only the DMC brings the survey's files in.")


@transaction.atomic
def take_in(*, name: str, content: bytes, published_on: date | None, by: User, now: datetime) -> SurveyUpload:
    """Keep the file; the clock reads it."""
    require_keeper(by)
    if not content:
        raise ValidationError("The file is empty.")
    if len(content) > LARGEST:
        raise ValidationError(f"The file is larger than {LARGEST // 1024**2} MB. The survey's has about half of one.")
    upload = SurveyUpload.objects.create(name=name[:200], content=content, published_on=published_on, by=by, at=now)
    audit.record(by, "survey.uploaded", upload, now=now, name=upload.name, size=len(content))
    return upload


def work(*, now: datetime) -> int:
    """Read what waits and import what was confirmed. Returns how many were done; safe to run as often as you like."""
    todo = SurveyUpload.objects.filter(state__in=[State.WAITING, State.CONFIRMED]).order_by("at")[:3]
    return sum(_bring_in(upload, now) if upload.state == State.CONFIRMED else _read(upload, now) for upload in todo)


@transaction.atomic
def confirm(*, upload: SurveyUpload, by: User, now: datetime) -> None:
    """Say yes to what was shown. Raises Conflict when it is not waiting for that (any more)."""
    require_keeper(by)
    if not upload.move(State.CONFIRMED):
        raise Conflict("This file is not waiting for a yes any more.")
    audit.record(by, "survey.confirmed", upload, now=now)


@transaction.atomic
def drop(*, upload: SurveyUpload, by: User, now: datetime) -> None:
    """Leave the file out. Raises Conflict when it is already on its way in."""
    require_keeper(by)
    if not upload.move(State.DROPPED):
        raise Conflict("This file is not waiting any more.")
    audit.record(by, "survey.dropped", upload, now=now)


def _read(upload: SurveyUpload, now: datetime) -> bool:
    """A dry run: what the file says and what its import would do."""
    found, refused = _outcome(upload, now, dry_run=True)
    return upload.move(State.REFUSED if refused else State.READ, understood=found)


def _bring_in(upload: SurveyUpload, now: datetime) -> bool:
    """The import itself; what has changed since it was shown may refuse it still."""
    with transaction.atomic():
        found, refused = _outcome(upload, now, dry_run=False)
        file = SurveyFile.objects.filter(pk=found.pop("file", None)).first()
        return upload.move(State.REFUSED if refused else State.IMPORTED, understood=found, file=file)


def _outcome(upload: SurveyUpload, now: datetime, *, dry_run: bool) -> tuple[dict[str, Any], bool]:
    try:
        outcome = confidence.import_file(
            name=upload.name,
            content=bytes(upload.content),
            by=upload.by,
            now=now,
            dry_run=dry_run,
            published_on=upload.published_on,
        )
    except Unreadable as problem:
        outcome = Outcome(rejected=[Rejected(problem.line, str(problem))])
    return understood(outcome), bool(outcome.rejected)


def understood(outcome: Outcome) -> dict[str, Any]:
    """What the page shows, as plain values: counts, dialect, a few lines, what changes and what was refused."""
    waves = sorted(outcome.waves)
    names = dict(Measure.objects.values_list("code", "name"))
    return {
        **{name: getattr(outcome, name) for name in ("rows", "created", "unchanged", "corrected")},
        "rejected": len(outcome.rejected),
        "boroughs": len(outcome.boroughs),
        "measures": [names.get(code, code) for code in sorted(outcome.measures)],
        "waves": [waves[0].isoformat(), waves[-1].isoformat(), len(waves)] if waves else [],
        "dialect": outcome.dialect,
        "sample": [_line(row) for row in outcome.sample],
        "changes": [
            [names.get(measure, measure), boroughs.BOROUGHS.get(code, "London"), wave.isoformat(), str(was), str(is_)]
            for (measure, code, wave), was, is_ in outcome.changes[:SHOWN]
        ],
        "rejected_rows": [{"line": r.line, "reason": r.why, "sheet": r.sheet} for r in outcome.rejected[:SHOWN]],
        "file": outcome.file.pk if outcome.file else None,
    }


def _line(row: Row) -> dict[str, Any]:
    return {
        "line": row.line,
        "wave": row.wave.isoformat(),
        "borough": row.borough,
        "measure": row.measure,
        "share": str(row.share),
        "london": None if row.london is None else str(row.london),
    }
