"""The truth about a post on each network, in words. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from posts.models import Post
from publishing.models import Attempt, Delivery, Preflight

State = Delivery.State


@dataclass(frozen=True)
class Chapter:
    """One delivery as a person reads it. needs_you: something waits for a person."""

    delivery: Delivery
    sentence: str
    moment: datetime
    needs_you: bool


def chapters(post: Post) -> list[Chapter]:
    """Every delivery of the post, newest release first, in the order of its channels. Two queries."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("number"))
    deliveries = (
        Delivery.objects.filter(target__post=post)
        .select_related("target__channel", "proof")
        .prefetch_related(attempts)
        .order_by("-created_at", "-target__channel__network", "pk")  # X before Facebook, as everywhere
    )
    return [chapter(delivery) for delivery in deliveries]


def readiness(post: Post) -> list[Preflight]:
    """The newest look ahead on each channel, of what stands now. While it goes out, only those that found trouble."""
    if post.state not in (Post.State.APPROVED, Post.State.RELEASED):
        return []
    looks = Preflight.objects.filter(version=post.current_id).select_related("target__channel").order_by("at", "pk")
    newest = {look.target_id: look for look in looks}
    shown = (look for look in newest.values() if look.problems or post.state == Post.State.APPROVED)
    return sorted(shown, key=lambda look: (look.target.channel.network != "x", look.pk))


def chapter(delivery: Delivery) -> Chapter:
    return Chapter(delivery, sentence(delivery), _moment(delivery), delivery.state in NEEDS_YOU)


NEEDS_YOU = frozenset({State.UNCONFIRMED, State.MISSED, State.FAILED})


def sentence(delivery: Delivery) -> str:
    """Where it stands, without the time (the page shows `moment` beside it)."""
    network = delivery.target.channel.get_network_display()
    return {
        State.WAITING: _waiting(delivery, network),
        State.SENDING: f"Going out on {network} now",
        State.PUBLISHED: f"On {network} since",
        State.UNCONFIRMED: f"{network} did not answer clearly; we are checking whether it is there",
        State.FAILED: f"Not on {network}: it was not sent",
        State.MISSED: f"Not on {network}: it missed its time",
        State.CANCELLED: f"Not on {network}: recalled",
        State.TAKING_DOWN: f"Being taken down from {network}",
        State.TAKEN_DOWN: f"No longer on {network}: it was taken down",
    }[State(delivery.state)]


def _waiting(delivery: Delivery, network: str) -> str:
    return f"{network} is not ready; trying again" if delivery.tries else f"Goes out on {network}"


def _moment(delivery: Delivery) -> datetime:
    if delivery.state == State.PUBLISHED and delivery.published_at:
        return delivery.published_at
    return delivery.publish_at if delivery.state in (State.WAITING, State.MISSED, State.CANCELLED) else delivery.due_at


def recallable(told: list[Chapter]) -> bool:
    """Nothing of it is being sent or sent, and something waits."""
    states = {chapter.delivery.state for chapter in told}
    return State.WAITING in states and not states & {State.SENDING, State.UNCONFIRMED, *Delivery.WAS_PUBLIC}
