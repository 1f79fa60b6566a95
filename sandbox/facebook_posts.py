"""Facebook: creating, editing, deleting and listing a Page's posts."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from sandbox import hooks, ledger
from sandbox.facebook_door import require
from sandbox.facebook_problems import duplicate, parameter, refuse, unknown_object
from sandbox.facebook_shapes import attached_ids, post_node
from sandbox.store import Row
from sandbox.wire import Refusal, Reply, Request, integer, json_reply
from sandbox.world import World

MAX_MESSAGE = 63_206
MAX_PHOTOS = 10
LAST_S = 2**40
SOONEST_S, LATEST_S = 10 * 60, 30 * 24 * 3600
BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def boolean(request: Request, name: str, default: bool) -> bool:
    """Strict, so that a client which sends Python's `False` is caught here and not in production."""
    value = request.values.get(name)
    if value is None:
        return default
    if value not in BOOLEANS:
        raise parameter(f"Param {name} must be a boolean")
    return BOOLEANS[value]


def planned(request: Request) -> int | None:
    """When the post becomes public (milliseconds): now, a planned moment, or None for not before it is asked for."""
    when, published = request.values.get("scheduled_publish_time"), boolean(request, "published", True)
    if when is None:
        return request.now if published else None
    return schedule_moment(request, when, published)


def schedule_moment(request: Request, when: str, published: bool) -> int:
    seconds = int(when) if when.isdecimal() else _iso_seconds(when)
    ahead_s = seconds - request.now / 1000
    if published or not SOONEST_S <= ahead_s <= LATEST_S:
        raise parameter("The specified scheduled publish time is invalid.")
    return seconds * 1000


def _iso_seconds(text: str) -> int:
    try:
        return int(datetime.fromisoformat(text).timestamp())
    except ValueError:
        raise parameter(f"Param is not a valid time: {text[:40]}") from None


def create(world: World, request: Request) -> Reply:
    """POST /{page}/feed with at least one of message, link and attached_media."""
    page = _page(world, request.args["id"])
    require(request, page["id"], "pages_manage_posts")
    message, link = request.values.get("message", ""), request.values.get("link", "")
    photos = _attached(world, request, page["id"])
    if not message.strip() and not link and not photos:
        raise refuse("(#100) You must provide a message, a link or media", 100)
    if len(message) > MAX_MESSAGE:
        raise parameter("Param message must be at most 63206 characters long")
    begins, canonical = planned(request), canonical_form(message, link, photos)
    check_duplicate(world, page["id"], canonical)
    post_id = keep(world, request, page["id"], message, photos, begins, link=link, canonical=canonical)
    return json_reply({"id": post_id})


def _page(world: World, page_id: str) -> Row:
    page = world.account(page_id, "facebook")
    if page is None:
        raise unknown_object(page_id, "post")
    return page


def _attached(world: World, request: Request, page_id: str) -> list[str]:
    text = request.values.get("attached_media")
    if text is None:
        text = "[" + ",".join(v for name, v in request.values.items() if name.startswith("attached_media[")) + "]"
    try:
        photo_ids = attached_ids(text)
    except ValueError:
        raise parameter("Param attached_media must be an array of objects with media_fbid") from None
    if len(photo_ids) > MAX_PHOTOS:
        raise parameter("Param attached_media must have at most 10 entries")
    for photo_id in photo_ids:
        _check_photo(world, page_id, photo_id)
    return photo_ids


def _check_photo(world: World, page_id: str, photo_id: str) -> None:
    sql = "SELECT account, post FROM media WHERE id = ? AND network = 'facebook'"
    photo = world.store.row(sql, photo_id)
    if photo is None or photo["account"] != page_id:
        raise parameter(f"Invalid media_fbid: {photo_id}")
    if photo["post"]:
        raise refuse(
            "These photos were already posted.", 100, subcode=1366051, error_user_title="Photos already posted"
        )


def canonical_form(message: str, link: str, photos: list[str]) -> str:
    return ledger.to_json([message, link, photos])


def check_duplicate(world: World, page_id: str, canonical: str) -> None:
    """Only against the Page's previous post, as on Facebook: photos get new ids each time, so it seldom stops them."""
    last = world.store.row(
        "SELECT id, canonical FROM posts WHERE account = ? AND deleted_at IS NULL"
        " ORDER BY created_at DESC, rowid DESC LIMIT 1",
        page_id,
    )
    if last and last["canonical"] == canonical and world.flag("facebook_duplicate_guard"):
        world.store.run("UPDATE posts SET request_count = request_count + 1 WHERE id = ?", last["id"])
        raise Refusal(duplicate())


def keep(
    world: World,
    request: Request,
    page_id: str,
    message: str,
    photos: list[str],
    begins: int | None,
    *,
    link: str,
    canonical: str,
) -> str:
    """Write the post and tie its photos to it; answers its id."""
    post_id = f"{page_id}_{world.next_id(request.now)}"
    ledger.add(
        world,
        request,
        post_id=post_id,
        media=photos,
        network="facebook",
        account=page_id,
        sent=message,
        stored=message,
        canonical=canonical,
        link=link,
        published_at=begins,
    )
    for photo in photos:
        world.store.run("UPDATE media SET post = ? WHERE id = ?", post_id, photo)
    if begins is not None:
        hooks.becomes_public(world, page_id, post_id, begins)
    return post_id


def found(world: World, request: Request, scope: str) -> Row:
    """The post that the path names, when this token may touch it."""
    post = ledger.find(world, "facebook", request.args["id"])
    if post is None:
        raise unknown_object(request.args["id"], request.method)
    require(request, post["account"], scope)
    return post


def edit(world: World, request: Request, post: Row) -> Reply:
    """POST /{post}: message, is_published=true, or a new scheduled_publish_time."""
    if "message" in request.values:
        text = request.values["message"]
        canonical = canonical_form(text, post["link"], ledger.media_ids(post))
        sql = "UPDATE posts SET sent = ?, stored = ?, canonical = ?, edited_at = ? WHERE id = ?"
        world.store.run(sql, text, text, canonical, request.now, post["id"])
    live = ledger.is_live(post, request.now)
    begins: int | None = None
    if "scheduled_publish_time" in request.values and not live:
        begins = schedule_moment(request, request.values["scheduled_publish_time"], published=False)
    if boolean(request, "is_published", False) and not live:
        begins = request.now
    if begins is not None:
        world.store.run("UPDATE posts SET published_at = ?, visible_at = ? WHERE id = ?", begins, begins, post["id"])
        hooks.becomes_public(world, post["account"], post["id"], begins)
    return json_reply({"success": True})


def remove(world: World, request: Request, post: Row) -> Reply:
    hooks.is_removed(world, post, request.now)
    ledger.delete(world, post["id"], request.now)
    return json_reply({"success": True})


def listing(world: World, request: Request) -> Reply:
    """GET /{page}/feed and /published_posts, newest first; /{page}/posts is the same here."""
    page = _readable(world, request)
    since, until = bound(request, "since"), bound(request, "until")
    rows = ledger.timeline(world, page, request.now, since=since or 0, until=None if until is None else until + 999)
    return page_of(
        request,
        rows,
        [post["id"] for post in rows],
        lambda post: post_node(world, request, post, request.values.get("fields", "")),
    )


def planned_listing(world: World, request: Request) -> Reply:
    """GET /{page}/scheduled_posts."""
    rows = ledger.scheduled(world, _readable(world, request), request.now)
    return page_of(
        request,
        rows,
        [post["id"] for post in rows],
        lambda post: post_node(world, request, post, request.values.get("fields", "")),
    )


def _readable(world: World, request: Request) -> str:
    page = world.account(request.args["id"], "facebook")
    if page is None:
        raise unknown_object(request.args["id"])
    require(request, page["id"], "pages_read_engagement")
    return str(page["id"])


def bound(request: Request, name: str) -> int | None:
    """`since` or `until` in milliseconds: unix seconds or an ISO time."""
    value = request.values.get(name)
    if not value:
        return None
    return min(int(value) if value.isdecimal() else _iso_seconds(value), LAST_S) * 1000


def page_of(request: Request, rows: list[Row], ids: list[str], render: Any, default: int = 25) -> Reply:
    """One page of a connection, with cursors and a `next` link when there is more."""
    size = integer(request.values.get("limit"), default, 1, 100)
    after = _uncursor(request.values.get("after", ""))
    start = ids.index(after) + 1 if after in ids else 0
    shown = rows[start : start + size]
    body: dict[str, Any] = {"data": [render(row) for row in shown]}
    if shown:
        last = _cursor(ids[start + len(shown) - 1])
        body["paging"] = {"cursors": {"before": _cursor(ids[start]), "after": last}}
        if start + len(shown) < len(rows):
            token = request.caller.token
            body["paging"]["next"] = f"{request.base}{request.path}?access_token={token}&limit={size}&after={last}"
    return json_reply(body)


def _cursor(value: str) -> str:
    return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")


def _uncursor(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""
