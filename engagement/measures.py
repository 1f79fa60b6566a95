"""Changes what is known about a question of the survey, and how its files spell a borough."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, boroughs
from accounts.models import Team, User
from engagement.models import Measure, Spelling
from engagement.uploads import require_keeper


@transaction.atomic
def keep(*, measure: Measure, facts: dict[str, Any], by: User, now: datetime) -> Measure:
    """Keep the facts of a new or a known measure. The published name of one with figures stays as it is."""
    require_keeper(by)
    known = Measure.objects.filter(pk=measure.pk).first()
    moved = known and facts.get("published_as", measure.published_as) != known.published_as
    if known and moved and known.figures.exists():
        raise ValidationError({"published_as": "Figures came in under this name; it stays. Add a measure instead."})
    before = {name: str(getattr(known, name)) for name in facts} if known else {}
    for name, value in facts.items():
        setattr(measure, name, value)
    measure.save()
    after = {name: str(getattr(measure, name)) for name in facts}
    changed = {name: [before.get(name, ""), value] for name, value in after.items() if before.get(name) != value}
    audit.record(by, "measure.kept", measure, now=now, changed=changed)
    return measure


@transaction.atomic
def spell(*, written: str, team: Team, by: User, now: datetime) -> Spelling:
    """Another name under which files write a borough."""
    require_keeper(by)
    plain = boroughs.plain(written)
    if team.kind != Team.Kind.BOROUGH:
        raise ValidationError("The survey is shown for boroughs only: too few people are asked in a ward.")
    if not plain or plain in boroughs.CODES or Spelling.objects.filter(written=plain).exists():
        raise ValidationError("This spelling is known already, or holds no letters.")
    spelling = Spelling.objects.create(written=plain, team=team, added_by=by, added_at=now)
    audit.record(by, "survey.spelt", spelling, now=now, written=plain, team=team.code)
    return spelling
