"""What can go wrong with one request, on demand. README.md lists every kind."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sandbox import facebook_problems, tokens, x_problems, x_signature
from sandbox.wire import Headers, Refusal, Reply, Request
from sandbox.world import World

HTML = (
    b"<!doctype html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>"
)


@dataclass(frozen=True)
class Fault:
    """One rule that has met a request."""

    id: int
    kind: str
    action: dict[str, Any]
    platform: str

    def number(self, name: str, default: float = 0) -> float:
        return float(self.action.get(name, default))


def account_of(world: World, request: Request) -> str:
    """Whose credential comes with the request, without checking it."""
    token = x_signature.read_header(request.headers.get("authorization", "")).get("oauth_token")
    token = token or request.bearer or request.values.get("access_token", "")
    row = world.store.row("SELECT account FROM tokens WHERE token = ?", token)
    return row["account"] if row else ""


def error(fault: Fault, default: int = 500) -> Reply:
    """The platform's own way of saying this status, or one of the bodies that break parsers."""
    status = status_of(fault, default)
    shape = fault.action.get("body", "platform")
    if shape == "html":
        return Reply(status, HTML, (("content-type", "text/html; charset=utf-8"),))
    if shape == "empty":
        return Reply(status, b"", (("content-type", "application/json"),))
    if shape == "json_without_error":
        return Reply(status, b'{"something":1}', (("content-type", "application/json"),))
    if isinstance(shape, dict | list):
        return Reply(status, json.dumps(shape).encode(), (("content-type", "application/json"),))
    return _own_words(fault, status)


def status_of(fault: Fault, default: int) -> int:
    """The HTTP status. On Facebook a `code` below 100 can only be Graph's own."""
    wanted = int(fault.action.get("status") or fault.action.get("code") or default)
    return wanted if wanted >= 100 else default


def _own_words(fault: Fault, status: int) -> Reply:
    action = fault.action
    if fault.platform == "x":
        title = str(action.get("title") or STATUS_WORDS.get(status, "Error"))
        return x_problems.problem(status, title, str(action.get("detail", "")), str(action.get("type", "about:blank")))
    default = {400: 100, 401: 190, 403: 200, 429: 4}.get(status, 2)
    graph = action.get("code") if int(action.get("code") or 100) < 100 else None
    code = int(action.get("error_code") or graph or default)
    message = str(action.get("message") or "An unexpected error has occurred. Please retry your request later.")
    return facebook_problems.problem(
        message, code, subcode=int(action.get("error_subcode", 0)), status=status, is_transient=status >= 500
    )


STATUS_WORDS = {
    400: "Invalid Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found Error",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


def _status(world: World, fault: Fault, request: Request) -> Reply | None:
    reply = error(fault, 503)
    if fault.action.get("no_content_type"):
        return replace(reply, headers=tuple(item for item in reply.headers if item[0] != "content-type"))
    return reply


def _rate_limit(world: World, fault: Fault, request: Request) -> Reply | None:
    if fault.platform == "facebook":
        minutes = int(fault.number("reset_in_s", 900)) // 60
        code = int(fault.action.get("code", 32))
        usage = {
            "type": "pages",
            "call_count": 107,
            "total_cputime": 20,
            "total_time": 30,
            "estimated_time_to_regain_access": minutes,
        }
        header = ("x-business-use-case-usage", json.dumps({account_of(world, request) or "0": [usage]}))
        return facebook_problems.throttled(code).also(header)
    reset_at = request.now // 1000 + int(fault.number("reset_in_s", 900))
    headers: Headers = (("x-rate-limit-limit", "100"), ("x-rate-limit-remaining", "0"))
    # An empty value marks the header as held back: the server leaves it out.
    reset = "" if fault.action.get("no_reset_header") else str(reset_at)
    return x_problems.too_many(world.flag("x_rate_limit_body")).also(*headers, ("x-rate-limit-reset", reset))


def _reset_before(world: World, fault: Fault, request: Request) -> Reply | None:
    return Reply(0, delivery="reset")


def _duplicate(world: World, fault: Fault, request: Request) -> Reply | None:
    return (
        facebook_problems.duplicate()
        if fault.platform == "facebook"
        else x_problems.forbidden(x_problems.DUPLICATE).reply
    )


def _credits(world: World, fault: Fault, request: Request) -> Reply | None:
    return x_problems.credits_depleted(account_of(world, request))


def _blocked(world: World, fault: Fault, request: Request) -> Reply | None:
    if fault.platform == "x":
        return x_problems.problem(403, "Forbidden", "You are not permitted to perform this action.")
    message = "The action attempted has been deemed abusive or is otherwise disallowed"
    return facebook_problems.problem(message, 368, status=400)


def _token(request: Request) -> str:
    signed = x_signature.read_header(request.headers.get("authorization", "")).get("oauth_token")
    return signed or request.bearer or request.values.get("access_token", "")


def _revoke(world: World, fault: Fault, request: Request) -> Reply | None:
    tokens.end(world, _token(request), str(fault.action.get("subcode", 458)))
    return None


def _expire(world: World, fault: Fault, request: Request) -> Reply | None:
    tokens.end(world, _token(request), "463")
    return None


def _mark(column: str) -> Callable[[World, Fault, Request], Reply | None]:
    def mark(world: World, fault: Fault, request: Request) -> Reply | None:
        world.store.run(f"UPDATE accounts SET {column} = 1 WHERE id = ?", account_of(world, request))  # noqa: S608
        return None

    return mark


def _lag(world: World, fault: Fault, request: Request) -> Reply | None:
    request.lag_s = fault.number("lag_s", 60)
    return None


# What happens before the request is carried out: an answer ends it there, None lets it go on.
BEFORE: dict[str, Callable[[World, Fault, Request], Reply | None]] = {
    "status": _status,
    "rate_limit": _rate_limit,
    "reset_before": _reset_before,
    "duplicate": _duplicate,
    "credits_depleted": _credits,
    "feature_block": _blocked,
    "revoke_token": _revoke,
    "expire_token": _expire,
    "suspend_account": _mark("suspended"),
    "lock_account": _mark("locked"),
    "done_but_lagging": _lag,
}


def _lagging_answer(world: World, fault: Fault, reply: Reply) -> Reply:
    answer = fault.action.get("answer", "error")
    if answer == "ok":
        return reply
    return replace(reply, delivery="reset") if answer == "reset" else error(fault)


def _media(world: World, fault: Fault, reply: Reply) -> Reply:
    """The upload that was just accepted starts processing, or has failed."""
    try:
        body = json.loads(reply.body)
        media_id = body["data"]["id"]
    except (ValueError, KeyError, TypeError):
        return reply
    failed = bool(fault.action.get("fail"))
    world.store.run("UPDATE media SET state = ? WHERE id = ?", "failed" if failed else "pending", media_id)
    if "steps" in fault.action:
        world.set_flags({"media_steps": int(fault.action["steps"])})
    broken = {
        "state": "failed",
        "error": {"code": 1, "name": "InvalidMedia", "message": "The media could not be processed."},
    }
    body["data"]["processing_info"] = broken if failed else {"state": "pending", "check_after_secs": 1}
    return replace(reply, body=json.dumps(body).encode())


# What happens to the answer of a request that was carried out.
AFTER: dict[str, Callable[[World, Fault, Reply], Reply]] = {
    "reset_after": lambda world, fault, reply: replace(reply, delivery="reset"),
    "lose_refresh_response": lambda world, fault, reply: replace(reply, delivery="reset"),
    "close_after": lambda world, fault, reply: replace(reply, delivery="close"),
    "truncate": lambda world, fault, reply: replace(reply, delivery="truncate"),
    "error_but_done": lambda world, fault, reply: error(fault),
    "done_but_lagging": _lagging_answer,
    "media": _media,
    "slow": lambda world, fault, reply: (
        replace(reply, delivery=f"trickle:{fault.number('trickle_bytes_s'):g}")
        if fault.action.get("trickle_bytes_s")
        else reply
    ),
}

# What happens to a delivery of a webhook: postman.py.
WEBHOOK = "webhook"
WEBHOOK_PARTS = ("drop", "duplicate", "reorder", "delay_s", "bad_signature")
KINDS = frozenset(BEFORE) | frozenset(AFTER) | {WEBHOOK}
MIX = "mix"


def carry_out(world: World, fault: Fault | None, request: Request, answer: Callable[[], Reply]) -> Reply:
    """The answer as the fault leaves it."""
    if fault is None:
        return answer()
    before, after = BEFORE.get(fault.kind), AFTER.get(fault.kind)
    try:
        early = before(world, fault, request) if before else None
    except Refusal as refusal:
        early = refusal.reply
    reply = early if early is not None else answer()
    if after and early is None:
        reply = after(world, fault, reply)
    return replace(reply, outcome=fault.kind)
