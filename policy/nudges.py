"""Advice that an author let be. Theirs to decide, so it is counted for coaching and for nothing else.

Three of one kind in thirty days suggest a short lesson to them and tell their mentors. There is no list of people, no
table and no sanction (domain.md B.2, B.6).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from accounts import notices
from accounts.channels import holders
from accounts.models import Notice, User
from policy.content import Severity
from policy.models import IgnoredNudge, Verdict
from policy.reviewers import channels_of
from policy.rules import RULES
from posts.models import Post

SO_MANY, WITHIN = 3, timedelta(days=30)


def let_be(*, verdict: Verdict, by: User, now: datetime) -> None:
    """Count what this person read and sent as it was. Call it in the transaction of the sending."""
    post = verdict.version.post
    rules = sorted({kept["rule"] for kept in verdict.findings if kept["severity"] == Severity.ADVISE})
    IgnoredNudge.objects.bulk_create(
        (IgnoredNudge(post=post, version=verdict.version, rule=rule, by=by, at=now) for rule in rules),
        ignore_conflicts=True,
    )
    for rule in rules:
        _suggest(post, rule, by, now)


def lately(by: User, now: datetime) -> dict[str, int]:
    """This person's own, by rule, over the last thirty days."""
    found: dict[str, int] = {}
    for rule in IgnoredNudge.objects.filter(by=by, at__gt=now - WITHIN).order_by("rule").values_list("rule", flat=True):
        found[rule] = found.get(rule, 0) + 1
    return found


def title_of(rule: str) -> str:
    """What a rule is called; its id where the code no longer has it."""
    return next((known.title for known in RULES if known.id == rule), rule)


def _suggest(post: Post, rule: str, by: User, now: datetime) -> None:
    fresh = IgnoredNudge.objects.filter(by=by, rule=rule, at__gt=now - WITHIN, suggested_at__isnull=True)
    last = fresh.first()
    if last is None or fresh.count() < SO_MANY:
        return
    fresh.update(suggested_at=now)
    title, link = title_of(rule), reverse("policy:lesson", kwargs={"rule": rule})
    said = {"kind": "nudge.lesson", "about": last, "link": link, "urgency": Notice.Urgency.QUIET, "now": now}
    notices.give(to=[by], words=f"A two-minute lesson for you: “{title}”. Three updates went past that advice.", **said)
    words = f"{by}, {post.team.full_name}: a lesson on “{title}” was suggested. A kind word from you may help."
    notices.give(desk=_mentors(post, by), words=words, **said)


def _mentors(post: Post, by: User) -> QuerySet[User]:
    channels = channels_of(post)
    deciders = holders("review_dmc", *channels).values("pk")
    return holders("review_for", *channels).exclude(pk__in=[by.pk]).exclude(pk__in=deciders)
