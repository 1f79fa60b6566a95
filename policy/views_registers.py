"""Doors to the registers: all of them, one with its lines, adding a line, retiring one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.channels import channels_for
from policy import keeping, registers
from policy.forms_registers import RegisterForm, RetireForm
from policy.models import RegisterEntry
from policy.register_kinds import REGISTERS, Register

PER_PAGE = 50


@require_GET
def register_list(request: HttpRequest) -> HttpResponse:
    """Every register with how many lines count today; with words to look for, the lines of all that fit."""
    keeping.require_inspector(request.user)
    now, words = timezone.now(), request.GET.get("q", "").strip()
    counts = registers.counts(now)
    page = {
        "registers": [(register, counts.get(kind, 0)) for kind, register in REGISTERS.items()],
        "lines": sum(counts.values()),
        "channels": channels_for(request.user, "view_channel").count(),
        "q": words,
        "page": _page(request, registers.listed("", words)) if words else None,
        "today": timezone.localdate(now),
    }
    return render(request, "policy/registers.html", page)


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, kind: str) -> HttpResponse:
    """One register: search, lines, and for who keeps it the form that adds one."""
    (keeping.require_inspector if request.method == "GET" else keeping.require_keeper)(request.user)
    shown, now = _register(kind), timezone.now()
    form = RegisterForm(request.POST or None, register=shown)
    if request.method == "POST" and form.is_valid():
        try:
            entry = registers.add(kind=kind, **form.cleaned_data, by=request.user, now=now)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"{entry.value} is in the register. The check knows it from now on.")
            return redirect("policy:register", kind=kind)
    words, retired = request.GET.get("q", "").strip(), request.GET.get("retired") == "1"
    page: dict[str, Any] = {
        "register": shown,
        "page": _page(request, registers.listed(kind, words, retired=retired)),
        "q": words,
        "retired": retired,
        "form": form,
        "keeps": keeping.may_keep(request.user),
        "today": timezone.localdate(now),
        "count": registers.counts(now).get(kind, 0),
    }
    return render(request, "policy/register.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def retire_line(request: HttpRequest, pk: int) -> HttpResponse:
    """The line with its history, and a reason, before the check forgets it."""
    keeping.require_keeper(request.user)
    entry = get_object_or_404(RegisterEntry.objects.select_related("added_by", "retired_by"), pk=pk)
    form = RetireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        registers.retire(entry=entry, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, f"{entry.value} is retired. It stays among the retired lines.")
        return redirect("policy:register", kind=entry.kind)
    page = {"entry": entry, "register": REGISTERS[entry.kind], "form": form}
    return render(request, "policy/retire_line.html", page, status=422 if form.errors else 200)


def _register(kind: str) -> Register:
    if kind not in REGISTERS:
        raise Http404
    return REGISTERS[kind]


def _page(request: HttpRequest, entries: Any) -> Any:
    return Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
