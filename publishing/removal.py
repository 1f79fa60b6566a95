"""Speak to the networks to take down what is being taken down: evidence first, then the request, then a look.

Each step is a row committed before its request, and no transaction is open while a network is spoken to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts import audit, logins, notices
from accounts.models import Notice
from platforms import errors
from platforms.base import Found, Network
from platforms.text import canonical
from publishing import money, pausing, takedown, telling
from publishing.models import Delivery, Incident, Kind, Removal, RemovalAttempt
from publishing.reconcile import UNKNOWN_ID
from publishing.settling import LONGEST, load, settle

Clock = Callable[[], datetime]
State = Delivery.State
Outcome = RemovalAttempt.Outcome
AT_ONCE = 100
BEFORE = timedelta(minutes=10)
# A network that cannot be read must not keep a harmful post up: after so many tries it is removed unseen.
TRIES_FOR_EVIDENCE = 2
PUT_OFF = timedelta(seconds=15)
LOOK_AGAIN = timedelta(seconds=60)
TELL_AFTER = 3  # tries without success
LOOKS = 30  # tries after which a last look that cannot be had is given up


def due(*, now: datetime) -> list[int]:
    """Removals to work on: not down yet, or down and still to be looked at once more."""
    return list(Removal.objects.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)[:AT_ONCE])


def begin_late(*, now: datetime) -> int:
    """What was in doubt when its post was taken down and has turned out to be public since. Returns how many."""
    # Asked from the few open incidents, never from all that was ever published.
    standing = {incident.post_id: incident for incident in Incident.objects.filter(closed_at__isnull=True)}
    if not standing:
        return 0
    late = Delivery.objects.filter(state=State.PUBLISHED, target__post__in=standing)
    found = list(late.select_related("target__post", "channel", "version")[:AT_ONCE])
    for delivery in found:
        with transaction.atomic():
            takedown.begin_removal(delivery, standing[delivery.target.post_id], by=None, now=now)
    return len(found)


def remove(*, removal_id: int, clock: Clock) -> None:
    """One try. Losing the claim is no news: another worker has it."""
    now = clock()
    removal = Removal.objects.select_related("incident").get(pk=removal_id)
    if not removal.claim(now=now, until=now + timedelta(seconds=settings.CLAIM_LASTS_SECONDS)):
        return
    delivery = load(removal.delivery_id)
    try:
        network = logins.network_for(delivery.channel, now=now)
        there = _look(removal, delivery, network, clock)
        for remote_id in _ids(delivery, there):
            _ask(removal, network, remote_id, clock)
            money.spend(Kind.DELETE, 1, channel=delivery.channel, now=clock())
    except errors.PlatformError as trouble:
        _still_there(removal, delivery, trouble, now=clock())
        pausing.note(network=delivery.channel.network, trouble=trouble, now=clock())
    else:
        _down(removal, delivery, there, now=clock())


def _look(removal: Removal, delivery: Delivery, network: Network, clock: Clock) -> list[Found] | None:
    """What the timeline shows of it, kept as evidence the first time. None: unreadable, so it is removed unseen.

    Raises platforms.errors while there is patience for evidence, and whenever the login is dead.
    """
    since = (delivery.published_at or removal.asked_at) - BEFORE
    try:
        shown = network.find(since=since)
    except errors.LoginExpired:
        raise
    except errors.PlatformError as trouble:
        patient = removal.evidence_at is None and removal.tries < TRIES_FOR_EVIDENCE
        if patient or delivery.state == State.TAKEN_DOWN:
            raise
        _keep(removal, delivery, [], trouble.reason, now=clock())
        return None
    money.spend_on_reads({post.remote_id: delivery.channel for post in shown}, now=clock())
    found = [post for post in shown if _is_ours(delivery, post)]
    _keep(removal, delivery, found, "", now=clock())
    return found


def _is_ours(delivery: Delivery, post: Found) -> bool:
    if post.remote_id == delivery.remote_id:
        return True
    elsewhere = Delivery.objects.filter(remote_id=post.remote_id).exists()
    same = canonical(post.text) == canonical(delivery.version.text_for(delivery.channel))
    return same and post.pictures == delivery.version.pictures.count() and not elsewhere


def _keep(removal: Removal, delivery: Delivery, found: list[Found], trouble: str, *, now: datetime) -> None:
    """Evidence is written once, before anything is removed, and never afterwards."""
    version = delivery.version
    pictures = [
        {"sha256": picture.media.sha256, "alt": picture.alt} for picture in version.pictures.select_related("media")
    ]
    evidence: dict[str, Any] = {
        "sent": {"text": version.text_for(delivery.channel), "pictures": pictures, "remote_id": delivery.remote_id},
        "live": [
            {
                "remote_id": post.remote_id,
                "permalink": post.permalink,
                "text": post.text,
                "pictures": post.pictures,
                "created_at": post.created_at.isoformat(),
            }
            for post in found
        ],
        "trouble": trouble,
    }
    with transaction.atomic():
        first = Removal.objects.filter(pk=removal.pk, evidence_at__isnull=True)
        if first.update(evidence=evidence, evidence_at=now):
            audit.record(None, "removal.evidence", delivery, now=now, live=len(found), trouble=trouble[:LONGEST])


def _ids(delivery: Delivery, there: list[Found] | None) -> list[str]:
    """Every copy that is seen, and the one we know of: a timeline may be behind. Once down: what is seen again."""
    seen = [post.remote_id for post in there or []]
    if delivery.state == State.TAKEN_DOWN:
        return seen
    known = [] if delivery.remote_id.startswith(UNKNOWN_ID) else [delivery.remote_id]
    if not seen and not known:
        raise errors.Refused("A person told us of it and its address does not say which post it is.")
    return list(dict.fromkeys([*known, *seen]))


def _ask(removal: Removal, network: Network, remote_id: str, clock: Clock) -> None:
    attempt = RemovalAttempt.objects.create(
        removal=removal, number=removal.tries, remote_id=remote_id, started_at=clock()
    )
    try:
        network.remove(remote_id)
    except errors.PlatformError as trouble:
        _answer(attempt, _OUTCOMES[type(trouble)], trouble.reason, now=clock())
        raise
    _answer(attempt, Outcome.REMOVED, "", now=clock())


def _answer(attempt: RemovalAttempt, outcome: str, detail: str, *, now: datetime) -> None:
    attempt.outcome, attempt.detail, attempt.ended_at = outcome, detail[:LONGEST], now
    attempt.save(update_fields=["outcome", "detail", "ended_at"])


_OUTCOMES: dict[type[errors.PlatformError], str] = {
    errors.Refused: Outcome.REFUSED,
    errors.LoginExpired: Outcome.LOGIN_EXPIRED,
    errors.Throttled: Outcome.THROTTLED,
    errors.Unreachable: Outcome.UNREACHABLE,
    errors.Doubtful: Outcome.DOUBTFUL,
}


@transaction.atomic
def _down(removal: Removal, delivery: Delivery, there: list[Found] | None, *, now: datetime) -> None:
    """Every request was answered. One more look a minute later ends it, once the timeline shows nothing of it."""
    mine = Removal.objects.filter(pk=removal.pk, tries=removal.tries)
    if delivery.state == State.TAKEN_DOWN and there == []:
        mine.update(due_at=None, checked_at=now)
        return
    if delivery.state == State.TAKEN_DOWN:
        settle(delivery, State.TAKING_DOWN, was=State.TAKEN_DOWN, now=now, reason="It was there again.")
    settle(delivery, State.TAKEN_DOWN, was=State.TAKING_DOWN, now=now)
    mine.update(removed_at=removal.removed_at or now, due_at=now + LOOK_AGAIN, reason="")
    notices.settle(about=delivery, kinds=[takedown.CANNOT], now=now)


@transaction.atomic
def _still_there(removal: Removal, delivery: Delivery, trouble: errors.PlatformError, *, now: datetime) -> None:
    """Tried again while that can help. What cannot be removed is said, with where a person can remove it."""
    logins.note(channel=delivery.channel, trouble=trouble, now=now)
    refused = isinstance(trouble, errors.Refused)
    mine = Removal.objects.filter(pk=removal.pk, tries=removal.tries)
    over = refused or (delivery.state == State.TAKEN_DOWN and removal.tries >= LOOKS)
    mine.update(reason=trouble.reason[:LONGEST], due_at=None if over else _next_try(removal, trouble, now))
    if delivery.state == State.TAKING_DOWN and (
        refused or isinstance(trouble, errors.LoginExpired) or removal.tries >= TELL_AFTER
    ):
        _tell(removal, delivery, now)


def _next_try(removal: Removal, trouble: errors.PlatformError, now: datetime) -> datetime:
    if isinstance(trouble, errors.Throttled) and trouble.retry_at is not None:
        return max(trouble.retry_at, now + timedelta(seconds=1))
    return now + PUT_OFF * min(removal.tries, 20)


def _tell(removal: Removal, delivery: Delivery, now: datetime) -> None:
    network = delivery.channel.get_network_display()
    notices.give(
        to=telling.authors_and_mentors(delivery),
        desk=telling.desk(delivery),
        kind=takedown.CANNOT,
        about=delivery,
        words=f"{delivery.channel.team.full_name}: a post could not be taken down from {network}. Remove it there.",
        link=reverse("publishing:incident", kwargs={"pk": removal.incident_id}),
        urgency=Notice.Urgency.NOW,
        needs_answer=True,
        now=now,
    )
