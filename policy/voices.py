"""The world of a registered channel: its team's registers, as the check is told them. Reads only."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from accounts.models import Channel
from policy import facts
from policy.content import Context
from policy.questions import Unclear


def world(handle: str, network: str, at: datetime) -> tuple[Context, str]:
    """What is known where that channel speaks, and its network. Raises Unclear when there is no such channel."""
    if settings.EMBEDDED and not (connection.is_in_memory_db() or Path(connection.settings_dict["NAME"]).exists()):
        raise Unclear("There is no database here yet, so no channel is registered.")
    channels = Channel.objects.filter(handle__iexact=handle.removeprefix("@")).select_related("team")
    try:
        found = channels.filter(network=network) if network else channels.order_by("-network")
        channel = found.first()
        if channel is None:
            where = f" on {network}" if network else ""
            raise Unclear(f"No channel @{handle.removeprefix('@')} is registered{where}.")
        return facts.context(channel.team, now=at), channel.network
    except DatabaseError as trouble:
        raise Unclear(f"The registers cannot be read: {trouble}") from None
