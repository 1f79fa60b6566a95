"""Facebook: which Pages the app hears of, at `/{page}/subscribed_apps`."""

from __future__ import annotations

from sandbox.facebook_door import require
from sandbox.facebook_problems import parameter, unknown_object
from sandbox.wire import Reply, Request, json_reply
from sandbox.world import World

FIELDS = frozenset({"feed", "mention", "ratings", "messages", "messaging_postbacks", "leadgen", "name", "picture"})
SCOPE = "pages_manage_metadata"


def _page(world: World, request: Request) -> str:
    page = world.account(request.args["id"], "facebook")
    if page is None:
        raise unknown_object(request.args["id"], request.method)
    require(request, page["id"], SCOPE)
    return str(page["id"])


def subscribe(world: World, request: Request) -> Reply:
    """POST with subscribed_fields, comma-separated; they take the place of those before."""
    page = _page(world, request)
    fields = [name.strip() for name in request.values.get("subscribed_fields", "").split(",") if name.strip()]
    if not fields:
        raise parameter("The parameter subscribed_fields is required.")
    for place, name in enumerate(fields):
        if name not in FIELDS:
            raise parameter(f"Param subscribed_fields[{place}] must be one of {{{', '.join(sorted(FIELDS))}}}")
    world.store.run("INSERT OR REPLACE INTO subscriptions VALUES (?, ?)", page, ",".join(fields))
    return json_reply({"success": True})


def listing(world: World, request: Request) -> Reply:
    """GET: the app itself, where it is subscribed."""
    row = world.store.row("SELECT fields FROM subscriptions WHERE page = ?", _page(world, request))
    app = {"category": "Business", "link": "https://www.facebook.com/", "name": "Simulated app"}
    app |= {"id": world.keys.FACEBOOK_APP_ID}
    return json_reply({"data": [{**app, "subscribed_fields": row["fields"].split(",")}] if row else []})


def unsubscribe(world: World, request: Request) -> Reply:
    world.store.run("DELETE FROM subscriptions WHERE page = ?", _page(world, request))
    return json_reply({"success": True})
