"""Nothing silent: whoever must know that something did not go out as promised is told, until they answer.

Called in the transaction that moved the delivery. Words name the place, the network and the time, never the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse

from accounts import notices
from accounts.channels import holders
from accounts.models import Notice, User
from accounts.models.people import LONDON
from policy import clearances
from policy.models import Review
from posts.models import Post
from publishing.models import Delivery, Preflight

State = Delivery.State
Urgency = Notice.Urgency
# The first looks settle nearly every doubt: until then the bell alone tells.
DOUBT_IS_QUIET_FOR = timedelta(minutes=3)
DOUBT = "delivery.unconfirmed"
NOT_READY = "post.not_ready"


def tell(delivery: Delivery, *, was: str, now: datetime) -> None:
    """After a move: new trouble is told, a doubt that is over is taken back."""
    if was == State.UNCONFIRMED:
        notices.settle(about=delivery, kinds=[DOUBT], now=now)
    if delivery.state not in _WORDS:
        return
    missed = delivery.state == State.MISSED
    hold = clearances.obstacle(delivery.version, delivery.channel, now=now) if missed else None
    notices.give(
        to=authors_and_mentors(delivery),
        desk=[] if hold else desk(delivery),
        kind=f"delivery.{delivery.state}",
        about=delivery,
        words=_WORDS[State(delivery.state)].format(**_names(delivery)),
        link=_post(delivery),
        urgency=Urgency.NOW if delivery.state == State.FAILED else Urgency.SOON,
        needs_answer=True,
        quiet_for=DOUBT_IS_QUIET_FOR if delivery.state == State.UNCONFIRMED else timedelta(0),
        now=now,
    )
    if hold is not None:
        # Five hundred posts may fall due during a hold: the desk reads one line, and the list behind it.
        said = f"Updates fell due while {hold.scope_name} is on hold. They need a new time; nothing goes out late."
        link = reverse("policy:holds")
        notices.give(desk=desk(delivery), kind="hold.stopped", about=hold, words=said, link=link, now=now)


def tell_doubled(delivery: Delivery, *, copies: int, now: datetime) -> None:
    """It is there more than once: somebody must take the others down."""
    words = "{where}: an update is on {network} {copies} times. Take the others down."
    notices.give(
        to=authors_and_mentors(delivery),
        desk=desk(delivery),
        kind="delivery.doubled",
        about=delivery,
        words=words.format(**_names(delivery), copies=copies),
        link=_post(delivery),
        urgency=Urgency.NOW,
        needs_answer=True,
        now=now,
    )


def tell_differs(delivery: Delivery, *, now: datetime) -> None:
    """Read back after an hour, it is not as it was sent, or not there: somebody must look."""
    words = "{where}: what {network} shows of the update of {time} is not what was sent. Look at it."
    notices.give(
        to=authors_and_mentors(delivery),
        desk=desk(delivery),
        kind="delivery.differs",
        about=delivery,
        words=words.format(**_names(delivery)),
        link=_post(delivery),
        needs_answer=True,
        now=now,
    )


def tell_not_ready(look: Preflight, problems: Iterable[str], *, now: datetime) -> None:
    """A look ahead found what will stop it: its author and whoever owns the channel answer for each problem, once.

    problems: of `Preflight.What`, those that were not told before.
    """
    channel, network = look.target.channel, look.target.channel.get_network_display()
    for what in sorted(problems):
        part = Preflight.What(what).label.lower()
        notices.give(
            to=[look.target.post.author],
            desk=[*holders("connect", channel), *holders("review_dmc", channel)],
            kind=f"{NOT_READY}.{what}",
            about=look.target,
            words=f"{channel.team.full_name}: an update planned for {network} is not ready ({part}). Open it to see.",
            link=reverse("posts:post", kwargs={"pk": look.target.post_id}),
            urgency=Urgency.SOON if look.ahead == Preflight.Ahead.DAY else Urgency.NOW,
            needs_answer=True,
            now=now,
        )


def tell_ready(look: Preflight, mended: Iterable[str], *, now: datetime) -> None:
    """What an earlier look found is mended: nobody has to answer any more."""
    kinds = [f"{NOT_READY}.{what}" for what in mended]
    if kinds:
        notices.settle(about=look.target, kinds=kinds, now=now)


def tell_not_released(post: Post, *, now: datetime) -> None:
    """The last check before its time sent it back to its author."""
    words = f"{post.team.full_name}: an update came back to you before its time. Open it to see why."
    link = reverse("posts:post", kwargs={"pk": post.pk})
    facts = {"kind": "post.not_released", "urgency": Urgency.NOW, "needs_answer": True}
    notices.give(to=[post.author], about=post, words=words, link=link, **facts, now=now)


def authors_and_mentors(delivery: Delivery) -> list[User]:
    """Its author, whoever agreed to it, and where nobody had to, the mentors of its channel.

    An author who writes for the channel no more is told nothing: whoever sends for it today answers instead.
    """
    agreed = Review.objects.filter(version=delivery.version, decision=Review.Decision.APPROVE).select_related("by")
    mentors = [review.by for review in agreed]
    if not mentors:
        channel = delivery.channel
        deciders = holders("review_dmc", channel).values("pk")
        mentors = list(holders("review_for", channel).exclude(pk__in=deciders))
    author, channel = delivery.target.post.author, delivery.channel
    if author.has_perm("accounts.draft_for", channel):
        return [author, *mentors]
    return [*holders("submit_for", channel), *mentors]


def desk(delivery: Delivery) -> list[User]:
    """The duty desk: who decides for the DMC on its channel."""
    return list(holders("review_dmc", delivery.channel))


_WORDS = {
    State.FAILED: "{where}: an update planned for {time} was not sent on {network}. Open it to see why.",
    State.MISSED: "{where}: an update missed its time {time} on {network}. It needs a new time.",
    State.UNCONFIRMED: "{where}: {network} did not answer clearly for the update of {time}. We are checking.",
}


def _names(delivery: Delivery) -> dict[str, str]:
    channel = delivery.channel
    local = delivery.publish_at.astimezone(LONDON)
    return {
        "where": channel.team.full_name,
        "network": channel.get_network_display(),
        "time": f"{local:%H:%M} on {local.day} {local:%B}",
    }


def _post(delivery: Delivery) -> str:
    return reverse("posts:post", kwargs={"pk": delivery.target.post_id})
