"""OAuth 1.0a signatures (RFC 5849), really verified: HMAC-SHA1, timestamp, nonce."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from urllib.parse import quote, unquote

from sandbox.wire import Refusal, Request
from sandbox.world import World
from sandbox.x_problems import numbered

MAX_SKEW_S = 300


def read_header(value: str) -> dict[str, str]:
    """The parameters of an `Authorization: OAuth ...` header, decoded."""
    scheme, _, rest = value.partition(" ")
    if scheme.lower() != "oauth":
        return {}
    return {unquote(name): unquote(text) for name, text in re.findall(r'([\w.%-]+)="([^"]*)"', rest)}


def escape(text: str) -> str:
    return quote(text, safe="-._~")


def base_string(request: Request, oauth: dict[str, str]) -> str:
    """RFC 5849 3.4.1. Form fields count only in a urlencoded body, never in a multipart one."""
    form = request.form if request.content_type.startswith("application/x-www-form-urlencoded") else []
    signed = [(name, value) for name, value in oauth.items() if name not in {"oauth_signature", "realm"}]
    pairs = sorted((escape(name), escape(value)) for name, value in [*request.params, *form, *signed])
    text = "&".join(f"{name}={value}" for name, value in pairs)
    return "&".join((request.method.upper(), escape(request.base + request.path), escape(text)))


def signature(request: Request, oauth: dict[str, str], consumer_secret: str, token_secret: str) -> str:
    key = f"{escape(consumer_secret)}&{escape(token_secret)}".encode()
    digest = hmac.new(key, base_string(request, oauth).encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def verify(world: World, request: Request, oauth: dict[str, str], token_secret: str = "") -> None:
    """Raises Refusal (401, code 32 or 135). The timestamp is held against the real clock, which the client reads."""
    if (
        oauth.get("oauth_consumer_key") != world.keys.X_CONSUMER_KEY
        or oauth.get("oauth_signature_method") != "HMAC-SHA1"
    ):
        raise not_authenticated()
    expected = signature(request, oauth, world.keys.X_CONSUMER_SECRET, token_secret)
    if not hmac.compare_digest(expected, oauth.get("oauth_signature", "")):
        raise not_authenticated()
    moment = oauth.get("oauth_timestamp", "")
    if not moment.isdecimal() or abs(int(moment) - time.time()) > MAX_SKEW_S:
        raise Refusal(numbered(401, 135, "Timestamp out of bounds."))
    _use_nonce(world, oauth)


def _use_nonce(world: World, oauth: dict[str, str]) -> None:
    real_now = int(time.time())
    world.store.run("DELETE FROM nonces WHERE seen_at < ?", real_now - 2 * MAX_SKEW_S)
    key = "|".join((oauth.get("oauth_token", ""), oauth["oauth_timestamp"], oauth.get("oauth_nonce", "")))
    if not oauth.get("oauth_nonce") or world.store.row("SELECT 1 FROM nonces WHERE nonce = ?", key):
        raise not_authenticated()
    world.store.insert("nonces", nonce=key, seen_at=real_now)


def not_authenticated() -> Refusal:
    return Refusal(numbered(401, 32, "Could not authenticate you."))
