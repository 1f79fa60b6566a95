"""Take a published post down wherever it can be, keep what was there, and still its channels until a person looks.

The verbs here only write rows: `publishing.removal` speaks to the networks, from the rows (domain.md E.6).
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from accounts import audit, notices
from accounts.errors import Conflict
from accounts.models import Notice, User
from accounts.rights import require
from posts import pictures
from posts.models import Post
from publishing import telling
from publishing.models import Delivery, Freeze, Incident, Removal
from publishing.settling import settle

State = Delivery.State
DOUBTFUL = (State.SENDING, State.UNCONFIRMED)
CANNOT = "takedown.cannot"


@transaction.atomic
def take_down(*, post: Post, kind: str, reason: str, by: User, now: datetime) -> Incident:
    """Begin: an incident, a removal for whatever is public, everything that waits cancelled, its channels frozen.

    What is still in doubt is taken down as soon as it is known. By its author, or whoever may take down on each of its
    channels. Raises PermissionDenied, ValidationError; Conflict when nothing of it is or may be public.
    """
    post = Post.objects.select_for_update().get(pk=post.pk)
    deliveries = list(Delivery.objects.filter(target__post=post).select_related("channel", "target__post", "version"))
    ours = [delivery for delivery in deliveries if delivery.state not in Delivery.NOT_PUBLIC]
    _require(by, post, ours)
    if kind not in Incident.Kind.values or not reason.strip():
        raise ValidationError({"reason": "Say what is wrong: it is kept with the record."})
    if not any(delivery.state in (State.PUBLISHED, *DOUBTFUL) for delivery in ours):
        raise Conflict("Nothing of this post is public, so there is nothing to take down. Nothing was changed.")
    if post.incidents.filter(closed_at__isnull=True).exists():
        raise Conflict("This post is being taken down already. Nothing was changed.")
    incident = Incident.objects.create(post=post, kind=kind, reason=reason.strip(), opened_by=by, opened_at=now)
    audit.record(by, "post.take_down", post, now=now, incident=incident.pk, kind=kind)
    audit.record(by, "incident.opened", incident, now=now, kind=kind, reason=incident.reason)
    pictures.withdraw(post=post, by=by, now=now)
    for delivery in ours:
        _begin(delivery, incident, by, now)
    Freeze.objects.bulk_create(
        Freeze(channel_id=channel, incident=incident, frozen_at=now)
        for channel in {delivery.channel_id for delivery in ours}
    )
    _tell(incident, ours, now)
    return incident


def begin_removal(delivery: Delivery, incident: Incident, *, by: User | None, now: datetime) -> None:
    """From published to being taken down. Called with the post locked, or for what became known afterwards."""
    if settle(delivery, State.TAKING_DOWN, was=State.PUBLISHED, now=now, by=by, look_at=None):
        Removal.objects.get_or_create(
            delivery=delivery, defaults={"incident": incident, "asked_at": now, "due_at": now}
        )


@transaction.atomic
def removed_by_hand(*, removal: Removal, by: User, now: datetime) -> None:
    """A named person removed it on the network. Raises PermissionDenied; Conflict when it is down already."""
    require(by, "take_down", removal.delivery.channel)
    said = f"{by.display_name} removed it on the network."
    if not settle(removal.delivery, State.TAKEN_DOWN, was=State.TAKING_DOWN, now=now, by=by, reason=said):
        raise Conflict("It is down already. Nothing was changed.")
    Removal.objects.filter(pk=removal.pk).update(removed_at=now, removed_by=by, due_at=None, reason="")
    notices.settle(about=removal.delivery, kinds=[CANNOT], now=now)


@transaction.atomic
def lift(*, freeze: Freeze, by: User, now: datetime) -> None:
    """This channel may speak again. By whoever decides for the DMC on it. Raises PermissionDenied, Conflict."""
    require(by, "review_dmc", freeze.channel)
    if not Freeze.objects.filter(pk=freeze.pk, lifted_at__isnull=True).update(lifted_by=by, lifted_at=now):
        raise Conflict("It has been lifted already. Nothing was changed.")
    audit.record(by, "channel.unfrozen", freeze.channel, now=now, incident=freeze.incident_id)
    audit.record(by, "incident.channel_lifted", freeze.incident, now=now, channel=freeze.channel_id)


@transaction.atomic
def close(*, incident: Incident, outcome: str, breach: str, by: User, now: datetime) -> Incident:
    """It is over, and what was learnt. Everything must be down first and the breach question answered.

    By whoever decides for the DMC on its channels. Raises PermissionDenied, ValidationError, Conflict.
    """
    incident = Incident.objects.select_for_update().get(pk=incident.pk)
    for removal in incident.removals.select_related("delivery__channel"):
        require(by, "review_dmc", removal.delivery.channel)
        if removal.delivery.state != State.TAKEN_DOWN:
            raise Conflict(f"It is not down on {removal.delivery.channel} yet. Nothing was changed.")
    for freeze in incident.freezes.select_related("channel"):
        require(by, "review_dmc", freeze.channel)
    # What is in doubt may still turn out to be public, and only an open incident takes it down then.
    there = Delivery.objects.filter(target__post=incident.post_id, state__in=(State.PUBLISHED, *DOUBTFUL)).first()
    if there is not None:
        raise Conflict(f"It is not known yet whether it is public on {there.channel}. Nothing was changed.")
    _require_answers(outcome, breach)
    if incident.closed_at is not None:
        raise Conflict("This incident has been closed already. Nothing was changed.")
    incident.outcome, incident.breach = outcome.strip()[:1000], breach
    incident.closed_by, incident.closed_at = by, now
    incident.save(update_fields=["outcome", "breach", "closed_by", "closed_at"])
    notices.settle(about=incident, kinds=["incident.opened"], now=now)
    audit.record(by, "incident.closed", incident, now=now, breach=breach)
    return incident


def may_take_down(user: User, post: Post, deliveries: list[Delivery]) -> bool:
    """Whether this person may, and there is something to take down."""
    there = [delivery for delivery in deliveries if delivery.state in (State.PUBLISHED, *DOUBTFUL)]
    return bool(there) and (_is_its_author(user, post) or all(_may(user, one) for one in there))


def _may(user: User, delivery: Delivery) -> bool:
    return bool(user.has_perm("accounts.take_down", delivery.channel))


def _is_its_author(user: User, post: Post) -> bool:
    """While they write for its team: who has left takes nothing down by having written it."""
    channels = [target.channel for target in post.targets.all()]
    return post.author_id == user.pk and any(user.has_perm("accounts.draft_for", one) for one in channels)


def _require(by: User, post: Post, deliveries: list[Delivery]) -> None:
    if _is_its_author(by, post):
        return
    if not deliveries:
        raise PermissionDenied("Only its author, its mentors and the DMC take a post down.")
    for delivery in deliveries:
        require(by, "take_down", delivery.channel)


def _begin(delivery: Delivery, incident: Incident, by: User, now: datetime) -> None:
    if delivery.state == State.WAITING:
        reason = "The post is being taken down, so this was not sent."
        settle(delivery, State.CANCELLED, was=State.WAITING, now=now, by=by, reason=reason)
    elif delivery.state == State.PUBLISHED:
        begin_removal(delivery, incident, by=by, now=now)


def _require_answers(outcome: str, breach: str) -> None:
    problems = {}
    if not outcome.strip():
        problems["outcome"] = "Say what was done: corrected, apologised for, explained, and what is learnt."
    if breach not in (Incident.Breach.NO, Incident.Breach.YES):
        problems["breach"] = "Decide whether it is a personal data breach."
    if problems:
        raise ValidationError(problems)


def _tell(incident: Incident, deliveries: list[Delivery], now: datetime) -> None:
    where = incident.post.team.full_name
    notices.give(
        to={user.pk: user for one in deliveries for user in telling.authors_and_mentors(one)}.values(),
        desk={user.pk: user for one in deliveries for user in telling.desk(one)}.values(),
        kind="incident.opened",
        about=incident,
        words=f"{where}: a post is being taken down, and its channels stand still. {incident.opened_by} asked for it.",
        link=reverse("publishing:incident", kwargs={"pk": incident.pk}),
        urgency=Notice.Urgency.NOW,
        needs_answer=True,
        now=now,
    )
