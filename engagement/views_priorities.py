"""Doors: a ward's priorities, what was done, what came of it, and whether residents were told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.priorities import may_edit
from engagement import periods, priorities
from engagement.views import only_team, ward_for
from engagement.views_tables import as_file

DAYS = 28


@require_GET
def ward(request: HttpRequest, code: str) -> HttpResponse:
    team = ward_for(request.user, code)
    period = periods.last(DAYS, now=timezone.now())
    found = priorities.all_of(team, since=period.since, until=period.until)
    standing = [kept for kept in found if kept.priority.is_open]
    context = {
        "team": team,
        "standing": standing,
        "closed": [kept for kept in found if not kept.priority.is_open],
        "count": (count := priorities.counted(kept.complete for kept in standing)),
        "sentence": priorities.sentence(count, DAYS),
        "may_edit": may_edit(request.user, team),
        "alone": only_team(request.user),
        "now": period.until,
        "days": DAYS,
    }
    return render(request, "engagement/priorities.html", context)


@require_GET
def ward_table(request: HttpRequest, code: str) -> HttpResponse:
    team = ward_for(request.user, code)
    period = periods.last(DAYS, now=timezone.now())
    found = priorities.all_of(team, since=period.since, until=period.until)
    return as_file(priorities.table(found), team.full_name, "priorities")
