"""End the logins of channels: at once here, and right afterwards at the network where it lets us.

From the moment of `revoke` nothing of the console speaks with them again; a renewal under way is waited for. X ends an
OAuth 2.0 login when it is asked; for the older kinds the app must be removed by hand in the account's or Page's own
settings, and somebody is told so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts import audit, notices, vault
from accounts.channels import holders
from accounts.logins import unpack
from accounts.models import Channel, Credential, Notice, User
from platforms import x_connect
from platforms.errors import LoginExpired, PlatformError, Refused

LEASE = timedelta(seconds=60)
# A network that cannot be reached is asked for so long; then a person ends the login by hand.
PATIENCE = timedelta(minutes=10)
AT_ONCE = 100


@transaction.atomic
def revoke(*, channels: QuerySet[Channel], reason: str, by: User, now: datetime) -> int:
    """Stop using the logins of these channels. Returns how many there were."""
    standing = Credential.objects.filter(channel__in=channels.values("pk"), revoked_at__isnull=True)
    stopped = list(Channel.objects.filter(credential__in=standing))
    standing.update(revoked_at=now)
    Channel.break_down_all(channels, reason)
    for channel in stopped:
        audit.record(by, "channel.login_revoked", channel, now=now, reason=reason[:300])
    return len(stopped)


def due(*, now: datetime) -> list[int]:
    """Logins that are still to be ended at their network."""
    free = Q(renewing_until__isnull=True) | Q(renewing_until__lte=now)
    return list(Credential.objects.filter(free, revoked_at__lte=now).values_list("pk", flat=True)[:AT_ONCE])


def end(*, credential_id: int, now: datetime) -> None:
    """Ask the network, then forget the login. One asker at a time; one that connected anew meanwhile is left alone."""
    free = Q(renewing_until__isnull=True) | Q(renewing_until__lte=now)
    mine = Credential.objects.filter(free, pk=credential_id, revoked_at__isnull=False)
    if not mine.update(renewing_until=now + LEASE):
        return
    credential = Credential.objects.select_related("channel__team__parent").get(pk=credential_id)
    try:
        ended = _ask(credential)
    except PlatformError:
        if credential.revoked_at is None or now - credential.revoked_at < PATIENCE:
            return
        ended = False
    _forget(credential, ended, now)


def _ask(credential: Credential) -> bool:
    """True when the network says that the login is over."""
    if credential.kind != "oauth2":
        return False
    try:
        x_connect.revoke(settings.PLATFORMS, unpack(vault.open(credential.sealed)))
    except vault.Locked:
        return False
    except (LoginExpired, Refused):
        return True  # it was over already
    return True


@transaction.atomic
def _forget(credential: Credential, ended: bool, now: datetime) -> None:
    as_read = Credential.objects.filter(pk=credential.pk, stored_at=credential.stored_at, revoked_at__isnull=False)
    if not as_read.delete()[0]:
        return
    channel = credential.channel
    audit.record(None, "channel.login_forgotten", channel, now=now, ended_at_network=ended)
    if not ended:
        network = channel.get_network_display()
        words = f"{channel}: {network} does not let us end this login. Remove the console's app in its own settings."
        link = reverse("accounts:channel", kwargs={"pk": channel.pk})
        facts = {"kind": "channel.end_by_hand", "urgency": Notice.Urgency.NOW, "needs_answer": True, "link": link}
        notices.give(to=holders("connect", channel), about=channel, words=words, **facts, now=now)
