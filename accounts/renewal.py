"""From trusted on a stage counts for a year (domain.md C.2): how long it lasts, who is told before and after its end.

Two people renew it, as they agreed on it (`accounts.stages`). Nothing is written when it ends: `Stage.on` reads that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from accounts import audit, notices
from accounts.channels import AUTHORS
from accounts.models import Appointment, Notice, Pairing, Stage, User
from accounts.models.people import LONDON

LASTS = timedelta(days=365)
OPENS = timedelta(days=60)  # before its last day; from then on it can be renewed
TOLD = timedelta(days=30)  # before its last day
ENDS_SOON, ENDED = "stage.ends_soon", "stage.ended"
TRUSTED = [stage for stage in Stage if stage.is_trusted]


def last_day(stage: str, first: date) -> date | None:
    """Of a stage that is come to, or renewed, on this London day; None for one that needs no renewal."""
    return first + LASTS if Stage(stage).is_trusted else None


def is_open(appointment: Appointment, today: date) -> bool:
    """Whether two people can renew it: its end is near, or past."""
    until = appointment.stage_until
    return Stage(appointment.stage).is_trusted and until is not None and today >= until - OPENS


def remind(*, now: datetime) -> int:
    """Tell author and mentor whose stage ends soon or has ended, each once. Returns of how many. Two queries when it is
    nobody's."""
    today = now.astimezone(LONDON).date()
    near = {audit.subject_of(one): one for one in _near(now, today)}
    told = _told(near)
    due = [one for subject, one in near.items() if told.get((subject, _kind(one, today)), _NEVER) < _began(one, today)]
    for one in due:
        _tell(one, _kind(one, today), now)
    return len(due)


def settle(appointment: Appointment, *, now: datetime) -> None:
    """It was renewed or changed, so what was said of its end is over."""
    notices.settle(about=appointment, kinds=[ENDS_SOON, ENDED], now=now)


_NEVER = datetime.min.replace(tzinfo=LONDON)


def _near(now: datetime, today: date) -> QuerySet[Appointment]:
    held = Appointment.objects.active(now).filter(role__in=AUTHORS, user__is_active=True)
    near = held.filter(stage__in=TRUSTED, stage_until__lte=today + TOLD)
    return near.select_related("user", "team__parent").order_by("pk")


def _kind(one: Appointment, today: date) -> str:
    return ENDS_SOON if one.stage_on(today).is_trusted else ENDED


def _began(one: Appointment, today: date) -> datetime:
    """Since when that is to be told: what was said before it was of an earlier year."""
    assert one.stage_until is not None
    first = one.stage_until - TOLD if _kind(one, today) == ENDS_SOON else one.stage_until + timedelta(days=1)
    return datetime.combine(first, time(0), LONDON)


def _told(near: dict[str, Appointment]) -> dict[tuple[str, str], datetime]:
    """When each was last told of it, by subject and kind."""
    authors = [one.user_id for one in near.values()]
    said = Notice.objects.filter(to__in=authors, subject__in=near, kind__in=[ENDS_SOON, ENDED]).order_by("at")
    return {(subject, kind): at for subject, kind, at in said.values_list("subject", "kind", "at")}


@transaction.atomic
def _tell(one: Appointment, kind: str, now: datetime) -> None:
    if kind == ENDED:
        settle(one, now=now)
    link = reverse("policy:stage", kwargs={"pk": one.pk})
    for user, words in _words(one, kind):
        notices.give(to=[user], kind=kind, about=one, words=words, link=link, now=now)


def _words(one: Appointment, kind: str) -> Iterator[tuple[User, str]]:
    stage, day = one.get_stage_display().lower(), f"{one.stage_until:%-d %B %Y}"
    team, mentor = one.team.full_name, _mentor(one.user)
    if kind == ENDED:
        yield (
            one.user,
            f"For {team} “{stage}” ended on {day}. A mentor reads your updates with you until it is renewed.",
        )
    else:
        yield one.user, f"For {team} you are at “{stage}” until {day}. Your mentor and the DMC can renew it for a year."
    if mentor is not None:
        over = "ended" if kind == ENDED else "ends"
        yield mentor, f"{one.user}’s “{stage}” for {team} {over} on {day}. You and the DMC can renew it for a year."


def _mentor(author: User) -> User | None:
    standing = Pairing.objects.filter(author=author, ended_at__isnull=True).select_related("mentor").first()
    return standing.mentor if standing else None
