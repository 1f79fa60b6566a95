"""A network whose credit is used up stands still at once, and goes on when an administrator says so (decision 0024)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit, logins, notices, rights
from accounts.channels import holders
from accounts.errors import Conflict
from accounts.models import Channel, Notice, Team, User
from platforms import errors
from publishing import affording, money
from publishing.models import Delivery, Kind, Pause

State = Delivery.State
OUT = "network.paused"


def is_out_of_credit(trouble: errors.PlatformError) -> bool:
    """402, or the month's cap is used up: no waiting mends that, a person does."""
    return isinstance(trouble, errors.Throttled) and (trouble.status == 402 or trouble.code == "usage-capped")


def note(*, network: str, trouble: errors.PlatformError, now: datetime) -> bool:
    """Pause the network when this is what the trouble means. Returns whether it is."""
    if network not in money.CHARGES or not is_out_of_credit(trouble):
        return False
    pause(network=network, reason=trouble.reason, now=now)
    return True


@transaction.atomic
def pause(*, network: str, reason: str, now: datetime) -> Pause:
    """Nothing leaves for this network from here on. What workers were told of already loses its claim."""
    facts = {"reason": reason[:300], "since": now}
    row, made = Pause.objects.get_or_create(network=network, resumed_at=None, defaults=facts)
    if made:
        due = Delivery.objects.filter(state=State.WAITING, due_at__lte=now, channel__network=network)
        affording.put_off(row, list(due.values_list("pk", flat=True)), now=now)
        audit.record(None, "network.paused", row, now=now, network=network, reason=row.reason)
        _tell(row, now)
    return row


def resume(*, pause: Pause, by: User, now: datetime, untested: bool = False) -> None:
    """Go on: after one question that the network answers, or (untested) by this person's word alone.

    What is past its last moment is missed, with the reason; the rest goes. Raises PermissionDenied; Conflict while
    the network still refuses, or when it was resumed already.
    """
    require_administrator(by)
    if not untested:
        _probe(pause, now)
    with transaction.atomic():
        open_ = Pause.objects.filter(pk=pause.pk, resumed_at__isnull=True)
        if not open_.update(resumed_by=by, resumed_at=now):
            raise Conflict("It has been resumed already. Nothing was changed.")
        audit.record(by, "network.resumed", pause, now=now, network=pause.network, tested=not untested)
        notices.settle(about=pause, kinds=[OUT], now=now)
        waiting = Delivery.objects.filter(state=State.WAITING, channel__network=pause.network, send_by__gte=now)
        # Only what had come due: what is put off a few seconds, and whose own time is not still to come.
        waiting.filter(publish_at__lte=now, due_at__gt=now, due_at__lte=now + affording.AGAIN).update(due_at=now)


def require_administrator(by: User) -> None:
    """Money is for who looks after the force. Raises PermissionDenied."""
    for force in Team.objects.filter(kind=Team.Kind.FORCE):
        rights.require(by, "provision", force)


def _probe(pause: Pause, now: datetime) -> None:
    """Ask the network who one of its channels is: the cheapest question that needs credit."""
    channel = Channel.objects.filter(network=pause.network, state=Channel.State.LIVE).order_by("pk").first()
    if channel is None:
        raise Conflict("No channel is connected to try it with. Resume it without a test.")
    try:
        logins.network_for(channel, now=now).verify()
    except errors.PlatformError as trouble:
        raise Conflict(f"It still stands still: {trouble.reason} Nothing was changed.") from trouble
    money.spend(Kind.USER, 1, channel=channel, now=now)


def _tell(row: Pause, now: datetime) -> None:
    network = row.get_network_display()
    desk = holders("review_dmc", *Channel.objects.filter(network=row.network))
    notices.give(
        to=affording.administrators(),
        desk=desk,
        kind=OUT,
        about=row,
        words=f"Nothing goes out on {network}: {row.reason} Nothing is lost. An administrator tops up and resumes it.",
        link=reverse("publishing:money"),
        urgency=Notice.Urgency.NOW,
        needs_answer=True,
        now=now,
    )
