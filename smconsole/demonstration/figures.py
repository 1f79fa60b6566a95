"""Illustrative confidence figures: plausible shapes, made by a formula, never taken from the survey."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from accounts.models import Team
from engagement.models import ConfidenceFigure, Measure, SurveyFile

# After the last wave of the published files, so that importing those never meets an invented figure.
WAVES = [date(year, month, day) for year in (2024, 2025, 2026) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))]
WAVES = [wave for wave in WAVES if wave <= date(2026, 9, 30)]
LEVELS = {
    "good-job": 48,
    "informed": 30,
    "listen": 57,
    "fair": 58,
    "relied-on": 55,
    "understand": 56,
    "contact": 15,
    "trust": 68,
}
NOTE = b"Illustrative figures made for the demonstration. They are not from the Public Attitude Survey.\n"


def write(boroughs: list[Team], *, now: datetime) -> None:
    """One figure a measure, borough and wave, and London's line. Does nothing where they already stand."""
    file, made = SurveyFile.objects.get_or_create(
        sha256=hashlib.sha256(NOTE).hexdigest(),
        defaults={"name": "Illustrative figures (demonstration)", "content": NOTE, "imported_at": now},
    )
    if made:
        ConfidenceFigure.objects.bulk_create(_figures(boroughs, file))


def _figures(boroughs: list[Team], file: SurveyFile) -> Iterator[ConfidenceFigure]:
    for measure in Measure.objects.all():
        for position, wave in enumerate(WAVES):
            for team in [*boroughs, None]:
                share = _share(measure.code, team.code if team else "", position)
                yield ConfidenceFigure(measure=measure, team=team, wave=wave, share=share, file=file, illustrative=True)


def _share(measure: str, borough: str, position: int) -> Decimal:
    """A level, a borough's own distance from it, a slow drift, and noise that only part-renews each quarter."""
    level = LEVELS[measure] + (_noise(measure, borough, -1) * 6 if borough else 0)
    wobble = sum(_noise(measure, borough, position - back) for back in range(4)) * (1.6 if borough else 0.3)
    return Decimal(round(level + 0.15 * position + wobble)) / 100


def _noise(*key: object) -> float:
    """A fixed number between -1 and 1 for a key."""
    digest = hashlib.sha256(repr(key).encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**31 - 1
