"""Connecting an account on X both ways, and renewing a login without ever guessing."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from platforms import registry, session, x_connect
from platforms.base import Credentials, Outgoing
from platforms.errors import Declined, Doubtful, LoginExpired, PlatformError, Refused, Throttled, Unreachable
from sandbox.launch import Running
from tests.platforms.control import decide, tell
from tests.platforms.wire import CLOSE, HANG, RESET, Answer, Wire, sandbox_config

BACK = "http://127.0.0.1:8000/channels/connected/"
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DATE = {"date": "Fri, 20 Nov 2026 09:00:00 GMT"}
REQUEST_TOKEN = Answer(
    200, "oauth_token=sbx_r&oauth_token_secret=sbx_rs&oauth_callback_confirmed=true", kind="text/html"
)
PAIR = {"token_type": "bearer", "expires_in": 7200, "access_token": "sbx_a2", "refresh_token": "sbx_r2", "scope": "a b"}
OLD = Credentials("oauth2", "sbx_a1", refresh_token="sbx_r1", scopes=("a",))


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "WRITE_TIMEOUT", (3, 2))


def test_an_account_is_connected_with_oauth1(running: Running) -> None:
    account = tell(running, "accounts", {"network": "x", "handle": "ConnectOne", "name": "One"})
    connector = registry.open_connector(sandbox_config(running.url), "x")
    begun = connector.begin(callback_url=BACK, state="s1")
    assert begun.keep["state"] == "s1"
    params = decide(begun.url, account=account["id"], decision="allow")
    (grant,) = connector.finish(keep=begun.keep, params=params, callback_url=BACK)
    assert (grant.identity.external_id, grant.identity.handle) == (account["id"], "ConnectOne")
    network = registry.open_network(sandbox_config(running.url), "x", grant.credentials, handle="ConnectOne")
    assert network.verify().may_publish
    assert network.publish(Outgoing("Connected")).remote_id


def test_an_account_is_connected_with_oauth2_and_its_login_renewed(running: Running) -> None:
    account = tell(running, "accounts", {"network": "x", "handle": "ConnectTwo", "name": "Two"})
    config = sandbox_config(running.url)
    connector = registry.open_connector(config, "x-oauth2")
    begun = connector.begin(callback_url=BACK, state="s2")
    params = decide(begun.url, account=account["id"], decision="allow")
    assert params["state"] == "s2"
    (grant,) = connector.finish(keep=begun.keep, params=params, callback_url=BACK)
    assert (grant.identity.handle, grant.identity.problems) == ("ConnectTwo", ())
    renewed = x_connect.refresh(config, grant.credentials, NOW)
    assert renewed.expires_at == NOW + timedelta(hours=2)
    assert renewed.refresh_token != grant.credentials.refresh_token
    assert registry.open_network(config, "x", renewed).verify().external_id == account["id"]
    with pytest.raises(LoginExpired):
        x_connect.refresh(config, grant.credentials, NOW)


@pytest.mark.parametrize("key", ["x", "x-oauth2"])
def test_a_cancelled_connection_is_declined(running: Running, key: str) -> None:
    connector = registry.open_connector(sandbox_config(running.url), key)
    begun = connector.begin(callback_url=BACK, state="s3")
    params = decide(begun.url, decision="deny")
    with pytest.raises(Declined):
        connector.finish(keep=begun.keep, params=params, callback_url=BACK)


def test_an_answer_of_another_connection_is_refused(wire: Wire) -> None:
    wire.say(REQUEST_TOKEN)
    connector = registry.open_connector(wire.config, "x")
    begun = connector.begin(callback_url=BACK, state="s")
    assert begun.url == f"{wire.config.x_api}/oauth/authorize?oauth_token=sbx_r"
    for token in ("sbx_other", "", "sbx_ré"):
        with pytest.raises(Refused):
            connector.finish(keep=begun.keep, params={"oauth_token": token, "oauth_verifier": "v"}, callback_url=BACK)
    assert len(wire.heard) == 1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(401, {"errors": [{"code": 32, "message": "Could not authenticate you."}]}), LoginExpired),
        (Answer(403, {"errors": [{"code": 415, "message": "Callback URL not approved"}]}), Refused),
        (Answer(200, "oauth_token=sbx_r&oauth_token_secret=s&oauth_callback_confirmed=false"), Refused),
        (Answer(200, "<html>"), Unreachable),
        (Answer(503, "<html>"), Unreachable),
        (Answer(fault=CLOSE), Unreachable),
    ],
)
def test_a_connection_that_cannot_begin_says_why(wire: Wire, answer: Answer, expected: type[PlatformError]) -> None:
    wire.say(answer)
    with pytest.raises(expected):
        registry.open_connector(wire.config, "x").begin(callback_url=BACK, state="s")


def test_the_verifier_fits_the_challenge_and_is_sent_with_the_code(wire: Wire) -> None:
    connector = registry.open_connector(wire.config, "x-oauth2")
    begun = connector.begin(callback_url=BACK, state="s")
    asked = dict(parse_qsl(urlsplit(begun.url).query))
    digest = hashlib.sha256(begun.keep["verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert asked["scope"].split() == ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access"]
    me = {"data": {"id": "42", "name": "North", "username": "NorthWard"}}
    wire.say(Answer(200, PAIR, DATE), Answer(200, me))
    (grant,) = connector.finish(keep=begun.keep, params={"code": "c", "state": "s"}, callback_url=BACK)
    assert wire.heard[0].form["code_verifier"] == begun.keep["verifier"]
    assert wire.heard[0].headers["authorization"].startswith("Basic ")
    assert grant.credentials.expires_at == NOW + timedelta(hours=2)
    assert grant.credentials.scopes == ("a", "b")


def test_an_answer_without_a_code_is_refused(wire: Wire) -> None:
    connector = registry.open_connector(wire.config, "x-oauth2")
    for params in ({}, {"error": "server_error"}):
        with pytest.raises(Refused):
            connector.finish(keep={"verifier": "v"}, params=params, callback_url=BACK)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(400, {"error": "invalid_request", "error_description": "Value passed was invalid."}), LoginExpired),
        (Answer(401, {"error": "unauthorized_client"}), LoginExpired),
        (Answer(429, {}), Throttled),
        (Answer(503, "<html>", kind="text/html"), Doubtful),
        (Answer(200, {"token_type": "bearer"}), Doubtful),
        (Answer(200, "<html>"), Doubtful),
        (Answer(fault=RESET), Doubtful),
        (Answer(fault=HANG), Doubtful),
    ],
)
def test_a_renewal_that_fails_says_what_to_do(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, answer: Answer, expected: type[PlatformError]
) -> None:
    monkeypatch.setattr(session, "WRITE_TIMEOUT", (3, 0.2))
    wire.say(answer)
    with pytest.raises(PlatformError) as caught:
        x_connect.refresh(wire.config, OLD, NOW)
    assert type(caught.value) is expected
    assert len(wire.heard) == 1


def test_a_renewal_keeps_what_x_does_not_repeat(wire: Wire) -> None:
    wire.say(Answer(200, {"access_token": "sbx_a2", "expires_in": 60}))
    renewed = x_connect.refresh(wire.config, OLD, NOW)
    assert (renewed.token, renewed.refresh_token, renewed.scopes) == ("sbx_a2", "sbx_r1", ("a",))
    assert renewed.expires_at == NOW + timedelta(minutes=1)


def test_a_login_without_refresh_token_cannot_be_renewed(wire: Wire) -> None:
    with pytest.raises(LoginExpired):
        x_connect.refresh(wire.config, Credentials("oauth2", "sbx_a"), NOW)
    assert wire.heard == []


def test_real_keys_are_not_mistaken_for_a_dead_login(wire: Wire) -> None:
    with pytest.raises(Refused):
        x_connect.refresh(wire.config, Credentials("oauth2", "real", refresh_token="real"), NOW)
