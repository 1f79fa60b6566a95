"""X: media upload v2 (one-shot and in pieces), processing states, alt text; and the old upload, which is gone."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from sandbox import ledger, pictures, x_problems
from sandbox.ledger import PICTURE
from sandbox.store import Row
from sandbox.wire import Refusal, Reply, Request, json_reply
from sandbox.world import World

LIFETIME_S = 24 * 3600
MAX_ALT = 1000
MEGABYTE = 1024 * 1024
# category -> (types, bytes at most)
CATEGORIES = {
    "tweet_image": (frozenset({"image/jpeg", "image/png", "image/webp"}), 5 * MEGABYTE),
    "tweet_gif": (frozenset({"image/gif"}), 15 * MEGABYTE),
    "tweet_video": (frozenset({"video/mp4"}), 512 * MEGABYTE),
}


def upload(world: World, request: Request) -> Reply:
    """POST /2/media/upload, one-shot: multipart, or JSON with the bytes in base64."""
    content, category = _one_shot(request)
    look = _checked(content, category)
    media_id = world.next_id(request.now)
    _keep(world, request, media_id, content, category, look, "succeeded" if category == "tweet_image" else "pending")
    return json_reply({"data": _node(world, _owned(world, request, media_id), request.now)})


def _one_shot(request: Request) -> tuple[bytes, str]:
    if request.files.get("media"):
        return request.files["media"].content, _category(request.values.get("media_category"))
    body = request.json if isinstance(request.json, dict) else {}
    try:
        return base64.b64decode(body["media"], validate=True), _category(body.get("media_category"))
    except (KeyError, TypeError, binascii.Error):
        raise x_problems.invalid("media", "", "The `media` field is required.") from None


def _category(name: Any) -> str:
    if name not in CATEGORIES:
        raise x_problems.invalid("media_category", name, f"`media_category` is not one of [{','.join(CATEGORIES)}]")
    return str(name)


def _checked(content: bytes, category: str) -> pictures.Look:
    """Raises Refusal when the bytes are too many or are not what the category says."""
    types, most = CATEGORIES[category]
    if len(content) > most:
        raise x_problems.invalid("media", len(content), f"File size exceeds {most} bytes.")
    look = pictures.look(content)
    if look is None or look.mime not in types:
        raise x_problems.invalid("media", category, "media type unrecognized.")
    return look


def _keep(
    world: World, request: Request, media_id: str, content: bytes, category: str, look: pictures.Look, state: str
) -> None:
    world.store.run("DELETE FROM media WHERE id = ?", media_id)
    account = request.caller.account
    columns = {"network": "x", "account": account, "category": category, "state": state}
    ledger.keep_media(world, request, media_id, content, look, **columns)


def initialize(world: World, request: Request) -> Reply:
    """POST /2/media/upload/initialize {media_type, total_bytes, media_category}."""
    body = request.json if isinstance(request.json, dict) else {}
    category, total = _category(body.get("media_category")), body.get("total_bytes")
    if not isinstance(total, int) or not 0 < total <= CATEGORIES[category][1]:
        raise x_problems.invalid("total_bytes", total, "`total_bytes` is not within the limit of the category")
    media_id = world.next_id(request.now)
    _keep(world, request, media_id, b"", category, pictures.Look(str(body.get("media_type", ""))), "uploading")
    world.store.run("UPDATE media SET expected = ? WHERE id = ?", total, media_id)
    return json_reply({"data": _node(world, _owned(world, request, media_id), request.now)})


def append(world: World, request: Request) -> Reply:
    """POST /2/media/upload/{id}/append: segment 0 to 999. The same segment again replaces itself."""
    media = _owned(world, request, request.args["id"])
    segment = request.values.get("segment_index", "")
    if media["state"] != "uploading" or not segment.isdecimal() or int(segment) > 999 or "media" not in request.files:
        raise x_problems.invalid("segment_index", segment, "The segment cannot be appended.")
    sql = "INSERT OR REPLACE INTO chunks (media, segment, content) VALUES (?, ?, ?)"
    world.store.run(sql, media["id"], int(segment), request.files["media"].content)
    return json_reply({"data": {"expires_at": (media["created_at"] // 1000) + LIFETIME_S}})


def finalize(world: World, request: Request) -> Reply:
    """POST /2/media/upload/{id}/finalize: puts the pieces together and starts the processing."""
    media = _owned(world, request, request.args["id"])
    pieces = world.store.rows("SELECT content FROM chunks WHERE media = ? ORDER BY segment", media["id"])
    content = b"".join(piece["content"] for piece in pieces)
    if media["state"] != "uploading" or len(content) != media["expected"]:
        raise x_problems.invalid("id", media["id"], "The size of the segments does not match `total_bytes`.")
    look = _checked(content, media["category"])
    state = "succeeded" if media["category"] == "tweet_image" else "pending"
    _keep(world, request, media["id"], content, media["category"], look, state)
    world.store.run("DELETE FROM chunks WHERE media = ?", media["id"])
    return json_reply({"data": _node(world, _owned(world, request, media["id"]), request.now)})


def status(world: World, request: Request) -> Reply:
    """GET /2/media/upload?command=STATUS&media_id=: each look moves the processing one step on."""
    media = _owned(world, request, request.values.get("media_id", ""))
    if media["state"] in {"pending", "in_progress"}:
        done = media["looks"] + 1 >= int(world.flag("media_steps"))
        state = "succeeded" if done else "in_progress"
        world.store.run("UPDATE media SET looks = looks + 1, state = ? WHERE id = ?", state, media["id"])
        media = _owned(world, request, media["id"])
    return json_reply({"data": _node(world, media, request.now)})


def metadata(world: World, request: Request) -> Reply:
    """POST /2/media/metadata {"id", "metadata": {"alt_text": {"text"}}}: at most 1000 characters."""
    body = request.json if isinstance(request.json, dict) else {}
    try:
        media_id, text = str(body["id"]), body["metadata"]["alt_text"]["text"]
    except (KeyError, TypeError):
        raise x_problems.invalid("metadata", "", "The `id` and `metadata` fields are required.") from None
    if not isinstance(text, str) or len(text) > MAX_ALT:
        raise x_problems.invalid(
            "metadata.alt_text.text", str(text)[:50], "Alt text must be a string of at most 1000 characters."
        )
    media = _owned(world, request, media_id)
    world.store.run("UPDATE media SET alt = ? WHERE id = ?", text, media["id"])
    return json_reply({"data": {"id": media["id"], "associated_metadata": {"alt_text": {"text": text}}}})


def _node(world: World, media: Row, now: int) -> dict[str, Any]:
    expires = max(0, LIFETIME_S - (now - media["created_at"]) // 1000)
    kind = {"tweet_video": 13, "tweet_gif": 16}.get(media["category"], 3)
    node: dict[str, Any] = {
        "id": media["id"],
        "media_key": f"{kind}_{media['id']}",
        "size": media["bytes"],
        "expires_after_secs": expires,
    }
    if media["state"] in {"pending", "in_progress", "failed"} or (media["looks"] and media["state"] == "succeeded"):
        node["processing_info"] = _processing(world, media)
    return node


def _processing(world: World, media: Row) -> dict[str, Any]:
    if media["state"] == "failed":
        return {
            "state": "failed",
            "error": {"code": 1, "name": "InvalidMedia", "message": "The media could not be processed."},
        }
    if media["state"] == "succeeded":
        return {"state": "succeeded", "progress_percent": 100}
    if media["state"] == "pending":
        return {"state": "pending", "check_after_secs": 1}
    percent = 100 * media["looks"] // max(1, int(world.flag("media_steps")))
    return {"state": "in_progress", "check_after_secs": 1, "progress_percent": percent}


def _owned(world: World, request: Request, media_id: str) -> Row:
    sql = f"SELECT {PICTURE}, category, looks, expected FROM media WHERE id = ? AND network = 'x'"  # noqa: S608
    row = world.store.row(sql, media_id)
    if row is None or row["account"] != request.caller.account:
        raise x_problems.invalid("media_id", media_id, "The media id is not valid.")
    return row


def ready(world: World, request: Request, media_ids: list[str]) -> list[Row]:
    """The media that a new post names. Raises Refusal (400) for unknown, foreign, expired or unprocessed ones."""
    found = []
    for media_id in media_ids:
        row = world.store.row(f"SELECT {PICTURE} FROM media WHERE id = ? AND network = 'x'", media_id)  # noqa: S608
        old = row is not None and request.now - row["created_at"] > LIFETIME_S * 1000
        if row is None or old or row["account"] != request.caller.account or row["state"] != "succeeded":
            raise x_problems.invalid("media.media_ids", media_id, "Your media IDs are invalid.")
        found.append(row)
    kinds = {row["mime"] in {"image/gif", "video/mp4"} for row in found}
    if True in kinds and len(found) > 1:
        raise x_problems.invalid("media.media_ids", len(found), "You can attach four photos, or one GIF, or one video.")
    return found


def gone(world: World, request: Request) -> Reply:
    """Everything under /x-upload: the old upload of v1.1 was switched off."""
    raise Refusal(x_problems.numbered(410, 251, "This endpoint has been retired and should not be used."))
