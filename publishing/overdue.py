"""What the clock must settle because no worker did: claims of the dead, and what missed its time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from platforms.errors import Doubtful
from publishing.models import Attempt, Delivery
from publishing.settling import doubt, load, settle

State = Delivery.State


def miss(*, delivery_id: int, now: datetime) -> bool:
    """What still waits past its last moment is missed and asks for a new time. Nothing late is ever sent."""
    delivery = load(delivery_id)
    if delivery.send_by >= now:
        return False
    reason = f"It could not go out by its last moment. {delivery.reason}".strip()
    return settle(delivery, State.MISSED, was=State.WAITING, now=now, reason=reason)


@transaction.atomic
def take_back(*, delivery_id: int, now: datetime) -> None:
    """The claim of a worker that died. Without an attempt nothing was sent; with one it may be public."""
    delivery = load(delivery_id)
    if delivery.state != State.SENDING or delivery.claimed_at is None or delivery.claimed_at >= oldest_claim(now=now):
        return
    attempt = delivery.attempts.filter(number=delivery.tries, outcome=Attempt.Outcome.OPEN).first()
    if attempt is None:
        reason = "The worker stopped before anything was sent."
        settle(delivery, State.WAITING, was=State.SENDING, now=now, reason=reason, due_at=now)
        return
    network = delivery.target.channel.get_network_display()
    doubt(delivery, attempt, Doubtful(f"The worker stopped while {network} was being asked."), now=now)


def oldest_claim(*, now: datetime) -> datetime:
    """A claim from before this moment is a dead worker's: no honest request takes so long."""
    return now - timedelta(seconds=settings.CLAIM_LASTS_SECONDS)
