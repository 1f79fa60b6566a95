"""Facebook: photos, published at once or staged for a post to come."""

from __future__ import annotations

from sandbox import ledger, pictures
from sandbox.facebook_door import require
from sandbox.facebook_posts import canonical_form, keep, planned
from sandbox.facebook_problems import parameter, refuse, unknown_object
from sandbox.wire import Reply, Request, json_reply
from sandbox.world import World

MAX_BYTES = 4 * 1024 * 1024
TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


def create(world: World, request: Request) -> Reply:
    """POST /{page}/photos, multipart field `source`. published=false stages the photo and answers no post_id."""
    page = world.account(request.args["id"], "facebook")
    if page is None:
        raise unknown_object(request.args["id"], "post")
    require(request, page["id"], "pages_manage_posts")
    content = _source(request)
    begins = planned(request)
    photo_id = world.next_id(request.now)
    _keep_photo(world, request, page["id"], photo_id, content)
    if begins is None:
        return json_reply({"id": photo_id})
    message = request.values.get("message", request.values.get("caption", ""))
    canonical = canonical_form(message, "", [photo_id])
    post_id = keep(world, request, page["id"], message, [photo_id], begins, link="", canonical=canonical)
    return json_reply({"id": photo_id, "post_id": post_id})


def _source(request: Request) -> bytes:
    upload = request.files.get("source")
    if upload is None and "url" in request.values:
        raise refuse("(#324) Missing or invalid image file: the sandbox fetches no URL", 324)
    if upload is None:
        raise refuse("(#324) Requires upload file", 324)
    if len(upload.content) > MAX_BYTES:
        raise parameter("Your photos could not be uploaded: too large.", subcode=1366046)
    return upload.content


def _keep_photo(world: World, request: Request, page_id: str, photo_id: str, content: bytes) -> None:
    look = pictures.look(content)
    if look is None or look.mime not in TYPES:
        raise refuse("(#324) Missing or invalid image file", 324)
    caption = request.values.get("message", request.values.get("caption", ""))
    columns = {"network": "facebook", "account": page_id, "state": "succeeded", "caption": caption}
    alt = request.values.get("alt_text_custom", "")
    ledger.keep_media(world, request, photo_id, content, look, alt=alt, **columns)
