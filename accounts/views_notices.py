"""Doors: the bell and the list of notices."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import choosing, notices
from accounts.forms_notices import NoticePlanForm
from accounts.models import Notice

KEPT_IN_VIEW = timedelta(days=7)
MOST = 50


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    waiting = list(notices.open_for(request.user)[: MOST * 2])
    page = {
        "asking": [notice for notice in waiting if notice.needs_answer],
        "news": [notice for notice in waiting if not notice.needs_answer],
        "answered": notices.answered_for(request.user, since=now - KEPT_IN_VIEW)[:MOST],
        "now": now,
    }
    return render(request, "accounts/notices.html", page)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """How one hears of what happens."""
    form = NoticePlanForm(request.POST or None, plan=choosing.plan_of(request.user))
    if request.method == "POST" and form.is_valid():
        hour = int(form.cleaned_data["digest_hour"])
        choosing.choose(by=request.user, how=form.how, digest_hour=hour, now=timezone.now())
        messages.success(request, "Kept. It counts from the next notice on.")
        return redirect("accounts:notices")
    return render(request, "accounts/choose_notices.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def bell(request: HttpRequest) -> HttpResponse:
    """A fragment: how many wait, asked for by every page now and then."""
    return render(request, "accounts/_bell.html", {"bell": notices.open_for(request.user).count()})


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=pk, to=request.user)
    notices.acknowledge(notice=notice, by=request.user, now=timezone.now())
    messages.success(request, "Thank you. It says now that you have it.")
    return redirect("accounts:notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    notices.read_all(to=request.user, now=timezone.now())
    return redirect("accounts:notices")
