"""Webhooks of Pages, as a small real HTTP receiver sees them: told, signed, and gone wrong in each of five ways."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from tests.sandbox.conftest import KEYS, Control, Page

WORD = "sbx_our_word"


@dataclass
class Heard:
    body: bytes
    signature: str

    @property
    def change(self) -> dict[str, Any]:
        told = json.loads(self.body)
        assert told["object"] == "page"
        ((change,),) = [entry["changes"] for entry in told["entry"]]
        assert change["field"] == "feed"
        return dict(change["value"])

    @property
    def post(self) -> str:
        return str(self.change["post_id"])

    @property
    def is_signed(self) -> bool:
        made = hmac.new(KEYS.FACEBOOK_APP_SECRET.encode(), self.body, hashlib.sha256).hexdigest()
        return self.signature == f"sha256={made}"


@dataclass
class Receiver:
    """Answers the challenge when the word is right, and keeps what it hears. statuses: for each POST in turn."""

    heard: list[Heard] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    slow_s: float = 0
    url: str = ""

    def wait_for(self, number: int) -> list[Heard]:
        deadline = time.monotonic() + 20
        while len(self.heard) < number and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(self.heard) == number
        return self.heard


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()

    class Exchange(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing."""

        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            fits = asked["hub.mode"] == "subscribe" and asked["hub.verify_token"] == WORD
            self.answer(200 if fits else 403, asked["hub.challenge"].encode() if fits else b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            time.sleep(made.slow_s)
            made.heard.append(Heard(body, self.headers["x-hub-signature-256"]))
            self.answer(made.statuses.pop(0) if made.statuses else 200, b"")

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Exchange)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_address[1]}/heard"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def listening(receiver: Receiver, control: Control, page: Page) -> Iterator[Receiver]:
    control.call("POST", "/webhooks", network="facebook", url=receiver.url, verify_token=WORD)
    assert page.call("POST", f"{page.id}/subscribed_apps", subscribed_fields="feed") == {"success": True}
    yield receiver
    control.call("DELETE", "/webhooks")


def flush(control: Control) -> int:
    return int(control.call("POST", "/webhooks/flush")["delivered"])


def outcomes(control: Control) -> list[str]:
    return [letter["outcome"] for letter in control.call("GET", "/webhooks")["deliveries"]]


# ---- who is told --------------------------------------------------------------------------------


def test_an_address_that_does_not_echo_the_challenge_is_refused(receiver: Receiver, control: Control) -> None:
    facts = {"network": "facebook", "url": receiver.url, "verify_token": "sbx_wrong"}
    answer = requests.post(f"{control.url}/_sandbox/webhooks", json=facts, timeout=10)
    assert (answer.status_code, "challenge" in answer.text) == (400, True)
    assert control.call("GET", "/webhooks")["webhooks"] == []


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.1/", "https://127.0.0.1/", "http://127.0.0.1:abc/", "http://[", "ftp://localhost/", "", 7],
)
def test_only_addresses_of_this_machine_are_told(control: Control, url: Any) -> None:
    facts = {"network": "facebook", "url": url, "verify_token": WORD}
    assert requests.post(f"{control.url}/_sandbox/webhooks", json=facts, timeout=10).status_code == 400


def test_a_page_is_subscribed_and_unsubscribed_as_on_graph(page: Page, make_page: Any) -> None:
    where = f"{page.id}/subscribed_apps"
    assert page.call("GET", where) == {"data": []}
    assert page.problem("POST", where)["code"] == 100
    assert page.problem("POST", where, subscribed_fields="feed,weather")["code"] == 100
    assert make_page().problem("POST", where, subscribed_fields="feed")["code"] == 200
    assert page.call("POST", where, subscribed_fields="feed,mention") == {"success": True}
    (app,) = page.call("GET", where)["data"]
    assert (app["id"], app["subscribed_fields"]) == (KEYS.FACEBOOK_APP_ID, ["feed", "mention"])
    assert page.call("DELETE", where) == {"success": True}
    assert page.call("GET", where) == {"data": []}


def test_a_page_that_is_not_subscribed_is_not_told_of(
    listening: Receiver, control: Control, page: Page, make_page: Any
) -> None:
    make_page().post("Not ours to hear.")
    page.call("DELETE", f"{page.id}/subscribed_apps")
    page.post("Nor this.")
    assert (flush(control), listening.heard) == (0, [])


# ---- what is told -------------------------------------------------------------------------------


def test_a_post_and_its_removal_are_told_signed_over_the_escaped_body(listening: Receiver, page: Page) -> None:
    post = page.post("Crème brûlée at 6/7 pm 🍮")
    page.call("DELETE", post)
    added, removed = listening.wait_for(2)
    assert (added.post, added.change["verb"], added.change["item"]) == (post, "add", "status")
    assert (added.change["message"], added.change["from"]["id"]) == ("Crème brûlée at 6/7 pm 🍮", page.id)
    assert added.body.isascii() and b"6\\/7" in added.body
    assert (removed.post, removed.change["verb"], removed.change["item"]) == (post, "remove", "post")
    assert added.is_signed and removed.is_signed


def test_a_photo_is_told_as_one(listening: Receiver, page: Page, png: bytes) -> None:
    made = page.call("POST", f"{page.id}/photos", files={"source": ("a.png", png)}, message="Look.")
    (told,) = listening.wait_for(1)
    assert (told.post, told.change["item"], told.change["photo_id"]) == (made["post_id"], "photo", made["id"])


def test_a_scheduled_post_is_told_in_its_minute_and_a_withdrawn_one_never(
    listening: Receiver, control: Control, page: Page
) -> None:
    at = int(time.time()) + 1200
    kept = page.post("Later.", published="false", scheduled_publish_time=str(at))
    gone = page.post("Never.", published="false", scheduled_publish_time=str(at))
    page.call("DELETE", gone)
    assert (flush(control), listening.heard) == (0, [])
    control.call("POST", "/clock", advance_s=1201)
    (told,) = listening.wait_for(1)
    assert told.post == kept
    assert (flush(control), outcomes(control)) == (0, ["delivered", "no news"])


def test_a_draft_is_told_when_it_is_published(listening: Receiver, control: Control, page: Page) -> None:
    post = page.post("Ready?", published="false")
    assert flush(control) == 0
    page.call("POST", post, is_published="true")
    assert [told.post for told in listening.wait_for(1)] == [post]


def test_what_is_posted_and_removed_by_hand_is_told_and_history_is_not(
    listening: Receiver, control: Control, page: Page
) -> None:
    control.call("POST", "/posts", account=page.id, text="From before.", created_at="2026-01-02T10:00:00Z")
    made = control.call("POST", "/posts", account=page.id, text="By hand.")
    control.call("DELETE", f"/posts/{made['id']}")
    assert [(told.post, told.change["verb"]) for told in listening.wait_for(2)] == [
        (made["id"], "add"),
        (made["id"], "remove"),
    ]


def test_whoever_posts_never_waits_for_whoever_listens(listening: Receiver, page: Page) -> None:
    listening.slow_s = 3
    begun = time.monotonic()
    page.post("Quick.")
    assert time.monotonic() - begun < 2.5
    listening.wait_for(1)


def test_what_is_not_taken_is_tried_again(listening: Receiver, control: Control, page: Page) -> None:
    listening.statuses = [500]
    page.post("Twice.")
    first, second = listening.wait_for(2)
    assert first.post == second.post
    assert flush(control) == 0


def test_after_three_more_tries_it_is_given_up(listening: Receiver, control: Control, page: Page) -> None:
    listening.statuses = [500] * 9
    page.post("Nobody takes it.")
    while outcomes(control) == [""]:
        flush(control)
    assert (len(listening.heard), outcomes(control)) == (4, ["given up"])


# ---- the five faults ----------------------------------------------------------------------------


def fault(control: Control, page: Page, **action: Any) -> int:
    return control.fault({"kind": "webhook", **action}, page.handle, platform="facebook")


def test_a_dropped_delivery_never_comes(listening: Receiver, control: Control, page: Page) -> None:
    number = fault(control, page, drop=True)
    page.post("Lost.")
    kept = page.post("Kept.")
    assert [told.post for told in listening.wait_for(1)] == [kept]
    flush(control)
    letters = control.call("GET", "/webhooks")["deliveries"]
    assert [(letter["outcome"], letter["fault"]) for letter in letters] == [("dropped", number), ("delivered", None)]
    assert len(listening.heard) == 1


def test_a_doubled_delivery_comes_twice_in_the_same_bytes(listening: Receiver, control: Control, page: Page) -> None:
    fault(control, page, duplicate=True)
    page.post("Again.")
    first, second = listening.wait_for(2)
    assert (first.body, first.signature) == (second.body, second.signature)


def test_a_reordered_delivery_comes_after_the_next(listening: Receiver, control: Control, page: Page) -> None:
    fault(control, page, reorder=True)
    first, second = page.post("One."), page.post("Two.")
    assert [told.post for told in listening.wait_for(2)] == [second, first]


def test_a_flush_brings_what_was_held_back_last(listening: Receiver, control: Control, page: Page) -> None:
    fault(control, page, reorder=True)
    post = page.post("One.")
    assert (flush(control), [told.post for told in listening.heard]) == (1, [post])


def test_a_delayed_delivery_comes_when_its_time_has_passed(listening: Receiver, control: Control, page: Page) -> None:
    fault(control, page, delay_s=600)
    late, soon = page.post("Slow."), page.post("Quick.")
    assert [told.post for told in listening.wait_for(1)] == [soon]
    control.call("POST", "/clock", advance_s=601)
    assert [told.post for told in listening.wait_for(2)] == [soon, late]


def test_a_bad_signature_is_bad_and_the_next_one_good(listening: Receiver, control: Control, page: Page) -> None:
    fault(control, page, bad_signature=True)
    page.post("Forged.")
    listening.wait_for(1)
    page.post("True.")
    assert [told.is_signed for told in listening.wait_for(2)] == [False, True]


def test_the_fault_of_a_webhook_leaves_requests_and_other_pages_alone(
    listening: Receiver, control: Control, page: Page, make_page: Any
) -> None:
    other = make_page()
    other.call("POST", f"{other.id}/subscribed_apps", subscribed_fields="feed")
    control.fault({"kind": "webhook", "drop": True}, page.id, platform="facebook", times=0)
    control.fault({"kind": "error_but_done"}, other.id, platform="facebook", match={"method": "POST"})
    page.post("Dropped.")
    assert "error" in other.call("POST", f"{other.id}/feed", message="Done, and said to have failed.")
    flush(control)
    (told,) = listening.wait_for(1)
    assert told.change["from"]["id"] == other.id


def test_a_probability_drops_some_of_them(listening: Receiver, control: Control, page: Page) -> None:
    rule = {"platform": "facebook", "times": 0, "probability": 0.5, "seed": 3}
    control.fault({"kind": "webhook", "drop": True}, page.id, **rule)
    for number in range(12):
        page.post(f"Number {number}.")
    flush(control)
    assert 0 < outcomes(control).count("dropped") < 12


@pytest.mark.parametrize(
    "action",
    [
        {"kind": "webhook"},
        {"kind": "webhook", "duplicate": "often"},
        {"kind": "mix", "of": [{"kind": "webhook", "drop": True}, {"kind": "slow"}]},
    ],
)
def test_a_fault_that_means_nothing_is_refused(control: Control, action: dict[str, Any]) -> None:
    assert requests.post(f"{control.url}/_sandbox/faults", json={"action": action}, timeout=10).status_code == 400
