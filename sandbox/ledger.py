"""What has been posted, on both networks: written once, found by id or by account, counted by age."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sandbox import growth
from sandbox.pictures import Look
from sandbox.store import Row
from sandbox.wire import Request
from sandbox.world import World

PICTURE = """
id, network, account, sha256, length(content) AS bytes, mime, width, height, has_metadata, alt, state, post, created_at
"""


def add(world: World, request: Request, *, post_id: str, media: list[str], **columns: Any) -> None:
    """Keep a post. A timeline shows it only after the lag that the switch or a fault asks for."""
    lag_s = request.lag_s or world.flag("timeline_lag_s")
    columns.setdefault("published_at", request.now)
    begins = max(request.now, columns["published_at"] or 0)
    world.store.insert(
        "posts",
        id=post_id,
        media=json.dumps(media),
        created_at=request.now,
        visible_at=begins + int(lag_s * 1000),
        **columns,
    )


def keep_media(world: World, request: Request, media_id: str, content: bytes, look: Look, **columns: Any) -> None:
    """Keep the bytes of a picture or clip as they arrived."""
    world.store.insert(
        "media",
        id=media_id,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        mime=look.mime,
        width=look.width,
        height=look.height,
        has_metadata=int(look.has_metadata),
        expected=len(content),
        created_at=request.now,
        **columns,
    )


def to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def find(world: World, network: str, post_id: str) -> Row | None:
    """A post that is not deleted, published or not."""
    sql = "SELECT * FROM posts WHERE id = ? AND network = ? AND deleted_at IS NULL"
    return world.store.row(sql, post_id, network)


def is_live(post: Row, now: int) -> bool:
    return post["deleted_at"] is None and post["published_at"] is not None and post["published_at"] <= now


def timeline(world: World, account: str, now: int, *, since: int = 0, until: int | None = None) -> list[Row]:
    """What the account's timeline shows, newest first; `since` and `until` in milliseconds, inclusive."""
    return world.store.rows(
        "SELECT * FROM posts WHERE account = ? AND deleted_at IS NULL AND published_at <= ? AND visible_at <= ?"
        " AND published_at >= ? AND published_at <= ? ORDER BY published_at DESC, length(id) DESC, id DESC",
        account,
        now,
        now,
        since,
        now if until is None else until,
    )


def scheduled(world: World, account: str, now: int) -> list[Row]:
    """What waits for its moment, soonest first."""
    sql = "SELECT * FROM posts WHERE account = ? AND deleted_at IS NULL AND published_at > ? ORDER BY published_at"
    return world.store.rows(sql, account, now)


def delete(world: World, post_id: str, now: int) -> None:
    world.store.run("UPDATE posts SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL", now, post_id)


def media_ids(post: Row) -> list[str]:
    found: list[str] = json.loads(post["media"])
    return found


def pictures(world: World, post: Row) -> list[Row]:
    """The attached media in order, without their bytes."""
    found = (world.store.row(f"SELECT {PICTURE} FROM media WHERE id = ?", media) for media in media_ids(post))  # noqa: S608
    return [picture for picture in found if picture]


def counts(world: World, post: Row, now: int) -> growth.Counts:
    """Grown numbers plus what was added by hand. Comments that somebody really wrote count as replies."""
    if not is_live(post, now):
        return growth.Counts()
    age_s = (now - post["published_at"]) / 1000 + post["grown_s"]
    grown = growth.Counts()
    if world.flag("growth"):
        grown = growth.counts(world.seed, post["id"], age_s, bool(media_ids(post)))
    written = world.store.row("SELECT count(*) AS n FROM comments WHERE post = ?", post["id"])
    return grown.plus(
        likes=post["likes"],
        replies=post["replies"] + (written["n"] if written else 0),
        shares=post["shares"],
        impressions=post["impressions"],
        clicks=post["clicks"],
    )


def note_read(world: World, post: Row, now: int) -> None:
    """X charges for a post once a UTC day, however often it is read on that day."""
    world.store.run("INSERT OR IGNORE INTO reads (day, post) VALUES (?, ?)", now // 86_400_000, post["id"])


def priced_reads(world: World, *, since_day: int = 0) -> int:
    """How many readings X has charged for from a UTC day (counted from 1970) on."""
    row = world.store.row("SELECT count(*) AS n FROM reads WHERE day >= ?", since_day)
    return int(row["n"]) if row else 0
