"""X: what goes over the wire, and how a timeline's text is brought back to what was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.base import Credentials, Outgoing, Picture, Staged
from platforms.errors import LoginExpired, Refused
from platforms.x import X, sent_text
from tests.platforms.wire import Answer, Wire

MADE = Answer(201, {"data": {"id": "77", "text": "x"}})
PNG = Picture(b"\x89PNG picture", "image/png", "A door", "door.png")


def test_a_post_is_exactly_the_text_and_the_pictures(wire: Wire, x: X) -> None:
    wire.say(MADE)
    published = x.publish(Outgoing("  Hello & <welcome>  ", (Staged("5"), Staged("4"))))
    assert wire.heard[0].json == {"text": "  Hello & <welcome>  ", "media": {"media_ids": ["5", "4"]}}
    assert published.permalink == f"{wire.config.x_www}/NorthWard/status/77"


def test_an_oauth1_login_signs_the_address_that_is_called(wire: Wire, x: X) -> None:
    wire.say(MADE, Answer(200, {"data": {"id": "5"}}), Answer(200, {}))
    x.publish(Outgoing("Hello"))
    x.stage(PNG)
    for heard in wire.heard:
        assert heard.headers["authorization"].startswith("OAuth ")
        assert 'oauth_token="42-sbx_token"' in heard.headers["authorization"]


def test_an_oauth2_login_carries_its_token(wire: Wire) -> None:
    wire.say(MADE, Answer(200, {"data": {"id": "5"}}), Answer(200, {}))
    x = X(wire.config, Credentials("oauth2", "sbx_access"))
    published = x.publish(Outgoing("Hello"))
    x.stage(PNG)
    assert {heard.headers["authorization"] for heard in wire.heard} == {"Bearer sbx_access"}
    assert published.permalink.endswith("/i/web/status/77")


def test_a_picture_without_words_needs_one_call_only(wire: Wire, x: X) -> None:
    wire.say(Answer(200, {"data": {"id": "5", "expires_after_secs": 86400}}, {"date": "Fri, 20 Nov 2026 09:00:00 GMT"}))
    staged = x.stage(Picture(b"\x89PNG", "image/png", "", "door.png"))
    assert staged == Staged("5", datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
    assert [heard.path for heard in wire.heard] == ["/x/2/media/upload"]
    assert b"tweet_image" in wire.heard[0].body


def test_a_picture_x_cannot_read_is_refused(wire: Wire, x: X) -> None:
    wire.say(Answer(200, {"data": {"id": "5", "processing_info": {"state": "failed"}}}))
    with pytest.raises(Refused):
        x.stage(PNG)


def test_counts_of_many_channels_come_in_one_call_with_the_apps_key(wire: Wire) -> None:
    wire.say(Answer(200, {"data": [count("1", 840), count("2", 0)]}))
    counts = X.for_app(wire.config).metrics(["1", "2", "3"])
    assert wire.heard[0].headers["authorization"] == "Bearer sbx_app_bearer"
    assert wire.heard[0].query == {"ids": "1,2,3", "tweet.fields": "public_metrics"}
    assert counts["1"] is not None
    assert (counts["1"].impressions, counts["1"].reactions, counts["1"].shares) == (840, 5, 3)
    assert counts["2"] is not None
    assert counts["2"].impressions == 0
    assert "3" not in counts, "X said nothing about it, so it is unknown, not gone"


def count(post_id: str, seen: int) -> dict[str, Any]:
    numbers = {"like_count": 5, "reply_count": 1, "retweet_count": 2, "quote_count": 1, "impression_count": seen}
    return {"id": post_id, "text": "x", "public_metrics": numbers}


def test_a_hundred_ids_go_into_one_call(wire: Wire, x: X) -> None:
    wire.say(Answer(200, {"data": []}), Answer(200, {"data": []}))
    x.metrics([str(number) for number in range(150)])
    assert [len(heard.query["ids"].split(",")) for heard in wire.heard] == [100, 50]


def test_counts_that_x_leaves_out_are_unknown(wire: Wire, x: X) -> None:
    wire.say(Answer(200, {"data": [{"id": "1", "text": "x", "public_metrics": {"like_count": 0}}]}))
    counts = x.metrics(["1"])["1"]
    assert counts is not None
    assert (counts.reactions, counts.replies, counts.shares, counts.impressions) == (0, None, None, None)


def test_the_timeline_is_asked_for_from_the_moment_on(wire: Wire, x: X) -> None:
    wire.say(Answer(200, {"meta": {"result_count": 0}}))
    assert x.find(since=datetime(2026, 11, 20, 9, 0, 5, tzinfo=UTC)) == ()
    assert wire.heard[0].path == "/x/2/users/42/tweets"
    assert wire.heard[0].query["start_time"] == "2026-11-20T09:00:05Z"


@pytest.mark.parametrize(
    ("headers", "person", "words"),
    [
        ({"x-access-level": "read"}, {}, "only read"),
        ({}, {"protected": True}, "protected"),
    ],
)
def test_verify_says_what_keeps_a_login_from_posting(
    wire: Wire, x: X, headers: dict[str, str], person: dict[str, Any], words: str
) -> None:
    wire.say(Answer(200, {"data": {"id": "42", "name": "North", "username": "NorthWard", **person}}, headers))
    identity = x.verify()
    assert not identity.may_publish
    assert words in identity.problems[0]


def test_verify_names_missing_permissions_of_an_oauth2_login(wire: Wire) -> None:
    wire.say(Answer(200, {"data": {"id": "42", "name": "North", "username": "NorthWard"}}))
    identity = X(wire.config, Credentials("oauth2", "sbx_a", scopes=("tweet.read", "users.read"))).verify()
    assert [problem.split()[2] for problem in identity.problems] == ["tweet.write", "media.write", "offline.access"]


def test_a_login_without_token_is_not_tried(wire: Wire) -> None:
    with pytest.raises((Refused, LoginExpired)):
        X(wire.config, Credentials("oauth2", "")).verify()
    assert wire.heard == []


def test_an_answer_without_a_body_means_it_is_deleted(wire: Wire, x: X) -> None:
    wire.say(Answer(204, ""))
    x.remove("77")


def test_x_not_deleting_is_said(wire: Wire, x: X) -> None:
    wire.say(Answer(200, {"data": {"deleted": False}}))
    with pytest.raises(Refused):
        x.remove("77")


def link(short: str, target: str, **more: str) -> dict[str, str]:
    return {"url": f"https://t.co/{short}", "expanded_url": target, **more}


@pytest.mark.parametrize(
    ("text", "urls", "sent"),
    [
        ("Fish &amp; chips &lt;3", [], "Fish & chips <3"),
        ("&amp;lt; stays", [], "&lt; stays"),
        ("&amp;copy; stays", [], "&copy; stays"),
        ("See https://t.co/a1", [link("a1", "https://example.com/?a=1&b=2")], "See https://example.com/?a=1&b=2"),
        ("New https://t.co/p1", [link("p1", "https://x.com/N/status/1/photo/1")], "New"),
        ("New https://t.co/p1", [link("p1", "https://pic.example/1", media_key="3_1")], "New"),
        ("https://t.co/p1", [link("p1", "https://x.com/N/status/1/photo/1")], ""),
        ("https://t.co/zz", [], "https://t.co/zz"),
        (
            "Look: https://t.co/q1",
            [link("q1", "https://x.com/Else/status/9/photo/1")],
            "Look: https://x.com/Else/status/9/photo/1",
        ),
    ],
)
def test_a_timelines_text_is_brought_back(text: str, urls: list[dict[str, str]], sent: str) -> None:
    assert sent_text({"id": "1", "text": text, "entities": {"urls": urls}}) == sent


@given(st.text().filter(lambda text: "t.co" not in text))
def test_escaping_is_undone_exactly(text: str) -> None:
    stored = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert sent_text({"text": stored}) == text.rstrip()
