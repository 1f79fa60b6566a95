"""Doors to the holds: stopping, letting go, what may go out nevertheless, and the bar on every page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import channels_for
from accounts.keys import key_in
from accounts.models import Channel
from accounts.views_again import proved_recently
from policy import clearances, forms_holds, holds, reach
from policy.forms_holds import ClearForm, HoldForm, ReviewHoldForm
from policy.models import Clearance, Hold
from posts.models import Post

MOST = 100


@require_http_methods(["GET", "POST"])
def hold_list(request: HttpRequest) -> HttpResponse:
    """What is in force, and the form that stops something in one go. For those who decide for the DMC."""
    if not holds.may_open(request.user):
        raise PermissionDenied("Only the DMC opens and releases holds.")
    now = timezone.now()
    form = _opening_form(request)
    if request.method == "POST" and form.is_valid():
        hold = holds.open_hold(**form.cleaned_data, by=request.user, now=now)
        messages.success(request, "The hold is on. A second person must confirm it within the hour.")
        return redirect("policy:hold", pk=hold.pk)
    page = {
        "holds": [(hold, reach.stopped(hold, now=now)) for hold in holds.all_in_force(now=now)],
        "form": form,
        "reasons": forms_holds.REASONS,
        "levels": reach.levels(request.user),
        "now": now,
    }
    return render(request, "policy/holds.html", page, status=422 if form.errors else 200)


@require_GET
def hold_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One hold: what it stops, why, until when, and what goes on. For everybody whom it concerns."""
    now = timezone.now()
    hold = _concerning(request, pk)
    decides = holds.may_decide(request.user, hold)
    posts = clearances.affected(hold).filter(pk__in=Post.objects.visible_to(request.user).values("pk"))
    page = {
        "hold": hold,
        "over": hold.released_at is not None and hold.released_at <= now,
        "rows": clearances.board(hold, posts[:MOST], now=now),
        "count": posts.count(),
        "decides": decides,
        "grounds": clearances.grounds(hold),
        "sends": set(channels_for(request.user, "submit_for").values_list("pk", flat=True)),
        "again_in": forms_holds.AGAIN_IN.items(),
        "meaning": reach.plain(hold.level),
        "chapters": reach.story(hold),
        "now": now,
    }
    return render(request, "policy/hold.html", page)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    hold = holds.confirm(hold=_open(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "Confirmed, with your name.")
    return redirect("policy:hold", pk=hold.pk)


@require_POST
def review(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReviewHoldForm(request.POST)
    hold = _open(request, pk)
    if form.is_valid():
        holds.review(hold=hold, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, "It stays on, and you own it now.")
    else:
        messages.warning(request, "Choose when to look again. Nothing was changed; the hold is still on.")
    return redirect("policy:hold", pk=pk)


@proved_recently
@require_POST
def ask_release(request: HttpRequest, pk: int) -> HttpResponse:
    holds.ask_release(hold=_open(request, pk), by=request.user, now=timezone.now())
    messages.info(request, "Asked. The hold stays on until a second person releases it.")
    return redirect("policy:hold", pk=pk)


@proved_recently
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    holds.release(hold=_open(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "Released. What missed its time asks its author for a new one; nothing goes out late.")
    return redirect("policy:holds")


@require_POST
def reconfirm(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    clearances.reconfirm(hold=_concerning(request, pk), post=_post(request, post), by=request.user, now=timezone.now())
    messages.success(request, "Confirmed again. It goes out at its time.")
    return redirect("policy:hold", pk=pk)


@require_POST
def ask_clearance(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    return _clear(request, pk, post, clearances.ask, "Asked. The DMC sees it on this page.")


@require_POST
def give_clearance(request: HttpRequest, pk: int, post: int) -> HttpResponse:
    return _clear(request, pk, post, clearances.give, "Cleared. It goes out at its time, in exactly these words.")


@require_GET
def banner(request: HttpRequest) -> HttpResponse:
    """A fragment, asked for every few seconds by every page: the holds that concern this person's teams."""
    now = timezone.now()
    page = {"holds": holds.concerning(holds.teams_of(request.user, now=now), now=now)}
    return render(request, "policy/_banner.html", page)


def _opening_form(request: HttpRequest) -> HoldForm:
    asked = request.POST.get("channel") or request.GET.get("channel") or ""
    mine = channels_for(request.user, "review_dmc")
    channel: Channel | None = get_object_or_404(mine, pk=key_in(asked) or 0) if asked else None
    return HoldForm(
        request.POST or None,
        teams=holds.scopes_for(request.user),
        levels=[level for level, _, _ in reach.levels(request.user)],
        counts=reach.counts(),
        channel=channel,
        initial={"level": Hold.Level.LOCAL},
    )


def _clear(request: HttpRequest, pk: int, post: int, verb: Any, said: str) -> HttpResponse:
    form = ClearForm(request.POST)
    hold, asked = _concerning(request, pk), _post(request, post)
    if form.is_valid():
        kept: Clearance = verb(hold=hold, post=asked, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, said)
        return redirect("policy:hold", pk=kept.hold_id)
    messages.warning(request, "Choose why it must go out. Nothing was changed.")
    return redirect("policy:hold", pk=pk)


def _post(request: HttpRequest, pk: int) -> Post:
    post: Post = get_object_or_404(Post.objects.visible_to(request.user), pk=pk)
    return post


def _concerning(request: HttpRequest, pk: int) -> Hold:
    """A hold that this person may know of: it touches their teams, or they decide on holds."""
    people = ("team__parent", "channel", "owner", "opened_by", "confirmed_by", "release_asked_by", "released_by")
    hold: Hold = get_object_or_404(Hold.objects.select_related(*people), pk=pk)
    if not holds.concerns(hold, holds.teams_of(request.user, now=timezone.now())) and not holds.may_open(request.user):
        raise Http404
    return hold


def _open(request: HttpRequest, pk: int) -> Hold:
    if not holds.may_open(request.user):
        raise PermissionDenied("Only the DMC opens and releases holds.")
    hold: Hold = get_object_or_404(Hold, pk=pk)
    return hold
