"""Doors to the survey's files: what came in, bringing one in, what was corrected, and its questions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from engagement import measures, tables_survey, uploads
from engagement.forms_survey import MeasureForm, SpellingForm, UploadForm
from engagement.models import Correction, Measure, Spelling, SurveyFile, SurveyUpload
from engagement.views_tables import as_file
from policy import keeping

SHOWN = 200


@require_http_methods(["GET", "POST"])
def survey_files(request: HttpRequest) -> HttpResponse:
    """Every file that came in, and for who keeps the survey the form that brings one in."""
    _require_reader(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            upload = _take_in(request, form)
        except ValidationError as refused:
            form.add_error("file", refused)
        else:
            return redirect("engagement:survey_upload", pk=upload.pk)
    keeps = keeping.may_keep(request.user)
    open_ = SurveyUpload.objects.exclude(state__in=["imported", "dropped"]).select_related("by").defer("content")
    page: dict[str, Any] = {
        "form": form,
        "keeps": keeps,
        "files": SurveyFile.objects.defer("content").select_related("imported_by"),
        "uploads": open_[:10] if keeps else [],
        "measures": Measure.objects.annotate(count=Count("figures")).order_by("position"),
        "spellings": Spelling.objects.select_related("team"),
        "spelling_form": SpellingForm(prefix="spelling"),
    }
    return render(request, "engagement/survey_files.html", page, status=422 if form.errors else 200)


@require_GET
def survey_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood of a file; asked again while the clock reads or imports it."""
    uploads.require_keeper(request.user)
    upload = _upload(pk)
    template = "engagement/_survey_upload.html" if request.htmx else "engagement/survey_upload.html"
    working = upload.state in (SurveyUpload.State.WAITING, SurveyUpload.State.CONFIRMED)
    return render(request, template, {"upload": upload, "found": upload.understood, "working": working})


@require_POST
def confirm_upload(request: HttpRequest, pk: int) -> HttpResponse:
    uploads.require_keeper(request.user)
    uploads.confirm(upload=_upload(pk), by=request.user, now=timezone.now())
    return redirect("engagement:survey_upload", pk=pk)


@require_POST
def drop_upload(request: HttpRequest, pk: int) -> HttpResponse:
    uploads.require_keeper(request.user)
    uploads.drop(upload=_upload(pk), by=request.user, now=timezone.now())
    messages.success(request, "The file was left out. Nothing was imported.")
    return redirect("engagement:survey_files")


@require_GET
def survey_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: how it was read, what it brought, what it corrected."""
    _require_reader(request)
    file = get_object_or_404(SurveyFile.objects.defer("content").select_related("imported_by"), pk=pk)
    page = {"file": file, "corrections": _corrections(file)[:SHOWN], "count": file.corrections.count()}
    return render(request, "engagement/survey_file.html", page)


@require_GET
def survey_original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file byte for byte, as something to keep and never to open here."""
    _require_reader(request)
    file = get_object_or_404(SurveyFile, pk=pk)
    stem, _, ending = file.name.rpartition(".")
    name = f"{slugify(stem) or 'survey'}.{slugify(ending) or 'csv'}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(file.content), content_type="application/octet-stream", headers=headers)


@require_GET
def survey_corrections(request: HttpRequest, pk: int) -> HttpResponse:
    _require_reader(request)
    file = get_object_or_404(SurveyFile.objects.defer("content"), pk=pk)
    return as_file(tables_survey.corrections(_corrections(file)), "corrections", str(file.pk))


@require_http_methods(["GET", "POST"])
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """What is known about a question. Who keeps the survey may change it; "new" adds one."""
    _require_reader(request)
    if code == "new":
        uploads.require_keeper(request.user)
    shown = Measure() if code == "new" else get_object_or_404(Measure, code=code)
    form = MeasureForm(request.POST or None, instance=shown)
    if request.method == "POST":
        uploads.require_keeper(request.user)
        if form.is_valid() and _keep(request, form, code):
            messages.success(request, "Kept.")
            return redirect("engagement:survey_files")
    page = {"measure": shown, "form": form, "keeps": keeping.may_keep(request.user), "is_new": code == "new"}
    return render(request, "engagement/measure.html", page, status=422 if form.errors else 200)


@require_POST
def spell(request: HttpRequest) -> HttpResponse:
    uploads.require_keeper(request.user)
    form = SpellingForm(request.POST, prefix="spelling")
    if form.is_valid():
        try:
            measures.spell(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, "Files may write it so from now on.")
    else:
        messages.error(request, "Write the name and choose the borough.")
    return redirect("engagement:survey_files")


def _take_in(request: HttpRequest, form: UploadForm) -> SurveyUpload:
    file = form.cleaned_data["file"]
    content = file.read() if file.size <= uploads.LARGEST else b"\0" * (uploads.LARGEST + 1)
    published = form.cleaned_data["published_on"]
    return uploads.take_in(name=file.name, content=content, published_on=published, by=request.user, now=timezone.now())


def _keep(request: HttpRequest, form: MeasureForm, code: str) -> bool:
    shown = Measure.objects.filter(code=code).first() or Measure(code=_free_code(form.cleaned_data["name"]))
    if shown.pk is None:
        shown.position = Measure.objects.count()
    try:
        measures.keep(measure=shown, facts=form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as refused:
        form.add_error(None, refused)
    return not form.errors


def _free_code(name: str) -> str:
    stem = slugify(name)[:40] or "measure"
    taken = {"new", *Measure.objects.filter(code__startswith=stem).values_list("code", flat=True)}
    return next(code for number in range(1, 1000) if (code := stem if number == 1 else f"{stem}-{number}") not in taken)


def _corrections(file: SurveyFile) -> Any:
    return (
        Correction.objects.filter(file=file)
        .select_related("figure__measure", "figure__team", "was_file", "by")
        .defer("was_file__content")
    )


def _upload(pk: int) -> SurveyUpload:
    return get_object_or_404(SurveyUpload.objects.select_related("by").defer("content"), pk=pk)


def _require_reader(request: HttpRequest) -> None:
    if not uploads.may_read(request.user):
        raise Http404
