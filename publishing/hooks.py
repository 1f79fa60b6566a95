"""What Facebook tells of Pages by itself: a hint when to look, and nothing else (docs/decisions/0025).

A delivery may be lost, doubled, late, out of order or a lie. So it moves no state and brings no id: what is in doubt on
the Page is looked for now (`reconcile.hasten`), and what is said to be gone is read back now (`proof.hasten`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.utils.crypto import constant_time_compare

from publishing import proof, reconcile

log = structlog.get_logger(__name__)
MOST_BYTES = 2_000_000
MOST_CHANGES = 1000  # Facebook puts no more into one delivery
LONGEST_CHALLENGE = 200
POSTS = frozenset({"post", "status", "photo", "share", "link"})
_PAGE, _POST = re.compile(r"[0-9]{1,40}"), re.compile(r"[0-9]{1,40}_[0-9]{1,40}")


class Nonsense(ValueError):
    """Signed, and yet not of the shape that Facebook promises."""


@dataclass(frozen=True)
class News:
    """pages: those on which something appeared. gone: ids of posts that were removed."""

    pages: frozenset[str]
    gone: frozenset[str]


def is_there() -> bool:
    """Without a word of our own, or without the secret to check signatures with, there is no receiver."""
    return bool(settings.FACEBOOK_WEBHOOK_TOKEN and settings.PLATFORMS.facebook_app_secret)


def is_ours(*, mode: str, verify_token: str, challenge: str) -> bool:
    """Facebook's question whether this address is the one that was entered there."""
    known = constant_time_compare(verify_token, settings.FACEBOOK_WEBHOOK_TOKEN)
    return known and mode == "subscribe" and 0 < len(challenge) <= LONGEST_CHALLENGE


def is_signed(raw: bytes, signature: str) -> bool:
    """Over the bytes as they came: Facebook escapes what is not ASCII before it signs."""
    made = hmac.new(settings.PLATFORMS.facebook_app_secret.encode(), raw, hashlib.sha256).hexdigest()
    return constant_time_compare(signature, f"sha256={made}")


def refuse(why: str) -> None:
    """Into the log, without a word of what was sent."""
    log.warning("hook.refused", network="facebook", trouble=why)


def hear(raw: bytes, *, now: datetime) -> None:
    """Look sooner where something is said to have happened, in the same few queries however much it is.

    Raises Nonsense.
    """
    news = read(raw)
    looks = reconcile.hasten(pages=news.pages, now=now) if news.pages else 0
    readings = proof.hasten(remote_ids=news.gone, now=now) if news.gone else 0
    if looks or readings:
        log.info("hook.heard", network="facebook", count=looks + readings)


def read(raw: bytes) -> News:
    """Only ids, and only of the shape that ids have. Raises Nonsense."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise Nonsense from wrong
    changes = list(_changes(told))
    if len(changes) > MOST_CHANGES:
        raise Nonsense
    posts = [(page, value) for page, value in changes if str(value.get("item")) in POSTS]
    added = {page for page, value in posts if value.get("verb") == "add"}
    gone = {str(value.get("post_id")) for _, value in posts if value.get("verb") == "remove"}
    return News(frozenset(filter(_PAGE.fullmatch, added)), frozenset(filter(_POST.fullmatch, gone)))


def _changes(told: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Of the Pages' feeds: the Page's id and what is said of it."""
    for entry in _dicts(_dict(told).get("entry")):
        for change in _dicts(entry.get("changes", [])):
            if told.get("object") == "page" and change.get("field") == "feed":
                yield str(entry.get("id")), _dict(change.get("value"))


def _dict(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Nonsense
    return value


def _dicts(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list):
        raise Nonsense
    return [_dict(item) for item in value]
