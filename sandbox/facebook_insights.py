"""Facebook: insights, with the names that exist since June 2026."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox import facebook_posts, ledger
from sandbox.facebook_door import require
from sandbox.facebook_problems import parameter, refuse, unknown_object
from sandbox.facebook_shapes import moment
from sandbox.growth import Counts
from sandbox.store import Row
from sandbox.wire import Reply, Request, json_reply, split_list
from sandbox.world import World

DAY_MS = 86_400_000
MAX_DAYS = 90
POST_METRICS = ("post_media_view", "post_total_media_view_unique", "post_clicks", "post_reactions_by_type_total")
PAGE_METRICS = (
    "page_media_view",
    "page_total_media_view_unique",
    "page_post_engagements",
    "page_follows",
    "page_daily_follows_unique",
)


def read(world: World, request: Request) -> Reply:
    """GET /{post}/insights and /{page}/insights?metric=. A small Page gets empty data, as on Facebook."""
    page = world.account(request.args["id"], "facebook")
    post = None if page else ledger.find(world, "facebook", request.args["id"])
    owner = page or (world.account(post["account"]) if post else None)
    if owner is None:
        raise unknown_object(request.args["id"])
    require(request, owner["id"], "read_insights")
    retired = set(world.flag("insights_retired"))
    names = _names(request, [name for name in (PAGE_METRICS if page else POST_METRICS) if name not in retired])
    if owner["followers"] < int(world.flag("insights_min_followers")):
        return json_reply({"data": []})
    if post:
        counts = ledger.counts(world, post, request.now)
        return json_reply({"data": [_post_metric(post["id"], name, counts) for name in names]})
    return json_reply({"data": [_page_metric(world, request, owner, name) for name in names]})


def _names(request: Request, known: Sequence[str]) -> list[str]:
    """Raises Refusal: no metric, or one name that does not exist, which fails the whole call."""
    names = split_list(request.all("metric"))
    if not names:
        message = "(#3001) No metric was specified to be fetched. Please specify one or more metrics."
        raise refuse(message, 3001, subcode=1504028)
    if any(name not in known for name in names):
        raise parameter("The value must be a valid insights metric")
    return names


def _post_metric(post_id: str, name: str, counts: Counts) -> dict[str, Any]:
    loves = counts.likes // 5
    kinds = {"like": counts.likes - loves, "love": loves}
    values: dict[str, Any] = {
        "post_media_view": counts.impressions,
        "post_total_media_view_unique": counts.impressions * 4 // 5,
        "post_clicks": counts.clicks,
        "post_reactions_by_type_total": {kind: number for kind, number in kinds.items() if number},
    }
    return {
        "name": name,
        "period": "lifetime",
        "values": [{"value": values[name]}],
        "title": name.replace("_", " ").capitalize(),
        "id": f"{post_id}/insights/{name}/lifetime",
    }


def _page_metric(world: World, request: Request, page: Row, name: str) -> dict[str, Any]:
    """A value for each full day of the asked span, the last two days without one."""
    until = facebook_posts.bound(request, "until") or request.now
    since = facebook_posts.bound(request, "since") or until - 2 * DAY_MS
    if not 0 <= until - since <= MAX_DAYS * DAY_MS:
        raise parameter("There cannot be more than 90 days between since and until")
    first = since // DAY_MS * DAY_MS
    days = range(first, max(first + DAY_MS, until // DAY_MS * DAY_MS), DAY_MS)
    posts = ledger.timeline(world, page["id"], request.now)
    values = [{"value": _day(world, page, posts, name, day), "end_time": moment(day + DAY_MS)} for day in days]
    return {
        "name": name,
        "period": "day",
        "values": values,
        "title": name.replace("_", " ").capitalize(),
        "id": f"{page['id']}/insights/{name}/day",
    }


def _day(world: World, page: Row, posts: list[Row], name: str, day: int) -> int:
    if name == "page_follows":
        return int(page["followers"])
    if name == "page_daily_follows_unique":
        return int(page["followers"]) // 900
    total = 0
    for post in posts:
        before, after = (ledger.counts(world, post, at) for at in (day, day + DAY_MS))
        engaged = (after.likes + after.replies + after.shares) - (before.likes + before.replies + before.shares)
        seen = after.impressions - before.impressions
        shares = {
            "page_media_view": seen,
            "page_total_media_view_unique": seen * 4 // 5,
            "page_post_engagements": engaged,
        }
        total += shares[name]
    return total
