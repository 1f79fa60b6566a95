"""Oversight reports: asked for, made by the clock, and read by those who may see the area."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, User
from engagement import reports
from engagement.forms_reports import financial_year
from engagement.models import Report
from engagement.oversight import making
from tests.conftest import Cast
from tests.engagement.conftest import Figures, Teller, counted

ClientFor = Callable[[User], Client]
FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)


@pytest.fixture
def report(cast: Cast, now: datetime) -> Report:
    return reports.ask(team=cast.hackney, first=FIRST, last=LAST, by=cast.olu, now=now)


def test_the_clock_makes_what_was_asked_for_once(report: Report, now: datetime) -> None:
    assert (reports.work(now=now), reports.work(now=now)) == (1, 0)
    report.refresh_from_db()
    assert report.done_at == now and report.step == report.steps == len(making.BOOK) + 1
    assert report.figures["period"] == ["2026-02-01", "2026-02-28"]
    assert list(AuditEntry.objects.filter(action__startswith="report.").values_list("action", flat=True)) == [
        "report.asked",
        "report.made",
    ]


def test_two_taps_make_one_report(cast: Cast, report: Report, now: datetime) -> None:
    assert reports.ask(team=cast.hackney, first=FIRST, last=LAST, by=cast.olu, now=now) == report


def test_a_report_that_a_dead_worker_left_is_taken_over_and_only_then(report: Report, now: datetime) -> None:
    Report.objects.filter(pk=report.pk).update(begun_at=now)
    assert reports.work(now=now + timedelta(minutes=1)) == 0
    assert reports.work(now=now + timedelta(minutes=5)) == 1


def test_what_was_made_never_changes(report: Report, cast: Cast, tell: Teller, now: datetime) -> None:
    reports.work(now=now)
    before = Report.objects.get(pk=report.pk).figures
    tell(cast.x, at=datetime.fromisoformat("2026-02-10T12:00:00+00:00"))
    reports.work(now=now + timedelta(hours=1))
    assert Report.objects.get(pk=report.pk).figures == before


@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST, date(2026, 3, 3)), (LAST, FIRST), (date(2020, 1, 1), LAST)],
)
def test_a_wrong_period_is_refused(cast: Cast, now: datetime, first: date, last: date) -> None:
    with pytest.raises(ValidationError):
        reports.ask(team=cast.hackney, first=first, last=last, by=cast.olu, now=now)


def test_only_who_sees_the_area_asks_for_it(cast: Cast, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        reports.ask(team=cast.brent, first=FIRST, last=LAST, by=cast.olu, now=now)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 4, 10), date(2025, 4, 1), date(2026, 3, 31)),
        (date(2026, 5, 1), date(2026, 4, 1), date(2026, 5, 1)),
        (date(2026, 2, 1), date(2025, 4, 1), date(2026, 2, 1)),
    ],
)
def test_the_form_begins_with_the_financial_year(today: date, first: date, last: date) -> None:
    assert financial_year(today) == (first, last)


# ---- pages ------------------------------------------------------------------------------------------------------


def test_a_manager_asks_waits_and_reads(cast: Cast, client_for: ClientFor, tell: Teller, figures: Figures) -> None:
    tell(cast.x, at=datetime.fromisoformat("2026-02-10T12:00:00+00:00"), said=[counted(replies=3)])
    figures("informed", cast.hackney, {date(2025, 12, 31): 0.52}, london={date(2025, 12, 31): 0.40})
    client = client_for(cast.olu)
    asked = client.post(
        reverse("engagement:reports"), {"team": cast.hackney.pk, "first": str(FIRST), "last": str(LAST)}
    )
    made = Report.objects.get()
    assert asked["Location"] == reverse("engagement:report", args=[made.pk])
    assert "next in line" in client.get(asked["Location"]).text
    progress = reverse("engagement:report_progress", args=[made.pk])
    assert "HX-Redirect" not in client.get(progress)
    assert client.get(reverse("engagement:report_table", args=[made.pk])).status_code == 404
    reports.work(now=timezone.now())
    assert client.get(progress)["HX-Redirect"].endswith(asked["Location"])
    page = client.get(asked["Location"]).text
    for needed in (
        "1 update went out.",
        "52%, about 46 to 58.",
        "engagement.oversight.of_posts.sent",
        "not measured",
        "1 January 2026 to 31 January 2026",
        "Wilson",
    ):
        assert needed in page, needed
    paper = client.get(reverse("engagement:report_paper", args=[made.pk]))
    assert paper["Content-Type"] == "application/pdf" and bytes(Report.objects.get().paper or b"") == paper.content
    table = client.get(reverse("engagement:report_table", args=[made.pk])).text
    assert "updates.sent,Updates,Updates that went out,,1,1,0," in table
    assert "not measured: The console has no inbox" in table


def test_others_find_nothing(cast: Cast, client_for: ClientFor, report: Report) -> None:
    mel = client_for(cast.mel)
    for name in ("report", "report_progress", "report_table", "report_paper"):
        assert mel.get(reverse(f"engagement:{name}", args=[report.pk])).status_code == 404
    assert "None has been made yet" in mel.get(reverse("engagement:reports")).text


def test_a_wrong_form_says_what_is_wrong(cast: Cast, client_for: ClientFor) -> None:
    client, address = client_for(cast.olu), reverse("engagement:reports")
    told = {"team": cast.hackney.pk, "first": "2026-02-28", "last": "2026-02-01"}
    assert "comes after the last" in client.post(address, told).text
    other = client.post(address, {**told, "team": cast.brent.pk})
    assert other.status_code == 403
    assert not Report.objects.exists()


def test_the_list_costs_the_same_queries_with_many(cast: Cast, client_for: ClientFor, report: Report) -> None:
    client, address = client_for(cast.olu), reverse("engagement:reports")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for day in range(1, 9):
        reports.ask(team=cast.homerton, first=FIRST, last=date(2026, 2, day), by=cast.olu, now=timezone.now())
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
