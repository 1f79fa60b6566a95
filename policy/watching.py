"""On the first day of a known event a watch opens by itself (domain.md B.6). The clock calls it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts import audit, notices
from accounts.channels import holders
from accounts.errors import Conflict
from accounts.models import Channel, Notice
from policy import holds
from policy.models import Hold, Period
from policy.reading.dates import london_day

OPENS = "period.begins"


def due(*, now: datetime) -> list[int]:
    """Events whose first day has come and that nobody has acted on."""
    begun = Period.objects.on(london_day(now), now).exclude(kind__in=Period.WEIGHTY)
    return list(begun.filter(watched_at__isnull=True).values_list("pk", flat=True))


@transaction.atomic
def begin(*, period_id: int, now: datetime) -> Period | None:
    """Open its watch in the name of who entered it, and tell the desk; None when another clock was first.

    Where that person may not, or the place is held already, the desk is told and the banner stands by itself.
    """
    if not Period.objects.filter(pk=period_id, watched_at__isnull=True).update(watched_at=now):
        return None
    period = Period.objects.select_related("team", "entered_by").get(pk=period_id)
    period.watch = _watch(period, now)
    period.save(update_fields=["watch"])
    audit.record(None, "period.began", period, now=now, watch=period.watch_id)
    _tell(period, now)
    return period


def _watch(period: Period, now: datetime) -> Hold | None:
    reason = f"{period.get_kind_display()}: {period.name}"
    try:
        return holds.open_hold(
            team=period.team,
            level=Hold.Level.WATCH,
            reason=reason,
            message=period.message,
            planned=True,
            by=period.entered_by,
            now=now,
        )
    except (PermissionDenied, Conflict):
        return None


def _tell(period: Period, now: datetime) -> None:
    scope = Channel.objects.all() if period.team is None else Channel.objects.filter(team__in=period.team.covered())
    opened = "A watch is on." if period.watch else "No watch could be opened by itself: open one if it is needed."
    words = f"{period.name} ({period.get_kind_display().lower()}, {period.scope_name}) begins today. {opened}"
    urgency = Notice.Urgency.QUIET if period.watch else Notice.Urgency.SOON
    link = reverse("policy:times")
    desk = holders("review_dmc", *scope)
    notices.give(desk=desk, kind=OPENS, about=period, words=words, link=link, urgency=urgency, now=now)
