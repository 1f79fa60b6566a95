"""Door: yesterday's promises against what the networks show."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.channels import channels_for
from publishing import report
from publishing.models import DailyReport

SHOWN = 14


@require_GET
def daily(request: HttpRequest) -> HttpResponse:
    """For who looks after posts: who may take them down or see how they stand."""
    if not channels_for(request.user, "see_posts").exists():
        raise PermissionDenied("The daily report is for those who look after posts.")
    rows = list(DailyReport.objects.all()[:SHOWN])
    asked = _day(request.GET.get("day", ""))
    shown = next((row for row in rows if row.day == asked), None if asked else next(iter(rows), None))
    shown = shown or DailyReport.objects.filter(day=asked).first()
    page = {
        "report": shown,
        "rows": rows,
        "open": report.open_for(request.user, shown.day) if shown else [],
        "may_settle": channels_for(request.user, "take_down").exists(),
        "now": timezone.now(),
    }
    return render(request, "publishing/report.html", page)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
