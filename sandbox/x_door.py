"""The way into X's interface: who is calling, may they, how many calls are left; then the headers X always sends."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sandbox import limits, tokens, x_problems, x_signature
from sandbox.router import View
from sandbox.wire import Caller, Refusal, Reply, Request
from sandbox.world import World

USER_CONTEXT = "OAuth 1.0a User Context, OAuth 2.0 User Context"


@dataclass(frozen=True)
class XDoor:
    """who: "user" (a person's token), "any" (also the app's bearer) or "open" (the view checks itself)."""

    endpoint: str
    who: str
    scopes: tuple[str, ...] = ()

    def open(self, world: World, request: Request, view: View) -> Reply:
        try:
            return self._answer(world, request, view)
        except Refusal as refusal:
            return self.dress(world, request, refusal.reply)

    def _answer(self, world: World, request: Request, view: View) -> Reply:
        if self.who != "open":
            request.caller = authenticate(world, request)
            self._admit(world, request.caller)
        allowed, headers = limits.spend(world, self.endpoint, request.caller.account, request.now)
        if not allowed:
            return self.dress(world, request, x_problems.too_many(world.flag("x_rate_limit_body")).also(*headers))
        try:
            reply = view(world, request)
        except Refusal as refusal:
            reply = refusal.reply
        return self.dress(world, request, reply.also(*headers))

    def _admit(self, world: World, caller: Caller) -> None:
        if caller.kind == "app" and self.who == "user":
            raise x_problems.refuse(
                403,
                "Unsupported Authentication",
                "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint. "
                f"Supported authentication types are [{USER_CONTEXT}].",
                x_problems.PROBLEMS + "unsupported-authentication",
            )
        if caller.kind == "oauth2" and not set(self.scopes) <= set(caller.scopes):
            raise x_problems.forbidden()
        account = world.account(caller.account, "x") if caller.account else None
        if account and account["suspended"]:
            raise x_problems.suspended()
        if account and account["locked"]:
            raise x_problems.forbidden("To protect our users, this account is temporarily locked. Log in to unlock it.")

    def dress(self, world: World, request: Request, reply: Reply) -> Reply:
        account = request.caller.account
        return reply.also(
            *limits.standing(world, self.endpoint, account, request.now),
            ("x-transaction-id", secrets.token_hex(8)),
            ("api-version", "2.167"),
            ("x-access-level", "read-write"),
            ("set-cookie", f"guest_id=v1%3A{secrets.randbelow(10**18)}; Max-Age=63072000; Path=/; SameSite=Lax"),
        )


def authenticate(world: World, request: Request) -> Caller:
    """Raises Refusal (401) unless a living credential of either kind comes with the request."""
    oauth = x_signature.read_header(request.headers.get("authorization", ""))
    if oauth:
        return _signed(world, request, oauth)
    if request.bearer and request.bearer == world.keys.X_BEARER_TOKEN:
        return Caller("app", token=request.bearer)
    row = tokens.find_alive(world, request.bearer, request.now, "oauth2")
    if row is None:
        raise x_problems.unauthorized()
    return Caller("oauth2", row["account"], scopes=tuple(row["scopes"].split()), token=row["token"])


def _signed(world: World, request: Request, oauth: dict[str, str]) -> Caller:
    row = tokens.find_alive(world, oauth.get("oauth_token", ""), request.now, "oauth1")
    if row is None:
        raise x_problems.unauthorized()
    try:
        x_signature.verify(world, request, oauth, row["secret"])
    except Refusal as refusal:
        raise x_problems.unauthorized() from refusal
    return Caller("oauth1", row["account"], token=row["token"])
