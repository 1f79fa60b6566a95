"""What every network must do, on recorded replies and on the sandbox. A new network passes this and is done."""

from __future__ import annotations

import base64
import io
import itertools
import json
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from platforms import registry
from platforms.base import Credentials, Network, Outgoing, Picture
from platforms.errors import Doubtful, LoginExpired, Refused
from platforms.text import canonical
from sandbox.launch import Running
from tests.platforms.control import ask, fetch, tell
from tests.platforms.wire import Answer, Wire, sandbox_config

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
REPLIES = Path(__file__).parent / "replies"
TEXT = "Drop-in at the <library> & café, 6pm 🐦‍🔥\n\nSee met.police.uk/ward or https://example.com/a?b=1&c=2"
RECORDED_ID = {"x": "1750000000000000001", "facebook": "615000000000001"}
numbers = itertools.count(1)


@dataclass
class Voice:
    """A channel, and what the test can see and do from the other side."""

    name: str
    network: Network
    stranger: Network
    external_id: str
    handle: str
    alts: Callable[[], list[str]]
    pictures: Callable[[], list[bytes]]
    write_before: Callable[[list[str]], None]
    answer_error_but_do_it: Callable[[], None]

    @property
    def gone_id(self) -> str:
        return "1" if self.name == "x" else f"{self.external_id}_1"


@pytest.fixture(params=["x-recorded", "facebook-recorded", "x-sandbox", "facebook-sandbox"])
def voice(request: pytest.FixtureRequest) -> Iterator[Voice]:
    name, _, backend = request.param.partition("-")
    if backend == "sandbox":
        yield in_sandbox(name, request.getfixturevalue("running"))
        return
    wire: Wire = request.getfixturevalue("wire")
    recording = json.loads((REPLIES / f"{name}.json").read_text(encoding="utf-8"))[request.function.__name__]
    wire.say(*(Answer(reply["status"], reply["body"], reply["headers"]) for reply in recording))
    yield recorded(name, wire)
    assert [f"{heard.method} {heard.path}" for heard in wire.heard] == [reply["request"] for reply in recording]


def recorded(name: str, wire: Wire) -> Voice:
    login = Credentials("oauth1", f"{RECORDED_ID['x']}-sbx_t", "sbx_s") if name == "x" else Credentials("page", "sbx_p")
    network = registry.open_network(
        wire.config, name, login, handle="NorthWard", external_id="" if name == "x" else RECORDED_ID[name]
    )
    return Voice(
        name,
        network,
        network,
        RECORDED_ID[name],
        "NorthWard",
        lambda: [words for heard in wire.heard if (words := alt_in(heard.headers.get("content-type", ""), heard.body))],
        lambda: [picture_in(heard.body) for heard in wire.heard if b"\xff\xd8" in heard.body],
        lambda texts: None,
        lambda: None,
    )


def alt_in(kind: str, body: bytes) -> str:
    if b"alt_text_custom" in body:
        return body.partition(b'"alt_text_custom"\r\n\r\n')[2].partition(b"\r\n")[0].decode()
    return str(json.loads(body)["metadata"]["alt_text"]["text"]) if b"alt_text" in body and "json" in kind else ""


def picture_in(body: bytes) -> bytes:
    return b"\xff\xd8" + body.partition(b"\xff\xd8")[2].partition(b"\r\n--")[0]


BIO = "Not for reporting crime: call 101, or 999 in an emergency. House rules: https://www.met.police.uk/rules"


def in_sandbox(name: str, running: Running) -> Voice:
    handle = f"Ward{next(numbers)}{name[0]}"
    shown = {"about": f"North Ward Police. {BIO}", "link": "https://www.met.police.uk/north", "picture": True}
    tell(running, "accounts", {"network": name, "handle": handle, "name": "Ward", **shown})
    minted = tell(running, "tokens", {"network": name, "account": handle, "kind": "oauth1"})
    account = minted["account"]
    config = sandbox_config(running.url)
    login = Credentials(minted["kind"], minted["token"], minted.get("secret", ""))
    dead = Credentials(minted["kind"], f"{account}-sbx_dead" if name == "x" else "sbx_dead", "sbx_dead")
    path = "/2/tweets" if name == "x" else "/feed"

    def held() -> list[dict[str, Any]]:
        posts: list[dict[str, Any]] = ask(running, f"posts?network={name}&account={account}")["posts"]
        return [picture for post in posts for picture in post["pictures"]]

    def write_before(texts: list[str]) -> None:
        for minute, text in enumerate(texts, 1):
            moment = (SINCE + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%SZ")
            tell(running, "posts", {"network": name, "account": account, "text": text, "created_at": moment})

    return Voice(
        name,
        registry.open_network(config, name, login, handle=handle, external_id=account),
        registry.open_network(config, name, dead, handle=handle, external_id=account),
        account,
        handle,
        lambda: [picture["alt"] for picture in held()],
        lambda: [fetch(running, f"media/{picture['id']}") for picture in held()],
        write_before,
        lambda: tell(
            running,
            "faults",
            {
                "platform": name,
                "match": {"method": "POST", "path_regex": f"{path}$"},
                "action": {"kind": "error_but_done", "status": 500, "code": 2},
                "times": 1,
            },
        ),
    )


def make_picture(colour: str, alt: str) -> Picture:
    drawn = io.BytesIO()
    Image.new("RGB", (24, 16), colour).save(drawn, "JPEG")
    return Picture(drawn.getvalue(), "image/jpeg", alt, f"{colour}.jpg")


def test_verify_says_whom_the_login_speaks_for(voice: Voice) -> None:
    identity = voice.network.verify()
    assert (identity.external_id, identity.handle) == (voice.external_id, voice.handle)
    assert identity.may_publish, identity.problems


def test_the_profile_reads_as_the_public_sees_it(voice: Voice) -> None:
    profile = voice.network.profile()
    assert (profile.external_id, profile.handle) == (voice.external_id, voice.handle)
    assert profile.bio == f"North Ward Police. {BIO}"
    assert profile.links == ("https://www.met.police.uk/north", "https://www.met.police.uk/rules")
    assert profile.has_picture


def test_a_post_is_found_as_it_was_sent(voice: Voice) -> None:
    published = voice.network.publish(Outgoing(TEXT))
    number = published.remote_id.rpartition("_")[2]
    assert number in published.permalink
    (found,) = voice.network.find(since=SINCE)
    assert found.remote_id == published.remote_id
    assert canonical(found.text) == canonical(TEXT)
    assert found.pictures == 0
    assert found.created_at > SINCE
    assert number in found.permalink


def test_pictures_arrive_in_order_with_their_words(voice: Voice) -> None:
    pictures = [make_picture("red", "A red door, “open”"), make_picture("blue", "Ein blaues Tor – zu")]
    staged = tuple(voice.network.stage(picture) for picture in pictures)
    voice.network.publish(Outgoing("Our new notice", staged))
    (found,) = voice.network.find(since=SINCE)
    assert (found.text, found.pictures) == ("Our new notice", 2)
    assert voice.alts() == [picture.alt for picture in pictures]
    assert [base64.b64encode(held) for held in voice.pictures()] == [base64.b64encode(sent.data) for sent in pictures]


def test_a_post_is_read_back_with_the_words_for_its_pictures(voice: Voice) -> None:
    pictures = [make_picture("red", "A red door, “open”"), make_picture("blue", "Ein blaues Tor – zu")]
    staged = tuple(voice.network.stage(picture) for picture in pictures)
    published = voice.network.publish(Outgoing("Our new notice", staged))
    shown = voice.network.look(published.remote_id)
    assert shown is not None
    assert (shown.remote_id, shown.text) == (published.remote_id, "Our new notice")
    assert shown.alts == tuple(picture.alt for picture in pictures)


def test_a_post_that_is_not_there_reads_as_nothing(voice: Voice) -> None:
    assert voice.network.look(voice.gone_id) is None


def test_counts_tell_a_living_post_from_a_gone_one(voice: Voice) -> None:
    published = voice.network.publish(Outgoing("Counted"))
    counts = voice.network.metrics([published.remote_id, voice.gone_id])
    living = counts[published.remote_id]
    assert living is not None
    assert all(isinstance(number, int) for number in (living.reactions, living.replies, living.shares))
    assert living.clicks is None, "not public, so unknown"
    assert counts[voice.gone_id] is None


def test_a_removed_post_is_gone_and_may_be_removed_again(voice: Voice) -> None:
    published = voice.network.publish(Outgoing("Taken down"))
    voice.network.remove(published.remote_id)
    assert voice.network.find(since=SINCE) == ()
    voice.network.remove(published.remote_id)


def test_every_page_of_the_timeline_is_read(voice: Voice) -> None:
    texts = ["One", "Two", "Three"]
    if voice.stranger is not voice.network:
        texts += [f"Notice number {number}" for number in range(120)]
    voice.write_before(texts)
    found = voice.network.find(since=SINCE)
    assert [post.text for post in found] == texts[::-1]


def test_saying_the_same_twice_is_refused_as_a_duplicate(voice: Voice) -> None:
    voice.network.publish(Outgoing("Once"))
    with pytest.raises(Refused) as caught:
        voice.network.publish(Outgoing("Once"))
    assert caught.value.duplicate


def test_a_dead_login_must_be_connected_again(voice: Voice) -> None:
    with pytest.raises(LoginExpired):
        voice.stranger.verify()


def test_a_doubtful_post_can_be_found_again(voice: Voice) -> None:
    voice.answer_error_but_do_it()
    with pytest.raises(Doubtful):
        voice.network.publish(Outgoing("Was it posted?"))
    assert [post.text for post in voice.network.find(since=SINCE)] == ["Was it posted?"]


def test_a_text_too_long_is_refused(voice: Voice) -> None:
    with pytest.raises(Refused) as caught:
        voice.network.publish(Outgoing("far " * 20_000))
    assert not caught.value.duplicate


@pytest.mark.parametrize("name", ["x", "facebook"])
def test_the_permalink_shows_the_post_to_the_public(running: Running, name: str) -> None:
    voice = in_sandbox(name, running)
    published = voice.network.publish(Outgoing("Anybody may read this"))
    (found,) = voice.network.find(since=SINCE)
    for link in {published.permalink, found.permalink}:
        with urllib.request.urlopen(link) as answer:
            assert b"Anybody may read this" in answer.read()


@pytest.mark.parametrize("name", ["x", "facebook"])
@pytest.mark.parametrize("fault", ["reset_before", "reset_after", "error_but_done"])
def test_what_is_doubtful_is_settled_by_looking(running: Running, name: str, fault: str) -> None:
    voice = in_sandbox(name, running)
    rule = {"platform": name, "match": {"method": "POST", "path_regex": "/(tweets|feed)$"}, "times": 1}
    tell(running, "faults", rule | {"action": {"kind": fault, "status": 500, "code": 2}})
    with pytest.raises(Doubtful):
        voice.network.publish(Outgoing("Sent once"))
    seen = [post.text for post in voice.network.find(since=SINCE)]
    assert seen == ([] if fault == "reset_before" else ["Sent once"])
    truth = ask(running, f"posts?network={name}&account={voice.external_id}")["posts"]
    assert [post["text"] for post in truth] == seen
