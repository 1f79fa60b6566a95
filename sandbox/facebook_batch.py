"""Facebook: up to 50 calls in one request. Each counts as a call and may carry a token of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sandbox import facebook_door, facebook_problems, router
from sandbox.wire import Refusal, Reply, Request, json_reply
from sandbox.world import World

MAX_ITEMS = 50


def over(routes: Iterable[router.Route]) -> router.View:
    """The view of `POST /` for these routes."""

    def answer(world: World, request: Request) -> Reply:
        items = _items(request)
        shows_headers = request.values.get("include_headers", "true") not in {"false", "0"}
        answers = [_one(world, routes, request, item) for item in items]
        return json_reply([_entry(reply, shows_headers) for reply in answers])

    return answer


def _items(request: Request) -> list[dict[str, Any]]:
    try:
        items = json.loads(request.values.get("batch", ""))
    except ValueError:
        items = None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise facebook_problems.parameter("Param batch must be a JSON array of objects")
    if len(items) > MAX_ITEMS:
        message = "Too many requests in batch message. Maximum batch size is 50"
        error = {"message": message, "type": "GraphBatchException"}
        raise Refusal(json_reply({"error": error}, 400))
    return items


def _one(world: World, routes: Iterable[router.Route], outer: Request, item: dict[str, Any]) -> Reply:
    relative, _, query = str(item.get("relative_url", "")).lstrip("/").partition("?")
    path, version = facebook_door.split_version(f"/fb/{relative}")
    headers = {"content-type": "application/x-www-form-urlencoded"}
    body = str(item.get("body", "")).encode()
    method = str(item.get("method", "GET")).upper()
    inner = Request(method, path, query, headers, body, outer.now, outer.base, version=version)
    if "access_token" not in inner.values:
        given = {"access_token": item.get("access_token"), "appsecret_proof": item.get("appsecret_proof")}
        for name, value in given.items():
            own = value if item.get("access_token") else outer.values.get(name)
            inner.values.update({name: own} if own else {})
    found = router.find(routes, method, path)
    if found is None:
        return facebook_problems.unknown_path(f"/{relative}")
    route, inner.args = found
    return route.door.open(world, inner, route.view)


def _entry(reply: Reply, shows_headers: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"code": reply.status, "body": reply.body.decode()}
    if shows_headers:
        entry["headers"] = [{"name": name, "value": value} for name, value in reply.headers]
    return entry
