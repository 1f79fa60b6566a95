"""X: creating, deleting and looking up posts."""

from __future__ import annotations

from typing import Any

from sandbox import ledger, x_media, x_problems, x_text
from sandbox.store import Row
from sandbox.wire import Refusal, Reply, Request, json_reply, split_list
from sandbox.world import World
from sandbox.x_schema import read_post
from sandbox.x_shapes import POST_FIELDS, asked_fields, includes, media_key, post_node

FIELD_NAMES = ("tweet.fields", "post.fields")
MAX_WEIGHT = 280
MAX_LONG = 25_000
PRICE_PLAIN, PRICE_LINK = 15, 200  # thousandths of a US dollar
KIND = {"image/gif": "photo", "video/mp4": "video"}


def create(world: World, request: Request) -> Reply:
    """POST /2/tweets. The checks stand in the order in which X is known to make them."""
    body = read_post(request.json)
    account = world.account(request.caller.account, "x")
    if account is None:
        raise x_problems.unauthorized()
    text = body.get("text", "")
    media = x_media.ready(world, request, body.get("media", {}).get("media_ids", []))
    _check_length(account, text)
    _check_profile(world, account, body)
    _check_duplicate(world, request, text, len(media))
    _charge(world, request, text)
    post = _keep(world, request, account, body, media)
    names = {"edit_history_tweet_ids": [post["id"]]}
    if world.flag("x_post_id_names"):
        names["edit_history_post_ids"] = [post["id"]]
    return json_reply({"data": {"id": post["id"], "text": post["stored"], **names}}, 201)


def _check_length(account: Row, text: str) -> None:
    too_long = len(text) > MAX_LONG or (not account["long_posts"] and x_text.weigh(text[: MAX_LONG + 1]) > MAX_WEIGHT)
    if too_long:
        raise x_problems.forbidden(
            "Your Tweet text is too long. For more information, see the counting characters documentation."
        )


def _check_profile(world: World, account: Row, body: dict[str, Any]) -> None:
    """What self-serve apps may not do; the `enterprise` profile may."""
    if len(x_text.CASHTAG.findall(body.get("text", ""))) > 1:
        raise x_problems.forbidden("You can only include one cashtag in a post.")
    if world.flag("x_profile") == "enterprise":
        return
    if "quote_tweet_id" in body:
        raise x_problems.forbidden("You are not permitted to perform this action.")
    target = body.get("reply", {}).get("in_reply_to_tweet_id")
    if target and not _is_summoned(world, account, target):
        raise x_problems.forbidden(
            "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged."
        )


def _is_summoned(world: World, account: Row, target: str) -> bool:
    post = ledger.find(world, "x", target)
    named = [name.lower() for name in x_text.MENTION.findall(post["sent"])] if post else []
    return account["handle"].lower() in named


def _check_duplicate(world: World, request: Request, text: str, media_count: int) -> None:
    """Deleting a post does not lift the rule: deleted ones count too."""
    since = request.now - int(world.flag("x_duplicate_window_s") * 1000)
    earlier = world.store.rows(
        "SELECT id, media FROM posts WHERE account = ? AND canonical = ? AND created_at > ? AND network = 'x'",
        request.caller.account,
        x_text.normalise(text),
        since,
    )
    for post in earlier:
        if len(ledger.media_ids(post)) == media_count:
            world.store.run("UPDATE posts SET request_count = request_count + 1 WHERE id = ?", post["id"])
            raise x_problems.forbidden(x_problems.DUPLICATE)


def _charge(world: World, request: Request, text: str) -> None:
    """Take the price from the credits; None means that nobody counts."""
    left = world.flag("x_credits")
    if left is None:
        return
    price = PRICE_LINK if x_text.find_links(text) else PRICE_PLAIN
    if left < price:
        raise Refusal(x_problems.credits_depleted(request.caller.account))
    world.set_flags({"x_credits": left - price})


def _keep(world: World, request: Request, account: Row, body: dict[str, Any], media: list[Row]) -> Row:
    text, post_id = body.get("text", ""), world.next_id(request.now)
    stored, entities = x_text.store_form(text, post_id, media_links(account["handle"], post_id, media))
    ledger.add(
        world,
        request,
        post_id=post_id,
        media=[picture["id"] for picture in media],
        network="x",
        account=account["id"],
        sent=text,
        stored=stored,
        canonical=x_text.normalise(text),
        entities=ledger.to_json(entities),
        reply_to=body.get("reply", {}).get("in_reply_to_tweet_id", ""),
    )
    for picture in media:
        world.store.run("UPDATE media SET post = ? WHERE id = ?", post_id, picture["id"])
    post = ledger.find(world, "x", post_id)
    assert post is not None
    return post


def media_links(handle: str, post_id: str, media: list[Row]) -> list[dict[str, Any]]:
    display = "pic.x.com/" + x_text.short_link(post_id, "media").rpartition("/")[2]
    return [
        {
            "expanded_url": f"https://x.com/{handle}/status/{post_id}/{KIND.get(picture['mime'], 'photo')}/{number}",
            "display_url": display,
            "media_key": media_key(picture),
        }
        for number, picture in enumerate(media, 1)
    ]


def delete(world: World, request: Request) -> Reply:
    """DELETE /2/tweets/{id}. What X says to an unknown id is not certain: the switch `x_delete_unknown` chooses."""
    post = ledger.find(world, "x", request.args["id"])
    if post is None:
        if world.flag("x_delete_unknown") == "missing":
            error = x_problems.missing("tweet", "id", request.args["id"])
            return json_reply({"errors": [error], **error, "status": 404}, 404)
        return json_reply({"data": {"deleted": True}})
    if post["account"] != request.caller.account:
        raise x_problems.forbidden("You are not authorized to delete this Tweet.")
    ledger.delete(world, post["id"], request.now)
    return json_reply({"data": {"deleted": True}})


def lookup(world: World, request: Request) -> Reply:
    """GET /2/tweets?ids=: at most 100; what is missing is an error beside the data, not a refusal."""
    ids = split_list(request.all("ids"))
    if not 1 <= len(ids) <= 100:
        raise x_problems.invalid(
            "ids",
            ",".join(ids[:3]),
            f"The number of values in the `ids` query parameter list [{len(ids)}] is not between 1 and 100",
        )
    for value in ids:
        if not value.isdecimal() or len(value) > 19:
            raise x_problems.invalid("ids", value, f"The `ids` query parameter value [{value}] is not valid")
    return _found(world, request, ids)


def lookup_one(world: World, request: Request) -> Reply:
    """GET /2/tweets/{id}."""
    post = ledger.find(world, "x", request.args["id"])
    if post is None:
        return json_reply({"errors": [x_problems.missing("tweet", "id", request.args["id"])]})
    ledger.note_read(world, post, request.now)
    node, errors = post_node(world, post, asked_fields(request, FIELD_NAMES, POST_FIELDS), request)
    return json_reply({"data": node, **includes(world, request, [post]), **({"errors": errors} if errors else {})})


def _found(world: World, request: Request, ids: list[str]) -> Reply:
    fields = asked_fields(request, FIELD_NAMES, POST_FIELDS)
    data, errors, posts = [], [], []
    for post_id in dict.fromkeys(ids):
        post = ledger.find(world, "x", post_id)
        if post is None:
            errors.append({**x_problems.missing("tweet", "ids", post_id)})
            continue
        ledger.note_read(world, post, request.now)
        node, refused = post_node(world, post, fields, request)
        posts.append(post)
        data.append(node)
        errors += refused
    body = {
        **({"data": data} if data else {}),
        **includes(world, request, posts),
        **({"errors": errors} if errors else {}),
    }
    return json_reply(body)
