"""Doors to the holds: what is stopped, stopping, letting go, and the bar on every page."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from policy import holds
from policy.forms import HoldForm
from policy.models import Hold


@require_http_methods(["GET", "POST"])
def hold_list(request: HttpRequest) -> HttpResponse:
    """What is in force, and the form that stops something. For those who decide for the DMC."""
    if not holds.may_open(request.user):
        raise PermissionDenied("Only the DMC opens and releases holds.")
    now = timezone.now()
    form = HoldForm(request.POST or None, teams=holds.scopes_for(request.user))
    if request.method == "POST" and form.is_valid():
        holds.open_hold(**form.cleaned_data, by=request.user, now=now)
        messages.success(request, "The hold is on. Nothing of these teams goes out until two people release it.")
        return redirect("policy:holds")
    page = {"holds": holds.all_in_force(now=now), "form": form}
    return render(request, "policy/holds.html", page, status=422 if form.errors else 200)


@require_POST
def ask_release(request: HttpRequest, pk: int) -> HttpResponse:
    holds.ask_release(hold=_open(request, pk), by=request.user, now=timezone.now())
    messages.info(request, "Asked. The hold stays on until a second person releases it.")
    return redirect("policy:holds")


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    holds.release(hold=_open(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "Released. What missed its time asks its author for a new one; nothing goes out late.")
    return redirect("policy:holds")


@require_GET
def banner(request: HttpRequest) -> HttpResponse:
    """A fragment, asked for every few seconds by every page: the holds that concern this person's teams."""
    now = timezone.now()
    page = {"holds": holds.concerning(holds.teams_of(request.user, now=now), now=now)}
    return render(request, "policy/_banner.html", {**page, "may_open": holds.may_open(request.user)})


def _open(request: HttpRequest, pk: int) -> Hold:
    if not holds.may_open(request.user):
        raise PermissionDenied("Only the DMC opens and releases holds.")
    hold: Hold = get_object_or_404(Hold, pk=pk)
    return hold
