"""Doors: how far an author has come, what waits for a second person, and what the next workshop is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts import renewal, stages
from accounts.channels import AUTHORS, teams_for
from accounts.models import Appointment, Stage, StageChange, StageProposal
from accounts.models.people import LONDON
from policy import agenda, progress
from policy.forms_practice import DownForm, WordsForm

MOST = 50


@require_GET
def proposal_list(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, as far as this one speaks for somebody there."""
    page = {"waiting": stages.waiting(request.user)[:MOST]}
    return render(request, "policy/stage_proposals.html", page)


@require_GET
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the appointment. The evidence, and what can be decided on it."""
    return _page(request, _found(request, pk))


@require_POST
def propose_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """One up, or another year where `renew` is sent with it."""
    found = _found(request, pk)
    now, renew = timezone.now(), "renew" in request.POST
    seen = progress.kept(progress.evidence(found, now=now))

    def go(why: str) -> Any:
        return stages.propose(appointment=found, why=why, evidence=seen, renew=renew, by=request.user, now=now)

    name, form = ("renew", _renew(request.POST)) if renew else ("propose", _propose(request.POST))
    return _do(request, found, name, form, go, "Proposed. A second person decides.")


@require_POST
def agree_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the proposal."""
    proposal = _proposal(request, pk)
    changed = stages.agree(proposal=proposal, by=request.user, now=timezone.now())
    lasts = "for another year" if changed.kind == StageChange.Kind.RENEWED else "from now on"
    messages.success(request, f"Agreed: “{changed.get_became_display()}” {lasts}. Its author is told.")
    return redirect("policy:stage", proposal.appointment_id)


@require_POST
def decline_stage(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the proposal."""
    proposal = _proposal(request, pk)

    def go(words: str) -> Any:
        return stages.decline(proposal=proposal, words=words, by=request.user, now=timezone.now())

    return _do(request, proposal.appointment, "decline", _decline(request.POST), go, "Kept: not yet.")


@require_POST
def move_down(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)

    def go(**said: Any) -> Any:
        return stages.move_down(appointment=found, **said, by=request.user, now=timezone.now())

    form = DownForm(request.POST, stage=found.stage)
    return _do(request, found, "down", form, go, "Moved down. Its author is told why, and the way back.")


@require_GET
def workshop_agenda(request: HttpRequest) -> HttpResponse:
    """What updates come back for. Numbers and reasons, never names."""
    if not agenda.may_see(request.user):
        raise PermissionDenied("Only who reviews, or plans the workshops, sees this.")
    period = request.GET.get("period", "month")
    if period not in agenda.PERIODS:
        period = "month"
    days, words = agenda.PERIODS[period]
    page = {
        "agenda": agenda.add_up(request.user, days=days, now=timezone.now()),
        "periods": [(name, said, name == period) for name, (_, said) in agenda.PERIODS.items()],
        "words": words,
        "plans": teams_for(request.user, "provision").exists(),
    }
    return render(request, "policy/agenda.html", page)


def _do(
    request: HttpRequest, found: Appointment, name: str, form: Form, verb: Callable[..., Any], done: str
) -> HttpResponse:
    if form.is_valid():
        try:
            verb(**form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, done)
            return redirect("policy:stage", found.pk)
    return _page(request, found, status=422, wrong=form, **{name: form})


def _found(request: HttpRequest, pk: int) -> Appointment:
    """An author's appointment of today, for their mentor and the DMC; for themselves to read."""
    now = timezone.now()
    held = Appointment.objects.active(now).filter(role__in=AUTHORS).select_related("user", "team__parent")
    found: Appointment = get_object_or_404(held, pk=pk)
    if request.method == "GET" and found.user_id == request.user.pk:
        return found
    if not stages.sides(found, request.user):
        raise Http404
    return found


def _proposal(request: HttpRequest, pk: int) -> StageProposal:
    rows = StageProposal.objects.select_related("appointment__user", "appointment__team__parent", "by")
    found: StageProposal = get_object_or_404(rows, pk=pk)
    if not stages.sides(found.appointment, request.user):
        raise Http404
    return found


def _propose(data: Any = None) -> WordsForm:
    hint = "What you saw of their work. Its author and the second person read it."
    return WordsForm(data, name="why", label="Why they are ready", hint=hint, button="Propose it")


def _renew(data: Any = None) -> WordsForm:
    hint = "What you saw of their work in the last year. Its author and the second person read it."
    label, button = "Why it should go on", "Propose the renewal"
    return WordsForm(data, name="why", label=label, hint=hint, button=button, auto_id="renew_%s")


def _decline(data: Any = None) -> WordsForm:
    return WordsForm(data, name="words", label="What would make them ready", button="Not yet")


def _page(request: HttpRequest, found: Appointment, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    today = now.astimezone(LONDON).date()
    open_ones = StageProposal.objects.filter(appointment=found, closed_at__isnull=True).select_related("by")
    proposal = open_ones.first()
    above = stages.next_stage(found.stage)
    may_decide = bool(stages.sides(found, request.user))
    page: dict[str, Any] = {
        "appointment": found,
        "stage": Stage(found.stage),
        "points": progress.evidence(found, now=now),
        "above": above,
        "lapsed": found.stage_on(today) != found.stage,
        "renewable": renewal.is_open(found, today),
        "opens": found.stage_until - renewal.OPENS if found.stage_until else None,
        "proposal": proposal,
        "may_decide": may_decide,
        "may_second": may_decide and proposal is not None and stages.may_second(proposal, request.user),
        "own": found.user_id == request.user.pk,
        "changes": found.stage_changes.select_related("by", "second")[:20],
        "declined": found.stage_proposals.filter(ending="declined")
        .select_related("by", "closed_by")
        .order_by("-at")[:3],
        "propose": _propose(),
        "renew": _renew(),
        "decline": _decline(),
        "down": DownForm(stage=found.stage) if Stage(found.stage).rank else None,
        "now": now,
    }
    return render(request, "policy/stage.html", page | forms, status=status)
