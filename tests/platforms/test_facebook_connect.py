"""Connecting Pages through Facebook's dialog: one grant per Page, however many there are."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from platforms import registry
from platforms.base import Outgoing
from platforms.errors import Declined, LoginExpired, PlatformError, Refused, Unreachable
from platforms.facebook_connect import SCOPES
from sandbox.launch import Running
from tests.platforms.control import ask, decide, tell
from tests.platforms.wire import CLOSE, Answer, Wire, sandbox_config

BACK = "http://127.0.0.1:8000/channels/connected/"
RUNS_PAGES = "122000000000001"
SHORT = Answer(200, {"access_token": "sbx_short", "token_type": "bearer", "expires_in": 5400})
LONG = Answer(200, {"access_token": "sbx_long", "token_type": "bearer", "expires_in": 5183944})


def permissions(*granted: str) -> Answer:
    declined = [{"permission": scope, "status": "declined"} for scope in SCOPES if scope not in granted]
    return Answer(200, {"data": [{"permission": scope, "status": "granted"} for scope in granted] + declined})


def some_page(number: int, **more: Any) -> dict[str, Any]:
    return {"id": str(number), "name": f"Ward {number}", "access_token": f"sbx_page_{number}", **more}


def finish(wire: Wire) -> Any:
    connector = registry.open_connector(wire.config, "facebook")
    return connector.finish(keep={"state": "s"}, params={"code": "c", "state": "s"}, callback_url=BACK)


def test_pages_are_connected_through_the_dialog(running: Running) -> None:
    wards = [
        tell(running, "accounts", {"network": "facebook", "handle": f"dialog.{n}", "name": f"Ward {n}"})
        for n in range(30)
    ]
    config = sandbox_config(running.url)
    connector = registry.open_connector(config, "facebook")
    begun = connector.begin(callback_url=BACK, state="s1")
    ticked = [ward["id"] for ward in wards]
    params = decide(begun.url, account=RUNS_PAGES, pages=ticked, permissions=list(SCOPES), decision="allow")
    assert params["state"] == begun.keep["state"] == "s1"
    grants = connector.finish(keep=begun.keep, params=params, callback_url=BACK)
    assert {grant.identity.external_id for grant in grants} == set(ticked)
    first = grants[0]
    assert first.identity.problems == ()
    network = registry.open_network(config, "facebook", first.credentials, external_id=first.identity.external_id)
    assert network.verify().may_publish
    network.publish(Outgoing("Connected"))
    assert [post["text"] for post in ask(running, f"posts?account={first.identity.external_id}")["posts"]] == [
        "Connected"
    ]


def test_an_unticked_permission_is_a_problem_in_words(running: Running) -> None:
    ward = tell(running, "accounts", {"network": "facebook", "handle": "dialog.unticked", "name": "Unticked"})
    connector = registry.open_connector(sandbox_config(running.url), "facebook")
    begun = connector.begin(callback_url=BACK, state="s")
    allowed = [scope for scope in SCOPES if scope != "pages_manage_posts"]
    params = decide(begun.url, account=RUNS_PAGES, pages=[ward["id"]], permissions=allowed, decision="allow")
    (grant,) = connector.finish(keep=begun.keep, params=params, callback_url=BACK)
    assert not grant.identity.may_publish
    assert "pages_manage_posts" in grant.identity.problems[0]


def test_a_cancelled_connection_is_declined(running: Running) -> None:
    connector = registry.open_connector(sandbox_config(running.url), "facebook")
    begun = connector.begin(callback_url=BACK, state="s")
    params = decide(begun.url, decision="deny")
    with pytest.raises(Declined):
        connector.finish(keep=begun.keep, params=params, callback_url=BACK)


def test_the_dialog_is_at_the_configured_host_and_version(wire: Wire) -> None:
    begun = registry.open_connector(wire.config, "facebook").begin(callback_url=BACK, state="s&t")
    assert begun.url.startswith(f"{wire.config.facebook_www}/v25.0/dialog/oauth?")
    asked = dict(parse_qsl(urlsplit(begun.url).query))
    assert asked["scope"].split(",") == list(SCOPES)
    assert (asked["state"], asked["redirect_uri"], asked["response_type"]) == ("s&t", BACK, "code")


def test_a_page_token_comes_from_a_long_lived_login(wire: Wire) -> None:
    following = "https://graph.facebook.com/v25.0/me/accounts?access_token=sbx_long&limit=100&after=c1"
    wire.say(
        SHORT,
        LONG,
        permissions(*SCOPES),
        Answer(200, {"data": [some_page(1), some_page(2)], "paging": {"next": following}}),
        Answer(200, {"data": [some_page(3, tasks=["ANALYZE"])]}),
    )
    grants = finish(wire)
    assert wire.heard[0].query["code"] == "c"
    assert "appsecret_proof" not in wire.heard[0].query, "there is no token yet to prove"
    assert wire.heard[1].query["fb_exchange_token"] == "sbx_short"
    assert wire.heard[3].query["access_token"] == "sbx_long"
    assert wire.heard[4].query["after"] == "c1"
    assert [grant.credentials.token for grant in grants] == ["sbx_page_1", "sbx_page_2", "sbx_page_3"]
    assert [grant.identity.may_publish for grant in grants] == [True, True, False]
    assert grants[0].credentials.kind == "page"


def test_somebody_without_pages_grants_nothing(wire: Wire) -> None:
    wire.say(SHORT, LONG, permissions(*SCOPES), Answer(200, {"data": []}))
    assert finish(wire) == ()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([Answer(400, {"error": {"code": 100, "error_subcode": 36009, "message": "used"}})], Refused),
        ([Answer(200, {})], Unreachable),
        ([SHORT, Answer(fault=CLOSE)], Unreachable),
        ([SHORT, Answer(400, {"error": {"code": 190, "message": "no"}})], LoginExpired),
        ([SHORT, LONG, permissions(), Answer(200, {"data": [{"id": "1", "name": "No token"}]})], Unreachable),
    ],
)
def test_a_connection_that_cannot_finish_says_why(
    wire: Wire, answers: list[Answer], expected: type[PlatformError]
) -> None:
    wire.say(*answers)
    with pytest.raises(PlatformError) as caught:
        finish(wire)
    assert type(caught.value) is expected


def test_an_answer_without_a_code_is_refused(wire: Wire) -> None:
    connector = registry.open_connector(wire.config, "facebook")
    with pytest.raises(Refused):
        connector.finish(keep={}, params={"error_message": "App not active"}, callback_url=BACK)
