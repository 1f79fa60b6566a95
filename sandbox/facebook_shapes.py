"""How Pages, posts, photos and comments look in Graph answers, field by field as asked for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sandbox import ledger
from sandbox.facebook_fields import Builder, Field, build, only, parse
from sandbox.store import Row
from sandbox.wire import Request, integer
from sandbox.world import World

POST_DEFAULT = "created_time,message,id"
PHOTO_DEFAULT = "created_time,name,id"
PAGE_DEFAULT = "name,id"
COMMENT_DEFAULT = "created_time,from,message,id"


def moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def permalink(request: Request, post_id: str) -> str:
    page, _, number = post_id.partition("_")
    return f"{request.base}/fb-www/{page}/posts/{number}"


def _summary(total: int, item: Field, **extra: Any) -> dict[str, Any]:
    """A connection without rows: the count stands in `summary` when that was asked for."""
    asked = item.modifiers.get("summary") in {"true", "1", "total_count"}
    return {"data": [], **({"summary": {"total_count": total, **extra}} if asked else {})}


def post_node(world: World, request: Request, post: Row, fields: str | tuple[Field, ...] = "") -> dict[str, Any]:
    wanted = parse(fields or POST_DEFAULT) if isinstance(fields, str) else fields
    return build(wanted, _post_builders(world, request, post), "Post")


def _post_builders(world: World, request: Request, post: Row) -> dict[str, Builder]:
    page, live = world.account(post["account"]), ledger.is_live(post, request.now)
    counts = ledger.counts(world, post, request.now)
    author = {"name": page["name"] if page else "", "id": post["account"]}
    begins = post["published_at"] or post["created_at"]
    photos = ledger.pictures(world, post)
    src = f"{request.base}/fb-www/media/{photos[0]['id']}" if photos else None
    waits = begins // 1000 if post["published_at"] and not live else None
    plain: dict[str, Any] = {
        "id": post["id"],
        "message": post["stored"] or None,
        "created_time": moment(begins),
        "updated_time": moment(post["edited_at"] or begins),
        "from": author,
        "permalink_url": permalink(request, post["id"]),
        "is_published": live,
        "is_hidden": False,
        "is_expired": False,
        "scheduled_publish_time": waits,
        "status_type": "added_photos" if photos else "shared_story" if post["link"] else "mobile_status_update",
        "shares": {"count": counts.shares} if counts.shares else None,
        "full_picture": src,
        "picture": src,
        "story": None,
        "parent_id": None,
    }
    builders: dict[str, Builder] = {name: partial(_constant, value) for name, value in plain.items()}
    builders["comments"] = lambda item: _comments(world, request, post, counts.replies, item)
    builders["reactions"] = lambda item: _summary(counts.likes, item, viewer_reaction="NONE")
    builders["likes"] = lambda item: _summary(counts.likes, item, can_like=True, has_liked=False)
    builders["attachments"] = lambda item: _attachments(request, post, photos, item)
    return builders


def _constant(value: Any, item: Field) -> Any:
    return only(value, item) if isinstance(value, dict) else value


def _comments(world: World, request: Request, post: Row, total: int, item: Field) -> dict[str, Any]:
    shown = _summary(total, item, order="chronological", can_comment=True)
    limit = integer(item.modifiers.get("limit"), 25, 0, 100)
    rows = world.store.rows("SELECT * FROM comments WHERE post = ? ORDER BY created_at, id LIMIT ?", post["id"], limit)
    shown["data"] = [comment_node(world, request, row, item.inner) for row in rows]
    return shown


def _attachments(request: Request, post: Row, photos: list[Row], item: Field) -> dict[str, Any] | None:
    parts = [_photo_attachment(request, post, photo) for photo in photos]
    if not parts and post["link"]:
        parts = [
            {
                "type": "share",
                "media_type": "link",
                "url": post["link"],
                "unshimmed_url": post["link"],
                "title": post["link"],
            }
        ]
    if not parts:
        return None
    if len(parts) > 1:
        album = {"type": "album", "media_type": "album", "title": "Photos", "url": permalink(request, post["id"])}
        parts = [{**album, "media": parts[0]["media"], "target": {"id": post["id"]}, "subattachments": {"data": parts}}]
    return {"data": [only(part, item) for part in parts]}


def _photo_attachment(request: Request, post: Row, photo: Row) -> dict[str, Any]:
    image = {"height": photo["height"], "src": f"{request.base}/fb-www/media/{photo['id']}", "width": photo["width"]}
    target = {"id": photo["id"], "url": permalink(request, post["id"])}
    return {"type": "photo", "media_type": "photo", "media": {"image": image}, "target": target, "url": target["url"]}


def photo_node(world: World, request: Request, photo: Row, fields: str = "") -> dict[str, Any]:
    src = f"{request.base}/fb-www/media/{photo['id']}"
    page = world.account(photo["account"])
    plain: dict[str, Any] = {
        "id": photo["id"],
        "created_time": moment(photo["created_at"]),
        "updated_time": moment(photo["created_at"]),
        "name": photo["caption"] or None,
        "alt_text": photo["alt"] or "No alternative text was given.",
        "alt_text_custom": photo["alt"] or None,
        "page_story_id": photo["post"] or None,
        "width": photo["width"],
        "height": photo["height"],
        "picture": src,
        "images": [{"height": photo["height"], "width": photo["width"], "source": src}],
        "link": permalink(request, photo["post"]) if photo["post"] else None,
        "from": {"id": photo["account"], "name": page["name"] if page else ""},
    }
    return build(
        parse(fields or PHOTO_DEFAULT), {name: partial(_constant, value) for name, value in plain.items()}, "Photo"
    )


def page_node(world: World, request: Request, page: Row, fields: str = "", access_token: str = "") -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": page["id"],
        "name": page["name"],
        "username": page["handle"],
        "about": page["about"] or None,
        "description": None,
        "website": page["link"] or None,
        "category": "Government organisation",
        "category_list": [{"id": "2500", "name": "Government organisation"}],
        "tasks": ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"],
        "access_token": access_token or None,
        "fan_count": page["followers"],
        "followers_count": page["followers"],
        "link": f"{request.base}/fb-www/{page['handle']}",
        "is_published": not page["suspended"],
        "can_post": not page["suspended"] and not page["locked"],
        "verification_status": "not_verified",
    }
    builders: dict[str, Builder] = {name: partial(_constant, value) for name, value in plain.items()}
    builders["picture"] = lambda item: {"data": only(_silhouette(page), item)}
    return build(parse(fields or PAGE_DEFAULT), builders, "Page")


def _silhouette(page: Row) -> dict[str, Any]:
    url = f"https://scontent.xx.fbcdn.net/v/{page['id']}.jpg"
    return {"height": 50, "is_silhouette": not page["picture"], "url": url, "width": 50}


def comment_node(world: World, request: Request, row: Row, fields: str | tuple[Field, ...] = "") -> dict[str, Any]:
    answers = world.store.row("SELECT count(*) AS n FROM comments WHERE parent = ?", row["id"])
    plain: dict[str, Any] = {
        "id": row["id"],
        "message": row["message"],
        "created_time": moment(row["created_at"]),
        "from": {"id": row["author"], "name": row["author_name"]},
        "parent": {"id": row["parent"]} if row["parent"] else None,
        "is_hidden": bool(row["hidden"]),
        "can_hide": True,
        "can_remove": True,
        "like_count": 0,
        "comment_count": answers["n"] if answers else 0,
        "permalink_url": permalink(request, row["post"]) + f"#comment-{row['id']}",
        "attachment": None,
    }
    wanted = parse(fields or COMMENT_DEFAULT) if isinstance(fields, str) else fields or parse(COMMENT_DEFAULT)
    return build(wanted, {name: partial(_constant, value) for name, value in plain.items()}, "Comment")


def attached_ids(text: str) -> list[str]:
    """The photo ids of `attached_media`, a JSON list of {"media_fbid"}. Raises ValueError for anything else."""
    try:
        return [str(item["media_fbid"]) for item in json.loads(text)]
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ValueError("attached_media") from wrong
