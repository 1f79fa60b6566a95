"""A channel through which somebody else may speak: stopped, without a login, and held, in one step."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import notices
from accounts.channels import holders_over
from accounts.errors import Conflict
from accounts.models import Channel, Notice, User
from accounts.provisioning import life
from policy import holds
from policy.models import Hold

HOLD_ASKED = "channel.hold_asked"


@transaction.atomic
def stop(*, channel: Channel, reason: str, by: User, now: datetime) -> tuple[Channel, bool]:
    """The channel as it stands then, and whether a hold of level 4 is open for it; else the head of the DMC is asked.

    Raises as `life.compromise`.
    """
    hit = life.compromise(channel=channel, reason=reason, by=by, now=now)
    if not holds.may_open(by, Hold.Level.STOP, hit.team):
        _ask_for_a_hold(hit, now)
        return hit, False
    with suppress(Conflict):  # somebody was quicker, and it is held
        holds.open_hold(team=None, channel=hit, level=Hold.Level.STOP, reason=reason, by=by, now=now)
    return hit, True


def _ask_for_a_hold(channel: Channel, now: datetime) -> None:
    words = f"{channel.team.full_name}: {channel} is compromised. Open a hold of level 4 for it."
    facts = {"kind": HOLD_ASKED, "about": channel, "urgency": Notice.Urgency.NOW, "needs_answer": True}
    link = f"{reverse('policy:holds')}?channel={channel.pk}"
    notices.give(desk=holders_over("stop_all", channel.team), words=words, link=link, **facts, now=now)
