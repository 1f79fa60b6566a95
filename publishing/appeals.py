"""Appeals for missing and wanted people carry the day on which they come down, and somebody is told when it has come.

Nothing is removed by itself: whether the person was found is a person's knowledge (domain.md B.6).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from accounts import audit, notices
from accounts.models import Notice, User
from accounts.rights import require
from policy import clearances
from policy.models import Verdict
from posts.models import Post, Version
from publishing import telling
from publishing.models import Delivery, RemovalDate

DUE = "appeal.due"
MISSING_LASTS, WANTED_LASTS = timedelta(hours=24), timedelta(days=14)
FURTHEST = timedelta(days=366)
WANTED = "wanted for, wanted by, wanted in, wanted on, wanted over, is wanted, are wanted"
AT_ONCE = 100
MISSING_APPEAL, WANTED_APPEAL = "Missing person appeal", "Wanted appeal"


def note(*, version: Version, publish_at: datetime, now: datetime) -> None:
    """At release: give an appeal its day, unless somebody has set one."""
    kind = _kind(version)
    if kind is not None:
        why, lasts = kind
        facts = {"remove_at": publish_at + lasts, "why": why, "set_at": now}
        RemovalDate.objects.get_or_create(post=version.post, defaults=facts)


def is_appeal(version: Version) -> bool:
    """Whether the check took it for an appeal for a missing or wanted person when it was released."""
    return RemovalDate.objects.filter(post=version.post_id, why__in=(MISSING_APPEAL, WANTED_APPEAL)).exists()


@transaction.atomic
def set_date(*, post: Post, remove_at: datetime, by: User, now: datetime) -> RemovalDate:
    """The day is this one. By whoever may take the post down. Raises PermissionDenied, ValidationError."""
    for target in post.targets.select_related("channel"):
        require(by, "take_down", target.channel)
    if remove_at <= now or remove_at > now + FURTHEST:
        raise ValidationError({"remove_at": "Choose a time still to come, within a year."})
    facts = {"remove_at": remove_at, "set_by": by, "set_at": now, "told_at": None}
    kept, _ = RemovalDate.objects.update_or_create(
        post=post, defaults=facts, create_defaults={**facts, "why": "Set by a person"}
    )
    notices.settle(about=post, kinds=[DUE], now=now)
    audit.record(by, "post.removal_date", post, now=now, remove_at=remove_at.isoformat())
    return kept


def due(*, now: datetime) -> list[int]:
    """Dates that have come while something of the post is still there."""
    come = RemovalDate.objects.filter(remove_at__lte=now, told_at__isnull=True)
    return list(come.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def tell(*, date_id: int, now: datetime) -> bool:
    """Say once that the day has come. False: another worker did, or nothing of it is public any more."""
    come = RemovalDate.objects.filter(pk=date_id, told_at__isnull=True)
    if not come.update(told_at=now):
        return False
    date = RemovalDate.objects.select_related("post__team__parent").get(pk=date_id)
    live = list(
        Delivery.objects.filter(target__post=date.post, state=Delivery.State.PUBLISHED).select_related(
            "channel__team", "target__post__author", "version"
        )
    )
    if not live:
        return False
    notices.give(
        to=telling.authors_and_mentors(live[0]),
        desk=telling.desk(live[0]),
        kind=DUE,
        about=date.post,
        words=f"{date.post.team.full_name}: an appeal has reached its day. Take it down, or say until when it stays.",
        link=reverse("publishing:removal_date", kwargs={"pk": date.post_id}),
        urgency=Notice.Urgency.NOW,
        needs_answer=True,
        now=now,
    )
    return True


def _kind(version: Version) -> tuple[str, timedelta] | None:
    verdict = Verdict.objects.filter(version=version, moment=Verdict.Moment.SUBMIT).order_by("-pk").first()
    rules = {finding["rule"] for finding in verdict.findings} if verdict else set()
    if "MISPER" in rules:
        return MISSING_APPEAL, MISSING_LASTS
    return (WANTED_APPEAL, WANTED_LASTS) if clearances.speaks_of(version, WANTED) else None
