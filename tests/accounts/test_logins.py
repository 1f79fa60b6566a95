from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts import connecting, logins, vault
from accounts.models import AuditEntry, Channel, Credential
from platforms import x_connect
from platforms.base import Credentials, Identity
from platforms.errors import Doubtful, LoginExpired, PlatformError, Throttled, Unreachable
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

Renewals = list[Credentials]


@pytest.fixture
def pair(cast: Cast, now: datetime) -> Credentials:
    """Homerton's X account, connected with OAuth 2.0 two hours before the login runs out."""
    credentials = Credentials(
        "oauth2", "sbx_a1", refresh_token="sbx_r1", expires_at=now + timedelta(hours=2), scopes=("tweet.write",)
    )
    identity = Identity(cast.x.external_id, cast.x.handle, cast.x.name)
    connecting.keep_credentials(channel=cast.x, identity=identity, credentials=credentials, by=cast.sam, now=now)
    return credentials


@pytest.fixture
def renewals(monkeypatch: pytest.MonkeyPatch) -> Renewals:
    """What the network was asked to renew; it answers with a new pair each time."""
    asked: Renewals = []

    def refresh(config: object, credentials: Credentials, now: datetime) -> Credentials:
        asked.append(credentials)
        number = len(asked) + 1
        return replace(
            credentials, token=f"sbx_a{number}", refresh_token=f"sbx_r{number}", expires_at=now + timedelta(hours=2)
        )

    monkeypatch.setattr(x_connect, "refresh", refresh)
    return asked


def failing(monkeypatch: pytest.MonkeyPatch, trouble: PlatformError) -> None:
    def refresh(*_: object) -> Credentials:
        raise trouble

    monkeypatch.setattr(x_connect, "refresh", refresh)


def stored(channel: Channel) -> Credentials:
    return logins.unpack(vault.open(Credential.objects.get(channel=channel).sealed))


def test_a_login_comes_back_from_the_vault_as_it_went_in(cast: Cast, pair: Credentials) -> None:
    assert stored(cast.x) == pair


def test_a_login_with_time_left_is_used_as_it_is(
    cast: Cast, pair: Credentials, renewals: Renewals, now: datetime
) -> None:
    connecting.network_for(cast.x, now=now + timedelta(minutes=114))
    assert renewals == []


def test_a_login_about_to_run_out_is_renewed_once_and_stored(
    cast: Cast, pair: Credentials, renewals: Renewals, now: datetime
) -> None:
    late = now + timedelta(minutes=116)
    for _ in range(2):
        connecting.network_for(Channel.objects.get(pk=cast.x.pk), now=late)
    assert renewals == [pair]
    assert stored(cast.x).refresh_token == "sbx_r2"
    assert AuditEntry.objects.filter(action="channel.login_renewed").count() == 1


def test_while_one_renews_another_is_asked_to_wait(
    cast: Cast, pair: Credentials, renewals: Renewals, now: datetime
) -> None:
    late = now + timedelta(minutes=116)
    Credential.objects.update(renewing_until=late + timedelta(seconds=30))
    with pytest.raises(Throttled) as wait:
        connecting.network_for(cast.x, now=late)
    assert renewals == []
    assert wait.value.retry_at is not None
    assert wait.value.retry_at > late


def test_a_renewal_whose_process_died_is_taken_up_again(
    cast: Cast, pair: Credentials, renewals: Renewals, now: datetime
) -> None:
    late = now + timedelta(minutes=116)
    Credential.objects.update(renewing_until=late - timedelta(seconds=1))
    connecting.network_for(cast.x, now=late)
    assert len(renewals) == 1


def test_who_comes_second_uses_what_the_first_renewed(
    cast: Cast, pair: Credentials, renewals: Renewals, now: datetime
) -> None:
    late = now + timedelta(minutes=116)
    as_read = Credential.objects.get(channel=cast.x)
    connecting.network_for(cast.x, now=late)
    assert logins._renewed(as_read, pair, late).token == "sbx_a2"
    assert len(renewals) == 1


@pytest.mark.parametrize("trouble", [Unreachable("X is away."), Throttled("X is busy."), Doubtful("No answer.")])
def test_a_renewal_that_fails_for_now_leaves_the_login_in_use(
    cast: Cast, pair: Credentials, monkeypatch: pytest.MonkeyPatch, now: datetime, trouble: PlatformError
) -> None:
    failing(monkeypatch, trouble)
    connecting.network_for(cast.x, now=now + timedelta(minutes=116))
    assert stored(cast.x) == pair
    with pytest.raises(type(trouble)):
        connecting.network_for(cast.x, now=now + timedelta(minutes=121))
    assert Channel.objects.get(pk=cast.x.pk).state == "live"


def test_a_refused_renewal_breaks_the_channel_in_words(
    cast: Cast, pair: Credentials, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    failing(monkeypatch, LoginExpired("X no longer accepts this login."))
    with pytest.raises(LoginExpired):
        connecting.network_for(cast.x, now=now + timedelta(minutes=116))
    broken = Channel.objects.get(pk=cast.x.pk)
    assert (broken.state, broken.problem) == ("broken", "X no longer accepts this login.")


def test_without_its_key_a_login_is_dead_and_says_so(
    cast: Cast, pair: Credentials, settings: Settings, now: datetime
) -> None:
    settings.FERNET_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(LoginExpired, match="cannot be opened"):
        connecting.network_for(cast.x, now=now)


def test_keys_are_changed_without_losing_a_login(
    cast: Cast, pair: Credentials, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh = Fernet.generate_key().decode()
    settings.FERNET_KEYS = [fresh, *settings.FERNET_KEYS]
    call_command("rotate_credentials")
    settings.FERNET_KEYS = [fresh]
    assert stored(cast.x) == pair
    settings.FERNET_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="1 could not be opened"):
        call_command("rotate_credentials")


def test_the_vault_says_nothing_about_what_it_cannot_open() -> None:
    with pytest.raises(vault.Locked) as closed:
        vault.open(b"no such thing")
    assert "no such thing" not in str(closed.value)
