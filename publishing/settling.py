"""Every end of a step is written here: the delivery's state, the audit, and what it means for its post."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts import audit
from accounts.models import User
from accounts.statements import Objects, Question, Rows, Update, Value
from platforms.errors import PlatformError
from posts.models import Post, Version, VersionPicture
from publishing import money, telling
from publishing.models import Attempt, Delivery
from publishing.models.commits import in_no_hurry

State = Delivery.State
log = structlog.get_logger(__name__)
LONGEST = 300  # of a reason, in characters


_RELATED = (
    "target__channel__team__parent__parent",
    "target__channel__credential",
    "target__post",
    "version__made_by",
)
_PICTURED = Exists(VersionPicture.objects.filter(version=OuterRef("version")))
_LOADED = Objects(
    lambda: (
        Delivery.objects.filter(pk=Value("pk", Delivery))
        .order_by()
        .select_related(*_RELATED)
        .annotate(pictured=_PICTURED)
    )
)
_LOCKED = Objects(lambda: Post.objects.select_for_update().filter(pk=Value("pk", Post)).order_by())
_STATES = Rows(
    lambda: Delivery.objects.filter(version=Value("version", Version)).order_by().values_list("state", flat=True)
)


def load(delivery_id: int) -> Delivery:
    """A delivery with everything a step needs, in one query: what is sent is what these very objects were checked for.

    A channel, a post or a person that several of them name is one object.
    """
    delivery = next(iter(_LOADED.ask(pk=delivery_id)), None)
    if delivery is None:
        raise Delivery.DoesNotExist
    channel, post, version = delivery.target.channel, delivery.target.post, delivery.version
    delivery.channel, version.post = channel, post
    if not delivery.pictured:
        version.know_bare()
    if post.team_id == channel.team_id:
        post.team = channel.team
    if post.author_id == version.made_by_id:
        post.author = version.made_by
    return delivery


def settle(
    delivery: Delivery,
    state: str,
    *,
    was: str,
    now: datetime,
    reason: str = "",
    by: User | None = None,
    **facts: object,
) -> bool:
    """Move the delivery, audit it, and finish its post when this was the last. False when the row had moved already."""
    with transaction.atomic(savepoint=False):
        lock_post(delivery)
        won = delivery.settle(state, was=was, reason=reason[:LONGEST], **facts)
        if won:
            remote = {"remote_id": delivery.remote_id} if delivery.remote_id else {}
            moved = {"was": was, "reason": delivery.reason, **remote}
            happened = [audit.Happened(by, f"delivery.{state}", delivery, moved), *_finish(delivery.target.post)]
            audit.record_all(happened, now=now)
            telling.tell(delivery, was=was, now=now)
            log.info("delivery.moved", delivery=delivery.pk, was=was, state=str(state))
            if state == State.PUBLISHED:
                # Last: a busy borough's row stays locked only until the commit that follows.
                money.spend_on_post(delivery.version, delivery.channel, now=now)
    return won


def confirm(
    delivery: Delivery, *, was: str, remote_id: str, permalink: str, now: datetime, at: datetime | None = None
) -> bool:
    """It is public, under this id. `at`: the network's own time where it is known. False when the state had moved.

    After a second attempt the first may still come to light, so one more look is planned.
    """
    last_look = now + timedelta(seconds=settings.LOOK_AFTER_SECONDS[-1]) if delivery.tried_in_doubt() else None
    facts = {"remote_id": remote_id, "permalink": permalink, "published_at": at or now, "look_at": last_look}
    return settle(delivery, State.PUBLISHED, was=was, now=now, prove_at=first_proof(now), **facts)


def first_proof(now: datetime) -> datetime:
    """When a published post is first read back: a network needs a moment to show what it took."""
    return now + timedelta(seconds=settings.PROVE_AFTER_SECONDS[0])


def doubt(
    delivery: Delivery,
    attempt: Attempt,
    trouble: PlatformError,
    *,
    outcome: str = Attempt.Outcome.DOUBTFUL,
    now: datetime,
) -> None:
    """It may be public. The first look is planned from the attempt; nothing is sent again before."""
    look_at = attempt.started_at + timedelta(seconds=settings.LOOK_AFTER_SECONDS[0])
    facts = {"look_at": look_at, "looks": 0, "blind_looks": 0}
    with transaction.atomic():
        if settle(delivery, State.UNCONFIRMED, was=State.SENDING, now=now, reason=trouble.reason, **facts):
            answer(attempt, outcome, trouble.reason, now=now)


def lock_post(delivery: Delivery) -> None:
    """The post first, then its deliveries: everybody locks in this order, so nobody waits in a circle."""
    (delivery.target.post,) = question_of_lock(delivery).answer()


def question_of_lock(delivery: Delivery) -> Question:
    """What `lock_post` asks."""
    return _LOCKED.of(pk=delivery.target.post_id)


def _attempt() -> QuerySet[Attempt]:
    return Attempt.objects.filter(pk=Value("pk", Attempt))


_ANSWERED = {
    "outcome": Value("outcome", Attempt, "outcome"),
    "detail": Value("detail", Attempt, "detail"),
    "ended_at": Value("at", Attempt, "ended_at"),
}
_ANSWER = Update(_attempt, **_ANSWERED)
_ANSWER_IN_NO_HURRY = Update(lambda: in_no_hurry(_attempt()), **_ANSWERED)


def answer(attempt: Attempt, outcome: str, detail: str, *, now: datetime, hurry: bool = True) -> None:
    """How the request ended. hurry: whether the commit of it must have reached the disk before anything goes on."""
    attempt.outcome, attempt.detail, attempt.ended_at = outcome, detail[:LONGEST], now
    (_ANSWER if hurry else _ANSWER_IN_NO_HURRY).run_on(pk=attempt.pk, outcome=outcome, detail=attempt.detail, at=now)


def _finish(post: Post) -> list[audit.Happened]:
    """When every delivery is final: sent if any is public, else back to the author for a new time or new words.

    Gives back what is to be audited of it.
    """
    # The post is locked, or the last two deliveries to settle would each take the other for unfinished.
    states = {state for (state,) in _STATES.ask(version=post.current_id)}
    if post.state != Post.State.RELEASED or states - set(Delivery.FINAL):
        return []
    post.enter(Post.State.SENT if states & set(Delivery.WAS_PUBLIC) else Post.State.DRAFT)
    return [audit.Happened(None, f"post.{post.state}", post, {})]
