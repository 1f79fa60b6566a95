"""Webhooks of Facebook Pages: who wants to hear, and a letter for each thing that becomes public or is removed.

Writing a letter costs one row, and nothing at all while nobody listens. `postman.py` delivers them.
"""

from __future__ import annotations

import http.client
import json
import secrets
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from sandbox import ledger
from sandbox.control import body_of, wrong
from sandbox.store import Row
from sandbox.wire import Reply, Request, json_reply
from sandbox.world import World

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PATIENCE_S = 10
KEPT_LETTERS = 5_000


# ---- who listens --------------------------------------------------------------------------------


def register(world: World, request: Request) -> Reply:
    """POST /webhooks {network: "facebook", url, verify_token}: asks the address whether it wants to hear, then keeps
    it in place of the one before. Runs outside any transaction: the address may ask the sandbox something meanwhile.
    """
    body = body_of(request)
    url, word = str(body.get("url") or ""), str(body.get("verify_token") or "")
    if body.get("network") != "facebook":
        raise wrong("network must be facebook: no other has webhooks here")
    _verify(_address(url), word)
    with world.store.transaction():
        world.store.run("INSERT OR REPLACE INTO callbacks VALUES ('facebook', ?, ?)", url, word)
    world.listened_to = True
    world.bell.set()
    return json_reply({"network": "facebook", "url": url}, 201)


def _address(url: str) -> SplitResult:
    try:
        address = urlsplit(url)
        ours = address.scheme == "http" and address.hostname in LOOPBACK and (address.port or 80) > 0
    except ValueError:
        ours = False
    if not ours:
        raise wrong("url must be an http address of this machine (127.0.0.1 or localhost)")
    return address


def _verify(address: SplitResult, word: str) -> None:
    """As Facebook asks before it sends anything. Raises Refusal (400) when the challenge does not come back."""
    challenge = str(secrets.randbelow(10**10))
    asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": word}
    try:
        status, answer = call(address, "GET", query=urlencode(asked))
    except (OSError, http.client.HTTPException) as trouble:
        raise wrong(f"the address did not answer: {trouble}") from None
    if status != 200 or answer.strip() != challenge.encode():
        raise wrong(f"the address did not echo the challenge (it answered {status})")


def listing(world: World, request: Request) -> Reply:
    """GET /webhooks: the address, how much is outstanding, and every delivery that was tried, oldest first."""
    callbacks = [{"network": row["network"], "url": row["url"]} for row in world.store.rows("SELECT * FROM callbacks")]
    letters = [
        {name: row[name] for name in ("id", "page", "post", "verb", "outcome", "tries", "status", "fault")}
        for row in world.store.rows("SELECT * FROM letters ORDER BY id")
    ]
    waiting = outstanding(world, world.now())
    return json_reply({"webhooks": callbacks, "outstanding": len(waiting), "deliveries": letters})


def forget(world: World, request: Request) -> Reply:
    """DELETE /webhooks: nobody listens any more, and what was outstanding is dropped."""
    gone = world.store.run("DELETE FROM callbacks")
    world.store.run("DELETE FROM letters")
    world.listened_to = False
    return json_reply({"deleted": gone})


def call(address: SplitResult, method: str, *, query: str = "", body: bytes = b"", **headers: str) -> tuple[int, bytes]:
    """One request without redirects and proxies. Raises OSError or HTTPException when it is not answered."""
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=PATIENCE_S)
    query = "&".join(part for part in (address.query, query) if part)
    target = (address.path or "/") + (f"?{query}" if query else "")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, target, body or None, named)
        answer = connection.getresponse()
        return answer.status, answer.read(65_536)
    finally:
        connection.close()


# ---- what there is to tell ----------------------------------------------------------------------


def becomes_public(world: World, page: str, post: str, at: int) -> None:
    """At `at` (milliseconds), which may be to come; planned anew, the earlier plan is forgotten."""
    if world.listened_to and _is_subscribed(world, page):
        world.store.run("DELETE FROM letters WHERE post = ? AND verb = 'add' AND outcome = ''", post)
        _write(world, page, post, "add", at)


def is_removed(world: World, post: Row, now: int) -> None:
    """What was never public is no news."""
    if world.listened_to and ledger.is_live(post, now) and _is_subscribed(world, post["account"]):
        _write(world, post["account"], post["id"], "remove", now)


def _is_subscribed(world: World, page: str) -> bool:
    row = world.store.row("SELECT fields FROM subscriptions WHERE page = ?", page)
    return row is not None and "feed" in row["fields"].split(",")


def _write(world: World, page: str, post: str, verb: str, at: int) -> None:
    number = world.store.insert("letters", page=page, post=post, verb=verb, happens_at=at, due_at=at)
    if number % 500 == 0:
        world.store.run("DELETE FROM letters WHERE id <= ? AND outcome != ''", number - KEPT_LETTERS)
    world.bell.set()


def outstanding(world: World, now: int) -> list[Row]:
    """What has happened and is not delivered, in the order in which it was written down."""
    return world.store.rows("SELECT * FROM letters WHERE outcome = '' AND happens_at <= ? ORDER BY id", now)


# ---- how it reads -------------------------------------------------------------------------------


def render(world: World, letter: Row) -> bytes | None:
    """The body as Graph writes it: non-ASCII and slashes escaped before it is signed. None: it is not news any more."""
    post = world.store.row("SELECT * FROM posts WHERE id = ?", letter["post"])
    if post is None or (letter["verb"] == "add" and not ledger.is_live(post, world.now())):
        return None
    page = world.account(letter["page"])
    seconds = letter["happens_at"] // 1000
    value = {
        "from": {"id": letter["page"], "name": page["name"] if page else ""},
        "post_id": letter["post"],
        "created_time": seconds,
        "verb": letter["verb"],
        **(_shown(post) if letter["verb"] == "add" else {"item": "post", "recipient_id": letter["page"]}),
    }
    entry = {"id": letter["page"], "time": world.now() // 1000, "changes": [{"value": value, "field": "feed"}]}
    return json.dumps({"entry": [entry], "object": "page"}, separators=(",", ":")).replace("/", "\\/").encode()


def _shown(post: Row) -> dict[str, Any]:
    pictures = ledger.media_ids(post)
    item = "photo" if len(pictures) == 1 else "share" if post["link"] else "status"
    told: dict[str, Any] = {"item": item, "published": 1}
    if post["stored"]:
        told["message"] = post["stored"]
    if item == "photo":
        told["photo_id"] = pictures[0]
    if post["link"]:
        told["link"] = post["link"]
    return told
