"""Open a channel for a team: the console's record of a voice, before any network has heard of it."""

from __future__ import annotations

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower

from accounts import audit, rights
from accounts.models import Channel, Team, User

HANDLES = {
    Channel.Network.X: (re.compile(r"[A-Za-z0-9_]{1,15}"), "On X: up to 15 letters, digits and underscores."),
    Channel.Network.FACEBOOK: (re.compile(r"[A-Za-z0-9.]{5,50}"), "On Facebook: 5 to 50 letters, digits and dots."),
}


@transaction.atomic
def open_channel(
    *,
    team: Team,
    network: str,
    handle: str,
    name: str,
    life: str = Channel.Life.LIVE,
    by: User | None,
    now: datetime,
) -> Channel:
    """A new channel of the team, not yet connected. by: None is the console itself.

    life: LIVE is for an account that the force already runs, when a console is set up; nobody's page offers it. A new
    one is APPLIED for (`provisioning.applying`), which borough and DMC may.

    Raises PermissionDenied without `provision` over the team, ValidationError on a handle that cannot be or is taken.
    """
    # Everyone who covers the team gets their rights below; appointing takes the same locks (`appointing.appoint`).
    covering = [above.pk for above in team.covering()]
    list(Team.objects.select_for_update(no_key=True).filter(pk__in=covering).order_by("pk"))
    if by is not None and life == Channel.Life.LIVE:
        rights.require(by, "provision", team)
    handle = handle.strip().removeprefix("@")
    check_handle(network, handle)
    facts = {"network": network, "handle": handle, "name": name.strip(), "life": life, "life_since": now}
    channel = Channel(team=team, **facts, created_at=now)
    channel.full_clean(exclude=["team"], validate_constraints=False)
    channel.save(force_insert=True)
    audit.record(by, "channel.opened", channel, now=now, team=team.code, network=network, handle=handle)
    rights.sync_team(team, now=now)
    return channel


def check_handle(network: str, handle: str) -> None:
    """Raises ValidationError where the network does not allow it, or a channel has it or ever had it."""
    if network not in Channel.Network.values:
        raise ValidationError({"network": "Choose X or Facebook."})
    pattern, rule = HANDLES[Channel.Network(network)]
    if not pattern.fullmatch(handle):
        raise ValidationError({"handle": rule})
    ever = Channel.objects.exclude(life=Channel.Life.REFUSED).annotate(low=Lower("handle"))
    known = ever.filter(network=network, low=handle.lower()).first()
    if known is not None and known.life == Channel.Life.CLOSED:
        raise ValidationError({"handle": f"@{handle} was a channel that is closed. A handle is never used again."})
    if known is not None:
        raise ValidationError({"handle": f"@{handle} is already a channel of the console."})
