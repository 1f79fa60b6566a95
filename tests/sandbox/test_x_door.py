from __future__ import annotations

import time
from typing import Any

import pytest
import requests
import tweepy
from requests_oauthlib import OAuth1

from tests.sandbox.conftest import KEYS, Control, Ward, client_for


def signed(ward: Ward, **more: Any) -> OAuth1:
    secret = more.pop("secret", ward.token["secret"])
    return OAuth1(KEYS.X_CONSUMER_KEY, KEYS.X_CONSUMER_SECRET, ward.token["token"], secret, **more)


def test_no_credentials_is_401_in_the_shape_of_v2(control: Control) -> None:
    answer = requests.get(f"{control.url}/x/2/users/me", timeout=10)
    assert answer.status_code == 401
    assert answer.json() == {"title": "Unauthorized", "detail": "Unauthorized", "type": "about:blank", "status": 401}


def test_wrong_secret_is_refused(ward: Ward, control: Control) -> None:
    answer = requests.get(f"{control.url}/x/2/users/me", auth=signed(ward, secret="sbx_wrong"), timeout=10)
    assert answer.status_code == 401


def test_signature_covers_query_and_form(ward: Ward, control: Control) -> None:
    url = f"{control.url}/x/2/tweets"
    prepared = requests.Request("GET", url, params={"ids": "1,2"}, auth=signed(ward)).prepare()
    with requests.Session() as session:
        assert session.send(prepared, timeout=10).status_code == 200
        prepared.url = url + "?ids=1%2C3"
        assert session.send(prepared, timeout=10).status_code == 401


def test_odd_characters_are_signed_alike_on_both_sides(ward: Ward, control: Control) -> None:
    params = {"ids": "1", "expansions": "author_id", "user.fields": "name", "odd": "a b&c=d+e%é~*'()"}
    answer = requests.get(f"{control.url}/x/2/tweets", params=params, auth=signed(ward), timeout=10)
    assert answer.status_code == 200


def test_nonce_works_once(ward: Ward, control: Control) -> None:
    url = f"{control.url}/x/2/users/me"
    prepared = requests.Request("GET", url, auth=signed(ward)).prepare()
    with requests.Session() as session:
        assert [session.send(prepared, timeout=10).status_code for _ in range(2)] == [200, 401]


def test_old_timestamp_is_out_of_bounds(control: Control) -> None:
    old = str(int(time.time()) - 400)
    auth = OAuth1(KEYS.X_CONSUMER_KEY, KEYS.X_CONSUMER_SECRET, callback_uri="http://127.0.0.1/cb", timestamp=old)
    answer = requests.post(f"{control.url}/x/oauth/request_token", auth=auth, timeout=10)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (401, 135)


def test_app_bearer_may_not_post(ward: Ward) -> None:
    with pytest.raises(tweepy.Forbidden):
        ward.client.create_tweet(text="From nobody.", user_auth=False)
    assert ward.last.json()["type"].endswith("/problems/unsupported-authentication")


def test_missing_scope_is_forbidden(ward: Ward, control: Control) -> None:
    reader = client_for(control.url, control.token(ward.id, kind="oauth2", scopes="tweet.read users.read"))
    assert reader.get_me(user_auth=False).data.username == ward.handle
    with pytest.raises(tweepy.Forbidden):
        reader.create_tweet(text="May I?", user_auth=False)


def test_oauth2_token_posts_and_expires_after_two_hours(ward: Ward, control: Control) -> None:
    client = client_for(control.url, control.token(ward.id, kind="oauth2"))
    assert client.create_tweet(text="With a bearer.", user_auth=False).data["id"]
    control.call("POST", "/clock", advance_s=7201)
    with pytest.raises(tweepy.Unauthorized):
        client.get_me(user_auth=False)


def test_suspended_account_is_told_so(ward: Ward, control: Control) -> None:
    control.call("POST", f"/accounts/{ward.id}", suspended=True)
    with pytest.raises(tweepy.Forbidden):
        ward.post("Anyone there?")
    assert ward.last.json()["type"].endswith("user-suspended")
    control.call("POST", f"/accounts/{ward.id}", suspended=False)
    assert ward.post("Anyone there?")


def test_every_answer_carries_the_headers_of_x(ward: Ward, control: Control) -> None:
    ward.client.get_me(user_auth=True)
    refused = requests.get(f"{control.url}/x/2/users/me", timeout=10)
    for answer in (ward.last, refused):
        names = {
            "x-rate-limit-limit",
            "x-rate-limit-remaining",
            "x-rate-limit-reset",
            "x-transaction-id",
            "api-version",
        }
        assert names <= set(answer.headers)
        assert answer.headers["set-cookie"].startswith("guest_id=")
        assert "retry-after" not in answer.headers


def test_unknown_path_is_404_in_the_shape_of_v2(control: Control) -> None:
    answer = requests.get(f"{control.url}/x/2/nothing", timeout=10)
    assert (answer.status_code, answer.json()["type"]) == (404, "about:blank")


def test_old_upload_is_gone(control: Control) -> None:
    answer = requests.post(f"{control.url}/x-upload/1.1/media/upload.json", timeout=10)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (410, 251)
