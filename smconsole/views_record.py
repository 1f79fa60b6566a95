"""Doors: everything about a post or a channel in order, and its signed export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import channels as register
from accounts.channels import teams_for
from accounts.models import AuditEntry, Channel
from accounts.views_again import proved_recently
from posts.models import Post
from smconsole.home import NUMBER
from smconsole.record import about, export, signing, telling
from smconsole.record.about import Thing

PER_PAGE = 50
FOUND = 12


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Find the update or the channel whose record is asked for."""
    _require_reader(request)
    words = request.GET.get("q", "").strip()
    if number := NUMBER.fullmatch(words):
        if Post.objects.visible_to(request.user).filter(pk=int(number[1])).exists():
            return redirect("record_of_post", pk=int(number[1]))
        messages.warning(request, f"There is no update {number[1]} that you may see.")
    found: QuerySet[Channel] = Channel.objects.none()
    if words and not number:
        found = register.matching(register.visible_to(request.user), words).order_by("team__name", "-network", "pk")
    return render(request, "record/start.html", {"q": words, "channels": list(found[:FOUND])})


@require_GET
def key(request: HttpRequest) -> HttpResponse:
    """The public half of what records are signed with. For everybody who is signed in: it is no secret."""
    return render(request, "record/key.html", {"key": signing.public_key()})


@require_GET
def of_post(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _post(request, pk))


@require_GET
def of_channel(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _channel(request, pk))


@proved_recently
@require_http_methods(["GET", "POST"])
def export_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _export(request, _post(request, pk))


@proved_recently
@require_http_methods(["GET", "POST"])
def export_channel(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _export(request, _channel(request, pk))


def _show(request: HttpRequest, thing: Thing) -> HttpResponse:
    entries: QuerySet[AuditEntry] = about.entries_of(thing)
    form = telling.Filter(request.GET, entries=entries)
    page = Paginator(form.narrow(entries.select_related("by")), PER_PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    ctx = {
        **_named(thing),
        "page": page,
        "told": telling.tell(page.object_list),
        "form": form,
        "asked": asked.urlencode(),
        "may_export": request.user.has_perm("accounts.export_audit", thing.team),
    }
    return render(request, "record/record.html", ctx)


def _export(request: HttpRequest, thing: Thing) -> HttpResponseBase:
    if not request.user.has_perm("accounts.export_audit", thing.team):
        raise PermissionDenied("Only a compliance officer takes a record out of the console.")
    reason, refused = request.POST.get("reason", ""), ""
    if request.method == "POST":
        now, pictures = timezone.now(), request.POST.get("pictures") == "yes"
        try:
            file = export.export(about=thing, reason=reason, pictures=pictures, by=request.user, now=now)
        except ValidationError as refusal:
            refused = refusal.messages[0]
        else:
            name = f"record-{type(thing).__name__.lower()}-{thing.pk}-{now:%Y%m%dT%H%M%SZ}.zip"
            return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    ctx = {**_named(thing), "reason": reason, "error": refused, "entries": about.entries_of(thing).count()}
    return render(request, "record/export.html", ctx, status=422 if refused else 200)


def _named(thing: Thing) -> dict[str, Any]:
    if isinstance(thing, Post):
        links = (reverse("posts:post", args=[thing.pk]), reverse("record_of_post", args=[thing.pk]))
        name, out = f"Update {thing.pk}", reverse("export_post", args=[thing.pk])
    else:
        links = (reverse("accounts:channel", args=[thing.pk]), reverse("record_of_channel", args=[thing.pk]))
        name, out = str(thing), reverse("export_channel", args=[thing.pk])
    return {"thing": thing, "name": name, "back": links[0], "here": links[1], "out": out}


def _post(request: HttpRequest, pk: int) -> Post:
    post = get_object_or_404(Post.objects.visible_to(request.user).select_related("team__parent"), pk=pk)
    return _readable(request, post)  # type: ignore[return-value]


def _channel(request: HttpRequest, pk: int) -> Channel:
    return _readable(request, get_object_or_404(register.visible_to(request.user), pk=pk))  # type: ignore[return-value]


def _readable(request: HttpRequest, thing: Thing) -> Thing:
    if not request.user.has_perm("accounts.read_audit", thing.team):
        raise Http404
    return thing


def _require_reader(request: HttpRequest) -> None:
    if not teams_for(request.user, "read_audit").exists():
        raise PermissionDenied("Only compliance officers and the head of the DMC read the record.")
