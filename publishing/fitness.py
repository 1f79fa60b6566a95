"""The questions asked again in the last moment before the socket opens (design 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Channel
from accounts.statements import Question, Rows, Value
from policy import approvals, clearances, holds, review
from policy.models import Hold, Verdict
from posts.fingerprint import fingerprint
from posts.models import Version
from publishing.models import Delivery, Freeze

_HELD = {Hold.Level.WATCH: "Nobody had confirmed it again. Look at it and choose a new time."}


@dataclass(frozen=True)
class Unfit:
    """Why it may not go, and which final state says so."""

    state: str
    reason: str


def unfit(delivery: Delivery, *, now: datetime) -> Unfit | None:
    """The first reason not to send this delivery now, or None. Asked inside the arming transaction."""
    state = Delivery.State
    hold = clearances.obstacle(delivery.version, delivery.channel, now=now)
    if hold is not None:
        why = _HELD.get(hold.level, "Choose a new time once the hold is released.")
        return Unfit(state.MISSED, f"A hold was in force at its time ({hold.get_level_display()}). {why}")
    life, frozen = _channel_now(delivery)
    if life not in Channel.MAY_SPEAK:
        stage = Channel.Life(life).label.lower()
        return Unfit(state.MISSED, f"Its channel was “{stage}” at its time. Choose a new time once it is live.")
    if frozen:
        return Unfit(state.MISSED, "Its channel stands still after an incident. Choose a new time once it is lifted.")
    if fingerprint(delivery.version) != delivery.fingerprint:
        return Unfit(state.FAILED, "It is no longer exactly what was approved, so it was not sent.")
    return disallowed(delivery.version, moment=Verdict.Moment.CLAIM, now=now)


def questions(delivery: Delivery, *, now: datetime) -> list[Question]:
    """What `unfit` asks where nothing is in the way, to be asked together."""
    hold, channel = holds.question(now=now), _CHANNEL_NOW.of(pk=delivery.channel_id)
    return [hold, channel, approvals.question(delivery.version), *review.questions(delivery.version, now=now)]


def _channel_now(delivery: Delivery) -> tuple[str, bool]:
    """Its channel's stage of life, and whether an incident holds it, as they are committed now. One query."""
    ((life, held),) = _CHANNEL_NOW.of(pk=delivery.channel_id).answer()
    return life, bool(held)


def _life_and_freeze() -> QuerySet[Channel, tuple[str, bool]]:
    frozen = Exists(Freeze.objects.filter(channel=OuterRef("pk"), lifted_at__isnull=True))
    return Channel.objects.filter(pk=Value("pk", Channel)).order_by().values_list("life", frozen)


_CHANNEL_NOW = Rows(_life_and_freeze)


def disallowed(version: Version, *, moment: str, now: datetime) -> Unfit | None:
    """Why this version may no longer be public: no agreement stands, or what was agreed no longer answers the check."""
    state = Delivery.State
    agreed = approvals.approval(version, now=now)
    if agreed is None:
        return Unfit(state.MISSED, "Its approval ran out before it could be sent. Send it for review again.")
    if not approvals.covers(agreed, review.judge_again(version=version, moment=moment, now=now)):
        return Unfit(state.FAILED, "The policy check no longer allows it. Change the words and send it for review.")
    return None
