"""The register of official accounts: every voice of the force that the public may meet, and those that are over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts import audit, held, spreadsheet
from accounts.channels import visible_to
from accounts.models import Channel, Team, User
from accounts.models.people import LONDON

RIGHTS = ("sign_borough", "sign_dmc", "provision", "keep_security", "sign_records")
HEADER = ("network", "handle", "name", "address", "team", "borough", "team_code", "stage", "since", "moved_to")
PLACES = {Channel.Network.X: "https://x.com/", Channel.Network.FACEBOOK: "https://www.facebook.com/"}


def may_read(user: User) -> bool:
    """Borough, DMC, information security and information management."""
    return held.objects(user, RIGHTS, Team).exists()


def require_read(user: User) -> None:
    if not may_read(user):
        raise PermissionDenied("The register is for the borough, the DMC, information security and compliance.")


def entries(user: User) -> QuerySet[Channel]:
    """What was ever launched, by team. A closed one stays: its handle is still the force's."""
    launched = visible_to(user).exclude(life__in=[*Channel.BEFORE_LAUNCH, Channel.Life.REFUSED])
    return launched.order_by("team__name", "team__parent__name", "team", "-network", "handle")


def address(channel: Channel) -> str:
    """Where the public finds it."""
    name = channel.handle or channel.external_id
    return urljoin(PLACES[Channel.Network(channel.network)], name)


def rows(channels: Iterable[Channel]) -> list[dict[str, str]]:
    """One dict an account, keyed by HEADER. since: the London day on which it entered its stage."""
    return [_row(channel) for channel in channels]


def _row(channel: Channel) -> dict[str, str]:
    team, since = channel.team, channel.life_since or channel.created_at
    return {
        "network": channel.get_network_display(),
        "handle": channel.handle,
        "name": channel.name,
        "address": address(channel),
        "team": team.name,
        "borough": team.parent.name if team.parent and team.kind == team.Kind.WARD else "",
        "team_code": team.code,
        "stage": channel.get_life_display(),
        "since": since.astimezone(LONDON).date().isoformat(),
        "moved_to": channel.new_home,
    }


def as_csv(found: Iterable[dict[str, str]]) -> str:
    return "\ufeff" + spreadsheet.write(HEADER, ([row[name] for name in HEADER] for row in found))


def exported(*, by: User, form: str, count: int, now: datetime) -> None:
    """The audit keeps who took the register away, and how."""
    audit.record(by, "register.exported", by, now=now, form=form, accounts=count)
