"""Doors: every table of the pages as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from accounts.channels import teams_for
from engagement import dashboard, pages, pages_area, survey_view, tables
from engagement.pages_area import AreaPage, ForcePage
from engagement.views import (
    asked_of,
    borough_for,
    force_for,
    measure_of,
    network_of,
    period_of,
    the_force,
    ward_for,
)


@require_GET
def ward_weeks(request: HttpRequest, code: str) -> HttpResponse:
    page = pages.ward(ward_for(request.user, code), period_of(request), network=network_of(request))
    return as_file(tables.stretches("Week from", page.weeks), page.team.full_name, "weeks")


@require_GET
def ward_posts(request: HttpRequest, code: str) -> HttpResponse:
    team, period = ward_for(request.user, code), period_of(request)
    posts = dashboard.told([team], since=period.since, until=period.until, network=network_of(request))
    return as_file(tables.posts(posts), team.full_name, "posts")


@require_GET
def ward_answers(request: HttpRequest, code: str) -> HttpResponse:
    team = ward_for(request.user, code)
    page = pages.ward(team, period_of(request), network=network_of(request), force=the_force())
    return as_file(tables.answers(page.answers), team.full_name, "answers")


@require_GET
def borough_answers(request: HttpRequest, code: str) -> HttpResponse:
    page = _borough(request, code)
    return as_file(tables.answers(page.answers), page.team.name, "answers")


@require_GET
def borough_work(request: HttpRequest, code: str) -> HttpResponse:
    page = _borough(request, code)
    return as_file(tables.process(page.process), page.team.name, "work")


@require_GET
def force_boroughs(request: HttpRequest) -> HttpResponse:
    return as_file(tables.parts(_force(request).parts), "force", "boroughs")


@require_GET
def force_months(request: HttpRequest) -> HttpResponse:
    return as_file(tables.stretches("Month from", _force(request).months), "force", "months")


@require_GET
def force_answers(request: HttpRequest) -> HttpResponse:
    return as_file(tables.answers(_force(request).answers), "force", "answers")


@require_GET
def force_work(request: HttpRequest) -> HttpResponse:
    return as_file(tables.process(_force(request).process), "force", "work")


@require_GET
def borough_survey(request: HttpRequest, code: str) -> HttpResponse:
    reading = survey_view.read(measure_of(request), borough_for(request.user, code))
    return as_file(tables.survey(reading), reading.team.name, reading.measure.code)


@require_GET
def force_survey(request: HttpRequest) -> HttpResponse:
    reading = survey_view.read(measure_of(request), force_for(request.user))
    return as_file(tables.survey(reading), "london", reading.measure.code)


@require_GET
def borough_months(request: HttpRequest, code: str) -> HttpResponse:
    page = _borough(request, code)
    return as_file(tables.stretches("Month from", page.months), page.team.name, "months")


@require_GET
def borough_wards(request: HttpRequest, code: str) -> HttpResponse:
    page = _borough(request, code)
    return as_file(tables.cover(page.places), page.team.name, "wards")


@require_GET
def patch_teams(request: HttpRequest) -> HttpResponse:
    teams = list(teams_for(request.user, "view_team").select_related("parent__parent"))
    return as_file(tables.cover(pages.patch(teams, now=timezone.now()).places), "patch", "teams")


def _borough(request: HttpRequest, code: str) -> AreaPage:
    facts = {"seen": [], "network": network_of(request), "force": the_force()}
    return pages_area.borough(borough_for(request.user, code), asked_of(request), period_of(request), **facts)


def _force(request: HttpRequest) -> ForcePage:
    team, network = force_for(request.user), network_of(request)
    return pages_area.force(team, asked_of(request), period_of(request), network=network)


def as_file(table: str, *name: str) -> HttpResponse:
    """With a byte order mark: without it a spreadsheet reads the words in the wrong alphabet."""
    headers = {"Content-Disposition": f'attachment; filename="{"-".join(slugify(part) for part in name)}.csv"'}
    return HttpResponse("\ufeff" + table, content_type="text/csv; charset=utf-8", headers=headers)
