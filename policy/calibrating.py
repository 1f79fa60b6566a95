"""Some decisions are judged a second time by somebody who knows neither the first nor its note.

Which ones is drawn by a keyed hash of the decision's own number, so nobody can choose; nothing changes for the update
(docs/decisions/0042).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from accounts import audit
from accounts.channels import channels_for
from accounts.errors import Conflict
from accounts.models import Channel, User
from policy.models import Comment, Needs, Override, Review, SecondLook, Submission
from posts.models import Target, Version

Decision = SecondLook.Decision
_ITS_POST = OuterRef("review__submission__post")
# What a mentor could have decided, and the DMC did not.
_A_MENTOR_S = Q(review__submission__needs__in=(Needs.MENTOR, Needs.MENTOR_TWO)) & ~(
    Q(review__decision=Review.Decision.REJECT) | Q(review__reach__in=(Needs.DMC, Needs.DMC_SECOND))
)
WAITS = timedelta(days=28)  # what nobody looked at by then is no longer asked for


def is_drawn(review: Review) -> bool:
    """Whether this decision is one of the share that is looked at twice."""
    drawn = salted_hmac("policy.calibrating", str(review.pk), algorithm="sha256").digest()
    return int.from_bytes(drawn[:8]) / 2**64 < settings.SECOND_LOOKS


def draw(review: Review, *, now: datetime) -> SecondLook | None:
    """In the transaction of the decision, which never learns of it."""
    return ask(review, now=now) if is_drawn(review) else None


def ask(review: Review, *, now: datetime) -> SecondLook:
    """Have this decision judged a second time. Once is enough."""
    look, _ = SecondLook.objects.get_or_create(review=review, defaults={"asked_at": now})
    return look


def waiting_for(user: User, *, now: datetime) -> QuerySet[SecondLook]:
    """What this person may judge blind: where they review, without words or decisions of theirs. What the DMC decided,
    or alone could, is judged by the DMC. One query: what waits is read by its index, and the rest is asked of each.
    """
    mentor, dmc = channels_for(user, "review_for"), channels_for(user, "review_dmc")
    as_mentor = _A_MENTOR_S & ~Exists(_beyond(mentor, dmc))
    waiting = SecondLook.objects.filter(decision="", asked_at__gte=now - WAITS)
    waiting = waiting.filter(as_mentor | ~Exists(_beyond(dmc))).exclude(review__submission__post__author=user)
    return waiting.filter(*(~Exists(theirs) for theirs in _had_to_do_with(user))).order_by("asked_at", "pk")


def _beyond(*allowed: QuerySet[Channel]) -> QuerySet[Target]:
    """The update's channels that are in none of `allowed`."""
    beyond = Target.objects.order_by().filter(post=_ITS_POST)
    for channels in allowed:
        beyond = beyond.exclude(channel__in=channels.order_by().values("pk"))
    return beyond


def _had_to_do_with(user: User) -> list[QuerySet[Any]]:
    """What would show that this person wrote, sent, decided on or spoke of the update, one of its questions too."""
    decided = Q(decided_by=user) | Q(seconded_by=user)
    return [
        Version.objects.filter(post=_ITS_POST, made_by=user),
        Submission.objects.filter(post=_ITS_POST, by=user),
        Review.objects.filter(submission__post=_ITS_POST, by=user),
        Override.objects.filter(decided, submission__post=_ITS_POST),
        Comment.objects.filter(post=_ITS_POST, by=user),
    ]


@transaction.atomic
def judge(
    *, look: SecondLook, decision: str, reason: str = "", note: str = "", by: User, now: datetime
) -> SecondLook:  # fmt: skip
    """Keep what this person would have decided. Raises PermissionDenied, Conflict, ValidationError by field."""
    look.refresh_from_db(from_queryset=SecondLook.objects.select_for_update(of=("self",)))
    if look.decision:
        raise Conflict("Somebody has looked at this already. Nothing was changed.")
    if not waiting_for(by, now=now).filter(pk=look.pk).exists():
        raise PermissionDenied("This is looked at by somebody who has had nothing to do with it.")
    if decision not in Decision.values:
        raise ValidationError({"decision": "Choose whether it is ready."})
    if decision == Decision.NOT_READY and reason not in Review.Reason.values:
        raise ValidationError({"reason": "Choose a reason."})
    look.decision, look.note = decision, note.strip()
    look.reason = reason if decision == Decision.NOT_READY else ""
    look.by, look.at = by, now
    look.save(update_fields=["decision", "reason", "note", "by", "at"])
    audit.record(by, "review.second_look", look.review, now=now, look=look.pk, decision=look.decision)
    return look
