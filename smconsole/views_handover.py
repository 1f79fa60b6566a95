"""Doors: the people of the force, and the one screen on which a writer hands over."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import handing, people
from accounts.channels import teams_for
from accounts.models import User
from policy import handing as of_policy
from posts import handing as of_posts
from smconsole.forms_handover import SuccessorForm

# The lower room first: so the page reads from updates to cases.
PARTS = (of_posts.PART, of_policy.PART)
PER_PAGE = 40
OFFERED = 12


@require_GET
def everybody(request: HttpRequest) -> HttpResponse:
    """Who is appointed to what, over the teams that this person provisions."""
    if not teams_for(request.user, "provision").exists():
        raise PermissionDenied("Only a DMC administrator looks after people and their appointments.")
    words = request.GET.get("q", "").strip()
    found = people.matching(people.looked_after(request.user, now=timezone.now()), words)
    ctx = {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "q": words}
    return render(request, "people/everybody.html", ctx)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who takes over; look at exactly what moves; confirm."""
    now = timezone.now()
    leaver = get_object_or_404(people.looked_after(request.user, now=now), pk=pk)
    plan = handing.plan(leaver=leaver, parts=PARTS, now=now)
    form = _form(request, leaver)
    asked = request.POST if request.method == "POST" else request.GET
    if "to" not in asked or not form.is_valid():
        ctx = {"leaver": leaver, "plan": plan, "form": form, "q": request.GET.get("q", "").strip()}
        return render(request, "people/choose.html", ctx, status=422 if form.errors else 200)
    to, until = form.successor, form.cleaned_data["until"]
    if request.method == "POST":
        return _do(request, plan, to, until)
    return _show(request, plan, to, until)


def _form(request: HttpRequest, leaver: User) -> SuccessorForm:
    now, words = timezone.now(), request.GET.get("q", "").strip()
    found = people.successors(leaver, people.looked_after(request.user, now=now).exclude(pk=request.user.pk), now=now)
    asked = request.POST if request.method == "POST" else request.GET
    key = asked.get("to", "")
    offered = list(people.matching(found, words)[:OFFERED])
    if key.isdigit() and key not in {str(person.pk) for person in offered}:
        offered += list(found.filter(pk=key))
    return SuccessorForm(asked if "to" in asked else None, people=offered)


def _show(
    request: HttpRequest, plan: handing.Plan, to: User, until: date | None, refusal: ValidationError | None = None
) -> HttpResponse:
    ctx = {"plan": plan, "leaver": plan.leaver, "to": to, "until": until, "refusal": refusal}
    return render(request, "people/confirm.html", ctx, status=422 if refusal else 200)


def _do(request: HttpRequest, plan: handing.Plan, to: User, until: date | None) -> HttpResponse:
    seen, now = request.POST.get("seen", ""), timezone.now()
    try:
        handing.hand_over(
            leaver=plan.leaver, to=to, until=until, seen=seen, parts=PARTS, by=request.user, now=now
        )  # fmt: skip
    except ValidationError as refusal:
        return _show(request, plan, to, until, refusal)
    messages.success(request, f"{plan.leaver} has handed over to {to}. Their access ended at {now:%H:%M} UTC.")
    return redirect("people")
