"""Doors to the law: what is in force, one rule, one edition, any day in the past, and how well the rules do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from policy import changing, editions, hindsight, keeping, quality
from policy.findings import WEIGHTS
from policy.forms_law import HindsightForm
from policy.law import WORD_LISTS, Setting
from policy.models import Proposal, QualityFigure, RuleSet


@require_GET
def law(request: HttpRequest) -> HttpResponse:
    """The rules in force, findable; and openly, what no signature covers."""
    now, words = timezone.now(), request.GET.get("q", "").strip()
    current = editions.in_force(now)
    shown = [_shown(one) for one in current.settings if _fits(one, words)]
    shown.sort(key=lambda one: (one["setting"].severity.rank, one["setting"].id))
    page = {
        "law": current,
        "edition": editions.edition_at(now),
        "coming": RuleSet.objects.filter(starts_at__gt=now).order_by("number").first(),
        "rules": shown,
        "q": words,
        "open": Proposal.objects.filter(closed_at__isnull=True).count(),
        "editions": RuleSet.objects.select_related("signed_by")[:12],
        "keeps": keeping.may_keep(request.user),
        "inspects": keeping.may_inspect(request.user),
    }
    return render(request, "policy/law.html", page)


@require_GET
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule as it is signed, what it was before, and how well it does."""
    now = timezone.now()
    current = editions.in_force(now)
    setting = current.setting(rule) or next((one for one in _delivered() if one.id == rule), None)
    if setting is None:
        raise Http404
    page = {
        **_shown(setting),
        "signed": current.setting(rule) is not None,
        "law": current,
        "history": hindsight.history(rule),
        "cases": quality.counted_cases(rule),
        "figures": quality.of_rule(rule),
        "open": Proposal.objects.filter(closed_at__isnull=True, proposed_by=request.user),
        "keeps": keeping.may_keep(request.user),
    }
    return render(request, "policy/rule.html", page)


@require_GET
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """One edition: who signed what, why, and what it changed."""
    people = RuleSet.objects.select_related("proposed_by", "signed_by")
    shown = get_object_or_404(people, number=number)
    before = RuleSet.objects.filter(number=number - 1).first()
    after = RuleSet.objects.filter(number=number + 1).first()
    its_law = editions.law_of(shown)
    page = {
        "edition": shown,
        "law": its_law,
        "after": after,
        "changes": changing.differences(editions.law_of(before), its_law) if before else [],
        "rules": [_shown(one) for one in its_law.settings],
        "lines": its_law.routes,
        "begun": shown.starts_at <= timezone.now(),
    }
    return render(request, "policy/edition.html", page)


@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """The word lists of the law in force. They hold what nobody should have to read by accident."""
    keeping.require_inspector(request.user)
    current = editions.in_force(timezone.now())
    lists = [(name, about, sorted(current.lists[name])) for name, about in WORD_LISTS.items()]
    return render(request, "policy/words.html", {"law": current, "lists": lists})


@require_http_methods(["GET", "POST"])
def on_a_day(request: HttpRequest) -> HttpResponse:
    """What did the policy say on that day, and how would it have judged this text? Nothing is kept."""
    now = timezone.now()
    form = HindsightForm(request.POST or None, user=request.user, today=timezone.localdate(now))
    page: dict[str, Any] = {"form": form, "today": timezone.localdate(now)}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        page["answer"] = hindsight.judge(day=said["day"], channel=said["channel"], text=said["text"], now=now)
    return render(request, "policy/on_a_day.html", page, status=422 if form.errors else 200)


@require_GET
def how_well(request: HttpRequest) -> HttpResponse:
    """Recall and false alarms, rule by rule, from the cases and from what people decided."""
    run = quality.newest()
    cases = quality.rows(run, QualityFigure.Source.CASES) if run else []
    of_rules = [row for row in cases if row.figure.subject not in quality.LAYERS]
    decisions = quality.rows(run, QualityFigure.Source.DECISIONS) if run else []
    page = {
        "run": run,
        "layers": [row for row in cases if row.figure.subject in quality.LAYERS],
        "rules": of_rules,
        "decided_layers": [row for row in decisions if row.figure.subject in quality.LAYERS],
        "decided_rules": [row for row in decisions if row.figure.subject not in quality.LAYERS],
        "few": quality.FEW,
        "imperfect": [
            row for row in cases if row.recall and row.recall.share < 1 and row.figure.subject not in quality.LAYERS
        ],
        "stale": run is not None and run.at < timezone.now() - timedelta(days=2),
    }
    return render(request, "policy/quality.html", page)


def _shown(setting: Setting) -> dict[str, Any]:
    return {"setting": setting, "weight": WEIGHTS[setting.severity]}


def _fits(setting: Setting, words: str) -> bool:
    said = f"{setting.id} {setting.title} {setting.message} {setting.source} {setting.owner}".lower()
    return all(word in said for word in words.lower().split())


def _delivered() -> tuple[Setting, ...]:
    return changing.as_delivered().settings
