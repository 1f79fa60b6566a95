"""The published schema of `POST /2/tweets`, as far as a wrong request must be told apart from a right one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sandbox.x_problems import invalid

Check = Callable[[Any], bool]


def _text(value: Any) -> bool:
    """Text that can be sent at all: JSON may smuggle in half a surrogate pair."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _id(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\d{1,19}", value) is not None


def _ids(low: int, high: int) -> Check:
    return lambda value: isinstance(value, list) and low <= len(value) <= high and all(map(_id, value))


def _options(value: Any) -> bool:
    return isinstance(value, list) and 2 <= len(value) <= 4 and all(_text(o) and 1 <= len(o) <= 25 for o in value)


def _minutes(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 5 <= value <= 10080


def _one_of(*words: str) -> Check:
    return lambda value: value in words


def _object(required: tuple[str, ...], **checks: Check) -> Check:
    def check(value: Any) -> bool:
        if not isinstance(value, dict) or not set(required) <= set(value):
            return False
        return all(name in checks and checks[name](item) for name, item in value.items())

    return check


_settings = _one_of("following", "mentionedUsers", "subscribers", "verified")

POST: dict[str, Check] = {
    "text": _text,
    "media": _object(("media_ids",), media_ids=_ids(1, 4), tagged_user_ids=_ids(0, 10)),
    "poll": _object(
        ("options", "duration_minutes"), options=_options, duration_minutes=_minutes, reply_settings=_settings
    ),
    "reply": _object(
        ("in_reply_to_tweet_id",),
        in_reply_to_tweet_id=_id,
        exclude_reply_user_ids=_ids(0, 50),
        auto_populate_reply_metadata=_flag,
    ),
    "quote_tweet_id": _id,
    "reply_settings": _settings,
    "geo": _object((), place_id=_text),
    "community_id": _id,
    "direct_message_deep_link": _text,
    "card_uri": _text,
    "edit_options": _object(("previous_post_id",), previous_post_id=_id),
    "for_super_followers_only": _flag,
    "made_with_ai": _flag,
    "nullcast": _flag,
    "paid_partnership": _flag,
    "share_with_followers": _flag,
}


def read_post(body: Any) -> dict[str, Any]:
    """The body when it fits the schema. Raises Refusal (400) for anything unknown, wrong or empty."""
    if not isinstance(body, dict):
        raise invalid("body", str(body)[:50], "The request body must be a JSON object.")
    for name, value in body.items():
        if name not in POST:
            raise invalid(
                name,
                value,
                f"$.{name}: is not defined in the schema and the schema does not allow additional properties",
            )
        if not POST[name](value):
            raise invalid(name, value, f"$.{name}: does not match the schema")
    if not body.get("text", "").strip() and not body.get("media") and not body.get("poll"):
        raise invalid("text", body.get("text", ""), "You must provide either text or media in your request.")
    return body
