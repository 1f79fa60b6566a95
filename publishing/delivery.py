"""Send it, once: claim, stage, arm, send, settle (design 3; platforms.md 4.2).

Between `arm` and `settle` stands the only request that can make something public, and it is sent once. Everything
before `arm` provably created nothing; whatever is in doubt after it goes to `publishing.reconcile`, never out again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import audit, logins
from accounts.statements import Insert, Question, together
from platforms import errors
from platforms.base import Network, Outgoing
from publishing import fitness, limits, pausing, staging
from publishing.models import Attempt, Delivery
from publishing.settling import answer, confirm, doubt, load, lock_post, question_of_lock, settle

Clock = Callable[[], datetime]
State = Delivery.State
# The answers of the last moment (hold, approval, time) count for so long; a worker held up longer does not send.
QUESTIONS_LAST = timedelta(seconds=5)
_ATTEMPT = Insert(Attempt)


def deliver(*, delivery_id: int, worker: str, clock: Clock) -> None:
    """Claim, make ready, arm, send, settle. Losing the claim is no news: another worker has it."""
    delivery = load(delivery_id)
    if not delivery.claim(worker=worker, now=clock()):
        delivery.decline()
        return
    try:
        network = logins.network_for(delivery.target.channel, now=clock())
        staging.stage(delivery=delivery, network=network, now=clock())
    except errors.PlatformError as trouble:
        _not_created(delivery, trouble, now=clock())
        return
    outgoing = staging.outgoing(delivery)
    attempt = arm(delivery=delivery, now=clock())
    if attempt is not None:
        send(delivery=delivery, attempt=attempt, network=network, outgoing=outgoing, clock=clock)


@transaction.atomic
def arm(*, delivery: Delivery, now: datetime) -> Attempt | None:
    """Ask every question once more and write the attempt down, in one transaction. None: it may not be sent."""
    with together(_questions(delivery, now)):
        lock_post(delivery)
        if not delivery.arm(now=now):
            return None
        delivery.version.post.know_targets()  # once for all who ask, under the lock
        refusal = fitness.unfit(delivery, now=now)
    if refusal is not None:
        settle(delivery, refusal.state, was=State.SENDING, now=now, reason=refusal.reason)
        return None
    return _ATTEMPT.keep(Attempt(delivery=delivery, number=delivery.tries, worker=delivery.worker, started_at=now))


def _questions(delivery: Delivery, now: datetime) -> list[Question]:
    """What arming asks, the lock first: what follows sees all that was committed before it."""
    targets = delivery.version.post.question_of_targets()
    asked = fitness.questions(delivery, now=now)
    return [question_of_lock(delivery), delivery.question_of_arming(now=now), targets, *asked]


def send(*, delivery: Delivery, attempt: Attempt, network: Network, outgoing: Outgoing, clock: Clock) -> None:
    """The one request. Every way it can end becomes a state (platforms.errors)."""
    try:
        if clock() - attempt.started_at > QUESTIONS_LAST:
            raise errors.Unreachable("The worker was held up before anything was sent.")
        published = network.publish(outgoing)
    except errors.Doubtful as trouble:
        doubt(delivery, attempt, trouble, now=clock())
    except errors.PlatformError as trouble:
        if _is_evidence(delivery, trouble):
            doubt(delivery, attempt, trouble, outcome=Attempt.Outcome.DUPLICATE, now=clock())
        else:
            _not_created(delivery, trouble, now=clock(), attempt=attempt)
    else:
        _published(delivery, attempt, published.remote_id, published.permalink, now=clock())
        limits.note(channel=delivery.channel, told=network.limits(), now=clock())


def _published(delivery: Delivery, attempt: Attempt, remote_id: str, permalink: str, *, now: datetime) -> None:
    facts = {"remote_id": remote_id, "permalink": permalink, "now": now}
    with transaction.atomic():
        answer(attempt, Attempt.Outcome.PUBLISHED, remote_id, now=now, hurry=False)
        # A sweep may have taken a slow worker for dead: its answer still settles the doubt.
        if not (confirm(delivery, was=State.SENDING, **facts) or confirm(delivery, was=State.UNCONFIRMED, **facts)):
            audit.record(None, "delivery.answered_too_late", delivery, now=now, remote_id=remote_id)
        if not delivery.channel.is_live:
            logins.mark_working(channel=delivery.channel, now=now)


def _is_evidence(delivery: Delivery, trouble: errors.PlatformError) -> bool:
    """The network says it already has these words: after a doubtful attempt that is evidence, not failure."""
    duplicate = isinstance(trouble, errors.Refused) and trouble.duplicate
    return duplicate and delivery.attempts.filter(outcome=Attempt.Outcome.DOUBTFUL).exists()


_OUTCOMES: dict[type[errors.PlatformError], str] = {
    errors.Refused: Attempt.Outcome.REFUSED,
    errors.LoginExpired: Attempt.Outcome.LOGIN_EXPIRED,
    errors.Throttled: Attempt.Outcome.THROTTLED,
    errors.Unreachable: Attempt.Outcome.UNREACHABLE,
}


def _not_created(
    delivery: Delivery, trouble: errors.PlatformError, *, now: datetime, attempt: Attempt | None = None
) -> None:
    """Nothing became public. Refused is final; anything else tries again within its time."""
    with transaction.atomic():
        if attempt is not None:
            answer(attempt, _OUTCOMES[type(trouble)], trouble.reason, now=now)
        logins.note(channel=delivery.target.channel, trouble=trouble, now=now)
        if isinstance(trouble, errors.Throttled) and not pausing.is_out_of_credit(trouble):
            limits.note_refusal(channel=delivery.channel, trouble=trouble, now=now)
        final = isinstance(trouble, errors.Refused)
        facts = {} if final else {"due_at": _next_try(delivery, trouble, now)}
        state = State.FAILED if final else State.WAITING
        won = settle(delivery, state, was=State.SENDING, now=now, reason=trouble.reason, **facts)
        if not won and attempt is not None:
            # A sweep took this worker for dead; its answer settles the doubt that the sweep had to assume.
            settle(delivery, state, was=State.UNCONFIRMED, now=now, reason=trouble.reason, look_at=None, **facts)
    pausing.note(network=delivery.channel.network, trouble=trouble, now=now)


def _next_try(delivery: Delivery, trouble: errors.PlatformError, now: datetime) -> datetime:
    if isinstance(trouble, errors.Throttled) and trouble.retry_at is not None:
        return max(trouble.retry_at, now + timedelta(seconds=1))
    return now + timedelta(seconds=settings.PUT_OFF_SECONDS * min(delivery.tries, 8))
