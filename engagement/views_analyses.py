"""Doors to the analyses: what was asked, asking, one answer, its table, and working it out again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engagement import analyses as questions
from engagement import analysis_view, tables_survey, uploads, wording_analysis
from engagement.forms_analyses import QuestionForm
from engagement.models import Analysis, Measure
from engagement.views import measure_of
from engagement.views_tables import as_file
from policy import keeping

SHOWN = 30


@require_http_methods(["GET", "POST"])
def analyses(request: HttpRequest) -> HttpResponse:
    """The newest panel of associations, and every question; who keeps the survey may ask one."""
    _require_reader(request)
    keeps = keeping.may_keep(request.user)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not keeps:
            raise PermissionDenied("Only the DMC asks questions of the model; the associations are open to you.")
        if form.is_valid():
            asked = questions.ask(**form.cleaned_data, settings={}, by=request.user, now=timezone.now())
            return redirect("engagement:analysis", pk=asked.pk)
    found = Analysis.objects.exclude(method=Analysis.Method.PAIRS).filter(again_of__isnull=True)
    page: dict[str, Any] = {
        "form": form,
        "keeps": keeps,
        "asked": found.select_related("outcome", "asked_by").defer("data")[:SHOWN],
        **_panel(request),
    }
    return render(request, "engagement/analyses.html", page, status=422 if form.errors else 200)


@require_POST
def ask_pairs(request: HttpRequest) -> HttpResponse:
    """Work out every association at once; a round that is already waiting is enough."""
    _require_reader(request)
    waiting = Analysis.objects.filter(method=Analysis.Method.PAIRS, done_at__isnull=True).first()
    if waiting is None:
        questions.ask(
            method=Analysis.Method.PAIRS,
            outcome=None,
            exposure="",
            settings={},
            by=request.user,
            now=timezone.now(),
        )
    return redirect("engagement:analyses")


@require_GET
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer; asked again while it is worked out."""
    _require_reader(request)
    shown = _analysis(pk)
    page = {"analysis": shown, "keeps": keeping.may_keep(request.user)}
    if shown.is_over:
        page["answer"] = analysis_view.answer(shown)
    template = "engagement/_analysis.html" if request.htmx else "engagement/analysis.html"
    return render(request, template, page)


@require_GET
def analysis_table(request: HttpRequest, pk: int) -> HttpResponse:
    _require_reader(request)
    shown = _analysis(pk)
    if not shown.is_over:
        raise Http404
    return as_file(tables_survey.answer(shown), "analysis", str(shown.pk))


@require_POST
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Work a kept answer out again, to see whether every digit is the same."""
    _require_reader(request)
    uploads.require_keeper(request.user)
    shown = get_object_or_404(Analysis, pk=pk, done_at__isnull=False)
    again = questions.ask_again(analysis=shown, by=request.user, now=timezone.now())
    return redirect("engagement:analysis", pk=again.pk)


def _panel(request: HttpRequest) -> dict[str, Any]:
    """The newest panel of associations and the measure chosen in the address."""
    rounds = Analysis.objects.filter(method=Analysis.Method.PAIRS, again_of__isnull=True).defer("data")
    done = rounds.filter(done_at__isnull=False).first()
    measure = measure_of(request)
    shown = analysis_view.pairs(done, measure) if done else []
    sound = done is not None and "refused" not in done.result
    return {
        "round": done,
        "waiting": rounds.filter(done_at__isnull=True).first(),
        "measure": measure,
        "measures": Measure.objects.all(),
        "pairs": shown,
        "drawing": analysis_view.pairs_drawing(shown),
        "could": wording_analysis.could_have_seen(done.result) if done and sound else "",
        "found": wording_analysis.found(done.result) if done and sound else "",
    }


def _analysis(pk: int) -> Analysis:
    found = Analysis.objects.select_related("outcome", "asked_by", "again_of").defer("data", "again_of__data")
    return get_object_or_404(found, pk=pk)


def _require_reader(request: HttpRequest) -> None:
    if not uploads.may_read(request.user):
        raise Http404
