"""Doors: where a ward's sergeant or the DMC writes what residents asked for, what was done and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import priorities
from accounts.channels import teams_for
from accounts.forms_priorities import CloseForm, PriorityForm, StepForm
from accounts.models import Priority, PriorityStep, Team


@require_http_methods(["GET", "POST"])
def new_priority(request: HttpRequest, code: str) -> HttpResponse:
    wards = teams_for(request.user, "view_team").filter(kind=Team.Kind.WARD)
    team = get_object_or_404(wards, code=code)
    priorities.require_edit(request.user, team)
    now = timezone.now()
    form = PriorityForm(request.POST if request.method == "POST" else None, now=now, button="Add this priority")
    if request.method == "POST" and form.is_valid():
        made = _try(form, lambda: priorities.set_priority(team=team, **form.cleaned_data, by=request.user, now=now))
        if made is not None:
            messages.success(request, "Added. Write down next what you are doing about it.")
            return redirect("accounts:priority", made.pk)
    context = {"team": team, "form": form}
    return render(request, "accounts/new_priority.html", context, status=422 if form.errors else 200)


@require_GET
def priority(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@require_POST
def mend_priority(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    form = PriorityForm(request.POST, now=timezone.now(), button="Keep the change")
    return _do(request, found, "mend", form, priorities.mend, "Kept. What it said before is in its history.")


@require_POST
def add_step(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    return _do(request, found, "step", StepForm(request.POST, now=timezone.now()), priorities.add_step, "Added.")


@require_POST
def close_priority(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    form = CloseForm(request.POST, others=_others(found), now=timezone.now())
    return _do(request, found, "close", form, priorities.close, "Closed. It stays in the ward’s record.")


@require_POST
def reopen_priority(request: HttpRequest, pk: int) -> HttpResponse:
    priorities.reopen(priority=_editable(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "Open again.")
    return redirect("accounts:priority", pk)


@require_POST
def strike_step(request: HttpRequest, pk: int) -> HttpResponse:
    """pk: of the step."""
    mine = PriorityStep.objects.filter(priority__team__in=teams_for(request.user, "view_team").values("pk"))
    step = get_object_or_404(mine.select_related("priority__team"), pk=pk)
    priorities.strike(step=step, by=request.user, now=timezone.now())
    messages.success(request, "Taken back. It stays in the history and counts no more.")
    return redirect("accounts:priority", step.priority_id)


def _do(
    request: HttpRequest, found: Priority, name: str, form: Form, verb: Callable[..., object], done: str
) -> HttpResponse:
    """name: which of the page's forms this is, shown again with what is wrong."""
    if form.is_valid():
        kept = _try(form, lambda: verb(priority=found, **form.cleaned_data, by=request.user, now=timezone.now()))
        if kept is not None:
            messages.success(request, done)
            return redirect("accounts:priority", found.pk)
    return _page(request, found, status=422, wrong=form, **{name: form})


def _try(form: Form, verb: Callable[[], Any]) -> Any:
    """What the verb gives back, or None with its complaint beside the field."""
    try:
        return verb()
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def _page(request: HttpRequest, found: Priority, status: int = 200, **forms: Any) -> HttpResponse:
    now = timezone.now()
    stands = {"words": found.words, "set_on": found.set_on, "source": found.source}
    context: dict[str, Any] = {
        "priority": found,
        "steps": found.steps.filter(struck_at__isnull=True).select_related("made_by"),
        "changes": found.changes.select_related("by"),
        "may_edit": priorities.may_edit(request.user, found.team),
        "mend": PriorityForm(initial=stands, now=now, button="Keep the change"),
        "step": StepForm(now=now),
        "close": CloseForm(others=_others(found), now=now),
    }
    return render(request, "accounts/priority.html", context | forms, status=status)


def _visible(request: HttpRequest, pk: int) -> Priority:
    mine = Priority.objects.filter(team__in=teams_for(request.user, "view_team").values("pk"))
    found: Priority = get_object_or_404(mine.select_related("team__parent", "superseded_by", "made_by"), pk=pk)
    return found


def _editable(request: HttpRequest, pk: int) -> Priority:
    found = _visible(request, pk)
    priorities.require_edit(request.user, found.team)
    return found


def _others(found: Priority) -> Any:
    return Priority.objects.open().filter(team=found.team_id).exclude(pk=found.pk)
