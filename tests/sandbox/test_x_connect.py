from __future__ import annotations

import base64
import hashlib
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import tweepy

from tests.sandbox.conftest import KEYS, Control, Ward, client_for

CALLBACK = "http://127.0.0.1:9/channels/back?from=x"
VERIFIER = "v" * 60
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


class Handler(tweepy.OAuth1UserHandler):
    """tweepy's own three legs, pointed at the sandbox."""

    base = ""

    def _get_oauth_url(self, endpoint: str) -> str:
        return f"{self.base}/x/oauth/{endpoint}"


def handler(control: Control, callback: str = CALLBACK) -> Handler:
    found = Handler(KEYS.X_CONSUMER_KEY, KEYS.X_CONSUMER_SECRET, callback=callback)
    found.base = control.url
    return found


def decide(url: str, **chosen: str) -> dict[str, str]:
    """Fill in the consent form like a browser; answers the query of the address it returns to."""
    page = requests.get(url, timeout=10)
    assert page.status_code == 200, page.text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    action = re.search(r'<form method="post" action="([^"]+)"', page.text)
    assert action
    where = url.split("/", 3)
    answer = requests.post(
        f"{where[0]}//{where[2]}{action[1]}", data={**fields, **chosen}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    return {name: values[0] for name, values in parse_qs(back.query).items()}


def test_oauth1_connects_an_account_that_then_posts(ward: Ward, control: Control) -> None:
    legs = handler(control)
    back = decide(legs.get_authorization_url(), account=ward.id, decision="allow")
    assert back["from"] == "x"
    again = handler(control)
    again.request_token = legs.request_token
    token, secret = again.get_access_token(back["oauth_verifier"])
    assert token.partition("-")[0] == ward.id
    assert token.partition("-")[2].startswith("sbx_")
    client = client_for(control.url, {"token": token, "secret": secret})
    assert client.get_me(user_auth=True).data.username == ward.handle


def test_oauth1_cancel_says_denied(control: Control) -> None:
    legs = handler(control)
    back = decide(legs.get_authorization_url(), decision="deny")
    assert back["denied"] == legs.request_token["oauth_token"]


def test_oauth1_wrong_verifier_and_second_use_are_refused(ward: Ward, control: Control) -> None:
    legs = handler(control)
    verifier = decide(legs.get_authorization_url(), account=ward.id, decision="allow")["oauth_verifier"]
    kept = dict(legs.request_token)
    with pytest.raises(tweepy.TweepyException):
        legs.get_access_token("sbx_wrong")
    legs.get_access_token(verifier)
    legs.request_token = kept
    with pytest.raises(tweepy.TweepyException):
        legs.get_access_token(verifier)


def test_oauth1_foreign_callback_is_not_approved(control: Control) -> None:
    with pytest.raises(tweepy.TweepyException, match="415"):
        handler(control, "https://example.org/cb").get_authorization_url()


def test_oauth1_request_expires(ward: Ward, control: Control) -> None:
    url = handler(control).get_authorization_url()
    control.call("POST", "/clock", advance_s=901)
    assert requests.get(url, timeout=10).status_code == 400


def asked(**more: str) -> dict[str, str]:
    return {
        "response_type": "code",
        "client_id": KEYS.X_CLIENT_ID,
        "redirect_uri": CALLBACK,
        "scope": "tweet.read tweet.write users.read media.write offline.access",
        "state": "s1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **more,
    }


def consent(control: Control, account: str, **more: str) -> str:
    url = requests.Request("GET", f"{control.url}/x-www/i/oauth2/authorize", params=asked(**more)).prepare().url
    assert url
    back = decide(url, account=account, decision="allow")
    assert back["state"] == "s1"
    return back["code"]


def redeem(control: Control, auth: Any = (KEYS.X_CLIENT_ID, KEYS.X_CLIENT_SECRET), **fields: str) -> requests.Response:
    given = {"grant_type": "authorization_code", "redirect_uri": CALLBACK, "code_verifier": VERIFIER, **fields}
    return requests.post(f"{control.url}/x/2/oauth2/token", data=given, auth=auth, timeout=10)


def test_oauth2_connects_refreshes_once_and_is_revoked(ward: Ward, control: Control) -> None:
    pair = redeem(control, code=consent(control, ward.id)).json()
    assert pair["expires_in"] == 7200
    assert client_for(control.url, {"token": pair["access_token"]}).get_me(user_auth=False).data.id == int(ward.id)
    fresh = redeem(control, grant_type="refresh_token", refresh_token=pair["refresh_token"]).json()
    used = redeem(control, grant_type="refresh_token", refresh_token=pair["refresh_token"])
    assert (used.status_code, used.json()["error"]) == (400, "invalid_request")
    with pytest.raises(tweepy.Unauthorized):
        client_for(control.url, {"token": pair["access_token"]}).get_me(user_auth=False)
    auth = (KEYS.X_CLIENT_ID, KEYS.X_CLIENT_SECRET)
    url = f"{control.url}/x/2/oauth2/revoke"
    assert requests.post(url, data={"token": fresh["refresh_token"]}, auth=auth, timeout=10).json() == {"revoked": True}
    with pytest.raises(tweepy.Unauthorized):
        client_for(control.url, {"token": fresh["access_token"]}).get_me(user_auth=False)


def test_oauth2_code_works_once_for_30_seconds_with_its_verifier(ward: Ward, control: Control) -> None:
    code = consent(control, ward.id)
    assert redeem(control, code=code, code_verifier="w" * 60).status_code == 400
    assert redeem(control, code=code, redirect_uri="http://127.0.0.1:9/other").status_code == 400
    assert redeem(control, code=code).status_code == 200
    assert redeem(control, code=code).status_code == 400
    late = consent(control, ward.id)
    control.call("POST", "/clock", advance_s=31)
    assert redeem(control, code=late).status_code == 400


def test_oauth2_without_offline_access_has_no_refresh_token(ward: Ward, control: Control) -> None:
    pair = redeem(control, code=consent(control, ward.id, scope="tweet.read users.read")).json()
    assert "refresh_token" not in pair
    assert pair["scope"] == "tweet.read users.read"


def test_oauth2_client_must_show_its_secret(ward: Ward, control: Control) -> None:
    code = consent(control, ward.id)
    assert redeem(control, auth=None, code=code, client_id=KEYS.X_CLIENT_ID).status_code == 401
    assert redeem(control, auth=(KEYS.X_CLIENT_ID, "sbx_wrong"), code=code).status_code == 401
    control.config(x_public_client=True)
    assert redeem(control, auth=None, code=code, client_id=KEYS.X_CLIENT_ID).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "sbx_other"},
        {"redirect_uri": "https://example.org/cb"},
        {"scope": "everything"},
        {"state": "s" * 501},
        {"code_challenge": ""},
    ],
)
def test_oauth2_wrong_request_is_told_on_the_page_and_never_sent_back(control: Control, wrong: dict[str, str]) -> None:
    url = f"{control.url}/x-www/i/oauth2/authorize"
    answer = requests.get(url, params=asked(**wrong), allow_redirects=False, timeout=10)
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_lost_refresh_answer_has_rotated_the_token(ward: Ward, control: Control) -> None:
    pair = redeem(control, code=consent(control, ward.id)).json()
    rule = {"platform": "x", "match": {"path_regex": "/oauth2/token$"}, "action": {"kind": "lose_refresh_response"}}
    control.call("POST", "/faults", **rule)
    with pytest.raises(requests.ConnectionError):
        redeem(control, grant_type="refresh_token", refresh_token=pair["refresh_token"])
    assert redeem(control, grant_type="refresh_token", refresh_token=pair["refresh_token"]).status_code == 400
