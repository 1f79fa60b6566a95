"""Doors: the people of the force, and the one screen on which a writer hands over."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import handing, people, planned
from accounts.channels import teams_for
from accounts.keys import key_in
from accounts.models import Handover, User
from accounts.views_again import proved_recently
from smconsole.forms_handover import SuccessorForm
from smconsole.moving import PARTS

PER_PAGE = 40
OFFERED = 12


@require_GET
def everybody(request: HttpRequest) -> HttpResponse:
    """Who is appointed to what, over the teams that this person provisions."""
    if not teams_for(request.user, "provision").exists():
        raise PermissionDenied("Only a DMC administrator looks after people and their appointments.")
    words = request.GET.get("q", "").strip()
    past, now = request.GET.get("who") == "all", timezone.now()
    listed = (people.everyone if past else people.looked_after)(request.user, now=now)
    found = people.matching(listed, words)
    ctx = {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "q": words, "past": past}
    return render(request, "people/everybody.html", ctx)


@proved_recently
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
    if request.method == "POST":
        return _do(request, plan, form)
    return _show(request, plan, form)


def _form(request: HttpRequest, leaver: User) -> SuccessorForm:
    now, words = timezone.now(), request.GET.get("q", "").strip()
    found = people.successors(leaver, people.looked_after(request.user, now=now).exclude(pk=request.user.pk), now=now)
    asked = request.POST if request.method == "POST" else request.GET
    key = key_in(asked.get("to"))
    offered = list(people.matching(found, words)[:OFFERED])
    if key is not None and key not in {person.pk for person in offered}:
        offered += list(found.filter(pk=key))
    return SuccessorForm(asked if "to" in asked else None, people=offered)


def _show(
    request: HttpRequest, plan: handing.Plan, form: SuccessorForm, refusal: ValidationError | None = None
) -> HttpResponse:
    said = form.cleaned_data
    ctx = {
        "plan": plan, "leaver": plan.leaver, "to": form.successor, "until": said["until"], "last_day": said["last_day"],
        "refusal": refusal,
    }  # fmt: skip
    return render(request, "people/confirm.html", ctx, status=422 if refusal else 200)


def _do(request: HttpRequest, plan: handing.Plan, form: SuccessorForm) -> HttpResponse:
    seen, now, said = request.POST.get("seen", ""), timezone.now(), form.cleaned_data
    facts = {"leaver": plan.leaver, "to": form.successor, "until": said["until"], "by": request.user, "now": now}
    try:
        if said["last_day"]:
            planned.plan_handover(**facts, last_day=said["last_day"])
        else:
            handing.hand_over(**facts, seen=seen, parts=PARTS)
    except ValidationError as refusal:
        return _show(request, plan, form, refusal)
    if said["last_day"]:
        day = said["last_day"]
        words = (
            f"{plan.leaver} hands over to {form.successor} on {day.day} {day:%B %Y} at 23:59. Both write until then."
        )
    else:
        words = f"{plan.leaver} has handed over to {form.successor}. Their access ended at {now:%H:%M} UTC."
    messages.success(request, words)
    return redirect("people")


@require_POST
def call_off_handover(request: HttpRequest, pk: int) -> HttpResponse:
    mine = people.looked_after(request.user, now=timezone.now()).order_by().values("pk")
    found = get_object_or_404(Handover.objects.filter(leaver__in=mine).select_related("leaver", "to"), pk=pk)
    planned.call_off(handover=found, by=request.user, now=timezone.now())
    messages.success(request, "Called off. Nothing moves; the last day of their appointments stays as it is.")
    return redirect("appointments", found.leaver_id)
