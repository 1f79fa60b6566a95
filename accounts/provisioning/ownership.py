"""What this room knows about a channel's people, their training and its connection: gates 2, 3 and 8."""

from __future__ import annotations

from datetime import datetime, timedelta

from accounts.channels import speakers
from accounts.models import Application, Channel
from accounts.models.people import LONDON
from accounts.provisioning.evidence import Known, Part
from accounts.training import qualified

SOON = timedelta(days=180)


def _owner(application: Application, now: datetime) -> list[Known]:
    ends, today = application.posting_ends_on, now.astimezone(LONDON).date()
    facts = []
    for name in ("owner", "deputy", "mentor", "cover"):
        person = getattr(application, name)
        if not person.is_active:
            facts.append(Known(f"{person} may no longer sign in: name somebody else", good=False))
    if ends is None:
        facts.append(Known("HR has no end of the owner’s posting"))
    elif ends < today + SOON:
        facts.append(Known(f"The owner’s posting ends on {ends:%-d %B %Y}, in less than half a year"))
    else:
        facts.append(Known(f"The owner’s posting ends on {ends:%-d %B %Y}", good=True))
    return facts


def _training(application: Application, now: datetime) -> list[Known]:
    owner = application.owner
    standing = qualified(owner, now)
    if standing.stands:
        return [Known(f"The training of {owner} stands until {standing.until:%-d %B %Y}", good=True)]
    return [Known(f"{owner}: {reason}", good=False) for reason in standing.reasons]


def _launch(application: Application, now: datetime) -> list[Known]:
    channel, owner = application.channel, application.owner
    network = channel.get_network_display()
    connected = channel.state == Channel.State.LIVE
    speaking = {one.user_id for one in speakers(channel, now=now)["submit_for"]}
    speaks = owner.pk in speaking
    return [
        Known(f"It is connected to {network}" if connected else f"It is not connected to {network}", good=connected),
        Known(f"{owner} is appointed and may send" if speaks else f"{owner} is not appointed here yet", good=speaks),
    ]


PARTS = (Part(2, _owner), Part(3, _training), Part(8, _launch))
