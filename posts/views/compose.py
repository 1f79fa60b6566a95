"""Writing: the compose page, its autosave, its pictures. Every answer works without JavaScript too."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import channels_for
from accounts.keys import key_in
from accounts.models import Channel, User
from posts import belonging, drafting, pictures
from posts.desk import lay_out, side_by_side
from posts.drafting import Overtaken
from posts.forms import ComposeForm, priority_field
from posts.models import Media, Post, Target
from posts.reading import may_write
from posts.versions import EDITABLE, require_reopen

# Marks an error after which nothing of this save stands, unlike a wrong time or picture.
NOT_KEPT = "not kept"
LOCATION_REMOVED = "Location data was removed from your picture."


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An empty page; the first words sent make the draft, and what the same page sends after them is saved in it."""
    offered = _offered(request.user)
    if not offered:
        return render(request, "posts/no_channel.html", status=200 if request.method == "GET" else 403)
    now = timezone.now()
    if request.method == "GET":
        form = ComposeForm(offered=offered, post=None, now=now)
        form.initial["priority"] = key_in(request.GET.get("priority"))
        return _page(request, form, None)
    form = ComposeForm(request.POST, request.FILES, offered=offered, post=None, now=now)
    start = {} if not form.is_valid() and "channels" in form.errors else form.start()
    if post := drafting.begun(key := form.cleaned_data["begun_as"], by=request.user):
        return save(request, post.pk)
    if form.is_blank and not request.htmx:
        form.add_error("text", "Write something first.")
    if not start or form.is_blank:
        return _answer(request, form, None)
    try:
        post = drafting.draft(**start, key=key, left=not request.htmx, by=request.user, now=now)
    except drafting.BegunAlready as first:
        return save(request, first.post.pk)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _answer(request, form, None)
    return _finish(request, form, post)


@require_GET
def compose(request: HttpRequest, pk: int) -> HttpResponse:
    post = _writable(request, pk)
    if post.state not in EDITABLE:
        return redirect("posts:post", pk)
    require_reopen(request.user, post)
    return _page(request, ComposeForm(offered=_offered(request.user, post), post=post, now=timezone.now()), post)


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Autosave, Save, add or remove a picture, keep mine, send for review: all keep the words first."""
    post, now = _writable(request, pk), timezone.now()
    form = ComposeForm(request.POST, request.FILES, offered=_offered(request.user, post), post=post, now=now)
    form.is_valid()
    kept = form.keep()
    if request.POST.get("action") == "keep":
        # Without a number that can be read it is an ordinary late save: both texts are shown again.
        stands = key_in(request.POST.get("stands"))
        kept["revision"] = kept["revision"] if stands is None else stands
    try:
        drafting.revise(post=post, **kept, by=request.user, now=now)
    except Overtaken as late:
        return _answer(request, form, post, late=late)
    except ValidationError as refused:
        form.add_error(None, ValidationError(refused.messages, code=NOT_KEPT))
        return _answer(request, form, post)
    return _finish(request, form, post)


@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    made = drafting.copy(post=post, by=request.user, now=timezone.now())
    return redirect("posts:compose", made.pk)


@require_POST
def belong(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which priority an update speaks to, before or after it went out: its words stay as they are."""
    post = _writable(request, pk)
    field = priority_field(belonging.offered([post.team_id], post))
    try:
        belonging.belong(
            post=post, priority=field.clean(request.POST.get("priority")), by=request.user, now=timezone.now()
        )
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "Kept. The words of the update are as they were.")
    return redirect("posts:post", pk)


def _offered(user: User, post: Post | None = None) -> QuerySet[Channel]:
    """What this person may write for: open channels, and those the post has already."""
    standing = Target.objects.filter(post=post).values("channel")
    offered = channels_for(user, "draft_for").filter(~Q(state=Channel.State.CLOSED) | Q(pk__in=standing))
    return offered.order_by("team__name", "team", "-network")


def _writable(request: HttpRequest, pk: int) -> Post:
    scoped = Post.objects.visible_to(request.user).select_related("current__made_by", "team")
    post: Post = get_object_or_404(scoped, pk=pk)
    if not may_write(request.user, post):
        raise PermissionDenied
    return post


def _finish(request: HttpRequest, form: ComposeForm, post: Post) -> HttpResponse:
    """The words are kept; now the priority and the pictures, and on to where the button said."""
    _belong(request, form, post)
    touched = _change_pictures(request, form, post)
    if form.errors or request.htmx:
        return _answer(request, form, post, pictures_changed=touched)
    if request.POST.get("action") == "submit":
        return redirect("policy:submit", post.pk)
    return redirect("posts:compose", post.pk)


def _belong(request: HttpRequest, form: ComposeForm, post: Post) -> None:
    if form.names_priority:
        try:
            belonging.belong(post=post, priority=form.cleaned_data["priority"], by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("priority", refused)


def _change_pictures(request: HttpRequest, form: ComposeForm, post: Post) -> bool:
    action, now = request.POST.get("action", ""), timezone.now()
    if action.startswith("remove-"):
        pictures.remove(post=post, media=_media(post, action), by=request.user, now=now)
    for upload in request.FILES.getlist("pictures"):
        try:
            media = pictures.add(post=post, upload=upload, by=request.user, now=now)
        except ValidationError as refused:
            # Its name tells which of several was refused; shown escaped, never used as a path.
            form.add_error(None, [f"{upload.name}: {sentence}" for sentence in refused.messages])
        else:
            if media.had_location and not request.htmx:
                messages.info(request, LOCATION_REMOVED)
    return action.startswith("remove-") or bool(request.FILES)


def _media(post: Post, action: str) -> Media:
    pk = key_in(action.removeprefix("remove-"))
    if pk is None:
        raise Http404
    media: Media = get_object_or_404(post.media, pk=pk)
    return media


def _answer(
    request: HttpRequest,
    form: ComposeForm,
    post: Post | None,
    *,
    late: Overtaken | None = None,
    pictures_changed: bool = False,
) -> HttpResponse:
    """200 saved, 422 something is wrong (words kept where they could be), 409 somebody was first (both kept)."""
    status = 409 if late else 422 if form.errors else 200
    context = {
        "late": late,
        "sides": side_by_side(late.theirs, late.mine, form.offered) if late else [],
        "on_its_way": post is not None and post.state not in EDITABLE,
        "pictures_changed": pictures_changed,
        "kept": post is not None and late is None and not form.has_error("__all__", NOT_KEPT),
    }
    if not request.htmx:
        return _page(request, form, post, status=status, **context)
    answer = render(request, "posts/_answer.html", _context(form, post, **context), status=status)
    if context["kept"]:
        answer["HX-Trigger-After-Swap"] = json.dumps({"saved": {"post": post.pk}})  # the hints read the new number
    return answer


def _page(request: HttpRequest, form: ComposeForm, post: Post | None, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, "posts/compose.html", _context(form, post, **more), status=status)


def _context(form: ComposeForm, post: Post | None, **more: Any) -> dict[str, Any]:
    return {"desk": lay_out(form, post), "form": form, "post": post, **more}
