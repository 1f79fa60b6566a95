"""Facebook: the login dialog, the code for a token, and what a token may do."""

from __future__ import annotations

from typing import Any

from sandbox import connect_pages, facebook_door, facebook_problems, tokens
from sandbox.consent import may_return_to, send_back
from sandbox.facebook_posts import page_of
from sandbox.facebook_shapes import page_node
from sandbox.store import Row
from sandbox.wire import Reply, Request, json_reply, split_list
from sandbox.world import World

CODE_LIFETIME_S = 600
SHORT_S, LONG_S = 5_400, 5_183_944
DATA_ACCESS_S = 90 * 24 * 3600
ASKED = ("client_id", "redirect_uri", "state", "scope", "response_type", "auth_type")
DENIED = {
    "error": "access_denied",
    "error_code": "200",
    "error_description": "Permissions error",
    "error_reason": "user_denied",
}


def _asked(request: Request) -> dict[str, str]:
    return {name: request.values.get(name, "") for name in ASKED}


def _fault_in(world: World, asked: dict[str, str]) -> str:
    if asked["client_id"] != world.keys.FACEBOOK_APP_ID:
        return "Invalid App ID: the provided app ID does not look like a valid app ID."
    if not may_return_to(world, asked["redirect_uri"]):
        return "URL blocked: this redirect failed because the redirect URI is not in the app's settings."
    if asked["response_type"] not in {"", "code"}:
        return "Only response_type=code is simulated."
    return ""


def ask(world: World, request: Request) -> Reply:
    """GET /{v}/dialog/oauth: who, which Pages, which permissions."""
    asked = _asked(request)
    problem = _fault_in(world, asked)
    if problem:
        return connect_pages.dead_end("Facebook", problem)
    return connect_pages.facebook_consent(world, request.path, asked)


def decide(world: World, request: Request) -> Reply:
    asked = _asked(request)
    problem = _fault_in(world, asked)
    if problem:
        return connect_pages.dead_end("Facebook", problem)
    if request.values.get("decision") != "allow":
        return send_back(asked["redirect_uri"], **DENIED, state=asked["state"])
    person = world.store.row("SELECT * FROM people WHERE id = ?", request.values.get("account", ""))
    if person is None:
        return connect_pages.facebook_consent(world, request.path, asked, "Choose who you are first.")
    pages = [page for page in request.all("pages") if person["has_pages"] and world.account(page, "facebook")]
    granted = [scope for scope in split_list([asked["scope"]]) if scope in request.all("permissions")]
    facts = {"redirect_uri": asked["redirect_uri"], "pages": pages, "asked": split_list([asked["scope"]])}
    columns: dict[str, Any] = {"person": person["id"], "scopes": " ".join(granted), "facts": facts}
    code = tokens.mint(world, "fb_code", request.now, lifetime_s=CODE_LIFETIME_S, **columns)
    return send_back(asked["redirect_uri"], fragment="#_=_", code=code, state=asked["state"])


def access_token(world: World, request: Request) -> Reply:
    """GET or POST /oauth/access_token: a code, a short token for a long one, or the app's own token."""
    if request.values.get("client_id") != world.keys.FACEBOOK_APP_ID:
        raise facebook_problems.refuse("Error validating application. Invalid application ID.", 101)
    if request.values.get("client_secret") != world.keys.FACEBOOK_APP_SECRET:
        raise facebook_problems.refuse("Error validating client secret.", 1)
    grant = request.values.get("grant_type", "")
    if grant == "client_credentials":
        return json_reply({"access_token": facebook_door.app_token(world), "token_type": "bearer"})
    if grant == "fb_exchange_token":
        return _exchange(world, request)
    return _redeem(world, request)


def _redeem(world: World, request: Request) -> Reply:
    row = tokens.find(world, request.values.get("code", ""), "fb_code")
    if row is None:
        raise facebook_problems.parameter("Invalid verification code format.")
    if row["dead"] is not None:
        raise facebook_problems.refuse("This authorization code has been used.", 100, subcode=36009)
    if not tokens.is_alive(row, request.now):
        raise facebook_problems.refuse("This authorization code has expired.", 100, subcode=36007)
    if request.values.get("redirect_uri") != tokens.facts(row)["redirect_uri"]:
        message = (
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used"
        )
        raise facebook_problems.refuse(message, 100, subcode=36008)
    tokens.end(world, row["token"], "used")
    token = _mint_person(world, row, SHORT_S, request.now)
    return json_reply({"access_token": token, "token_type": "bearer", "expires_in": SHORT_S})


def _mint_person(world: World, row: Row, lifetime_s: int, now: int) -> str:
    facts = tokens.facts(row) | {"is_long": lifetime_s == LONG_S}
    columns: dict[str, Any] = {"person": row["person"], "scopes": row["scopes"], "facts": facts}
    return tokens.mint(world, "fb_user", now, lifetime_s=lifetime_s, **columns)


def _exchange(world: World, request: Request) -> Reply:
    row = tokens.find_alive(world, request.values.get("fb_exchange_token", ""), request.now, "fb_user")
    if row is None:
        raise facebook_problems.token_refused()
    token = _mint_person(world, row, LONG_S, request.now)
    return json_reply({"access_token": token, "token_type": "bearer", "expires_in": LONG_S})


def my_pages(world: World, request: Request) -> Reply:
    """GET /me/accounts: the ticked Pages, each with a token of its own."""
    row = _own_token(world, request)
    if "pages_show_list" not in row["scopes"].split():
        raise facebook_problems.permission("pages_show_list")
    found = [world.account(page, "facebook") for page in tokens.facts(row).get("pages", [])]
    pages = [page for page in found if page]
    fields = request.values.get("fields", "access_token,category,name,id,tasks")

    def render(page: Row) -> dict[str, Any]:
        return page_node(world, request, page, fields, _page_token(world, row, page["id"], request.now))

    return page_of(request, pages, [page["id"] for page in pages], render)


def _own_token(world: World, request: Request) -> Row:
    row = tokens.find(world, request.caller.token, "fb_user")
    if row is None or request.args["id"] != row["person"]:
        raise facebook_problems.unknown_object(request.args["id"], request.method)
    return row


def _page_token(world: World, person: Row, page: str, now: int) -> str:
    """The same token each time. From a long-lived user token it never expires."""
    known = world.store.row(
        "SELECT token FROM tokens WHERE kind = 'page' AND account = ? AND dead IS NULL"
        " AND json_extract(facts, '$.source') = ?",
        page,
        person["token"],
    )
    if known:
        return str(known["token"])
    facts = tokens.facts(person)
    lifetime_s = None if facts.get("is_long") else (person["expires_at"] - now) // 1000
    columns: dict[str, Any] = {"account": page, "person": person["person"], "scopes": person["scopes"]}
    return tokens.mint(world, "page", now, lifetime_s=lifetime_s, facts={"source": person["token"]}, **columns)


def permissions(world: World, request: Request) -> Reply:
    """GET /me/permissions."""
    row = _own_token(world, request)
    granted = set(row["scopes"].split())
    asked = ["public_profile", *tokens.facts(row).get("asked", [])]
    states = {scope: "granted" if scope in granted | {"public_profile"} else "declined" for scope in asked}
    return json_reply({"data": [{"permission": scope, "status": state} for scope, state in states.items()]})


def withdraw(world: World, request: Request) -> Reply:
    """DELETE /{user}/permissions: the app is removed, and every token of this person with it."""
    row = _own_token(world, request)
    sql = "UPDATE tokens SET dead = '458' WHERE person = ? AND kind IN ('fb_user', 'page') AND dead IS NULL"
    world.store.run(sql, row["person"])
    return json_reply({"success": True})


def debug(world: World, request: Request) -> Reply:
    """GET /debug_token?input_token=."""
    given = request.values.get("input_token", "")
    if given == facebook_door.app_token(world):
        body = {"app_id": world.keys.FACEBOOK_APP_ID, "type": "APP", "is_valid": True}
        return json_reply({"data": {**body, "application": "Simulated app"}})
    row = tokens.find(world, given, "fb_user", "page")
    if row is None:
        error = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
        return json_reply({"data": {"error": error, "is_valid": False, "scopes": []}})
    return json_reply({"data": _described(world, row, request.now)})


def _described(world: World, row: Row, now: int) -> dict[str, Any]:
    scopes, alive = row["scopes"].split(), tokens.is_alive(row, now)
    pages = [row["account"]] if row["account"] else tokens.facts(row).get("pages", [])
    body: dict[str, Any] = {
        "app_id": world.keys.FACEBOOK_APP_ID,
        "application": "Simulated app",
        "type": "PAGE" if row["kind"] == "page" else "USER",
        "is_valid": alive,
        "issued_at": row["created_at"] // 1000,
        "expires_at": (row["expires_at"] or 0) // 1000,
        "data_access_expires_at": row["created_at"] // 1000 + DATA_ACCESS_S,
        "scopes": scopes,
        "granular_scopes": [{"scope": scope, "target_ids": pages} for scope in scopes],
        "user_id": row["person"],
    }
    if row["account"]:
        body["profile_id"] = row["account"]
    if not alive:
        subcode = row["dead"] if row["dead"] in facebook_problems.SESSION_ENDED else "463"
        body["error"] = {"code": 190, "message": facebook_problems.SESSION_ENDED[subcode], "subcode": int(subcode)}
    return body
