"""The ground truth: every post as it was sent, hidden and deleted ones too, and posts put there by hand."""

from __future__ import annotations

import base64
from typing import Any

from sandbox import hooks, ledger, pictures, x_posts, x_text
from sandbox.control import account_of, body_of, number, wrong
from sandbox.facebook_objects import keep_comment
from sandbox.facebook_posts import canonical_form
from sandbox.store import Row
from sandbox.wire import Reply, Request, json_reply
from sandbox.world import World
from sandbox.x_shapes import instant, iso


def list_posts(world: World, request: Request) -> Reply:
    """GET /posts?network=&account=&since=: the ground truth, hidden and deleted posts included, oldest first."""
    network, account, since = (request.values.get(name, "") for name in ("network", "account", "since"))
    chosen = account_of(world, account, network)["id"] if account else ""
    rows = world.store.rows(
        "SELECT * FROM posts WHERE (? = '' OR network = ?) AND (? = '' OR account = ?) AND created_at >= ?"
        " ORDER BY created_at, rowid",
        network,
        network,
        chosen,
        chosen,
        _moment(since) or 0,
    )
    return json_reply({"posts": [truth(world, row, request.now) for row in rows]})


def _moment(value: Any) -> int | None:
    """Unix seconds or `2026-11-23T10:00:00Z` as milliseconds."""
    text = str(value or "")
    if not text:
        return None
    moment = instant(text.replace("+00:00", "Z"))
    if moment is None and not text.replace(".", "", 1).isdecimal():
        raise wrong(f"no moment: {text!r}")
    return moment if moment is not None else int(float(text) * 1000)


def truth(world: World, post: Row, now: int) -> dict[str, Any]:
    account = world.account(post["account"])
    moments = ("created_at", "published_at", "visible_at", "deleted_at", "edited_at")
    return {
        "network": post["network"],
        "account": post["account"],
        "handle": account["handle"] if account else "",
        "id": post["id"],
        "text": post["sent"],
        "stored_text": post["stored"],
        "link": post["link"],
        "reply_to": post["reply_to"],
        "deleted": post["deleted_at"] is not None,
        "live": ledger.is_live(post, now),
        **{name: iso(post[name]) if post[name] is not None else None for name in moments},
        "pictures": [picture_node(picture) for picture in ledger.pictures(world, post)],
        "metrics": vars(ledger.counts(world, post, now)),
        "request_count": post["request_count"],
    }


def picture_node(picture: Row) -> dict[str, Any]:
    names = ("id", "sha256", "bytes", "mime", "alt", "width", "height")
    return {name: picture[name] for name in names} | {"has_metadata": bool(picture["has_metadata"])}


def add_post(world: World, request: Request) -> Reply:
    """POST /posts {network, account, text, created_at?, pictures? [{content (base64), alt}]}: a post from before."""
    body = body_of(request)
    account = account_of(world, body.get("account"), str(body.get("network", "")))
    text, at = str(body.get("text", "")), _moment(body.get("created_at")) or request.now
    moment = Request(request.method, request.path, "", {}, b"", at, request.base)
    media = [_add_picture(world, moment, account, picture) for picture in body.get("pictures", [])]
    ids = [picture["id"] for picture in media]
    columns = {"network": account["network"], "account": account["id"], "sent": text}
    post_id = world.next_id(at)
    if account["network"] == "x":
        links = x_posts.media_links(account["handle"], post_id, media)
        stored, entities = x_text.store_form(text, post_id, links)
        columns |= {"stored": stored, "entities": ledger.to_json(entities), "canonical": x_text.normalise(text)}
    else:
        post_id = f"{account['id']}_{post_id}"
        columns |= {"stored": text, "canonical": canonical_form(text, "", ids)}
    ledger.add(world, moment, post_id=post_id, media=ids, **columns)
    for picture in media:
        world.store.run("UPDATE media SET post = ? WHERE id = ?", post_id, picture["id"])
    if account["network"] == "facebook" and "created_at" not in body:
        hooks.becomes_public(world, account["id"], post_id, at)
    return json_reply(truth(world, _post(world, post_id), request.now), 201)


def remove_post(world: World, request: Request) -> Reply:
    """DELETE /posts/{id}: somebody removes it by hand, on the network itself."""
    post = _post(world, request.args["id"])
    if post["network"] == "facebook":
        hooks.is_removed(world, post, request.now)
    ledger.delete(world, post["id"], request.now)
    return json_reply(truth(world, _post(world, post["id"]), request.now))


def _add_picture(world: World, moment: Request, account: Row, picture: dict[str, Any]) -> Row:
    try:
        content = base64.b64decode(picture["content"], validate=True)
    except (KeyError, TypeError, ValueError):
        raise wrong("a picture needs its content in base64") from None
    look = pictures.look(content)
    if look is None:
        raise wrong("these bytes are no picture")
    media_id = world.next_id(moment.now)
    columns = {"network": account["network"], "account": account["id"], "state": "succeeded"}
    ledger.keep_media(world, moment, media_id, content, look, alt=str(picture.get("alt", "")), **columns)
    row = world.store.row(f"SELECT {ledger.PICTURE} FROM media WHERE id = ?", media_id)  # noqa: S608
    assert row is not None
    return row


def _post(world: World, post_id: Any) -> Row:
    row = world.store.row("SELECT * FROM posts WHERE id = ?", str(post_id))
    if row is None:
        raise wrong(f"no post {post_id!r}", 404)
    return row


def media(world: World, request: Request) -> Reply:
    """GET /media/{id}: the bytes as they arrived."""
    row = world.store.row("SELECT content, mime FROM media WHERE id = ?", request.args["id"])
    if row is None:
        raise wrong("no such media", 404)
    return Reply(200, row["content"], (("content-type", row["mime"]), ("cache-control", "max-age=3600")))


def engage(world: World, request: Request) -> Reply:
    """POST /engage {post, likes?, replies?, shares?, impressions?, clicks?}: added to what grows by itself."""
    body = body_of(request)
    post = _post(world, body.get("post"))
    for name in ("likes", "replies", "shares", "impressions", "clicks"):
        world.store.run(f"UPDATE posts SET {name} = {name} + ? WHERE id = ?", int(number(body, name)), post["id"])  # noqa: S608
    return json_reply(truth(world, _post(world, post["id"]), request.now))


def comment(world: World, request: Request) -> Reply:
    """POST /comments {post, message, author?, name?, parent?}: a neighbour answers on Facebook."""
    body = body_of(request)
    post = _post(world, body.get("post"))
    author, name = str(body.get("author", "122000000000777")), str(body.get("name", "A neighbour"))
    parent = str(body.get("parent", ""))
    return json_reply(
        {"id": keep_comment(world, post["id"], parent, author, name, str(body.get("message", "")), request.now)}, 201
    )
