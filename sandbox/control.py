"""The control interface: what a test or a demonstration may know and do that no client of the networks can."""

from __future__ import annotations

import json
import random
from typing import Any

from sandbox import ledger, mishaps, tokens
from sandbox.seed import Profile
from sandbox.store import Row
from sandbox.wire import Refusal, Reply, Request, integer, json_reply
from sandbox.world import FLAGS, World
from sandbox.x_shapes import iso

NETWORKS = ("x", "facebook")


def wrong(message: str, status: int = 400) -> Refusal:
    return Refusal(json_reply({"error": message}, status))


def body_of(request: Request) -> dict[str, Any]:
    if not request.body:
        return {}
    if not isinstance(request.json, dict):
        raise wrong("send a JSON object")
    return request.json


def number(body: dict[str, Any], name: str, default: float = 0) -> float:
    """A number of the body. Raises Refusal (400) for anything else."""
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise wrong(f"{name} must be a number")
    return value


def health(world: World, request: Request) -> Reply:
    return json_reply({"ok": True, "now": iso(request.now)})


def reset(world: World, request: Request) -> Reply:
    """POST /reset {seed}."""
    seed = int(number(body_of(request), "seed", 1))
    world.reset(seed)
    return json_reply({"seed": seed})


def account_node(account: Row) -> dict[str, Any]:
    names = ("id", "network", "handle", "name", "about", "link", "followers")
    flags = ("suspended", "locked", "long_posts", "picture")
    return {name: account[name] for name in names} | {name: bool(account[name]) for name in flags}


def list_accounts(world: World, request: Request) -> Reply:
    """GET /accounts?network=."""
    wanted = request.values.get("network")
    found = [account for network in NETWORKS if wanted in {None, network} for account in world.accounts(network)]
    return json_reply({"accounts": [account_node(account) for account in found]})


CHANGEABLE = frozenset(("suspended", "locked", "long_posts", "followers", "name", "about", "link", "picture"))


def add_account(world: World, request: Request) -> Reply:
    """POST /accounts {network, handle, name, id?, followers?, about?, link?, picture?}. One known already: as it is."""
    body = body_of(request)
    network, handle = body.get("network"), str(body.get("handle") or "")
    if network not in NETWORKS or not handle:
        raise wrong("network (x or facebook) and handle are needed")
    known = world.account_called(network, handle)
    if known is None:
        chosen = str(body.get("id") or world.next_id(request.now))
        if world.account(chosen):
            raise wrong("this id belongs to another account", 409)
        usual = random.Random(f"{world.seed}:{handle}").randint(120, 2400)  # noqa: S311
        followers = int(number(body, "followers", usual))
        world.add_account(Profile(network, chosen, handle, str(body.get("name") or handle), followers))
        shown = (str(body.get("about", "")), str(body.get("link", "")), int(bool(body.get("picture"))))
        world.store.run("UPDATE accounts SET about = ?, link = ?, picture = ? WHERE id = ?", *shown, chosen)
        known = world.account(chosen)
    assert known is not None
    return json_reply(account_node(known), 201)


def change_account(world: World, request: Request) -> Reply:
    """POST /accounts/{id} {suspended?, locked?, long_posts?, followers?, name?, about?, link?, picture?}."""
    account = account_of(world, request.args["id"])
    for name, value in body_of(request).items():
        if name not in CHANGEABLE:
            raise wrong(f"an account has no changeable {name}")
        kept = int(value) if isinstance(value, bool) else value
        world.store.run(f"UPDATE accounts SET {name} = ? WHERE id = ?", kept, account["id"])  # noqa: S608
    return json_reply(account_node(account_of(world, account["id"])))


def account_of(world: World, wanted: Any, network: str = "") -> Row:
    for name in NETWORKS:
        found = world.account_called(name, str(wanted)) if network in {"", name} else None
        if found:
            return found
    raise wrong(f"no account {wanted!r}", 404)


def mint_token(world: World, request: Request) -> Reply:
    """POST /tokens {network, account, kind?, scopes?}: credentials without a browser."""
    body = body_of(request)
    account = account_of(world, body.get("account"), str(body.get("network", "")))
    answer: dict[str, Any] = {"account": account["id"], "handle": account["handle"], "name": account["name"]}
    if account["network"] == "facebook":
        person = world.store.row("SELECT id FROM people WHERE has_pages = 1 ORDER BY id LIMIT 1")
        scopes = str(body.get("scopes") or tokens.PAGE_SCOPES)
        token = tokens.mint_page(world, account["id"], person["id"] if person else "", scopes, request.now)
        return json_reply({"kind": "page", "token": token, "scopes": scopes.split(), **answer})
    if body.get("kind", "oauth1") == "oauth2":
        pair = tokens.mint_oauth2(world, account["id"], str(body.get("scopes") or tokens.X_SCOPES), request.now)
        pair |= {"kind": "oauth2", "token": pair["access_token"], "scopes": pair["scope"].split()}
        return json_reply({**pair, **answer})
    token, secret = tokens.mint_oauth1(world, account["id"], request.now)
    return json_reply({"kind": "oauth1", "token": token, "secret": secret, **answer})


def add_fault(world: World, request: Request) -> Reply:
    """POST /faults with a rule; answers it with its id."""
    rule = body_of(request)
    rule["platform"] = {"fb": "facebook"}.get(rule.get("platform", ""), rule.get("platform")) or None
    if rule["platform"] is None:
        del rule["platform"]
    _check_action(rule.get("action"))
    times = rule.get("times", 1)
    number = world.store.insert("faults", rule=json.dumps(rule), seen=0, fired=0, remaining=times or None)
    return json_reply({"id": number, **rule}, 201)


def _check_action(action: Any) -> None:
    """Raises Refusal unless it is a kind that exists, or a mix of such."""
    kind = action.get("kind") if isinstance(action, dict) else None
    if kind == mishaps.MIX:
        parts = action.get("of")
        if not isinstance(parts, list) or not parts:
            raise wrong("a mix needs `of`, a list of actions")
        for part in parts:
            _check_action(part if isinstance(part, dict) and part.get("kind") != mishaps.MIX else None)
        if len({part["kind"] == mishaps.WEBHOOK for part in parts}) > 1:
            raise wrong("a mix is of webhook faults only, or of none")
    elif kind not in mishaps.KINDS:
        raise wrong(f"action.kind must be one of {', '.join(sorted({*mishaps.KINDS, mishaps.MIX}))}")
    elif kind == mishaps.WEBHOOK:
        parts = [action[name] for name in mishaps.WEBHOOK_PARTS if action.get(name)]
        if not parts or not all(isinstance(part, bool | int | float) for part in parts):
            raise wrong(f"a webhook fault needs one of {', '.join(mishaps.WEBHOOK_PARTS)}: true or a number")


def list_faults(world: World, request: Request) -> Reply:
    rows = world.store.rows("SELECT * FROM faults ORDER BY id")
    names = ("id", "seen", "fired", "remaining")
    return json_reply({"faults": [{**json.loads(row["rule"]), **{name: row[name] for name in names}} for row in rows]})


def clear_faults(world: World, request: Request) -> Reply:
    """DELETE /faults, or /faults/{id} for one."""
    if "id" in request.args:
        gone = world.store.run("DELETE FROM faults WHERE id = ?", request.args["id"])
    else:
        gone = world.store.run("DELETE FROM faults")
    return json_reply({"deleted": gone})


def clock(world: World, request: Request) -> Reply:
    offset_s = int(world.store.recall("clock_offset_ms", 0)) / 1000
    return json_reply({"now": iso(world.now()), "now_ms": world.now(), "offset_s": offset_s})


def advance_clock(world: World, request: Request) -> Reply:
    """POST /clock {advance_s}."""
    world.advance(int(number(body_of(request), "advance_s") * 1000))
    return clock(world, request)


def list_requests(world: World, request: Request) -> Reply:
    """GET /requests?since=<id>&limit=: calls of the networks' interfaces after that id, oldest first."""
    since = integer(request.values.get("since"), 0, 0, 2**62)
    limit = integer(request.values.get("limit"), 1000, 1, 20_000)
    rows = world.store.rows("SELECT * FROM requests WHERE id > ? ORDER BY id LIMIT ?", since, limit)
    return json_reply({"requests": [{**dict(row), "at": iso(row["at"])} for row in rows]})


def list_reads(world: World, request: Request) -> Reply:
    """GET /reads: how many readings of posts X has charged for, one for each post and UTC day."""
    return json_reply({"priced": ledger.priced_reads(world)})


def tick(world: World, request: Request) -> Reply:
    """POST /tick {hours}: every post that is there grows as if so many hours had passed; the clock stays."""
    seconds = int(number(body_of(request), "hours", 1) * 3600)
    changed = world.store.run("UPDATE posts SET grown_s = grown_s + ? WHERE deleted_at IS NULL", seconds)
    return json_reply({"posts": changed})


def configure(world: World, request: Request) -> Reply:
    """POST /config {switch: value}; GET answers all switches."""
    changes = body_of(request)
    unknown = sorted(set(changes) - set(FLAGS))
    if unknown:
        raise wrong(f"no switch called {', '.join(unknown)}; there are {', '.join(sorted(FLAGS))}")
    world.set_flags(changes)
    return json_reply(world.flags())
