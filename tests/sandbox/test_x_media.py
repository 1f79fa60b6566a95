from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
import requests
import tweepy
from PIL import Image
from requests_oauthlib import OAuth1

from sandbox import pictures
from tests.sandbox.conftest import KEYS, Control, Ward


def send(ward: Ward, control: Control, method: str, path: str, **more: Any) -> requests.Response:
    auth = OAuth1(KEYS.X_CONSUMER_KEY, KEYS.X_CONSUMER_SECRET, ward.token["token"], ward.token["secret"])
    return requests.request(method, f"{control.url}/x/2/media{path}", auth=auth, timeout=10, **more)


def upload(ward: Ward, control: Control, content: bytes, mime: str = "image/png", category: str = "tweet_image") -> Any:
    return send(
        ward, control, "POST", "/upload", data={"media_category": category}, files={"media": ("a", content, mime)}
    )


def drawn(kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 5), (10, 20, 30)).save(out, kind, **more)
    return out.getvalue()


def test_picture_with_its_alt_text_reaches_the_post_unchanged(ward: Ward, control: Control, png: bytes) -> None:
    media = upload(ward, control, png).json()["data"]
    assert media["media_key"] == f"3_{media['id']}"
    alt = {"id": media["id"], "metadata": {"alt_text": {"text": "Two officers & a dog <3"}}}
    assert send(ward, control, "POST", "/metadata", json=alt).status_code == 200
    post_id = ward.post("With a picture.", media_ids=[media["id"]])
    (kept,) = control.posts(ward.id)[0]["pictures"]
    assert (kept["alt"], kept["sha256"]) == ("Two officers & a dog <3", hashlib.sha256(png).hexdigest())
    assert kept["has_metadata"] is False
    raw = requests.get(f"{control.url}/_sandbox/media/{media['id']}", timeout=10)
    assert (raw.content, raw.headers["content-type"]) == (png, "image/png")
    wanted = {"expansions": ["attachments.media_keys"], "media_fields": ["alt_text", "url"]}
    found = ward.client.get_tweets([post_id], tweet_fields=["attachments", "entities"], user_auth=True, **wanted)
    assert found.includes["media"][0].alt_text == "Two officers & a dog <3"
    assert found.data[0].text.startswith("With a picture. https://t.co/")


@pytest.mark.parametrize(
    ("kind", "more", "has_metadata"),
    [
        ("JPEG", {}, False),
        ("JPEG", {"exif": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00"}, True),
        ("JPEG", {"comment": b"taken at home"}, True),
        ("PNG", {}, False),
        ("PNG", {"exif": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00"}, True),
        ("WEBP", {}, False),
        ("WEBP", {"exif": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00"}, True),
        ("WEBP", {"lossless": True}, False),
    ],
)
def test_pictures_are_seen_for_what_they_are(kind: str, more: dict[str, Any], has_metadata: bool) -> None:
    seen = pictures.look(drawn(kind, **more))
    assert seen == pictures.Look(f"image/{kind.lower()}", 8, 5, has_metadata)


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"plain text", b"\x89PNG\r\n\x1a\n"]
)
def test_broken_bytes_are_no_picture(content: bytes) -> None:
    found = pictures.look(content)
    assert found is None or found.width == 0


def test_bytes_that_are_not_what_they_claim_are_refused(ward: Ward, control: Control) -> None:
    assert upload(ward, control, b"<svg/>").status_code == 400
    assert upload(ward, control, drawn("PNG"), category="tweet_gif").status_code == 400
    assert upload(ward, control, drawn("PNG"), category="banner").status_code == 400


def test_picture_over_5_megabytes_is_refused(ward: Ward, control: Control, png: bytes) -> None:
    assert upload(ward, control, png + bytes(5 * 1024 * 1024)).status_code == 400


def test_alt_text_has_at_most_1000_characters(ward: Ward, control: Control, png: bytes) -> None:
    media = upload(ward, control, png).json()["data"]["id"]
    long = {"id": media, "metadata": {"alt_text": {"text": "a" * 1001}}}
    assert send(ward, control, "POST", "/metadata", json=long).status_code == 400


def test_media_of_another_account_cannot_be_attached(make_ward: Any, control: Control, png: bytes) -> None:
    media = upload(make_ward(), control, png).json()["data"]["id"]
    with pytest.raises(tweepy.BadRequest, match="media IDs are invalid"):
        make_ward().post("Not mine.", media_ids=[media])


def test_media_expires_after_a_day(ward: Ward, control: Control, png: bytes) -> None:
    media = upload(ward, control, png).json()["data"]["id"]
    control.call("POST", "/clock", advance_s=86_401)
    with pytest.raises(tweepy.BadRequest):
        ward.post("Too late.", media_ids=[media])


def test_gif_in_pieces_is_processed_before_it_may_be_posted(ward: Ward, control: Control) -> None:
    gif = drawn("GIF")
    begin = {"media_type": "image/gif", "total_bytes": len(gif), "media_category": "tweet_gif"}
    media = send(ward, control, "POST", "/upload/initialize", json=begin).json()["data"]["id"]
    for number, piece in enumerate((gif[:20], gif[20:])):
        data, files = {"segment_index": number}, {"media": ("b", piece, "application/octet-stream")}
        assert send(ward, control, "POST", f"/upload/{media}/append", data=data, files=files).status_code == 200
    ended = send(ward, control, "POST", f"/upload/{media}/finalize").json()["data"]
    assert ended["processing_info"]["state"] == "pending"
    with pytest.raises(tweepy.BadRequest):
        ward.post("Not yet.", media_ids=[media])
    look = {"command": "STATUS", "media_id": media}
    states = [send(ward, control, "GET", "/upload", params=look).json()["data"]["processing_info"] for _ in range(2)]
    assert [state["state"] for state in states] == ["in_progress", "succeeded"]
    assert ward.post("Now.", media_ids=[media])


def test_processing_can_be_made_to_fail(ward: Ward, control: Control, png: bytes) -> None:
    control.fault({"kind": "media", "fail": True}, ward.id)
    media = upload(ward, control, png).json()["data"]
    assert media["processing_info"]["state"] == "failed"
    with pytest.raises(tweepy.BadRequest):
        ward.post("Broken.", media_ids=[media["id"]])
