"""Doors to changing the law: the proposals, one of them, its rules and words, trying and signing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.keys import key_in
from accounts.views_again import proved_recently
from policy import changing, keeping, proposals
from policy.forms_law import RuleForm, StartForm, WhyForm, WordsForm
from policy.law import WORD_LISTS
from policy.models import Proposal
from policy.rules import rule_by_id


@require_http_methods(["GET", "POST"])
def proposal_list(request: HttpRequest) -> HttpResponse:
    (keeping.require_inspector if request.method == "GET" else keeping.require_keeper)(request.user)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = proposals.propose(**form.cleaned_data, by=request.user, now=timezone.now())
        return redirect("policy:proposal", pk=made.pk)
    everything = Proposal.objects.select_related("proposed_by", "edition")
    page = {
        "open": everything.filter(closed_at__isnull=True),
        "closed": everything.filter(closed_at__isnull=False)[:30],
        "form": form,
        "keeps": keeping.may_keep(request.user),
    }
    return render(request, "policy/proposals.html", page, status=422 if form.errors else 200)


@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What it changes, what the trial showed, and the one next step of whoever looks."""
    return _page(request, _get(request, pk))


@proved_recently
@require_http_methods(["GET", "POST"])
def proposal_rule(request: HttpRequest, pk: int, rule: str) -> HttpResponse:
    """One rule as the proposal would have it."""
    found = to_change(request, pk)
    setting = proposals.would_be(found).setting(rule)
    if setting is None:
        raise Http404
    form = RuleForm(request.POST or None, setting=setting, inbound=rule_by_id(rule).inbound)
    if request.method == "POST" and form.is_valid():
        wanted = {"rule_id": rule, **form.cleaned_data}
        if _kept(form, proposals.change_rule, proposal=found, by=request.user, now=timezone.now(), **wanted):
            return redirect("policy:proposal", pk=pk)
    page = {"proposal": found, "setting": setting, "form": form}
    return render(request, "policy/proposal_rule.html", page, status=422 if form.errors else 200)


@proved_recently
@require_http_methods(["GET", "POST"])
def proposal_words(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Words to put on one list and to take off it."""
    found = to_change(request, pk)
    if name not in WORD_LISTS:
        raise Http404
    standing = found.changes.get("words", {}).get(name, {})
    initial = {key: "\n".join(standing.get(key, [])) for key in ("add", "remove")}
    form = WordsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = {"name": name, **form.cleaned_data}
        if _kept(form, proposals.change_words, proposal=found, by=request.user, now=timezone.now(), **wanted):
            return redirect("policy:proposal", pk=pk)
    page = {"proposal": found, "about": WORD_LISTS[name], "form": form}
    return render(request, "policy/proposal_words.html", page, status=422 if form.errors else 200)


@require_POST
def start_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = to_change(request, pk), StartForm(request.POST)
    if form.is_valid():
        try:
            proposals.set_start(proposal=found, starts_at=form.starts_at(), by=request.user, now=timezone.now())
        except ValidationError as refused:
            form.add_error("starts_on", refused.messages)
    if form.errors:
        return _page(request, found, form)
    return redirect("policy:proposal", pk=pk)


@require_POST
def try_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    found = _get(request, pk)
    try:
        proposals.ask_trial(proposal=found, by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
    return redirect("policy:proposal", pk=pk)


@proved_recently
@require_http_methods(["GET", "POST"])
def sign_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """First what will be the law and from when; then, by POST, the second signature."""
    keeping.require_keeper(request.user)
    found = _get(request, pk)
    trial = proposals.standing_trial(found)
    if trial is None or found.closed_at is not None:
        return redirect("policy:proposal", pk=pk)
    if request.method == "GET":
        return render(request, "policy/sign_proposal.html", {"proposal": found, "trial": trial})
    shown = get_object_or_404(found.trials, pk=key_in(request.POST.get("trial")) or 0)
    try:
        edition = proposals.sign(proposal=found, trial=shown, by=request.user, now=timezone.now())
    except ValidationError as refused:
        messages.warning(request, " ".join(refused.messages))
        return redirect("policy:proposal", pk=pk)
    messages.success(request, f"Edition {edition.number} is published. What waits is judged again when it begins.")
    return redirect("policy:edition", number=edition.number)


@require_POST
def withdraw_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    proposals.withdraw(proposal=_get(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "Withdrawn. The rules stay as they are.")
    return redirect("policy:proposals")


def _get(request: HttpRequest, pk: int) -> Proposal:
    keeping.require_inspector(request.user)
    found: Proposal = get_object_or_404(Proposal.objects.select_related("proposed_by", "edition"), pk=pk)
    return found


def to_change(request: HttpRequest, pk: int) -> Proposal:
    """Who only reads it sends nothing."""
    if request.method != "GET":
        keeping.require_keeper(request.user)
    return _get(request, pk)


def _kept(form: Any, verb: Any, **facts: Any) -> bool:
    try:
        verb(**facts)
    except ValidationError as refused:
        form.add_error(None, refused)
    return not form.errors


def _page(request: HttpRequest, found: Proposal, form: StartForm | None = None) -> HttpResponse:
    is_open = found.closed_at is None
    base, after = proposals.newest_law(), proposals.would_be(found)
    mine = is_open and found.proposed_by_id == request.user.pk
    page: dict[str, Any] = {
        "proposal": found,
        "changes": changing.differences(base, after) if is_open else [],
        "engine_moved": not base.is_of_this_engine,
        "base": base,
        "trial": proposals.standing_trial(found) if is_open else found.trials.filter(done_at__isnull=False).first(),
        "waiting": found.trials.filter(done_at__isnull=True).exists(),
        "tried_before": found.trials.filter(done_at__isnull=False).exists(),
        "mine": mine,
        "may_sign": is_open and not mine and keeping.may_keep(request.user),
        "keeps": keeping.may_keep(request.user),
        "rules": after.settings,
        "lists": WORD_LISTS,
        "start_form": form or (StartForm(initial={"starts_on": found.starts_at}) if mine else None),
        "poll": request.htmx,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "policy/proposal.html", page, status=status)
