"""The oversight report on A4: nothing of the console around it, and no chart or figure cut by a page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import Team, User
from engagement import reports
from engagement.models import ConfidenceFigure, Measure, SurveyFile
from tests.conftest import Cast

A4 = (595, 842)  # points
# What stands on each page, as the print sees it: the height of whatever must not be cut, in millimetres.
HEIGHTS = """() => [...document.querySelectorAll("svg, .report-figure__head")]
  .map((one) => one.getBoundingClientRect()).filter((box) => box.height > 0)
  .map((box) => [Math.round(box.height * 25.4 / 96), Math.round(box.right), document.documentElement.clientWidth])"""


@pytest.fixture
def made(live_server: object, cast: Cast) -> int:
    """On the whole force, with 30 boroughs in the survey: the longest chart there is."""
    now = timezone.now()
    measure, _ = Measure.objects.get_or_create(
        code="informed", defaults={"published_as": "Informed", "name": "Informed", "question": "Informed?"}
    )
    file = SurveyFile.objects.create(name="figures.csv", sha256="0" * 64, content=b"", imported_at=now)
    boroughs = Team.objects.bulk_create(
        Team(kind="borough", code=f"E0900{n:04d}", name=f"Borough {n}", parent=cast.force) for n in range(100, 130)
    )
    wave = now.date().replace(day=1) - timedelta(days=1)
    ConfidenceFigure.objects.bulk_create(
        ConfidenceFigure(measure=measure, team=team, wave=wave, share="0.5", file=file) for team in [*boroughs, None]
    )
    last = now.date() - timedelta(days=1)
    report = reports.ask(team=cast.force, first=date(last.year - 1, 4, 1), last=last, by=cast.hana, now=now)
    reports.work(now=now)
    return report.pk


def test_the_report_prints_on_a4_without_a_cut_chart(
    page: Page, cast: Cast, made: int, sign_in: Callable[[Page, User], None], settle: Callable[[Page, str], None]
) -> None:
    sign_in(page, cast.hana)
    settle(page, reverse("engagement:report", args=[made]))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})  # 180 mm of paper between the margins
    for name in (".console-bar", ".console-places", ".console-footer", ".console-back", ".report-off"):
        assert not page.locator(name).first.is_visible(), name
    boxes = page.evaluate(HEIGHTS)
    assert max(height for height, *_ in boxes) < 250, "everything that must stay whole fits on one page"
    assert all(right <= width for _, right, width in boxes), "nothing hangs over the edge"
    kept = page.evaluate(
        """() => [...document.querySelectorAll("svg")].map((one) => getComputedStyle(one).breakInside)"""
    )
    assert set(kept) == {"avoid"}
    paper = page.pdf(prefer_css_page_size=True)
    sizes = {(round(float(w)), round(float(h))) for w, h in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)}
    assert sizes == {A4}
    assert 2 <= len(re.findall(rb"/Type /Page\b", paper)) <= 12
