"""X, OAuth 2.0 with PKCE: consent, token, rotating refresh tokens, revocation."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import unquote

from sandbox import connect_pages, tokens
from sandbox.consent import may_return_to, send_back
from sandbox.store import Row
from sandbox.wire import Refusal, Reply, Request, json_reply
from sandbox.world import World

CODE_LIFETIME_S = 30
MAX_STATE = 500
KNOWN_SCOPES = frozenset(
    [
        *(
            "tweet.read",
            "tweet.write",
            "tweet.moderate.write",
            "users.read",
            "users.email",
            "follows.read",
            "follows.write",
        ),
        *(
            "offline.access",
            "space.read",
            "mute.read",
            "mute.write",
            "like.read",
            "like.write",
            "list.read",
            "list.write",
        ),
        *("block.read", "block.write", "bookmark.read", "bookmark.write", "dm.read", "dm.write", "media.write"),
    ]
)
ASKED = ("response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method")


def _fault_in(world: World, asked: dict[str, str]) -> str:
    """What is wrong with the request, in the page's words; empty when nothing is."""
    if asked["response_type"] != "code" or asked["client_id"] != world.keys.X_CLIENT_ID:
        return "You weren't able to give access to the App. The client is not known."
    if not may_return_to(world, asked["redirect_uri"]):
        return "You weren't able to give access to the App. The redirect address is not approved."
    if not asked["scope"] or not set(asked["scope"].split()) <= KNOWN_SCOPES:
        return "You weren't able to give access to the App. A scope is not known."
    if not asked["state"] or len(asked["state"]) > MAX_STATE:
        return "You weren't able to give access to the App. The state is missing or too long."
    if not asked["code_challenge"] or asked["code_challenge_method"] not in {"S256", "plain", ""}:
        return "You weren't able to give access to the App. The code challenge is missing."
    return ""


def _asked(request: Request) -> dict[str, str]:
    return {name: request.values.get(name, "") for name in ASKED}


def ask(world: World, request: Request) -> Reply:
    """GET /i/oauth2/authorize. What is wrong with the request is told here and never sent to an unproved address."""
    asked = _asked(request)
    problem = _fault_in(world, asked)
    if problem:
        return connect_pages.dead_end("X", problem)
    return connect_pages.x_consent(world, request.path, asked, "", scopes=asked["scope"].split())


def decide(world: World, request: Request) -> Reply:
    asked = _asked(request)
    problem = _fault_in(world, asked)
    if problem:
        return connect_pages.dead_end("X", problem)
    if request.values.get("decision") != "allow":
        return send_back(asked["redirect_uri"], error="access_denied", state=asked["state"])
    account = world.account(request.values.get("account", ""), "x")
    if account is None:
        scopes = asked["scope"].split()
        return connect_pages.x_consent(world, request.path, asked, "", "Choose an account first.", scopes)
    code = tokens.mint(
        world,
        "code",
        request.now,
        lifetime_s=CODE_LIFETIME_S,
        account=account["id"],
        scopes=asked["scope"],
        facts=asked,
    )
    return send_back(asked["redirect_uri"], state=asked["state"], code=code)


def token(world: World, request: Request) -> Reply:
    """POST /2/oauth2/token: grant_type authorization_code or refresh_token."""
    _check_client(world, request)
    if request.values.get("grant_type") == "refresh_token":
        return _refresh(world, request)
    if request.values.get("grant_type") != "authorization_code":
        raise refuse("unsupported_grant_type", "Missing or unknown grant_type.")
    row = tokens.find_alive(world, request.values.get("code", ""), request.now, "code")
    if row is None or not _proves(tokens.facts(row), request):
        raise refuse()
    tokens.end(world, row["token"], "used")
    return json_reply(tokens.mint_oauth2(world, row["account"], row["scopes"], request.now))


def _proves(asked: dict[str, str], request: Request) -> bool:
    """The redirect address is the same and the verifier fits the challenge."""
    verifier = request.values.get("code_verifier", "")
    proof = verifier
    if asked["code_challenge_method"] == "S256":
        proof = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    same = asked["redirect_uri"] == request.values.get("redirect_uri")
    return same and hmac.compare_digest(proof.encode(), asked["code_challenge"].encode())


def _refresh(world: World, request: Request) -> Reply:
    row = tokens.find_alive(world, request.values.get("refresh_token", ""), request.now, "refresh")
    if row is None:
        raise refuse()
    _end_pair(world, row, "rotated")
    return json_reply(tokens.mint_oauth2(world, row["account"], row["scopes"], request.now))


def _end_pair(world: World, refresh: Row, reason: str) -> None:
    tokens.end(world, refresh["token"], reason)
    tokens.end(world, tokens.facts(refresh).get("access", ""), reason)


def revoke(world: World, request: Request) -> Reply:
    """POST /2/oauth2/revoke {token}."""
    _check_client(world, request)
    row = tokens.find(world, request.values.get("token", ""), "oauth2", "refresh")
    if row is not None and row["kind"] == "refresh":
        _end_pair(world, row, "revoked")
    elif row is not None:
        tokens.end(world, row["token"], "revoked")
    return json_reply({"revoked": True})


def _check_client(world: World, request: Request) -> None:
    """A confidential client shows its secret in a Basic header; a public one (switch) only its id."""
    keys, basic = world.keys, request.basic
    given = tuple(unquote(part) for part in basic) if basic else ()
    public = world.flag("x_public_client") and request.values.get("client_id") == keys.X_CLIENT_ID
    if given != (keys.X_CLIENT_ID, keys.X_CLIENT_SECRET) and not (public and not basic):
        body = {"error": "unauthorized_client", "error_description": "Missing valid authorization header"}
        raise Refusal(json_reply(body, 401))


def refuse(error: str = "invalid_request", text: str = "Value passed for the token was invalid.") -> Refusal:
    return Refusal(json_reply({"error": error, "error_description": text}, 400))
