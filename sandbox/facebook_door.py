"""The way into the Graph API: version, token, app secret proof, rights on a Page, usage headers."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass

from sandbox import facebook_problems, limits, tokens
from sandbox.router import View
from sandbox.wire import Caller, Headers, Refusal, Reply, Request
from sandbox.world import World

LIVING = ("v21.0", "v22.0", "v23.0", "v24.0", "v25.0", "v26.0")
PAGE_CALLS_A_DAY = 4_800
APP_CALLS_AN_HOUR = 200_000


def split_version(path: str) -> tuple[str, str]:
    """`/fb/v25.0/me` is ("/fb/me", "v25.0"). A dead or missing version is answered by the oldest living one."""
    found = re.match(r"/fb/(v\d+\.\d+)(?=/|$)", path)
    if not found:
        return path, LIVING[0]
    version = found[1] if found[1] in LIVING else LIVING[0]
    return "/fb" + (path[found.end() :] or "/"), version


@dataclass(frozen=True)
class GraphDoor:
    """needs_token: False only for the token endpoint itself."""

    needs_token: bool = True

    def open(self, world: World, request: Request, view: View) -> Reply:
        try:
            _merge_json(request)
            if self.needs_token:
                request.caller = authenticate(world, request)
                _resolve_me(request)
                _check_usage(world, request)
            reply = view(world, request)
        except Refusal as refusal:
            reply = refusal.reply
        return self.dress(world, request, reply)

    def dress(self, world: World, request: Request, reply: Reply) -> Reply:
        return reply.also(
            ("facebook-api-version", request.version or LIVING[0]),
            ("x-fb-trace-id", secrets.token_urlsafe(8)),
            ("x-fb-request-id", secrets.token_urlsafe(16)),
            *_usage_headers(world, request),
        )


def _merge_json(request: Request) -> None:
    """A JSON body counts as fields; what is not text becomes JSON text, as in a form."""
    if request.content_type.startswith("application/json") and isinstance(request.json, dict):
        for name, value in request.json.items():
            request.values[name] = value if isinstance(value, str) else json.dumps(value)


def authenticate(world: World, request: Request) -> Caller:
    """Raises Refusal: no token, a dead one, or a wrong or missing appsecret_proof."""
    token = request.values.get("access_token") or request.bearer
    if not token:
        message = "An active access token must be used to query information about the current user."
        raise facebook_problems.refuse(message, 2500)
    is_app = hmac.compare_digest(token.encode(), app_token(world).encode())
    caller = Caller("app", token=token) if is_app else _person_or_page(world, token, request.now)
    check_proof(world, request, caller)
    return caller


def _person_or_page(world: World, token: str, now: int) -> Caller:
    row = tokens.find(world, token, "fb_user", "page")
    if row is None:
        raise facebook_problems.token_refused()
    if not tokens.is_alive(row, now):
        raise facebook_problems.token_refused(row["dead"] if str(row["dead"]).isdecimal() else "463")
    kind = "page" if row["kind"] == "page" else "user"
    return Caller(kind, row["account"], row["person"], tuple(row["scopes"].split()), token)


def app_token(world: World) -> str:
    return f"{world.keys.FACEBOOK_APP_ID}|{world.keys.FACEBOOK_APP_SECRET}"


def proof(world: World, token: str) -> str:
    return hmac.new(world.keys.FACEBOOK_APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()


def check_proof(world: World, request: Request, caller: Caller) -> None:
    """An app token holds the secret itself, so only a proof that is given is looked at."""
    given = request.values.get("appsecret_proof")
    if given is None and (caller.kind == "app" or not world.flag("proof_required")):
        return
    if given is None:
        message = "API calls from the server require an appsecret_proof argument"
        raise facebook_problems.refuse(message, 100, kind="GraphMethodException")
    if not hmac.compare_digest(given.encode(), proof(world, caller.token).encode()):
        message = "Invalid appsecret_proof provided in the API argument"
        raise facebook_problems.refuse(message, 100, kind="GraphMethodException")


def _resolve_me(request: Request) -> None:
    if request.args.get("id") == "me":
        request.args["id"] = request.caller.account or request.caller.person


def require(request: Request, page: str, scope: str) -> None:
    """The token speaks for this Page and carries this permission. Raises Refusal (code 200)."""
    if request.caller.kind != "page" or request.caller.account != page:
        raise facebook_problems.refuse(
            "(#200) If posting to a page, requires both pages_read_engagement and pages_manage_posts as an admin with "
            "sufficient administrative permission and a page access token of that page",
            200,
            status=403,
        )
    if scope not in request.caller.scopes:
        raise facebook_problems.permission(scope)


def _page_window(world: World, request: Request) -> tuple[str, int]:
    return f"fb|page|{request.caller.account}", 24 * 3600


def _check_usage(world: World, request: Request) -> None:
    limits.count(world, "fb|app", APP_CALLS_AN_HOUR, 3600, request.now)
    if request.caller.kind == "page":
        key, length_s = _page_window(world, request)
        if limits.count(world, key, PAGE_CALLS_A_DAY, length_s, request.now).is_spent:
            raise Refusal(facebook_problems.throttled(80001))


def _usage_headers(world: World, request: Request) -> Headers:
    app = limits.peek(world, "fb|app", APP_CALLS_AN_HOUR, 3600, request.now)
    share = 100 * app.used // app.limit
    headers: Headers = (
        ("x-app-usage", json.dumps({"call_count": share, "total_time": share, "total_cputime": share})),
    )
    if request.caller.kind != "page":
        return headers
    key, length_s = _page_window(world, request)
    page = limits.peek(world, key, PAGE_CALLS_A_DAY, length_s, request.now)
    wait = (page.resets_at_s - request.now // 1000) // 60 if page.is_spent else 0
    share = 100 * page.used // page.limit
    usage = {"type": "pages", "call_count": share, "total_cputime": share, "total_time": share}
    entry = {request.caller.account: [{**usage, "estimated_time_to_regain_access": wait}]}
    return (*headers, ("x-business-use-case-usage", json.dumps(entry)))
