"""Send it, once: release, claim, arm, send, settle (design 3; platforms.md 4.2).

Between `arm` and `settle` stands the only request that can make something public, and it is sent once. Everything
before `arm` provably created nothing; whatever is in doubt after it goes to `publishing.reconcile`, never out again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts import audit, logins, rights
from accounts.errors import Conflict
from accounts.models import User
from platforms import errors
from platforms.base import Network
from policy.models import Verdict
from posts.fingerprint import fingerprint
from posts.models import Post, Version
from publishing import fitness, staging
from publishing.models import Attempt, Delivery

Clock = Callable[[], datetime]
State = Delivery.State
PUT_OFF = timedelta(seconds=15)


def release(*, post: Post, now: datetime) -> bool:
    """Turn an approved post that is due within ten minutes into deliveries. False: it went back to its author."""
    with transaction.atomic():
        version = _current(post)
        refusal = fitness.disallowed(version, moment=Verdict.Moment.RELEASE, now=now)
        if refusal is not None:
            post.enter(Post.State.DRAFT)
            audit.record(None, "post.not_released", post, now=now, version=version.number, reason=refusal.reason)
            return False
        post.enter(Post.State.RELEASED)
        publish_at = version.publish_at or now
        Delivery.objects.bulk_create(
            Delivery(
                target=target,
                version=version,
                fingerprint=fingerprint(version),
                publish_at=publish_at,
                due_at=publish_at,
                send_by=publish_at + timedelta(minutes=version.send_within),
                created_at=now,
            )
            for target in post.targets.all()
        )
        audit.record(None, "post.released", post, now=now, version=version.number, publish_at=publish_at.isoformat())
    return True


def prepare(*, delivery_id: int, now: datetime) -> None:
    """Pre-flight: open the channel and stage the pictures ahead of the minute. Trouble is told, never fatal here."""
    delivery = load(delivery_id)
    if delivery.state != State.WAITING:
        return
    try:
        staging.stage(delivery=delivery, network=logins.network_for(delivery.target.channel, now=now), now=now)
    except errors.LoginExpired as trouble:
        logins.mark_broken(channel=delivery.target.channel, reason=trouble.reason, now=now)
    except errors.PlatformError as trouble:
        Delivery.objects.filter(pk=delivery.pk, state=State.WAITING).update(reason=trouble.reason[:300])


def deliver(*, delivery_id: int, worker: str, clock: Clock) -> None:
    """Claim, make ready, arm, send, settle. Losing the claim is no news: another worker has it."""
    delivery = load(delivery_id)
    if not delivery.claim(worker=worker, now=clock()):
        return
    try:
        network = logins.network_for(delivery.target.channel, now=clock())
        staging.stage(delivery=delivery, network=network, now=clock())
    except errors.PlatformError as trouble:
        _not_created(delivery, trouble, now=clock())
        return
    attempt = arm(delivery=delivery, now=clock())
    if attempt is not None:
        send(delivery=delivery, attempt=attempt, network=network, clock=clock)


def arm(*, delivery: Delivery, now: datetime) -> Attempt | None:
    """Ask every question once more and write the attempt down, in one transaction. None: it may not be sent."""
    with transaction.atomic():
        if not delivery.arm(now=now):
            return None
        refusal = fitness.unfit(delivery, now=now)
        if refusal is not None:
            _settle(delivery, refusal.state, was=State.SENDING, now=now, reason=refusal.reason)
            return None
        return Attempt.objects.create(delivery=delivery, number=delivery.tries, worker=delivery.worker, started_at=now)


def send(*, delivery: Delivery, attempt: Attempt, network: Network, clock: Clock) -> None:
    """The one request. Every way it can end becomes a state (platforms.errors)."""
    try:
        published = network.publish(staging.outgoing(delivery))
    except errors.Doubtful as doubt:
        _doubtful(delivery, attempt, doubt, now=clock())
    except errors.PlatformError as trouble:
        if isinstance(trouble, errors.Refused) and trouble.duplicate and _was_doubtful(delivery):
            # The network says it already has these words: after a doubtful attempt that is evidence, not failure.
            _doubtful(delivery, attempt, trouble, now=clock())
        else:
            _not_created(delivery, trouble, now=clock(), attempt=attempt)
    else:
        now = clock()
        with transaction.atomic():
            _answer(attempt, Attempt.Outcome.PUBLISHED, published.remote_id, now)
            facts = {"remote_id": published.remote_id, "permalink": published.permalink, "now": now}
            # A sweep may have taken a slow worker for dead: its answer still settles the doubt.
            confirm(delivery, was=State.SENDING, **facts) or confirm(delivery, was=State.UNCONFIRMED, **facts)


def confirm(
    delivery: Delivery, *, was: str, remote_id: str, permalink: str, now: datetime, at: datetime | None = None
) -> bool:
    """It is public, under this id. `at` is the network's own time where it is known. False when the state had moved."""
    facts = {"remote_id": remote_id, "permalink": permalink, "published_at": at or now, "reason": "", "look_at": None}
    return _settle(delivery, State.PUBLISHED, was=was, now=now, **facts)


def miss_late(*, now: datetime) -> int:
    """Whatever waits past its last moment is missed and asks for a new time. Nothing late is ever sent."""
    late = Delivery.objects.filter(state=State.WAITING, send_by__lt=now).select_related("target__post")
    for delivery in late:
        why = f"It could not go out by its last moment. {delivery.reason}".strip()
        _settle(delivery, State.MISSED, was=State.WAITING, now=now, reason=why[:300])
    return len(late)


def sweep_dead(*, now: datetime) -> int:
    """Claims of workers that died. Without an open attempt nothing was sent; with one it is doubtful."""
    limit = now - timedelta(seconds=settings.CLAIM_LASTS_SECONDS)
    dead = Delivery.objects.filter(state=State.SENDING, claimed_at__lt=limit).select_related("target__post")
    for delivery in dead:
        with transaction.atomic():
            _take_back(delivery, now=now)
    return len(dead)


def recall(*, post: Post, by: User, now: datetime) -> None:
    """Stop a released post while every delivery still waits. Raises Conflict once anything is being sent."""
    with transaction.atomic():
        for target in post.targets.select_related("channel"):
            rights.require(by, "submit_for", target.channel)
        for delivery in _counting(post):
            if not delivery.settle(State.CANCELLED, was=State.WAITING, reason=f"Recalled by {by.display_name}."):
                raise Conflict("It is already being sent, so it cannot be recalled. Nothing was changed.")
        post.enter(Post.State.DRAFT)
        audit.record(by, "post.recalled", post, now=now)


def settle_unconfirmed(delivery: Delivery, state: str, *, now: datetime, reason: str, by: User | None = None) -> bool:
    """Reconciliation's or a person's word on a doubtful delivery that is not public."""
    return _settle(delivery, state, was=State.UNCONFIRMED, now=now, by=by, reason=reason, look_at=None)


def try_again(delivery: Delivery, *, now: datetime, reason: str) -> None:
    """The one second attempt: back to waiting, with pictures staged afresh."""
    with transaction.atomic():
        if _settle(delivery, State.WAITING, was=State.UNCONFIRMED, now=now, reason=reason, due_at=now, look_at=None):
            staging.forget(delivery)


# ---- the small steps --------------------------------------------------------------------------


def _current(post: Post) -> Version:
    if post.current is None or post.current.sealed_at is None:
        raise Conflict("This post has been edited since it was approved.")
    return post.current


def load(delivery_id: int) -> Delivery:
    related = ("target__channel__team__parent__parent", "target__post", "version")
    return Delivery.objects.select_related(*related).get(pk=delivery_id)


def _counting(post: Post) -> list[Delivery]:
    """The deliveries of the post's last release."""
    return list(
        Delivery.objects.filter(target__post=post)
        .exclude(state__in=[State.MISSED, State.FAILED, State.CANCELLED])
        .select_related("target__post")
    )


def _settle(
    delivery: Delivery, state: str, *, was: str, now: datetime, by: User | None = None, **facts: object
) -> bool:
    with transaction.atomic():
        won = delivery.settle(state, was=was, **facts)
        if won:
            remote = {"remote_id": facts["remote_id"]} if "remote_id" in facts else {}
            audit.record(by, f"delivery.{state}", delivery, now=now, was=was, reason=facts.get("reason", ""), **remote)
            finish(delivery.target.post, now=now)
    return won


def finish(post: Post, *, now: datetime) -> None:
    """When every delivery is final: sent if any is public, else back to the author for a new time or new words."""
    states = {delivery.state for delivery in Delivery.objects.filter(target__post=post, version=post.current_id)}
    post.refresh_from_db(fields=["state"])
    if states - set(Delivery.FINAL) or post.state != Post.State.RELEASED:
        return
    post.enter(Post.State.SENT if State.PUBLISHED in states else Post.State.DRAFT)
    audit.record(None, f"post.{post.state}", post, now=now)


def _answer(attempt: Attempt, outcome: str, detail: str, now: datetime) -> None:
    attempt.outcome, attempt.detail, attempt.ended_at = outcome, detail[:300], now
    attempt.save(update_fields=["outcome", "detail", "ended_at"])


def _doubtful(delivery: Delivery, attempt: Attempt, doubt: errors.PlatformError, *, now: datetime) -> None:
    look_at = attempt.started_at + timedelta(seconds=settings.LOOK_AFTER_SECONDS[0])
    with transaction.atomic():
        _answer(attempt, Attempt.Outcome.DOUBTFUL, doubt.reason, now)
        reason = doubt.reason[:300]
        _settle(delivery, State.UNCONFIRMED, was=State.SENDING, now=now, reason=reason, look_at=look_at, looks=0)


def _was_doubtful(delivery: Delivery) -> bool:
    return delivery.attempts.filter(outcome=Attempt.Outcome.DOUBTFUL).exists()


_OUTCOMES: dict[type[errors.PlatformError], str] = {
    errors.Refused: Attempt.Outcome.REFUSED,
    errors.LoginExpired: Attempt.Outcome.LOGIN_EXPIRED,
    errors.Throttled: Attempt.Outcome.THROTTLED,
    errors.Unreachable: Attempt.Outcome.UNREACHABLE,
    errors.Doubtful: Attempt.Outcome.UNREACHABLE,  # before arming a doubt is about staging: nothing public came of it
}


def _not_created(
    delivery: Delivery, trouble: errors.PlatformError, *, now: datetime, attempt: Attempt | None = None
) -> None:
    """Nothing became public. Refused is final; anything else tries again within its time."""
    with transaction.atomic():
        if attempt is not None:
            _answer(attempt, _OUTCOMES[type(trouble)], trouble.reason, now)
        if isinstance(trouble, errors.LoginExpired):
            logins.mark_broken(channel=delivery.target.channel, reason=trouble.reason, now=now)
        if isinstance(trouble, errors.Refused):
            _settle(delivery, State.FAILED, was=State.SENDING, now=now, reason=trouble.reason[:300])
        else:
            due_at = _next_try(delivery, trouble, now)
            _settle(delivery, State.WAITING, was=State.SENDING, now=now, reason=trouble.reason[:300], due_at=due_at)


def _next_try(delivery: Delivery, trouble: errors.PlatformError, now: datetime) -> datetime:
    if isinstance(trouble, errors.Throttled) and trouble.retry_at is not None:
        return max(trouble.retry_at, now + timedelta(seconds=1))
    return now + PUT_OFF * min(delivery.tries, 8)


def _take_back(delivery: Delivery, *, now: datetime) -> None:
    attempt = delivery.attempts.filter(number=delivery.tries, outcome=Attempt.Outcome.OPEN).first()
    if attempt is None:
        reason = "The worker stopped before anything was sent."
        _settle(delivery, State.WAITING, was=State.SENDING, now=now, reason=reason, due_at=now)
        return
    reason = f"The worker stopped while {delivery.target.channel.get_network_display()} was being asked."
    _doubtful(delivery, attempt, errors.Doubtful(reason), now=now)
