"""Facebook Pages: strings the Graph API understands, proofs it demands, and answers that lie."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from platforms.base import Credentials, Outgoing, Picture, Staged
from platforms.errors import LoginExpired, Refused, Unreachable
from platforms.facebook import Facebook, PageGraph
from tests.platforms.wire import Answer, Wire

SINCE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PROOF = hmac.new(b"sbx_app_secret", b"sbx_page", hashlib.sha256).hexdigest()


def test_the_version_is_the_configured_one_not_the_librarys(wire: Wire, page: Facebook) -> None:
    wire.say(Answer(200, {"id": "615_1"}))
    page.publish(Outgoing("Hello"))
    assert wire.heard[0].path == "/fb/v25.0/615/feed"


def test_every_call_proves_the_apps_secret_beside_the_token(wire: Wire, page: Facebook) -> None:
    wire.say(Answer(200, {"id": "615_1"}), Answer(200, {"data": []}), Answer(200, {"success": True}))
    page.publish(Outgoing("Hello"))
    page.find(since=SINCE)
    page.remove("615_1")
    assert wire.heard[0].form["appsecret_proof"] == PROOF
    assert wire.heard[0].query == {}, "a write keeps the token out of the address"
    assert [heard.query["appsecret_proof"] for heard in wire.heard[1:]] == [PROOF, PROOF]


def test_staged_pictures_are_attached_as_json(wire: Wire, page: Facebook) -> None:
    wire.say(Answer(200, {"id": "615_1"}))
    published = page.publish(Outgoing("Hello", (Staged("7"), Staged("8"))))
    form = wire.heard[0].form
    assert json.loads(form["attached_media"]) == [{"media_fbid": "7"}, {"media_fbid": "8"}]
    assert form["message"] == "Hello"
    assert published.permalink == f"{wire.config.facebook_www}/615/posts/1"


def test_a_picture_is_staged_unseen_with_its_words(wire: Wire, page: Facebook) -> None:
    wire.say(Answer(200, {"id": "7"}), Answer(200, {"id": "8"}))
    page.stage(Picture(b"\x89PNG", "image/png", "A door", "door.png"))
    page.stage(Picture(b"\x89PNG", "image/png", "", "door.png"))
    assert b'name="published"\r\n\r\nfalse\r\n' in wire.heard[0].body
    assert b'name="alt_text_custom"\r\n\r\nA door\r\n' in wire.heard[0].body
    assert b"alt_text_custom" not in wire.heard[1].body


def test_pages_of_a_list_are_followed_without_repeating_secrets(wire: Wire, page: Facebook) -> None:
    following = "https://graph.facebook.com/v25.0/615/published_posts?access_token=stolen&limit=100&after=c1"
    post = {"id": "615_1", "message": "One", "created_time": "2026-11-20T10:00:00+0000"}
    wire.say(Answer(200, {"data": [post], "paging": {"next": following}}), Answer(200, {"data": []}))
    assert [found.text for found in page.find(since=SINCE)] == ["One"]
    assert wire.heard[1].query["after"] == "c1"
    assert wire.heard[1].query["access_token"] == "sbx_page"
    assert wire.heard[1].query["since"] == str(int(SINCE.timestamp()))


def test_a_list_that_goes_round_in_circles_is_incomplete(wire: Wire, page: Facebook) -> None:
    wire.say(*[Answer(200, {"data": [], "paging": {"next": "https://graph.facebook.com/x?after=c1"}})] * 3)
    with pytest.raises(Unreachable):
        page.find(since=SINCE)


def test_posts_before_the_moment_are_left_out(wire: Wire, page: Facebook) -> None:
    old = {"id": "615_1", "message": "Old", "created_time": "2026-11-20T08:59:59+0000"}
    wire.say(Answer(200, {"data": [old]}))
    assert page.find(since=SINCE) == ()


@pytest.mark.parametrize(
    ("attachments", "pictures"),
    [
        (None, 0),
        ({"data": [{"media_type": "photo"}]}, 1),
        ({"data": [{"media_type": "album", "subattachments": {"data": [{}, {}, {}]}}]}, 3),
        ({"data": [{"media_type": "link"}]}, 0),
    ],
)
def test_pictures_of_a_found_post_are_counted(
    wire: Wire, page: Facebook, attachments: dict[str, Any] | None, pictures: int
) -> None:
    post = {"id": "615_1", "created_time": "2026-11-20T10:00:00+0000", "attachments": attachments}
    wire.say(Answer(200, {"data": [post]}))
    (found,) = page.find(since=SINCE)
    assert (found.pictures, found.text) == (pictures, "")


def test_fifty_ids_go_into_one_call_and_one_bad_id_spoils_only_itself(wire: Wire, page: Facebook) -> None:
    node = {"reactions": {"summary": {"total_count": 4}}, "comments": {"summary": {"total_count": 1}}}
    missing = Answer(400, {"error": {"code": 100, "error_subcode": 33, "message": "no"}})
    ids = [f"615_{number}" for number in range(51)]
    wire.say(Answer(200, {post_id: node for post_id in ids[:50]}), missing, missing)
    counts = page.metrics(ids)
    assert len(wire.heard[0].query["ids"].split(",")) == 50
    assert counts[ids[50]] is None
    first = counts[ids[0]]
    assert first is not None
    assert (first.reactions, first.replies, first.shares, first.impressions) == (4, 1, 0, None)


def test_counts_without_a_summary_are_unknown(wire: Wire, page: Facebook) -> None:
    wire.say(Answer(200, {"615_1": {"id": "615_1"}}))
    counts = page.metrics(["615_1"])["615_1"]
    assert counts is not None
    assert (counts.reactions, counts.replies) == (None, None)


def test_a_missing_post_is_believed_gone_only_while_the_login_lives(wire: Wire, page: Facebook) -> None:
    wire.say(
        Answer(400, {"error": {"code": 100, "error_subcode": 33, "message": "no"}}),
        Answer(401, {"error": {"code": 190, "message": "dead"}}),
    )
    with pytest.raises(LoginExpired):
        page.remove("615_1")


@pytest.mark.parametrize("body", [{"success": False}, {}, [], True])
def test_facebook_not_deleting_is_said(wire: Wire, page: Facebook, body: Any) -> None:
    wire.say(Answer(200, body))
    with pytest.raises(Refused):
        page.remove("615_1")


def verified(wire: Wire, about: dict[str, Any]) -> Facebook:
    wire.say(Answer(200, {"id": "615", "name": "North Ward"}), Answer(200, {"data": about}))
    return Facebook(wire.config, Credentials("page", "sbx_page"))


def test_verify_says_what_keeps_a_login_from_posting(wire: Wire) -> None:
    identity = verified(wire, {"is_valid": True, "type": "USER", "scopes": ["pages_read_engagement"]}).verify()
    assert (identity.external_id, identity.name) == ("615", "North Ward")
    assert "person's login" in identity.problems[0]
    assert "pages_manage_posts" in identity.problems[1]
    assert wire.heard[1].query["access_token"] == "sbx_app|sbx_app_secret"


def test_verify_of_a_dead_login_asks_to_connect_again(wire: Wire) -> None:
    with pytest.raises(LoginExpired):
        verified(wire, {"is_valid": False, "type": "PAGE", "scopes": []}).verify()


def test_the_page_is_looked_up_when_it_is_not_known(wire: Wire) -> None:
    page = verified(wire, {"is_valid": True, "type": "PAGE", "scopes": ["pages_manage_posts", "pages_read_engagement"]})
    wire.say(Answer(200, {"id": "615_1"}))
    page.publish(Outgoing("Hello"))
    assert wire.heard[2].path == "/fb/v25.0/615/feed"


def test_arguments_of_the_caller_are_not_changed(wire: Wire) -> None:
    wire.say(Answer(200, {"id": "1"}))
    args = {"fields": "id"}
    PageGraph(wire.config, "sbx_page").request("v25.0/me", args)
    assert args == {"fields": "id"}
