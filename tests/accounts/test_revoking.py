from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from accounts import connecting, logins, revoking
from accounts.models import AuditEntry, Channel, Credential, Notice
from platforms import x_connect
from platforms.base import Credentials, Identity
from platforms.errors import LoginExpired, Unreachable
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def connect(cast: Cast, channel: Channel, kind: str, now: datetime, **facts: object) -> None:
    credentials = Credentials(kind, "sbx_a1", refresh_token="sbx_r1" if kind == "oauth2" else "", **facts)
    identity = Identity(channel.external_id, channel.handle, channel.name)
    connecting.keep_credentials(channel=channel, identity=identity, credentials=credentials, by=cast.sam, now=now)


def stop(cast: Cast, channel: Channel, now: datetime) -> int:
    channels = Channel.objects.filter(pk=channel.pk)
    return revoking.revoke(channels=channels, reason="Stopped.", by=cast.hana, now=now)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Credentials]:
    """What X was asked to end."""
    ended: list[Credentials] = []
    monkeypatch.setattr(x_connect, "revoke", lambda config, credentials: ended.append(credentials))
    return ended


def test_a_revoked_login_speaks_no_more_from_that_moment(cast: Cast, now: datetime) -> None:
    connect(cast, cast.x, "oauth1", now)
    assert stop(cast, cast.x, now) == 1
    cast.x.refresh_from_db()
    assert cast.x.state == Channel.State.BROKEN
    with pytest.raises(LoginExpired):
        logins.network_for(cast.x, now=now)
    assert AuditEntry.objects.filter(action="channel.login_revoked", by=cast.hana).exists()


def test_the_network_is_asked_to_end_it_and_then_it_is_forgotten(
    cast: Cast, now: datetime, asked: list[Credentials]
) -> None:
    connect(cast, cast.x, "oauth2", now, expires_at=now + timedelta(hours=2))
    stop(cast, cast.x, now)
    for credential_id in revoking.due(now=now):
        revoking.end(credential_id=credential_id, now=now)
    assert [credentials.token for credentials in asked] == ["sbx_a1"]
    assert not Credential.objects.exists()
    assert AuditEntry.objects.get(action="channel.login_forgotten").facts == {"ended_at_network": True}
    assert not Notice.objects.filter(kind="channel.end_by_hand").exists()


def test_what_the_network_does_not_let_us_end_is_said_to_who_connects_channels(cast: Cast, now: datetime) -> None:
    connect(cast, cast.page, "page", now)
    stop(cast, cast.page, now)
    revoking.end(credential_id=Credential.objects.get().pk, now=now)
    assert not Credential.objects.exists()
    assert [notice.to for notice in Notice.objects.filter(kind="channel.end_by_hand")] == [cast.sam]


def test_a_network_out_of_reach_is_asked_again_for_ten_minutes(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: object) -> None:
        raise Unreachable("X cannot be reached.")

    monkeypatch.setattr(x_connect, "revoke", gone)
    connect(cast, cast.x, "oauth2", now, expires_at=now + timedelta(hours=2))
    stop(cast, cast.x, now)
    (pk,) = revoking.due(now=now)
    revoking.end(credential_id=pk, now=now)
    assert revoking.due(now=now + timedelta(seconds=59)) == []
    assert revoking.due(now=now + timedelta(seconds=60)) == [pk]
    revoking.end(credential_id=pk, now=now + timedelta(minutes=10))
    assert Notice.objects.filter(kind="channel.end_by_hand", to=cast.sam).exists()


def test_a_channel_connected_anew_meanwhile_is_left_alone(cast: Cast, now: datetime, asked: list[Credentials]) -> None:
    connect(cast, cast.x, "oauth2", now, expires_at=now + timedelta(hours=2))
    stop(cast, cast.x, now)
    (pk,) = revoking.due(now=now)
    connect(cast, cast.x, "oauth1", now + timedelta(seconds=1))
    revoking.end(credential_id=pk, now=now + timedelta(seconds=2))
    assert asked == []
    assert Credential.objects.get().kind == "oauth1"


def test_a_renewal_under_way_does_not_bring_a_revoked_login_back(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(cast, cast.x, "oauth2", now, expires_at=now + timedelta(minutes=1))

    def refresh(config: object, credentials: Credentials, moment: datetime) -> Credentials:
        stop(cast, cast.x, now)
        return replace(credentials, token="sbx_a2", refresh_token="sbx_r2", expires_at=now + timedelta(hours=2))

    monkeypatch.setattr(x_connect, "refresh", refresh)
    with pytest.raises(LoginExpired):
        logins.network_for(Channel.objects.get(pk=cast.x.pk), now=now)
    assert Credential.objects.get().revoked_at == now
