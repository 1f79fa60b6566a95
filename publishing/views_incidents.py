"""Doors: take a post down, see how far it is, lift what stands still, close the record; until when an appeal stays."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import channels_for
from posts.models import Post
from publishing import appeals, record, takedown
from publishing.forms import CloseForm, RemovalDateForm, TakeDownForm
from publishing.models import Delivery, Freeze, Incident, Removal

SHOWN = 50


@require_http_methods(["GET", "POST"])
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    post = _post(request, pk)
    live = list(Delivery.objects.filter(target__post=post).select_related("channel"))
    if not takedown.may_take_down(request.user, post, live):
        raise PermissionDenied("Only its author, its mentors and the DMC take down what is public.")
    form = TakeDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        incident = takedown.take_down(post=post, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "It is being taken down now. Its channels stand still until somebody lifts that.")
        return redirect("publishing:incident", pk=incident.pk)
    there = [delivery for delivery in live if delivery.state not in Delivery.NOT_PUBLIC]
    page = {"post": post, "form": form, "there": there}
    return render(request, "publishing/take_down.html", page, status=422 if form.errors else 200)


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """What is being taken down, and what was. Of posts this person may see."""
    mine = Incident.objects.filter(post__in=Post.objects.visible_to(request.user).values("pk"))
    rows = mine.select_related("post__team__parent", "post__current", "opened_by", "closed_by")
    page = {"open": rows.filter(closed_at=None), "closed": rows.exclude(closed_at=None)[:SHOWN], "now": timezone.now()}
    return render(request, "publishing/incidents.html", page)


@require_http_methods(["GET", "POST"])
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, on each channel; and its closing, by the DMC."""
    found = _incident(request, pk)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        takedown.close(incident=found, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "Closed, with your name. The record stays.")
        return redirect("publishing:incident", pk=pk)
    page = _page(request, found) | {"form": form}
    return render(request, "publishing/incident.html", page, status=422 if form.errors else 200)


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment, asked again every few seconds while something is still there."""
    return render(request, "publishing/_progress.html", _page(request, _incident(request, pk)))


@require_POST
def removed_by_hand(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Post.objects.visible_to(request.user).values("pk")
    rows = Removal.objects.filter(incident__post__in=visible).select_related(
        "delivery__channel", "delivery__target__post"
    )
    removal = get_object_or_404(rows, pk=pk)
    takedown.removed_by_hand(removal=removal, by=request.user, now=timezone.now())
    messages.success(request, "Thank you. The record says so, with your name.")
    return redirect("publishing:incident", pk=removal.incident_id)


@require_POST
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Post.objects.visible_to(request.user).values("pk")
    freeze = get_object_or_404(Freeze.objects.filter(incident__post__in=visible).select_related("channel"), pk=pk)
    takedown.lift(freeze=freeze, by=request.user, now=timezone.now())
    messages.success(request, f"{freeze.channel} may speak again.")
    return redirect("publishing:incident", pk=freeze.incident_id)


@require_http_methods(["GET", "POST"])
def removal_date(request: HttpRequest, pk: int) -> HttpResponse:
    post, now = _post(request, pk), timezone.now()
    form = RemovalDateForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            appeals.set_date(post=post, remove_at=form.cleaned_data["remove_at"], by=request.user, now=now)
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, "Its day is set. You and the duty desk are told when it comes.")
            return redirect("posts:post", pk=pk)
    page = {"post": post, "form": form, "date": getattr(post, "removal_date", None)}
    return render(request, "publishing/removal_date.html", page, status=422 if form.errors else 200)


def _page(request: HttpRequest, found: Incident) -> dict[str, Any]:
    sheet = record.sheet(found)
    decided = set(channels_for(request.user, "review_dmc").values_list("pk", flat=True))
    spoken = {freeze.channel_id for freeze in sheet.freezes}
    takes = set(channels_for(request.user, "take_down").values_list("pk", flat=True))
    return {
        "incident": found,
        "sheet": sheet,
        "decides": bool(spoken) and spoken <= decided,
        "takes": takes,
        "now": timezone.now(),
    }


def _post(request: HttpRequest, pk: int) -> Post:
    visible = Post.objects.visible_to(request.user).select_related("team__parent", "current", "removal_date")
    post: Post = get_object_or_404(visible, pk=pk)
    return post


def _incident(request: HttpRequest, pk: int) -> Incident:
    visible = Incident.objects.filter(post__in=Post.objects.visible_to(request.user).values("pk"))
    people = ("post__team__parent", "post__author", "post__current", "opened_by", "closed_by")
    found: Incident = get_object_or_404(visible.select_related(*people), pk=pk)
    return found
