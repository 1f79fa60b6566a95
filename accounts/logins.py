"""The login a channel speaks with: kept encrypted, opened for one task, renewed by one at a time, reported dead."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse

from accounts import audit, lasting, notices, vault
from accounts.channels import holders
from accounts.errors import Conflict
from accounts.models import Channel, Credential, Notice, User
from platforms import x_connect
from platforms.base import Credentials, Identity, Network, Profile
from platforms.errors import LoginExpired, PlatformError, Refused, Throttled
from platforms.registry import open_network

RENEW_AHEAD = timedelta(minutes=5)
# Longer than the renewal can take; should its process die, the next one may try after this.
LEASE = timedelta(seconds=60)
AGAIN = timedelta(seconds=5)
BROKEN, ENDS = "channel.broken", "channel.login_ends"


def mismatch(channel: Channel, identity: Identity) -> str:
    """Why this identity may not be this channel's voice, in words; empty when it may.

    Once connected, the network's own id decides, so an account that changed its handle is still itself. The first
    time, the account on X must be the one that was meant; a Page is chosen by the person.
    """
    found = f"@{identity.handle}" if channel.network == Channel.Network.X else f"“{identity.name}”"
    if channel.external_id and channel.external_id != identity.external_id:
        return f"This login speaks for {found}, which is not the account this channel has always been."
    if channel.external_id or channel.network != Channel.Network.X:
        return " ".join(identity.problems)
    if channel.handle.casefold() != identity.handle.casefold():
        return (
            f"You signed in to X as {found}, but this channel is @{channel.handle}. "
            f"Sign in to X as @{channel.handle} and connect again."
        )
    return " ".join(identity.problems)


def keep_credentials(
    *, channel: Channel, identity: Identity, credentials: Credentials, by: User | None, now: datetime
) -> Channel:
    """Store a login that was proved to speak for the channel, replacing the old one, and make the channel live.

    Raises ValidationError when the identity is another's, may not publish, or the login is worse than one that works
    (`lasting.worse`): of two people who connect at once the second is compared with the first. Raises Conflict when
    another channel already is this account, or this one is closed.
    """
    try:
        with transaction.atomic():
            locked = Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
            if why := mismatch(locked, identity) or _worse(locked, credentials, now):
                raise ValidationError(why)
            kept = _become(locked, identity, now)
            Credential.objects.update_or_create(channel=kept, defaults={**_row(credentials, now), "revoked_at": None})
            facts = {"handle": kept.handle, "external_id": kept.external_id, "kind": credentials.kind}
            audit.record(by, "channel.connected", kept, now=now, network=kept.network, **facts)
            notices.settle(about=kept, kinds=[BROKEN, ENDS], now=now)
    except IntegrityError:
        raise Conflict("Another channel of the console already is this account. Nothing was changed.") from None
    return kept


def _worse(channel: Channel, new: Credentials, now: datetime) -> str:
    """Anything is better than a login that is dead, revoked or lost."""
    standing = Credential.objects.select_for_update().filter(channel=channel, revoked_at__isnull=True).first()
    if standing is None or channel.state != Channel.State.LIVE:
        return ""
    try:
        return lasting.worse(_open(standing), new, now=now)
    except LoginExpired:
        return ""


def _become(channel: Channel, identity: Identity, now: datetime) -> Channel:
    channel.external_id = identity.external_id
    channel.handle = identity.handle[:60] or channel.handle
    channel.name = identity.name[:120] or channel.name
    channel.save(update_fields=["external_id", "handle", "name"])
    if not channel.go_live(now=now):
        raise Conflict(f"{channel} is closed. Nothing was changed.")
    channel.refresh_from_db()
    return channel


def _row(credentials: Credentials, now: datetime) -> dict[str, Any]:
    return {
        "sealed": vault.seal(pack(credentials)),
        "kind": credentials.kind,
        "expires_at": credentials.expires_at,
        "stored_at": now,
        "renewing_until": None,
        "warned_at": None,
    }


def network_for(channel: Channel, *, now: datetime) -> Network:
    """The channel's voice on its network, for one task. A login that is about to run out is renewed first.

    Raises LoginExpired when there is no login that works; Throttled while another process renews it; whatever the
    network answers to the renewal when the old login is used up.
    """
    credential = _credential_of(channel)
    if credential is None or channel.state == Channel.State.CLOSED:
        raise LoginExpired(f"{channel} is not connected.", code="not-connected")
    if credential.revoked_at is not None:
        raise _revoked(channel)
    credentials = _open(credential)
    if credential.expires_at is not None and credential.expires_at - RENEW_AHEAD <= now:
        credentials = _renewed(credential, credentials, now)
    return speak(channel, credentials, handle=channel.handle, external_id=channel.external_id)


def _credential_of(channel: Channel) -> Credential | None:
    """As it was loaded together with its channel, where it was."""
    if Channel.credential.is_cached(channel):
        return getattr(channel, "credential", None)
    return Credential.objects.filter(channel=channel).first()


def speak(channel: Channel, credentials: Credentials, *, handle: str, external_id: str) -> Network:
    """A client on the channel's network with this login."""
    return open_network(settings.PLATFORMS, channel.network, credentials, handle=handle, external_id=external_id)


def _renewed(credential: Credential, old: Credentials, now: datetime) -> Credentials:
    """The lease is a conditional UPDATE, the same on both databases, so that no transaction waits for the network."""
    free = Q(renewing_until__isnull=True) | Q(renewing_until__lte=now)
    as_read = Credential.objects.filter(pk=credential.pk, stored_at=credential.stored_at)
    if not as_read.filter(free).update(renewing_until=now + LEASE):
        return _renewed_by_another(credential, now)
    try:
        new = x_connect.refresh(settings.PLATFORMS, old, now)
    except PlatformError as trouble:
        as_read.update(renewing_until=None)
        return _without_renewal(credential, old, trouble, now)
    # Committed before its first use: the old pair is dead already. Revoked meanwhile, it stays revoked.
    with transaction.atomic():
        as_read.update(**_row(new, now))
        audit.record(None, "channel.login_renewed", credential.channel, now=now, kind=new.kind)
    if not Credential.objects.filter(pk=credential.pk, revoked_at__isnull=True).exists():
        raise _revoked(credential.channel)
    return new


def _revoked(channel: Channel) -> LoginExpired:
    return LoginExpired(f"The login of {channel} was revoked. Connect it again.", code="revoked")


def _renewed_by_another(credential: Credential, now: datetime) -> Credentials:
    credential.refresh_from_db()
    if credential.renewing_until is not None:
        raise Throttled("The login is being renewed this moment.", retry_at=now + AGAIN)
    return _open(credential)


def _without_renewal(credential: Credential, old: Credentials, trouble: PlatformError, now: datetime) -> Credentials:
    """The old login serves until it really runs out; one the network has refused never comes back."""
    if isinstance(trouble, LoginExpired):
        mark_broken(channel=credential.channel, reason=trouble.reason, now=now)
        raise trouble
    if credential.expires_at is None or credential.expires_at <= now:
        raise trouble
    return old


def verify(channel: Channel, network: Network) -> Identity:
    """Ask the network who this login speaks for, because a person wants to know. An answer costs money on X, so it is
    left to be counted. Raises platforms.errors; no answer costs nothing.
    """
    identity = network.verify()
    Channel.objects.filter(pk=channel.pk).update(unpaid_looks=F("unpaid_looks") + 1)
    return identity


def read_profile(channel: Channel, *, now: datetime) -> Profile:
    """What the public sees of it, because a person wants to know; counted like `verify`.

    Raises platforms.errors; a login that is no longer accepted turns the channel red.
    """
    try:
        profile = network_for(channel, now=now).profile()
    except PlatformError as trouble:
        note(channel=channel, trouble=trouble, now=now)
        raise
    Channel.objects.filter(pk=channel.pk).update(unpaid_looks=F("unpaid_looks") + 1)
    return profile


def mark_broken(*, channel: Channel, reason: str, now: datetime) -> None:
    """The network no longer accepts the channel's login. Told once; a channel that is not live stays as it is."""
    with transaction.atomic():
        if channel.break_down(reason):
            audit.record(None, "channel.broken", channel, now=now, reason=reason[:300])
            _tell_broken(channel, now)


def note(*, channel: Channel, trouble: PlatformError, now: datetime) -> None:
    """What a network says of the channel itself: a dead login, or an account that it refuses, is red at once."""
    if isinstance(trouble, LoginExpired) or (isinstance(trouble, Refused) and trouble.account):
        mark_broken(channel=channel, reason=trouble.reason, now=now)


def mark_working(*, channel: Channel, now: datetime) -> None:
    """The login has just worked, so whatever was said of it before is over."""
    with transaction.atomic():
        if Channel.objects.filter(pk=channel.pk, state=Channel.State.BROKEN).exists() and channel.go_live(now=now):
            audit.record(None, "channel.working", channel, now=now)
            notices.settle(about=channel, kinds=[BROKEN], now=now)


def _tell_broken(channel: Channel, now: datetime) -> None:
    """Those who speak through it, their mentors, the duty desk, and whoever can connect it again."""
    words = f"{channel.team.full_name}: {channel.get_network_display()} needs reconnecting. Nothing goes out there."
    deciders = holders("review_dmc", channel)
    own = [*holders("submit_for", channel), *holders("connect", channel)]
    mentors = holders("review_for", channel).exclude(pk__in=deciders.values("pk"))
    notices.give(
        to=[*own, *mentors],
        desk=deciders,
        kind=BROKEN,
        about=channel,
        words=words,
        link=reverse("accounts:channel", kwargs={"pk": channel.pk}),
        urgency=Notice.Urgency.NOW,
        needs_answer=True,
        now=now,
    )


def mark_proved(*, channel: Channel, now: datetime) -> None:
    """The network has just confirmed who the login speaks for: as of `now` the channel works."""
    mark_working(channel=channel, now=now)
    Channel.objects.filter(pk=channel.pk, state=Channel.State.LIVE).update(verified_at=now)


def pack(credentials: Credentials) -> dict[str, Any]:
    """JSON-able; the instant as ISO text."""
    packed = asdict(credentials)
    packed["expires_at"] = credentials.expires_at.isoformat() if credentials.expires_at else None
    return packed


def unpack(packed: dict[str, Any]) -> Credentials:
    expires = packed["expires_at"]
    moment = datetime.fromisoformat(expires).astimezone(UTC) if expires else None
    return Credentials(**packed | {"expires_at": moment, "scopes": tuple(packed["scopes"])})


def _open(credential: Credential) -> Credentials:
    try:
        return unpack(vault.open(credential.sealed))
    except vault.Locked:
        raise LoginExpired("The stored login cannot be opened any more. Connect again.", code="locked") from None
