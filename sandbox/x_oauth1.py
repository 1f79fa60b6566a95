"""X, OAuth 1.0a in three legs: request token, the person's consent, access token."""

from __future__ import annotations

from urllib.parse import urlencode

from sandbox import connect_pages, tokens, x_signature
from sandbox.consent import may_return_to, send_back
from sandbox.store import Row
from sandbox.wire import Refusal, Reply, Request, form_reply
from sandbox.world import World
from sandbox.x_problems import numbered

CALLBACK_REFUSED = (
    "Callback URL not approved for this client application. "
    "Approved callback URLs can be adjusted in your application settings"
)
REQUEST_LIFETIME_S = 15 * 60


def request_token(world: World, request: Request) -> Reply:
    """POST /oauth/request_token with oauth_callback."""
    oauth = x_signature.read_header(request.headers.get("authorization", ""))
    x_signature.verify(world, request, oauth)
    callback = oauth.get("oauth_callback") or request.values.get("oauth_callback", "")
    if not may_return_to(world, callback):
        raise Refusal(numbered(403, 415, CALLBACK_REFUSED))
    secret = tokens.new_secret()
    facts = {"callback": callback}
    token = tokens.mint(world, "request", request.now, lifetime_s=REQUEST_LIFETIME_S, secret=secret, facts=facts)
    answer = {"oauth_token": token, "oauth_token_secret": secret, "oauth_callback_confirmed": "true"}
    return form_reply(urlencode(answer))


def _pending(world: World, request: Request) -> Row | None:
    row = tokens.find_alive(world, request.values.get("oauth_token", ""), request.now, "request")
    return row if row and "verifier" not in tokens.facts(row) else None


def ask(world: World, request: Request) -> Reply:
    """GET /oauth/authorize and /oauth/authenticate: which account, and yes or no."""
    row = _pending(world, request)
    if row is None:
        return connect_pages.dead_end(
            "X", "This sign-in request has expired or was already used. Start again from the app."
        )
    chosen = request.values.get("screen_name", "")
    return connect_pages.x_consent(world, request.path, {"oauth_token": row["token"]}, chosen)


def decide(world: World, request: Request) -> Reply:
    """The form of that page comes back."""
    row = _pending(world, request)
    if row is None:
        return connect_pages.dead_end(
            "X", "This sign-in request has expired or was already used. Start again from the app."
        )
    callback = tokens.facts(row)["callback"]
    if request.values.get("decision") != "allow":
        tokens.end(world, row["token"], "denied")
        return send_back(callback, denied=row["token"])
    account = world.account(request.values.get("account", ""), "x")
    if account is None:
        return connect_pages.x_consent(
            world, request.path, {"oauth_token": row["token"]}, "", "Choose an account first."
        )
    verifier = tokens.new_secret()
    tokens.note(world, row, verifier=verifier, account=account["id"])
    return send_back(callback, oauth_token=row["token"], oauth_verifier=verifier)


def access_token(world: World, request: Request) -> Reply:
    """POST /oauth/access_token with oauth_verifier; the request token dies with it."""
    oauth = x_signature.read_header(request.headers.get("authorization", ""))
    row = tokens.find_alive(world, oauth.get("oauth_token", ""), request.now, "request")
    if row is None:
        raise x_signature.not_authenticated()
    x_signature.verify(world, request, oauth, row["secret"])
    facts = tokens.facts(row)
    verifier = oauth.get("oauth_verifier") or request.values.get("oauth_verifier")
    account = world.account(facts.get("account", ""), "x")
    if not verifier or verifier != facts.get("verifier") or account is None:
        raise x_signature.not_authenticated()
    tokens.end(world, row["token"], "used")
    token, secret = tokens.mint_oauth1(world, account["id"], request.now)
    who = {"user_id": account["id"], "screen_name": account["handle"]}
    return form_reply(urlencode({"oauth_token": token, "oauth_token_secret": secret, **who}))
