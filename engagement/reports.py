"""Oversight reports: asked for, made by the clock with progress, kept as they were. Rows are the queue."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet

from accounts import audit, rights
from accounts.channels import teams_for
from accounts.models import Team, User
from engagement import periods
from engagement.models import Report
from engagement.oversight import making, writing

# No task lives longer than three minutes (settings): an older claim is a dead worker's.
LONGEST = timedelta(minutes=4)
LONGEST_PERIOD = timedelta(days=3 * 366)


def visible_to(user: User) -> QuerySet[Report]:
    """Reports on the teams that this person may look at."""
    found = Report.objects.filter(team__in=teams_for(user, "view_team").values("pk"))
    return found.select_related("team__parent", "asked_by").defer("paper")


@transaction.atomic
def ask(*, team: Team, first: date, last: date, by: User, now: datetime) -> Report:
    """Have one made. Raises PermissionDenied without a view of the team, ValidationError for a wrong period.

    One that waits already for the same area and period is given back: two taps make one report.
    """
    rights.require(by, "view_team", team)
    if last > periods.day_of(now):
        raise ValidationError({"last": "The period must have ended, or end today."})
    if first > last:
        raise ValidationError({"first": "The first day comes after the last."})
    if last - first > LONGEST_PERIOD:
        raise ValidationError({"first": "Choose three years at most."})
    waiting = Report.objects.filter(team=team, first=first, last=last, done_at__isnull=True).first()
    if waiting is not None:
        return waiting
    made = Report.objects.create(
        team=team, first=first, last=last, asked_by=by, asked_at=now, steps=len(making.BOOK) + 1
    )
    audit.record(by, "report.asked", made, now=now, team=team.pk, first=first.isoformat(), last=last.isoformat())
    return made


def work(*, now: datetime) -> int:
    """Make the oldest report that is due and that nobody has. Returns how many."""
    for report in Report.objects.filter(_free(now)).select_related("team__parent", "asked_by").order_by("pk")[:3]:
        if Report.objects.filter(_free(now), pk=report.pk).update(begun_at=now, step=0):
            _make(report, now)
            return 1
    return 0


def _free(now: datetime) -> Q:
    nobodys = Q(begun_at__isnull=True) | Q(begun_at__lt=now - LONGEST)
    return nobodys & Q(done_at__isnull=True)


def _make(report: Report, now: datetime) -> None:
    mine = Report.objects.filter(pk=report.pk, begun_at=now, done_at__isnull=True)
    found = making.make(report.team, report.first, report.last, step=lambda: mine.update(step=F("step") + 1))
    report.figures, report.done_at = found, now
    paper = writing.write(report)
    with transaction.atomic():
        if mine.update(done_at=now, figures=found, paper=paper, step=report.steps):
            audit.record(None, "report.made", report, now=now, figures=len(found["figures"]))
