"""Reading: the list, the post page, a picture's bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from accounts.channels import channels_for
from accounts.keys import key_in
from posts import belonging, pictures
from posts.differences import differences
from posts.forms import priority_field
from posts.models import Media, Post
from posts.reading import COUNTED, counts, history, leaf, listed, may_write, name_of
from posts.versions import may_reopen

PER_PAGE = 20
_TAKEN_BACK = (Post.State.IN_REVIEW, Post.State.APPROVED)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in Post.State.values else ""
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    numbers = counts(request.user)
    context = {
        "leaf": leaf(listed(request.user, state), before=before, after=after, most=PER_PAGE),
        "state": state,
        "count": numbers[state],
        "counted": COUNTED,
        "filters": [(value, label, numbers[value]) for value, label in [("", "All"), *Post.State.choices]],
        "writes": channels_for(request.user, "draft_for").exists(),
    }
    return render(request, "posts/index.html", context)


@require_GET
def post(request: HttpRequest, pk: int) -> HttpResponse:
    scoped = Post.objects.visible_to(request.user).select_related(
        "current", "author", "team__parent", "copied_from", "priority"
    )
    found = get_object_or_404(scoped, pk=pk)
    writes = may_write(request.user, found)
    context = {
        "post": found,
        "previews": [
            (target.channel, found.current.text_for(target.channel))
            for target in found.targets.select_related("channel")
        ],
        "pictures": list(found.current.pictures.select_related("media")),
        "steps": history(found)[::-1],
        "may_edit": writes and found.state == Post.State.DRAFT,
        "may_withdraw": writes and found.state in _TAKEN_BACK and may_reopen(request.user, found),
        "may_copy": writes,
        "priorities": priority_field(belonging.offered([found.team_id], found)).choices if writes else [],
        "due": _due(found),
        "is_sent": found.state == Post.State.SENT,
    }
    return render(request, "posts/post.html", context)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies between any two versions, whoever made them; the last two where nobody chose."""
    scoped = Post.objects.visible_to(request.user).select_related("current", "author", "team__parent")
    found = get_object_or_404(scoped, pk=pk)
    versions = list(found.versions.select_related("made_by").prefetch_related("pictures__media").order_by("number"))
    by_number = {version.number: version for version in versions}
    last, before = versions[-1], versions[max(len(versions) - 2, 0)]
    older = by_number.get(key_in(request.GET.get("from")) or before.number, before)
    newer = by_number.get(key_in(request.GET.get("to")) or last.number, last)
    names = {target.channel_id: name_of(target.channel) for target in found.targets.select_related("channel")}
    changes = differences(older, newer, names)
    page = {"post": found, "versions": versions, "older": older, "newer": newer, "changes": changes}
    return render(request, "posts/compare.html", page)


def _due(post: Post) -> datetime | Literal[""] | None:
    """For the previews: the time ahead of it, None for as soon as it is approved, "" once neither is true."""
    if post.state in (Post.State.RELEASED, Post.State.SENT):
        return ""
    due: datetime | None = post.current.publish_at if post.current else None
    return "" if due is None and post.state == Post.State.APPROVED else due


@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes, for those who may see the post. They never change, so the browser may keep them for itself."""
    media = get_object_or_404(Media.objects.filter(post__in=Post.objects.visible_to(request.user)), pk=pk)
    tag = f'"{media.sha256}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(pictures.read(media), content_type=media.mime, headers=headers)
