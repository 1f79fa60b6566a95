"""Whatever a client sends, it gets an answer of the network, and two at once never break a rule."""

from __future__ import annotations

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests_oauthlib import OAuth1

from tests.sandbox.conftest import KEYS, Control, Page, Ward

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda deeper: st.lists(deeper, max_size=3),
    max_leaves=5,
)
BODIES = st.dictionaries(st.sampled_from(["text", "media", "poll", "reply", "geo", "other"]), JSON, max_size=3)
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(body=BODIES)
def test_any_json_gets_an_answer_from_x(ward: Ward, control: Control, body: dict[str, Any]) -> None:
    auth = OAuth1(KEYS.X_CONSUMER_KEY, KEYS.X_CONSUMER_SECRET, ward.token["token"], ward.token["secret"])
    control.config(x_limits={"post_create": 10_000})
    answer = requests.post(f"{control.url}/x/2/tweets", json=body, auth=auth, timeout=10)
    assert answer.status_code in {201, 400, 403}
    assert answer.json()


@FEW
@given(
    field=st.sampled_from(
        ["message", "published", "attached_media", "scheduled_publish_time", "link", "attached_media[0]"]
    ),
    value=st.text(max_size=30),
)
def test_any_field_gets_an_answer_from_the_graph(page: Page, field: str, value: str) -> None:
    answer = page.call("POST", f"{page.id}/feed", **{"message": "Rough.", field: value})
    assert "id" in answer or answer["error"]["code"] in {100, 506}


@FEW
@given(name=st.sampled_from(["fields", "since", "until", "limit", "after"]), value=st.text(max_size=30))
def test_any_query_gets_an_answer_from_the_graph(page: Page, name: str, value: str) -> None:
    answer = page.call("GET", f"{page.id}/feed", **{name: value})
    assert "data" in answer or answer["error"]["code"] == 100


@pytest.mark.parametrize("start", ["yesterday", "2026-13-45T00:00:00Z", "9" * 30])
def test_wrong_moment_is_a_400_on_x(ward: Ward, control: Control, start: str) -> None:
    url = f"{control.url}/x/2/users/{ward.id}/tweets"
    headers = {"authorization": f"Bearer {KEYS.X_BEARER_TOKEN}"}
    assert requests.get(url, params={"start_time": start}, headers=headers, timeout=10).status_code == 400


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clock", {"advance_s": "soon"}),
        ("/accounts", {"network": "x"}),
        ("/accounts", {"network": "myspace", "handle": "a"}),
        ("/tokens", {"account": "nobody"}),
        ("/config", {"no_such_switch": 1}),
        ("/faults", {"action": "status"}),
        ("/engage", {"post": "1"}),
        ("/posts", {"account": "SandboxNorth", "text": "a", "pictures": [{"content": "%"}]}),
    ],
)
def test_wrong_control_call_is_told_what_is_wrong(control: Control, path: str, body: dict[str, Any]) -> None:
    answer = requests.post(f"{control.url}/_sandbox{path}", json=body, timeout=10)
    assert answer.status_code in {400, 404}
    assert answer.json()["error"]


def test_same_text_from_eight_sides_at_once_is_posted_once(ward: Ward, control: Control) -> None:
    def send(number: int) -> int:
        auth = OAuth1(KEYS.X_CONSUMER_KEY, KEYS.X_CONSUMER_SECRET, ward.token["token"], ward.token["secret"])
        body = {"text": "All at once."}
        return requests.post(f"{control.url}/x/2/tweets", json=body, auth=auth, timeout=10).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(send, range(8)))
    assert statuses == [201] + [403] * 7
    (kept,) = control.posts(ward.id)
    assert kept["request_count"] == 8


def test_post_from_before_has_its_moment_its_picture_and_its_numbers(ward: Ward, control: Control, png: bytes) -> None:
    picture = {"content": base64.b64encode(png).decode(), "alt": "A square"}
    at = int(time.time()) - 20 * 86_400
    made = control.call("POST", "/posts", account=ward.handle, text="Long ago.", created_at=str(at), pictures=[picture])
    found = ward.client.get_tweets([made["id"]], tweet_fields=["created_at", "public_metrics"], user_auth=True).data[0]
    assert int(found.created_at.timestamp()) == at
    assert found.public_metrics["impression_count"] > 0
    assert made["pictures"][0]["alt"] == "A square"
