"""Facebook: one address for every object. GET, POST and DELETE of `/{id}` find out what the id is."""

from __future__ import annotations

from typing import Any

from sandbox import facebook_posts, ledger
from sandbox.facebook_door import require
from sandbox.facebook_problems import parameter, unknown_object
from sandbox.facebook_shapes import comment_node, page_node, photo_node, post_node
from sandbox.store import Row
from sandbox.wire import Reply, Request, json_reply, split_list
from sandbox.world import World

MAX_IDS = 50


def read(world: World, request: Request) -> Reply:
    """GET /{id}: a Page, a person, a post, a photo or a comment."""
    return json_reply(node(world, request, request.args["id"]))


def read_many(world: World, request: Request) -> Reply:
    """GET /?ids=: an object per id. One bad id fails the whole call."""
    ids = split_list(request.all("ids"))
    if not 1 <= len(ids) <= MAX_IDS:
        raise parameter(f"The parameter ids must have between 1 and {MAX_IDS} entries")
    return json_reply({object_id: node(world, request, object_id) for object_id in ids})


def node(world: World, request: Request, object_id: str) -> dict[str, Any]:
    fields = request.values.get("fields", "")
    post = ledger.find(world, "facebook", object_id)
    if post:
        require(request, post["account"], "pages_read_engagement")
        return post_node(world, request, post, fields)
    page = world.account(object_id, "facebook")
    if page:
        token = request.caller.token if request.caller.account == page["id"] else ""
        return page_node(world, request, page, fields, token)
    photo = _photo(world, object_id)
    if photo:
        require(request, photo["account"], "pages_read_engagement")
        return photo_node(world, request, photo, fields)
    return _rest(world, request, object_id, fields)


def _rest(world: World, request: Request, object_id: str, fields: str) -> dict[str, Any]:
    comment = world.store.row("SELECT * FROM comments WHERE id = ?", object_id)
    if comment:
        require(request, comment["post"].partition("_")[0], "pages_read_engagement")
        return comment_node(world, request, comment, fields)
    person = world.store.row("SELECT * FROM people WHERE id = ?", object_id)
    if person and person["id"] == request.caller.person:
        return {"id": person["id"], "name": person["name"]}
    raise unknown_object(object_id, request.method)


def _photo(world: World, object_id: str) -> Row | None:
    sql = "SELECT * FROM media WHERE id = ? AND network = 'facebook'"
    return world.store.row(sql, object_id)


def write(world: World, request: Request) -> Reply:
    """POST /{id}: edits a post, or hides a comment."""
    comment = world.store.row("SELECT * FROM comments WHERE id = ?", request.args["id"])
    if comment is None:
        return facebook_posts.edit(world, request, facebook_posts.found(world, request, "pages_manage_posts"))
    require(request, comment["post"].partition("_")[0], "pages_manage_engagement")
    hidden = facebook_posts.boolean(request, "is_hidden", bool(comment["hidden"]))
    message = request.values.get("message", comment["message"])
    world.store.run("UPDATE comments SET hidden = ?, message = ? WHERE id = ?", int(hidden), message, comment["id"])
    return json_reply({"success": True})


def remove(world: World, request: Request) -> Reply:
    """DELETE /{id}: a post, a photo that no post shows, or a comment."""
    comment = world.store.row("SELECT * FROM comments WHERE id = ?", request.args["id"])
    photo = _photo(world, request.args["id"])
    if comment:
        require(request, comment["post"].partition("_")[0], "pages_manage_engagement")
        world.store.run("DELETE FROM comments WHERE id = ? OR parent = ?", comment["id"], comment["id"])
        return json_reply({"success": True})
    if photo:
        require(request, photo["account"], "pages_manage_posts")
        if photo["post"]:
            post = ledger.find(world, "facebook", photo["post"])
            return facebook_posts.remove(world, request, post) if post else json_reply({"success": True})
        world.store.run("DELETE FROM media WHERE id = ?", photo["id"])
        return json_reply({"success": True})
    return facebook_posts.remove(world, request, facebook_posts.found(world, request, "pages_manage_posts"))


def comments(world: World, request: Request) -> Reply:
    """GET /{post}/comments: what people wrote; also the answers to one comment."""
    parent = world.store.row("SELECT * FROM comments WHERE id = ?", request.args["id"])
    post_id = parent["post"] if parent else facebook_posts.found(world, request, "pages_read_user_content")["id"]
    require(request, post_id.partition("_")[0], "pages_read_user_content")
    top = parent["id"] if parent else ""
    deep = request.values.get("filter") == "stream" and not parent
    rows = world.store.rows(
        "SELECT * FROM comments WHERE post = ? AND (parent = ? OR ?) ORDER BY created_at, id", post_id, top, int(deep)
    )
    fields = request.values.get("fields", "")
    return facebook_posts.page_of(
        request, rows, [row["id"] for row in rows], lambda row: comment_node(world, request, row, fields)
    )


def write_comment(world: World, request: Request) -> Reply:
    """POST /{post}/comments or /{comment}/comments, as the Page. An answer to an answer joins the same parent."""
    parent = world.store.row("SELECT * FROM comments WHERE id = ?", request.args["id"])
    post_id = parent["post"] if parent else facebook_posts.found(world, request, "pages_manage_engagement")["id"]
    page_id = post_id.partition("_")[0]
    require(request, page_id, "pages_manage_engagement")
    if not request.values.get("message"):
        raise parameter("Param message is required")
    page = world.account(page_id)
    top = (parent["parent"] or parent["id"]) if parent else ""
    name = page["name"] if page else ""
    comment_id = keep_comment(world, post_id, top, page_id, name, request.values["message"], request.now)
    return json_reply({"id": comment_id})


def keep_comment(world: World, post_id: str, parent: str, author: str, name: str, message: str, now: int) -> str:
    comment_id = f"{post_id.partition('_')[2] or post_id}_{world.next_id(now)}"
    world.store.insert(
        "comments",
        id=comment_id,
        post=post_id,
        parent=parent,
        author=author,
        author_name=name,
        message=message,
        created_at=now,
    )
    return comment_id
