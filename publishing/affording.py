"""Is there money for what is due? Asked once for a whole tick, never for one post (decision 0024).

What cannot be paid for waits in its row and is asked about again; past its last moment the sweep gives it to a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from accounts import notices
from accounts.channels import holders
from accounts.models import Channel, Notice, Team
from policy.models import Clearance
from posts.models import Version
from posts.template_catalogue import TEMPLATES
from publishing import appeals, money
from publishing.models import Budget, Delivery, Pause
from publishing.money import Purse

State = Delivery.State
AGAIN = timedelta(seconds=settings.PUT_OFF_SECONDS)
URGENT_TEMPLATES = ("missing-person", "appeal")
URGENT_GROUNDS = (Clearance.Ground.SAFETY, Clearance.Ground.LEGAL)
# So many posts may be told of and not yet paid for: with more money than that left, no post is looked at.
MANY = 500
GONE = "budget.gone"
OVERDRAWN = "budget.overdrawn"


def admit(*, deliveries: list[int], now: datetime) -> list[int]:
    """Those that may be paid for now; the others are put off, with the reason. Inside a transaction.

    Two queries while nothing is paused and no budget is set.
    """
    if not deliveries:
        return []
    pause = money.paused(Channel.Network.X)
    if pause is not None:
        return _without(deliveries, put_off(pause, deliveries, now=now))
    purses = money.purses(now=now)
    price = money.prices(money.utc_day(now)) if purses else {}
    if all(purse.left > MANY * max(price.values(), default=0) for purse in purses):
        return deliveries
    return _without(deliveries, _choose(deliveries, purses, price, now))


def put_off(pause: Pause, deliveries: list[int], *, now: datetime) -> list[int]:
    """Those of these deliveries that the pause stops. They wait, and are asked about again in a few seconds."""
    stopped = Delivery.objects.filter(pk__in=deliveries, state=State.WAITING, channel__network=pause.network)
    keys = list(stopped.values_list("pk", flat=True))
    words = f"{pause.reason} It waits until an administrator resumes {pause.get_network_display()}."
    Delivery.objects.filter(pk__in=keys, state=State.WAITING).update(due_at=now + AGAIN, reason=words[:300])
    return keys


def is_urgent(version: Version, channel: Channel) -> bool:
    """The force's own voice, an appeal for a person, or what the DMC let through a hold for safety or by law."""
    begun_from = TEMPLATES.get(version.template) if version.template in URGENT_TEMPLATES else None
    return (
        channel.team.kind == Team.Kind.CORPORATE
        or (begun_from is not None and begun_from.stands_in(version.text_for(channel)))
        or appeals.is_appeal(version)
        or Clearance.objects.filter(
            version=version, ground__in=URGENT_GROUNDS, given_at__isnull=False, fingerprint=version.fingerprint
        ).exists()
    )


def _without(deliveries: list[int], held: list[int]) -> list[int]:
    stopped = set(held)
    return [pk for pk in deliveries if pk not in stopped]


def _choose(deliveries: list[int], purses: list[Purse], price: Mapping[str, int], now: datetime) -> list[int]:
    """Which of them there is no money for. What was told of and is not settled yet counts as spent."""
    for delivery in _priced(Q(state__in=(State.SENDING, State.UNCONFIRMED)) | Q(offered_until__gt=now)):
        for purse in _covering(delivery.channel, purses):
            purse.spent += _cost(delivery, price)
    held = []
    for delivery in _priced(Q(pk__in=deliveries)):
        cost, urgent = _cost(delivery, price), is_urgent(delivery.version, delivery.channel)
        covering = _covering(delivery.channel, purses)
        empty = [purse for purse in covering if not purse.holds(cost, urgent=urgent)]
        if empty:
            _wait(delivery, empty[0], cost, now)
            held.append(delivery.pk)
            continue
        for purse in covering:
            purse.spent += cost
            if urgent and purse.spent > purse.budget:
                tell_owner(purse.team, OVERDRAWN, now=now)
    return held


def _priced(which: Q) -> list[Delivery]:
    waiting = Delivery.objects.filter(which, channel__network__in=money.CHARGES).exclude(state__in=Delivery.FINAL)
    related = ("channel__team__parent__parent", "version__post__author", "target")
    return list(waiting.select_related(*related).order_by("due_at", "pk"))


def _cost(delivery: Delivery, price: Mapping[str, int]) -> int:
    """Its pictures were paid for when they were staged."""
    return money.cost_of(delivery.version.text_for(delivery.channel), 0, price=price)


def _covering(channel: Channel, purses: list[Purse]) -> list[Purse]:
    place = money.place_of(channel).pk
    return [purse for purse in purses if purse.is_force or purse.team.pk == place]


def _wait(delivery: Delivery, purse: Purse, cost: int, now: datetime) -> None:
    whose = "the force" if purse.is_force else purse.team.name
    words = (
        f"This month’s budget of {whose} for X does not hold its {dollars(cost)}; what is left is for urgent posts. "
        "It waits for the budget, or needs a new time."
    )
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING)
    mine.update(due_at=now + AGAIN, reason=words[:300])
    where = delivery.channel.team.full_name
    notices.give(
        to=[delivery.version.post.author],
        kind="delivery.no_money",
        about=delivery,
        words=f"{where}: an update for X waits, for its budget is used up. Open it to see.",
        link=reverse("posts:post", kwargs={"pk": delivery.target.post_id}),
        now=now,
    )
    tell_owner(purse.team, GONE, now=now)


def tell_owner(team: Team, kind: str, *, now: datetime) -> None:
    """Whoever set the budget, and the administrators: once, until they answer."""
    budget = Budget.objects.select_related("set_by").get(team=team)
    said = {
        GONE: f"The month’s budget for X of {team.full_name} is used up but for its reserve. Other posts wait.",
        OVERDRAWN: f"Urgent posts on X of {team.full_name} go beyond the month’s budget. They are not stopped.",
    }
    notices.give(
        to=[budget.set_by],
        desk=administrators(),
        kind=kind,
        about=budget,
        words=said[kind],
        link=reverse("publishing:money"),
        urgency=Notice.Urgency.NOW,
        needs_answer=True,
        now=now,
    )


def administrators() -> list[object]:
    """Whoever connects channels of X: the DMC's administrators."""
    return list(holders("connect", *Channel.objects.filter(network=Channel.Network.X)))


def dollars(micros: int) -> str:
    """ "$0.015", "$4.00", "$1,204.50": three places below a dollar, for a post costs thousandths."""
    value = micros / money.MICROS
    return f"${value:,.3f}" if abs(value) < 1 else f"${value:,.2f}"
