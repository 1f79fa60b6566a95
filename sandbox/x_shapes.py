"""How posts, users and media look in X's answers, field by field as asked for."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from sandbox import ledger, x_text
from sandbox.store import Row
from sandbox.wire import Request, split_list
from sandbox.world import World
from sandbox.x_problems import field_refused, invalid

_POST_FIELDS = """
article attachments author_id card_uri community_id context_annotations conversation_id created_at
display_text_range edit_controls edit_history_tweet_ids edit_history_post_ids entities geo id
in_reply_to_user_id lang media_metadata non_public_metrics note_tweet organic_metrics
possibly_sensitive promoted_metrics public_metrics referenced_tweets reply_settings scopes source
suggested_source_links text withheld
"""
POST_FIELDS = frozenset(_POST_FIELDS.split())
_USER_FIELDS = """
created_at description entities id location name pinned_tweet_id profile_image_url protected
public_metrics url username verified verified_type withheld
"""
USER_FIELDS = frozenset(_USER_FIELDS.split())
_MEDIA_FIELDS = """
alt_text duration_ms height media_key preview_image_url public_metrics type url variants width
"""
MEDIA_FIELDS = frozenset(_MEDIA_FIELDS.split())
GREY = "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
PICTURE = "https://pbs.twimg.com/profile_images/{}/own_normal.jpg"
PRIVATE = frozenset({"non_public_metrics", "organic_metrics", "promoted_metrics"})
PRIVATE_DAYS = 30
MEDIA_TYPES = {"image/gif": "animated_gif", "video/mp4": "video"}


def iso(milliseconds: int) -> str:
    return (
        datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{milliseconds % 1000:03d}Z"
    )


def asked_fields(request: Request, names: tuple[str, ...], known: frozenset[str]) -> set[str]:
    """The fields asked for under any of the names. Raises Refusal (400) for one that does not exist."""
    wanted = {field for name in names for field in split_list(request.all(name))}
    for field in sorted(wanted - known):
        raise invalid(
            names[0],
            field,
            f"The `{names[0]}` query parameter value [{field}] is not one of [{','.join(sorted(known))}]",
        )
    return wanted


def media_key(picture: Row) -> str:
    return f"{13 if picture['mime'] == 'video/mp4' else 16 if picture['mime'] == 'image/gif' else 3}_{picture['id']}"


def public_metrics(world: World, post: Row, now: int) -> dict[str, int]:
    found = ledger.counts(world, post, now)
    return {
        "retweet_count": found.shares,
        "reply_count": found.replies,
        "like_count": found.likes,
        "quote_count": found.quotes,
        "bookmark_count": found.bookmarks,
        "impression_count": found.impressions,
    }


def private_metrics(world: World, post: Row, now: int, name: str) -> dict[str, int]:
    found = ledger.counts(world, post, now)
    clicks = found.clicks if "expanded_url" in post["entities"] else 0
    shown = {"impression_count": found.impressions, "user_profile_clicks": found.clicks // 3, "url_link_clicks": clicks}
    if name == "organic_metrics":
        return shown | {"like_count": found.likes, "reply_count": found.replies, "retweet_count": found.shares}
    return shown | {"engagements": found.likes + found.replies + found.shares + found.clicks}


def _edit_history(world: World, post: Row) -> dict[str, list[str]]:
    history = {"edit_history_tweet_ids": [post["id"]]}
    return history | ({"edit_history_post_ids": [post["id"]]} if world.flag("x_post_id_names") else {})


def _field(world: World, post: Row, field: str, now: int) -> Any:
    """The value of one optional field, None when the post has none."""
    if field == "public_metrics":
        return public_metrics(world, post, now)
    if field == "attachments":
        keys = [media_key(picture) for picture in ledger.pictures(world, post)]
        return {"media_keys": keys} if keys else None
    if field == "referenced_tweets":
        return [{"type": "replied_to", "id": post["reply_to"]}] if post["reply_to"] else None
    plain = {
        "author_id": post["account"],
        "created_at": iso(post["published_at"]).split(".")[0] + ".000Z",
        "entities": json.loads(post["entities"]) or None,
        "conversation_id": post["reply_to"] or post["id"],
        "lang": "en",
        "possibly_sensitive": False,
        "reply_settings": "everyone",
        "display_text_range": [0, len(post["stored"])],
    }
    return plain.get(field)


def post_node(
    world: World, post: Row, fields: set[str], request: Request
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The post as asked for, and the errors for fields that this caller may not see."""
    node: dict[str, Any] = {"id": post["id"], "text": post["stored"], **_edit_history(world, post)}
    errors = []
    for field in sorted(fields):
        if field in PRIVATE:
            too_old = request.now - post["published_at"] > PRIVATE_DAYS * 86_400_000
            if request.caller.account != post["account"] or too_old or field == "promoted_metrics":
                errors.append(field_refused(post["id"], field))
            else:
                node[field] = private_metrics(world, post, request.now, field)
        elif field not in node and (value := _field(world, post, field, request.now)) is not None:
            node[field] = value
    return node, errors


def user_node(world: World, account: Row, fields: set[str]) -> dict[str, Any]:
    about, entities = _profile_words(world, account)
    optional: dict[str, Any] = {
        "created_at": iso(account["created_at"]),
        "description": about,
        "profile_image_url": PICTURE.format(account["id"]) if account["picture"] else GREY,
        **({"url": entities["url"]["urls"][0]["url"]} if "url" in entities else {}),
        **({"entities": entities} if entities else {}),
        "protected": False,
        "verified": False,
        "verified_type": "none",
    }
    node = {"id": account["id"], "name": account["name"], "username": account["handle"]}
    if "public_metrics" in fields:
        posted = world.store.rows("SELECT 1 FROM posts WHERE account = ? AND deleted_at IS NULL", account["id"])
        node["public_metrics"] = {
            "followers_count": account["followers"],
            "following_count": 40,
            "tweet_count": len(posted),
            "listed_count": 2,
        }
    return node | {name: value for name, value in optional.items() if name in fields}


def _profile_words(world: World, account: Row) -> tuple[str, dict[str, Any]]:
    """The bio with its addresses shortened, as X keeps it, and what stood there: inside it, and in the link beside."""
    about, inside, moved = account["about"], [], 0
    for link in x_text.find_links(about):
        short = x_text.short_link(world.seed, f"{account['id']}:{link.written}")
        start, end = link.start + moved, link.end + moved
        about, moved = about[:start] + short + about[end:], moved + len(short) - (link.end - link.start)
        at = {"start": start, "end": start + len(short)}
        inside.append({**at, "url": short, "expanded_url": link.expanded, "display_url": link.display})
    entities = {"description": {"urls": inside}} if inside else {}
    if account["link"]:
        short = x_text.short_link(world.seed, f"{account['id']}:beside")
        beside = {"start": 0, "end": len(short), "url": short, "expanded_url": account["link"]}
        entities["url"] = {"urls": [beside | {"display_url": account["link"].partition("://")[2]}]}
    return about, entities


def media_node(request: Request, picture: Row, fields: set[str]) -> dict[str, Any]:
    optional: dict[str, Any] = {
        "url": f"{request.base}/x-www/media/{picture['id']}",
        "width": picture["width"],
        "height": picture["height"],
    }
    if picture["alt"]:
        optional["alt_text"] = picture["alt"]
    node = {"media_key": media_key(picture), "type": MEDIA_TYPES.get(picture["mime"], "photo")}
    return node | {name: value for name, value in optional.items() if name in fields}


def includes(world: World, request: Request, posts: list[Row]) -> dict[str, Any]:
    """The expanded objects that the answer carries beside its data."""
    wanted = set(split_list(request.all("expansions")))
    found: dict[str, Any] = {}
    if "author_id" in wanted and posts:
        fields = asked_fields(request, ("user.fields",), USER_FIELDS)
        authors = {post["account"]: world.account(post["account"]) for post in posts}
        found["users"] = [user_node(world, author, fields) for author in authors.values() if author]
    if "attachments.media_keys" in wanted:
        fields = asked_fields(request, ("media.fields",), MEDIA_FIELDS)
        media = [media_node(request, picture, fields) for post in posts for picture in ledger.pictures(world, post)]
        found |= {"media": media} if media else {}
    return {"includes": found} if found else {}


def instant(value: str) -> int | None:
    """An RFC 3339 instant in UTC as milliseconds, to the second; None when unreadable."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value):
        return None
    try:
        return int(datetime.fromisoformat(value).timestamp()) * 1000
    except ValueError:
        return None
