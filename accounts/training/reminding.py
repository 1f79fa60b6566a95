"""Authors are told before their training runs out, and when it has: 30, 14 and 1 days before, and the day after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts import notices
from accounts.channels import AUTHORS
from accounts.models import Appointment, TrainingReminder, User
from accounts.training.records import SOON
from accounts.training.standing import Standing, standings

BEFORE = (30, 14, 1)
ENDED = -1


def remind(*, now: datetime) -> int:
    """Tell whoever is due; each step once. Returns how many. Three queries when nobody is."""
    authors = {user.pk: user for user in _authors(now)}
    due = {
        (key, standing.until, step): standing
        for key, standing in standings(authors, now=now).items()
        for step in _steps(standing)
    }
    if not due:
        return 0
    known = TrainingReminder.objects.filter(user__in={key for key, *_ in due})
    told = set(known.values_list("user", "until", "left"))
    return sum(_tell(authors[row[0]], row[2], due[row], now) for row in due.keys() - told)


def _authors(now: datetime) -> QuerySet[User]:
    held = Appointment.objects.active(now).filter(role__in=AUTHORS)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)


def _steps(standing: Standing) -> Iterator[int]:
    """The one step this person has come to, if any."""
    if standing.left is None:
        return
    if standing.left < 0:
        yield ENDED
    elif reached := [step for step in BEFORE if standing.left <= step]:
        yield min(reached)


def _tell(user: User, step: int, standing: Standing, now: datetime) -> bool:
    with transaction.atomic():
        _, new = TrainingReminder.objects.get_or_create(
            user=user, until=standing.until, left=step, defaults={"at": now}
        )
        if not new:
            return False
        notices.give(
            to=[user],
            kind=SOON,
            about=user,
            words=_words(standing),
            link=reverse("accounts:training"),
            urgency=notices.Urgency.SOON,
            again=True,
            now=now,
        )
    return True


def _words(standing: Standing) -> str:
    parts = ", ".join(part.label.lower() for part in standing.lacking)
    if standing.lapsed:
        return f"Your training has run out ({parts}). A mentor reads your updates with you until it is renewed."
    days = "today" if standing.left == 0 else "tomorrow" if standing.left == 1 else f"in {standing.left} days"
    return f"Your training runs out {days}. Renew it now and nothing changes for your updates."
