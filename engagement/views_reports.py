"""Doors: oversight reports, asked for, waited for, read, printed and kept as a file."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from accounts.channels import teams_for
from engagement import periods
from engagement import reports as verbs
from engagement.forms_reports import ReportForm
from engagement.models import Report
from engagement.oversight import reading, writing
from engagement.views_tables import as_file

PER_PAGE = 20


@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """The form and what was made before."""
    now = timezone.now()
    teams = teams_for(request.user, "view_team")
    form = ReportForm(request.POST if request.method == "POST" else None, teams=teams, today=periods.day_of(now))
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.ask(**form.cleaned_data, by=request.user, now=now)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("engagement:report", made.pk)
    page = Paginator(verbs.visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "now": now}
    return render(request, "engagement/reports.html", context, status=422 if form.errors else 200)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Its progress while it is made, then the document."""
    found = get_object_or_404(verbs.visible_to(request.user), pk=pk)
    if found.done_at is None:
        return render(request, "engagement/report_waiting.html", {"report": found})
    return render(request, "engagement/report.html", {"document": reading.read(found), "report": found})


@require_GET
def report_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """A fragment, asked for every second; once the report is done it sends the reader there."""
    found = get_object_or_404(verbs.visible_to(request.user), pk=pk)
    answer = render(request, "engagement/_report_progress.html", {"report": found})
    if found.done_at is not None:
        answer["HX-Redirect"] = request.build_absolute_uri("../")
    return answer


@require_GET
def report_table(request: HttpRequest, pk: int) -> HttpResponse:
    found = _done(request, pk)
    return as_file(reading.table(found), "oversight", found.team.name, str(found.first), str(found.last))


@require_GET
def report_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF as it was made. A report from before there were any gets one from its kept figures."""
    found = _done(request, pk)
    name = "-".join(["oversight", slugify(found.team.name), str(found.first), str(found.last)])
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(bytes(found.paper or writing.write(found)), content_type="application/pdf", headers=headers)


def _done(request: HttpRequest, pk: int) -> Report:
    found: Report = get_object_or_404(verbs.visible_to(request.user), pk=pk)
    if found.done_at is None:
        raise Http404
    return found
