"""Doors: the register of official accounts, and the log of those that pretend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.channels import matching
from accounts.models import Impersonation
from accounts.provisioning import impersonation, register
from accounts.provisioning.forms_public import EndForm, PictureForm, ReportForm, StepForm

PER_PAGE = 50
TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@require_GET
def official(request: HttpRequest) -> HttpResponse:
    """Every official account."""
    register.require_read(request.user)
    words = request.GET.get("q", "").strip()
    found = matching(register.entries(request.user), words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    ctx = {"page": page, "rows": [(channel, register.address(channel)) for channel in page.object_list], "q": words}
    return render(request, "provisioning/register.html", ctx)


@require_GET
def official_file(request: HttpRequest, form: str) -> HttpResponse:
    """The whole register, as CSV or JSON."""
    register.require_read(request.user)
    found, now = register.rows(register.entries(request.user)), timezone.now()
    if form not in ("csv", "json"):
        raise Http404
    register.exported(by=request.user, form=form, count=len(found), now=now)
    headers = {"Content-Disposition": f'attachment; filename="official-accounts-{now:%Y-%m-%d}.{form}"'}
    if form == "json":
        return JsonResponse({"at": now.isoformat(), "accounts": found}, headers=headers)
    return HttpResponse(register.as_csv(found), content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
def impersonations(request: HttpRequest) -> HttpResponse:
    impersonation.require(request.user, impersonation.READERS)
    page = Paginator(impersonation.log(), PER_PAGE).get_page(request.GET.get("page"))
    ctx = {"page": page, "open": impersonation.log(open_only=True).count()}
    return render(request, "provisioning/impersonations.html", ctx)


@require_http_methods(["GET", "POST"])
def report_impersonation(request: HttpRequest) -> HttpResponse:
    """Anybody of the force may."""
    form = ReportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = impersonation.report(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"@{made.handle} is reported. The DMC and information security know.")
            reads = impersonation.may(request.user, impersonation.READERS)
            return redirect("accounts:impersonation", made.pk) if reads else redirect("home")
    return render(request, "provisioning/report.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def one_impersonation(request: HttpRequest, pk: int) -> HttpResponse:
    impersonation.require(request.user, impersonation.READERS)
    return _page(request, get_object_or_404(impersonation.log(), pk=pk))


@require_POST
def impersonation_step(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    return _do(request, found, "step", StepForm(request.POST, matter=found), impersonation.add_step)


@require_POST
def close_impersonation(request: HttpRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    return _do(request, found, "end", EndForm(request.POST, matter=found), impersonation.close)


@require_http_methods(["GET", "POST"])
def impersonation_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The screenshot; or keep one."""
    if request.method == "POST":
        found = _mine(request, pk)
        return _do(request, found, "picture", PictureForm(request.POST, request.FILES), impersonation.keep_picture)
    impersonation.require(request.user, impersonation.READERS)
    found = get_object_or_404(Impersonation.objects.exclude(screenshot=""), pk=pk)
    headers = {
        "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    with default_storage.open(found.screenshot.name, "rb") as kept:
        kind = TYPES[found.screenshot.name.rpartition(".")[2]]
        return HttpResponse(kept.read(), content_type=kind, headers=headers)


def _mine(request: HttpRequest, pk: int) -> Impersonation:
    impersonation.require(request.user)
    return get_object_or_404(impersonation.log(), pk=pk)


def _do(request: HttpRequest, found: Impersonation, at: str, form: Form, verb: Callable[..., Any]) -> HttpResponse:
    if form.is_valid():
        try:
            verb(matter=found, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Written down.")
            return redirect("accounts:impersonation", found.pk)
    return _page(request, found, wrong={at: form})


def _page(request: HttpRequest, found: Impersonation, *, wrong: dict[str, Form] | None = None) -> HttpResponse:
    wrong = wrong or {}
    ctx = {
        "matter": found,
        "steps": found.steps.select_related("by"),
        "like": impersonation.looks_like(found.handle),
        "may_act": found.closed_at is None and impersonation.may(request.user),
        "step": wrong.get("step") or StepForm(matter=found),
        "end": wrong.get("end") or EndForm(matter=found),
        "picture": wrong.get("picture") or PictureForm(),
        "wrong": next(iter(wrong.values()), None),
    }
    return render(request, "provisioning/impersonation.html", ctx, status=422 if wrong else 200)
