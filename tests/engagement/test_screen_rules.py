"""What the pages must never show (domain.md D.7), whatever the data."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from engagement import confidence
from engagement.models import ConfidenceFigure
from tests.conftest import Cast
from tests.engagement.conftest import Figures, Teller, counted

pytestmark = pytest.mark.django_db
ROOM = Path(__file__).resolve().parents[2] / "engagement"
FORBIDDEN = re.compile(
    r"\bimpact|driven by|\bcause[sd]?\b|thanks to|\bbecause of (the )?(posts|updates)|league|\brank|"
    r"[↑↓▲▼⬆⬇🔺🔻]|&[ud]arr;",
    re.IGNORECASE,
)


@pytest.fixture
def pages(cast: Cast, client_for: Callable[[User], Client], tell: Teller, figures: Figures) -> dict[str, str]:
    """Every page with data on it: posts, numbers, a survey that rose clearly."""
    for days in (1, 40, 70):
        at = timezone.now() - timedelta(days=days)
        week = at + timedelta(days=7)  # posts are compared by what they had brought then
        said = [counted(impressions=50, replies=3, reactions=8, shares=1, at=week), counted(replies=1, at=week)]
        tell(cast.x, cast.page, at=at, said=said)
    waves = {date(2024, 12, 31): 0.20, date(2025, 3, 31): 0.25, date(2025, 12, 31): 0.61}
    figures("informed", cast.hackney, waves, london={wave: 0.40 for wave in waves})
    client = client_for(cast.olu)
    addresses = {
        "patch": reverse("engagement:patch"),
        "ward": reverse("engagement:ward", args=[cast.homerton.code]) + "?days=90",
        "borough": reverse("engagement:borough", args=[cast.hackney.code]),
    }
    found = {name: client.get(address).content.decode() for name, address in addresses.items()}
    return found | {"force": client_for(cast.dee).get(reverse("engagement:force")).content.decode()}


def drawings(page: str) -> list[str]:
    return re.findall(r'<svg class="numbers-drawing.*?</svg>', page, re.DOTALL)


def test_the_pages_have_drawings_to_judge(pages: dict[str, str]) -> None:
    assert (len(drawings(pages["ward"])), len(drawings(pages["borough"]))) == (3, 9)
    assert "Higher than a year earlier" in pages["borough"]


def test_no_page_claims_a_cause_or_shows_an_arrow_or_a_rank(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        main = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page.split("<main", 1)[1], flags=re.DOTALL)
        said = re.sub(r"<[^>]+>", " ", main)
        assert not FORBIDDEN.search(said), (name, FORBIDDEN.search(said))


@pytest.mark.parametrize("path", sorted((ROOM / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_a_forbidden_word(path: Path) -> None:
    assert not FORBIDDEN.search(path.read_text()), FORBIDDEN.search(path.read_text())


def test_no_ward_has_a_confidence_figure_on_its_page(pages: dict[str, str]) -> None:
    """The borough's figures exist, and yet the ward's page holds no share, no line and no band."""
    ward = pages["ward"]
    assert "too few for any figure" in ward
    assert not re.search(r"\d%", re.sub(r"<[^>]+>", " ", ward.split("<main", 1)[1]))
    for mark in ("numbers-band", "numbers-borough", "numbers-london"):
        assert mark not in ward


def test_a_survey_file_cannot_bring_a_ward_in(cast: Cast) -> None:
    line = "Date;Borough;Measure;Proportion\n31/12/2025;Homerton;Informed local;0,5\n"
    outcome = confidence.import_file(name="wards.csv", content=line.encode(), by=None, now=timezone.now())
    assert len(outcome.rejected) == 1
    assert not ConfidenceFigure.objects.exists()


def test_survey_and_posts_never_share_a_drawing_or_have_a_second_axis(pages: dict[str, str]) -> None:
    for page in pages.values():
        for drawing in drawings(page):
            assert not ("numbers-bar" in drawing and "numbers-borough" in drawing)
            ticks = re.findall(r'<text class="numbers-mark" x="([\d.]+)" y="[\d.]+" dy="4"', drawing)
            assert len(set(ticks)) == 1, "one scale, at one edge"


def test_every_survey_figure_carries_its_range_period_source_and_number_of_questions(pages: dict[str, str]) -> None:
    borough = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", pages["borough"]))
    for needed in (
        "61%, about 55 to 66",
        "in the twelve months to December 2025",
        "About 400 interviews",
        "published.csv",
        "one of 8 questions",
        "design effect of 1.3 assumed",
    ):
        assert needed in borough, needed


def test_every_drawing_has_its_table_below(pages: dict[str, str]) -> None:
    for name in ("ward", "borough", "force"):
        charts = pages[name].split('class="numbers-chart"')[1:]
        assert charts and all("<table" in after for after in charts)


def test_figures_of_a_change_inside_the_doubt_are_called_no_clear_change(
    cast: Cast, client_for: Callable[[User], Client], figures: Figures
) -> None:
    figures("trust", cast.hackney, {date(2024, 12, 31): 0.60, date(2025, 12, 31): 0.66})
    address = reverse("engagement:borough", args=[cast.hackney.code])
    page = client_for(cast.olu).get(f"{address}?measure=trust").content.decode()
    assert "No clear change from a year earlier." in page
    assert not re.search(r"Higher|Lower|rose|fell\b|improv|declin", page.split("<main", 1)[1])
