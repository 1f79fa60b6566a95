"""Which requests go wrong: a rule names them, the first that fits fires and is counted."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import Any

from sandbox.mishaps import MIX, WEBHOOK, Fault, account_of
from sandbox.store import Row
from sandbox.wire import Request
from sandbox.world import World


def platform_of(path: str) -> str:
    head = path.split("/", 2)[1] if "/" in path else ""
    return {"x": "x", "x-upload": "x", "fb": "facebook"}.get(head, "")


def pick(world: World, request: Request) -> Fault | None:
    """The first rule that meets this request and fires; counts what it saw."""
    platform = platform_of(request.path)
    if not platform:
        return None
    return _first(world, platform, lambda rule: not of_hooks(rule["action"]) and _meets(world, rule, request, platform))


def pick_for_hook(world: World, page: str) -> Fault | None:
    """The same for one delivery of a webhook: only the `webhook` rules, by `account` and `nth`."""
    account = world.account(page, "facebook")
    if account is None:
        return None
    with world.store.transaction():
        return _first(world, "facebook", lambda rule: of_hooks(rule["action"]) and _means(rule, account, "facebook"))


def of_hooks(action: dict[str, Any]) -> bool:
    """Whether this happens to deliveries of webhooks, not to requests."""
    first = action["of"][0] if action["kind"] == MIX else action
    return bool(first["kind"] == WEBHOOK)


def _first(world: World, platform: str, meets: Callable[[dict[str, Any]], bool]) -> Fault | None:
    for row in world.store.rows("SELECT * FROM faults ORDER BY id"):
        rule = json.loads(row["rule"])
        if row["remaining"] == 0 or not meets(rule):
            continue
        world.store.run("UPDATE faults SET seen = seen + 1 WHERE id = ?", row["id"])
        if _fires(row, rule):
            world.store.run("UPDATE faults SET fired = fired + 1, remaining = remaining - 1 WHERE id = ?", row["id"])
            action = _chosen(row, rule)
            return Fault(row["id"], action["kind"], action, platform)
    return None


def _meets(world: World, rule: dict[str, Any], request: Request, platform: str) -> bool:
    match = rule.get("match", {})
    if rule.get("platform", platform) != platform:
        return False
    if match.get("method", request.method).upper() != request.method:
        return False
    if not re.search(match.get("path_regex", ""), request.path):
        return False
    if match.get("account") is None:
        return True
    account = world.account(account_of(world, request))
    return account is not None and _means(rule, account, platform)


def _means(rule: dict[str, Any], account: Row, platform: str) -> bool:
    """The rule names this account, or none."""
    wanted = rule.get("match", {}).get("account")
    if rule.get("platform", platform) != platform:
        return False
    return wanted is None or str(wanted).lower() in {account["id"], account["handle"].lower()}


def _fires(row: Row, rule: dict[str, Any]) -> bool:
    number, nth = row["seen"] + 1, rule.get("match", {}).get("nth")
    if nth is not None and number != int(nth):
        return False
    chance = random.Random(f"{rule.get('seed', 0)}:{row['id']}:{number}")  # noqa: S311
    return chance.random() < float(rule.get("probability", 1))


def _chosen(row: Row, rule: dict[str, Any]) -> dict[str, Any]:
    """The rule's action; of a mix, one of its parts by their weights, always the same for the same seed and match."""
    action: dict[str, Any] = rule["action"]
    if action["kind"] != MIX:
        return action
    chance = random.Random(f"{rule.get('seed', 0)}:{row['id']}:{row['seen'] + 1}:mix")  # noqa: S311
    parts: list[dict[str, Any]] = action["of"]
    return chance.choices(parts, [float(part.get("weight", 1)) for part in parts])[0]
