"""Doors: every table of the pages as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from accounts.channels import teams_for
from engagement import pages, survey_view, tables
from engagement.views import borough_for, measure_of, period_of, ward_for


@require_GET
def ward_weeks(request: HttpRequest, code: str) -> HttpResponse:
    page = pages.ward(ward_for(request.user, code), period_of(request))
    return as_file(tables.stretches("Week from", page.weeks), page.team.full_name, "weeks")


@require_GET
def ward_posts(request: HttpRequest, code: str) -> HttpResponse:
    page = pages.ward(ward_for(request.user, code), period_of(request))
    return as_file(tables.posts(page.posts), page.team.full_name, "posts")


@require_GET
def borough_survey(request: HttpRequest, code: str) -> HttpResponse:
    reading = survey_view.read(measure_of(request), borough_for(request.user, code))
    return as_file(tables.survey(reading), reading.team.name, reading.measure.code)


@require_GET
def borough_months(request: HttpRequest, code: str) -> HttpResponse:
    page = pages.borough(borough_for(request.user, code), measure_of(request), seen=[], now=timezone.now())
    return as_file(tables.stretches("Month from", page.months), page.team.name, "months")


@require_GET
def borough_wards(request: HttpRequest, code: str) -> HttpResponse:
    page = pages.borough(borough_for(request.user, code), measure_of(request), seen=[], now=timezone.now())
    return as_file(tables.cover(page.places), page.team.name, "wards")


@require_GET
def patch_teams(request: HttpRequest) -> HttpResponse:
    teams = list(teams_for(request.user, "view_team").select_related("parent__parent"))
    return as_file(tables.cover(pages.patch(teams, now=timezone.now()).places), "patch", "teams")


def as_file(table: str, *name: str) -> HttpResponse:
    """With a byte order mark: without it a spreadsheet reads the words in the wrong alphabet."""
    headers = {"Content-Disposition": f'attachment; filename="{"-".join(slugify(part) for part in name)}.csv"'}
    return HttpResponse("\ufeff" + table, content_type="text/csv; charset=utf-8", headers=headers)
