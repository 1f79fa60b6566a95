"""Tokens of both networks: minted, found, ended. Every one starts with `sbx_` (OAuth 1.0a: `<user id>-sbx_`)."""

from __future__ import annotations

import json
import secrets
from typing import Any

from sandbox.seed import PREFIX
from sandbox.store import Row
from sandbox.world import World

X_SCOPES = "tweet.read tweet.write users.read media.write offline.access"
PAGE_SCOPES = " ".join(
    (
        "pages_show_list",
        "pages_manage_posts",
        "pages_read_engagement",
        "pages_read_user_content",
        "pages_manage_engagement",
        "pages_manage_metadata",
        "read_insights",
        "business_management",
    )
)


def new_secret(label: str = "") -> str:
    return f"{PREFIX}{label}{secrets.token_urlsafe(24)}"


def mint(world: World, kind: str, now: int, *, lifetime_s: int | None = None, token: str = "", **columns: Any) -> str:
    """Keep a new token; `facts` may be any JSON object. Answers the token."""
    value = token or new_secret(f"{kind}_")
    columns["facts"] = json.dumps(columns.get("facts", {}))
    ends = None if lifetime_s is None else now + lifetime_s * 1000
    world.store.insert("tokens", token=value, kind=kind, created_at=now, expires_at=ends, **columns)
    return value


def find(world: World, token: str, *kinds: str) -> Row | None:
    """A token of one of these kinds, dead or alive."""
    row = world.store.row("SELECT * FROM tokens WHERE token = ?", token) if token else None
    return row if row and row["kind"] in kinds else None


def is_alive(row: Row, now: int) -> bool:
    return row["dead"] is None and (row["expires_at"] is None or row["expires_at"] > now)


def find_alive(world: World, token: str, now: int, *kinds: str) -> Row | None:
    row = find(world, token, *kinds)
    return row if row and is_alive(row, now) else None


def facts(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row["facts"])
    return found


def end(world: World, token: str, reason: str) -> None:
    """The token is dead from now on; the first reason stays."""
    world.store.run("UPDATE tokens SET dead = ? WHERE token = ? AND dead IS NULL", reason, token)


def mint_oauth1(world: World, account: str, now: int) -> tuple[str, str]:
    """An OAuth 1.0a user token and its secret; X puts the user id in front."""
    secret = new_secret()
    token = mint(world, "oauth1", now, token=f"{account}-{new_secret()}", secret=secret, account=account)
    return token, secret


def mint_oauth2(world: World, account: str, scopes: str, now: int) -> dict[str, Any]:
    """An OAuth 2.0 pair as the token endpoint answers it."""
    access = mint(world, "oauth2", now, lifetime_s=7200, account=account, scopes=scopes)
    pair = {"token_type": "bearer", "expires_in": 7200, "access_token": access, "scope": scopes}
    if "offline.access" in scopes.split():
        refresh = mint(world, "refresh", now, account=account, scopes=scopes, facts={"access": access})
        pair["refresh_token"] = refresh
    return pair


def mint_page(world: World, page: str, person: str, scopes: str, now: int, lifetime_s: int | None = None) -> str:
    return mint(world, "page", now, lifetime_s=lifetime_s, account=page, person=person, scopes=scopes)


def note(world: World, row: Row, **more: Any) -> None:
    """Add facts to a token."""
    world.store.run("UPDATE tokens SET facts = ? WHERE token = ?", json.dumps(facts(row) | more), row["token"])
