"""The one way out: to the right place, with the right keys, once."""

from __future__ import annotations

import pytest
from requests_oauthlib import OAuth1

from platforms import session
from platforms.base import Credentials, Outgoing
from platforms.config import Config
from platforms.errors import Refused
from platforms.facebook import Facebook
from platforms.session import open_session
from platforms.x import X
from tests.platforms.wire import Answer, Wire

BEARER = {"Authorization": "Bearer sbx_token"}


def test_the_librarys_host_becomes_the_configured_one(wire: Wire) -> None:
    wire.say(Answer(), Answer(), Answer())
    out = open_session(wire.config)
    for url in ("https://api.twitter.com/2/a", "https://api.x.com/2/b", "https://graph.facebook.com/v25.0/c"):
        out.get(url, headers=BEARER)
    assert [heard.path for heard in wire.heard] == ["/x/2/a", "/x/2/b", "/fb/v25.0/c"]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/",
        "https://api.x.com.evil.example/2/tweets",
        "https://api.x.com@evil.example/",
        "http://api.x.com/2/tweets",
        "//api.x.com/2",
    ],
)
def test_an_unknown_host_is_never_called(url: str) -> None:
    with pytest.raises(Refused) as caught:
        open_session(Config()).get(url)
    assert caught.value.code == "unknown-host"


@pytest.mark.parametrize(
    "arguments",
    [
        {"headers": {"Authorization": "Bearer real"}},
        {"auth": OAuth1("real", "x", "42-sbx_token", "x")},
        {"auth": OAuth1("sbx_key", "x", "42-real", "x")},
        {"params": {"access_token": "real"}},
        {"data": {"access_token": "real"}},
        {"data": {"refresh_token": "real"}},
    ],
)
def test_a_real_key_never_reaches_the_sandbox(wire: Wire, arguments: dict[str, object]) -> None:
    with pytest.raises(Refused) as caught:
        open_session(wire.config).post("https://api.x.com/2/tweets", **arguments)  # type: ignore[arg-type]
    assert caught.value.code == "wrong-keys"
    assert wire.heard == []


@pytest.mark.parametrize(
    "arguments",
    [
        {"headers": BEARER},
        {"auth": OAuth1("real", "x", "42-sbx_token", "x")},
        {"params": {"access_token": "sbx_page"}},
        {"data": {"access_token": "sbx_page"}},
    ],
)
def test_a_sandbox_key_never_reaches_a_real_network(arguments: dict[str, object]) -> None:
    with pytest.raises(Refused) as caught:
        open_session(Config()).post("https://graph.facebook.com/v25.0/me", **arguments)  # type: ignore[arg-type]
    assert caught.value.code == "wrong-keys"


def test_both_clients_are_stopped_by_the_wrong_keys(wire: Wire) -> None:
    for voice in (
        X(wire.config, Credentials("oauth2", "real")),
        Facebook(wire.config, Credentials("page", "real"), external_id="1"),
    ):
        with pytest.raises(Refused) as caught:
            voice.publish(Outgoing("Hello"))
        assert caught.value.code == "wrong-keys"
    assert wire.heard == []


def test_redirects_are_not_followed_and_cookies_not_kept(wire: Wire) -> None:
    wire.say(Answer(302, "", {"location": "https://example.com/", "set-cookie": "guest_id=1; Path=/"}), Answer())
    out = open_session(wire.config)
    assert out.get("https://api.x.com/2/a").status_code == 302
    out.get("https://api.x.com/2/b")
    assert "cookie" not in wire.heard[1].headers
    assert len(out.cookies) == 0


def test_proxies_and_netrc_of_the_machine_are_ignored(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    wire.say(Answer())
    assert open_session(wire.config).get("https://api.x.com/2/a").ok


def test_the_last_answer_is_the_newest_requests(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "READ_TIMEOUT", (3, 3))
    wire.say(Answer(201), Answer(fault="close"))
    out = open_session(wire.config)
    out.get("https://api.x.com/2/a")
    assert out.answered.status_code == 201
    with pytest.raises(OSError, match="Connection"):
        out.get("https://api.x.com/2/b")
    assert out.last is None


def test_writes_wait_longer_for_an_answer_than_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr("requests.Session.request", lambda *a, **kw: seen.append(kw["timeout"]))
    out = open_session(Config())
    out.get("https://api.x.com/2/a")
    out.post("https://api.x.com/2/a")
    out.delete("https://api.x.com/2/a", timeout=7)
    assert seen == [(3.05, 15.0), (3.05, 60.0), 7]
