"""What a person did of the training is kept, and struck where it was kept by mistake."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts import audit, notices
from accounts.channels import teams_for
from accounts.errors import Conflict
from accounts.models import Completion, User, Workshop
from accounts.models.people import LONDON
from accounts.models.training import LESSONS
from accounts.training.standing import qualified

# Twelve months (domain.md C.1): the same day of the next year is the last.
LASTS = timedelta(days=365)
SOON = "training.soon"


def require_trainer(user: User) -> None:
    """Raises PermissionDenied unless this person provisions a team: the DMC administrator keeps training (C.6)."""
    if not teams_for(user, "provision").exists():
        raise PermissionDenied("Only a DMC administrator keeps the training records.")


@transaction.atomic
def read_lesson(*, part: str, by: User, now: datetime) -> Completion:
    """This person has read a part of the e-learning here. Reading it twice on a day keeps one record.

    Raises ValidationError for what is no such part.
    """
    if part not in LESSONS:
        raise ValidationError("There is no such part to read.")
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return keep(user=by, part=part, on=london_day(now), origin=Completion.Origin.HERE, by=by, now=now)


def keep(
    *, user: User, part: str, on: date, origin: str, workshop: Workshop | None = None, by: User | None, now: datetime
) -> Completion:
    """The row and its record, unless that day has one already. Inside a transaction that holds the person's row."""
    made, new = Completion.objects.get_or_create(
        user=user,
        part=part,
        on=on,
        struck_at=None,
        defaults={"until": on + LASTS, "origin": origin, "workshop": workshop, "by": by, "at": now},
    )
    if new:
        audit.record(by, "training.kept", made, now=now, user=user.pk, part=part, on=on.isoformat(), origin=origin)
        _settle(user, now)
    return made


@transaction.atomic
def strike(*, completion: Completion, why: str, by: User, now: datetime) -> Completion:
    """It was kept by mistake and counts no more. Raises PermissionDenied, Conflict; ValidationError for no reason."""
    require_trainer(by)
    if by.pk == completion.user_id:
        raise PermissionDenied("Somebody else must change your own record.")
    if not why.strip():
        raise ValidationError({"why": "Say why it does not count."})
    standing = Completion.objects.filter(pk=completion.pk, struck_at__isnull=True)
    if not standing.update(struck_at=now, struck_by=by, struck_why=why.strip()[:300]):
        raise Conflict("This record was struck already. Nothing was changed.")
    audit.record(by, "training.struck", completion, now=now, user=completion.user_id, part=completion.part)
    completion.refresh_from_db()
    return completion


def london_day(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def _settle(user: User, now: datetime) -> None:
    """What was said of training that ends is over once it stands for longer than that."""
    standing = qualified(user, now)
    if standing.stands and not standing.due:
        notices.settle(about=user, kinds=[SOON], now=now)
