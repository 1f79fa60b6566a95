"""Walk a person through a network's own connect pages, and make sure of what came back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, logins, rights, vault
from accounts.errors import Conflict
from accounts.logins import keep_credentials, mark_broken, mismatch, network_for, pack, speak, unpack, verify
from accounts.models import Channel, Connection, User
from accounts.opening import open_channel
from platforms import facebook_connect
from platforms.base import Credentials, Grant, Identity
from platforms.errors import PlatformError
from platforms.registry import open_connector

__all__ = [
    "begin",
    "check",
    "choices",
    "choose",
    "finish",
    "forget_abandoned",
    "keep_credentials",
    "mark_broken",
    "network_for",
    "open_channel",
    "way_out",
]

# The networks give a person ten minutes or so; a choice of Pages may take a little longer.
WALK = timedelta(minutes=30)
CONNECTORS = {Channel.Network.X: ("x", "x-oauth2"), Channel.Network.FACEBOOK: ("facebook",)}
NOT_YOURS = (
    "This way back from the network has been used already, has run out, or was begun by somebody else or in another "
    "browser. Nothing was changed. Start again from the channel’s page."
)


@dataclass(frozen=True)
class Outcome:
    """How it ended. problem: in words, empty when the channel is live. choosing: the person must say which Page."""

    channel: Channel
    problem: str = ""
    choosing: Connection | None = None


# ---- the walk -----------------------------------------------------------------------------------


def begin(*, channel: Channel, connector: str, callback_url: str, by: User, now: datetime) -> tuple[Connection, str]:
    """Start a walk. Returns it and the address of the network's own page. Raises PlatformError when it does not answer.

    connector: a key of `platforms.registry`; the first of CONNECTORS is the usual one.
    """
    rights.require(by, "connect", channel)
    if connector not in CONNECTORS[Channel.Network(channel.network)]:
        raise ValidationError({"connector": f"{channel.get_network_display()} is not connected this way."})
    word = secrets.token_urlsafe(32)
    pending = open_connector(settings.PLATFORMS, connector).begin(callback_url=callback_url, state=word)
    with transaction.atomic():
        connection = Connection.objects.create(
            channel=channel,
            by=by,
            connector=connector,
            # OAuth 1.0a brings back its own token instead of our word.
            state=_digest(pending.keep.get("token") or word),
            sealed=vault.seal({"url": pending.url, "keep": dict(pending.keep)}),
            started_at=now,
            expires_at=now + WALK,
        )
        audit.record(by, "channel.connecting", channel, now=now, connector=connector)
    return connection, pending.url


def way_out(connection: Connection) -> str:
    """The address of the network's page for a walk that has begun."""
    return str(_kept(connection)["url"])


def finish(*, params: Mapping[str, str], begun: Collection[int], callback_url: str, by: User, now: datetime) -> Outcome:
    """The person is back. params: what the network brought; begun: the walks begun in this very browser session.

    The word works once, for the person and session that began. Raises Conflict when it is not so. Everything else that
    can go wrong is an answer: the Outcome's problem, with nothing changed.
    """
    connection = _claim(params, begun, by, now)
    rights.require(by, "connect", connection.channel)
    keep = _kept(connection)["keep"]
    connector = open_connector(settings.PLATFORMS, connection.connector)
    try:
        grants = connector.finish(keep=keep, params=params, callback_url=callback_url)
    except PlatformError as trouble:
        return _fail(connection, trouble.reason, by=by, now=now)
    if connection.channel.network == Channel.Network.FACEBOOK:
        return _settle_page(connection, grants, by, now)
    return _settle(connection, grants[0], by, now)


def _claim(params: Mapping[str, str], begun: Collection[int], by: User, now: datetime) -> Connection:
    word = params.get("state") or params.get("oauth_token") or params.get("denied") or ""
    mine = Connection.objects.open(now).filter(state=_digest(word), by=by, pk__in=list(begun), returned_at__isnull=True)
    connection = mine.select_related("channel__team").first()
    if connection is None or not mine.update(returned_at=now):
        raise Conflict(NOT_YOURS)
    return connection


def _settle_page(connection: Connection, grants: Sequence[Grant], by: User, now: datetime) -> Outcome:
    """A Page we know, or one whose short name is what was meant, is taken; else the person says which."""
    channel = connection.channel
    if not grants:
        return _fail(connection, "You did not allow any Page. Connect again and tick the Page.", by=by, now=now)
    known = [grant for grant in grants if grant.identity.external_id == channel.external_id]
    named = [grant for grant in grants if grant.identity.handle.casefold() == channel.handle.casefold()]
    if known or (named and not channel.external_id):
        return _settle(connection, (known or named)[0], by, now)
    if channel.external_id:
        names = ", ".join(f"“{grant.identity.name}”" for grant in grants)
        return _fail(
            connection, f"You allowed {names}, but not “{channel.name}”, the Page of this channel.", by=by, now=now
        )
    connection.sealed = vault.seal({"grants": [_pack_grant(grant) for grant in grants]})
    connection.expires_at = now + WALK
    connection.save(update_fields=["sealed", "expires_at"])
    return Outcome(channel, choosing=connection)


def choices(connection: Connection) -> list[Identity]:
    """The Pages among which the person must choose; empty when there is nothing to choose."""
    return [grant.identity for grant in _grants(connection)]


def choose(*, connection: Connection, external_id: str, by: User, now: datetime) -> Outcome:
    """Take this Page. Raises ValidationError when it is not among the choices, Conflict when the choice is over."""
    rights.require(by, "connect", connection.channel)
    if connection.by_id != by.pk or not Connection.objects.open(now).filter(pk=connection.pk).exists():
        raise Conflict(NOT_YOURS)
    for grant in _grants(connection):
        if grant.identity.external_id == external_id:
            return _settle(connection, grant, by, now)
    raise ValidationError({"page": "Choose one of the Pages you allowed."})


def _settle(connection: Connection, grant: Grant, by: User, now: datetime) -> Outcome:
    """Ask the network itself whom the login speaks for and whether it may publish; only then keep it."""
    channel, claimed = connection.channel, grant.identity
    if why := mismatch(channel, claimed):
        return _fail(connection, why, by=by, now=now)
    try:
        network = speak(channel, grant.credentials, handle=claimed.handle, external_id=claimed.external_id)
        identity = verify(channel, network)
        if why := mismatch(channel, identity):
            return _fail(connection, why, by=by, now=now)
        channel = keep_credentials(channel=channel, identity=identity, credentials=grant.credentials, by=by, now=now)
    except PlatformError as trouble:
        return _fail(connection, trouble.reason, by=by, now=now)
    except Conflict as trouble:
        return _fail(connection, trouble.sentence, by=by, now=now)
    except ValidationError as refusal:
        return _fail(connection, " ".join(refusal.messages), by=by, now=now)
    _close(connection, now)
    _subscribe(channel, grant.credentials, now=now)
    return Outcome(channel)


def _subscribe(channel: Channel, credentials: Credentials, *, now: datetime) -> None:
    """Ask to be told of the Page, where there is a receiver. Without it we look on our own: a refusal is only noted."""
    if channel.network != Channel.Network.FACEBOOK or not settings.FACEBOOK_WEBHOOK_TOKEN:
        return
    try:
        facebook_connect.subscribe(settings.PLATFORMS, credentials, page=channel.external_id)
    except PlatformError as trouble:
        audit.record(None, "channel.not_subscribed", channel, now=now, reason=trouble.reason[:300])
    else:
        audit.record(None, "channel.subscribed", channel, now=now)


def _fail(connection: Connection, reason: str, *, by: User, now: datetime) -> Outcome:
    with transaction.atomic():
        _close(connection, now)
        audit.record(by, "channel.connect_failed", connection.channel, now=now, reason=reason[:300])
    return Outcome(connection.channel, problem=reason)


def _close(connection: Connection, now: datetime) -> None:
    """Nothing that was kept for the walk outlives it."""
    Connection.objects.filter(pk=connection.pk).update(finished_at=now, sealed=b"")


def forget_abandoned(*, now: datetime) -> int:
    """Close walks from which nobody came back. Returns how many."""
    abandoned = Connection.objects.filter(finished_at__isnull=True, expires_at__lte=now)
    return abandoned.update(finished_at=now, sealed=b"")


# ---- looking after it ---------------------------------------------------------------------------


def check(*, channel: Channel, by: User, now: datetime) -> Outcome:
    """Ask the network whether the login still speaks for this channel and may publish. Mends or breaks its state."""
    rights.require(by, "connect", channel)
    try:
        identity = verify(channel, network_for(channel, now=now))
    except PlatformError as trouble:
        # No answer is no news: the channel stays what it was.
        logins.note(channel=channel, trouble=trouble, now=now)
        channel.refresh_from_db()
        return Outcome(channel, problem=trouble.reason)
    if why := mismatch(channel, identity):
        return _broken(channel, why, by, now)
    with transaction.atomic():
        channel.go_live(now=now)
        audit.record(by, "channel.checked", channel, now=now)
    channel.refresh_from_db()
    return Outcome(channel)


def _broken(channel: Channel, reason: str, by: User, now: datetime) -> Outcome:
    mark_broken(channel=channel, reason=reason, now=now)
    channel.refresh_from_db()
    return Outcome(channel, problem=reason)


def _kept(connection: Connection) -> dict[str, Any]:
    try:
        return vault.open(connection.sealed)
    except vault.Locked:
        raise Conflict(NOT_YOURS) from None


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _pack_grant(grant: Grant) -> dict[str, Any]:
    return {"identity": asdict(grant.identity), "credentials": pack(grant.credentials)}


def _grants(connection: Connection) -> list[Grant]:
    packed = _kept(connection).get("grants", []) if connection.sealed else []
    return [
        Grant(
            Identity(**one["identity"] | {"problems": tuple(one["identity"]["problems"])}),
            unpack(one["credentials"]),
        )
        for one in packed
    ]
