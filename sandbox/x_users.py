"""X: users and their timelines."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from sandbox import ledger, x_problems
from sandbox.store import Row
from sandbox.wire import Reply, Request, json_reply, split_list
from sandbox.world import World
from sandbox.x_posts import FIELD_NAMES
from sandbox.x_shapes import POST_FIELDS, USER_FIELDS, asked_fields, includes, instant, post_node, user_node

HISTORY = 3_200


def me(world: World, request: Request) -> Reply:
    """GET /2/users/me."""
    return _user(world, request, world.account(request.caller.account, "x"), "id", request.caller.account)


def by_id(world: World, request: Request) -> Reply:
    """GET /2/users/{id}."""
    return _user(world, request, world.account(request.args["id"], "x"), "id", request.args["id"])


def by_name(world: World, request: Request) -> Reply:
    """GET /2/users/by/username/{name}."""
    return _user(world, request, world.account_called("x", request.args["name"]), "username", request.args["name"])


def many(world: World, request: Request) -> Reply:
    """GET /2/users?ids=."""
    fields = asked_fields(request, ("user.fields",), USER_FIELDS)
    data, errors = [], []
    for user_id in split_list(request.all("ids"))[:100]:
        account = world.account(user_id, "x")
        if account:
            data.append(user_node(world, account, fields))
        else:
            errors.append(x_problems.missing("user", "ids", user_id))
    return json_reply({**({"data": data} if data else {}), **({"errors": errors} if errors else {})})


def _user(world: World, request: Request, account: Row | None, parameter: str, value: str) -> Reply:
    fields = asked_fields(request, ("user.fields",), USER_FIELDS)
    if account is None:
        return json_reply({"errors": [x_problems.missing("user", parameter, value)]})
    return json_reply({"data": user_node(world, account, fields)})


def posts(world: World, request: Request) -> Reply:
    """GET /2/users/{id}/tweets, newest first. The timeline may lag behind the look-up by id."""
    if world.account(request.args["id"], "x") is None:
        return json_reply({"errors": [x_problems.missing("user", "id", request.args["id"])]})
    since, until = _moment(request, "start_time"), _moment(request, "end_time")
    found = ledger.timeline(world, request.args["id"], request.now, since=since or 0, until=until)[:HISTORY]
    return _page(world, request, _between(request, found))


def mentions(world: World, request: Request) -> Reply:
    """GET /2/users/{id}/mentions: posts of the sandbox's other accounts that name this one."""
    account = world.account(request.args["id"], "x")
    if account is None:
        return json_reply({"errors": [x_problems.missing("user", "id", request.args["id"])]})
    since, until = _moment(request, "start_time") or 0, _moment(request, "end_time") or request.now
    found = world.store.rows(
        "SELECT * FROM posts WHERE network = 'x' AND account != ? AND deleted_at IS NULL AND visible_at <= ?"
        " AND published_at BETWEEN ? AND ? AND instr(lower(sent), ?) ORDER BY published_at DESC, id DESC LIMIT 800",
        account["id"],
        request.now,
        since,
        until,
        "@" + account["handle"].lower(),
    )
    return _page(world, request, _between(request, found))


def _moment(request: Request, name: str) -> int | None:
    value = request.values.get(name)
    if value is None:
        return None
    moment = instant(value)
    if moment is None:
        raise x_problems.invalid(
            name, value, f"The `{name}` query parameter value [{value}] is not a valid RFC 3339 time"
        )
    return moment + (999 if name == "end_time" else 0)


def _between(request: Request, found: list[Row]) -> list[Row]:
    since, until = request.values.get("since_id", "0"), request.values.get("until_id", "9" * 19)
    if not since.isdecimal() or not until.isdecimal():
        raise x_problems.invalid("since_id", since, "The `since_id` or `until_id` query parameter value is not valid")
    return [post for post in found if int(since) < int(post["id"]) < int(until)]


def _page(world: World, request: Request, found: list[Row]) -> Reply:
    """One page. The token names the last post shown, so posts that arrive meanwhile move nothing."""
    size = request.values.get("max_results", "10")
    if not size.isdecimal() or not 5 <= int(size) <= 100:
        raise x_problems.invalid(
            "max_results", size, f"The `max_results` query parameter value [{size}] is not between 5 and 100"
        )
    start = _after(request, found)
    shown = found[start : start + int(size)]
    if not shown:
        return json_reply({"meta": {"result_count": 0}})
    meta: dict[str, Any] = {"result_count": len(shown), "newest_id": shown[0]["id"], "oldest_id": shown[-1]["id"]}
    if start + len(shown) < len(found):
        meta["next_token"] = base64.b32encode(shown[-1]["id"].encode()).decode().lower().rstrip("=")
    fields = asked_fields(request, FIELD_NAMES, POST_FIELDS)
    for post in shown:
        ledger.note_read(world, post, request.now)
    nodes = [post_node(world, post, fields, request) for post in shown]
    errors = [error for _, refused in nodes for error in refused]
    body = {"data": [node for node, _ in nodes], **includes(world, request, shown), "meta": meta}
    return json_reply({**body, **({"errors": errors} if errors else {})})


def _after(request: Request, found: list[Row]) -> int:
    token = request.values.get("pagination_token") or request.values.get("next_token")
    if not token:
        return 0
    try:
        last = base64.b32decode(token.upper() + "=" * (-len(token) % 8)).decode()
    except ValueError:
        last = ""
    if not last.isdecimal():
        raise x_problems.invalid("pagination_token", token, "The `pagination_token` query parameter value is not valid")
    return next((index for index, post in enumerate(found) if int(post["id"]) < int(last)), len(found))


def usage(world: World, request: Request) -> Reply:
    """GET /2/usage/tweets: what the project has used this month."""
    first = datetime.fromtimestamp(request.now / 1000, UTC).replace(day=1)
    used = str(ledger.priced_reads(world, since_day=int(first.timestamp()) // 86_400))
    return json_reply(
        {"data": {"project_cap": "3000000", "project_id": "1", "project_usage": used, "cap_reset_day": 1}}
    )
