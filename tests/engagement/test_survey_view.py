"""What may be said of a survey figure, and what may not."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Team
from engagement import survey_view
from engagement.models import Measure
from engagement.survey_view import Point, Reading
from engagement.uncertainty import BOROUGH_YEAR, change_half_width, wilson
from tests.conftest import Cast
from tests.engagement.conftest import Figures

LAST = date(2025, 12, 31)
SHARES = st.floats(0.02, 0.98)


def quarters(number: int) -> list[date]:
    """That many quarter-ends up to LAST."""
    months = [LAST.year * 12 + LAST.month - 1 - 3 * back for back in range(number)]
    ends = [(month // 12, month % 12 + 1) for month in reversed(months)]
    return [date(year, month, monthrange(year, month)[1]) for year, month in ends]


def reading(*shares: float, london: float | None = None) -> Reading:
    points = [
        Point(wave, wilson(share, n=BOROUGH_YEAR), london)
        for wave, share in zip(quarters(len(shares)), shares, strict=True)
    ]
    return Reading(Measure(name="Informed"), Team(name="Hackney"), tuple(points))


def test_a_figure_is_told_with_its_range_and_its_year() -> None:
    said = survey_view.sentence(reading(0.51, 0.5, 0.5, 0.51, 0.52))
    assert said == "52%, about 46 to 58, in the twelve months to December 2025. No clear change from a year earlier."


def test_without_a_figure_a_year_earlier_no_change_is_told() -> None:
    assert "no figure for a year earlier" in survey_view.sentence(reading(0.4, 0.6))
    assert "No survey figures" in survey_view.sentence(reading())


def test_a_clear_change_is_told_as_a_range() -> None:
    said = survey_view.sentence(reading(0.30, 0.35, 0.4, 0.45, 0.50))
    assert "Higher than a year earlier by about 12 to 28 points." in said
    assert "tend to come back by themselves" in said


def test_a_rise_after_an_unusually_low_year_was_likely_anyway() -> None:
    shares = [0.50] * 12 + [0.30, 0.4, 0.4, 0.45, 0.50]
    assert "unusually low a year earlier; some rise was likely anyway" in survey_view.sentence(
        reading(*shares, london=0.5)
    )


def test_a_fall_after_an_unusually_high_year_was_likely_anyway() -> None:
    shares = [0.50] * 12 + [0.70, 0.6, 0.6, 0.55, 0.50]
    assert "unusually high a year earlier; some fall was likely anyway" in survey_view.sentence(
        reading(*shares, london=0.5)
    )


@pytest.mark.parametrize(
    ("ours", "london", "said"),
    [(0.5, 0.52, "cannot be told apart"), (0.6, 0.5, "clearly above"), (0.4, 0.5, "clearly below")],
)
def test_a_borough_differs_from_london_only_outside_its_range(ours: float, london: float, said: str) -> None:
    assert said in survey_view.beside_london(reading(ours, london=london))


def test_the_smallest_change_that_could_be_seen_is_named() -> None:
    assert survey_view.detectable(reading(0.5)) == "We could only have detected a change of about 8 points."


@given(SHARES, SHARES)
def test_no_change_is_ever_claimed_inside_the_doubt(before: float, after: float) -> None:
    said = survey_view.sentence(reading(before, 0.5, 0.5, 0.5, after))
    doubt = change_half_width(before, after, n=BOROUGH_YEAR)
    assert ("No clear change" in said) == (abs(after - before) <= doubt)
    assert ("Higher" in said) == (after - before > doubt)
    assert ("Lower" in said) == (before - after > doubt)


@pytest.mark.django_db
def test_figures_are_read_with_london_beside_them(cast: Cast, figures: Figures) -> None:
    waves = {date(2025, 9, 30): 0.30, date(2025, 12, 31): 0.33}
    figures("informed", cast.hackney, waves, london={date(2025, 12, 31): 0.36})
    figures("trust", cast.hackney, {LAST: 0.7})
    found = survey_view.read(Measure.objects.get(code="informed"), cast.hackney)
    assert [(point.wave, point.borough.share, point.london) for point in found.points] == [
        (date(2025, 9, 30), 0.30, None),
        (date(2025, 12, 31), 0.33, 0.36),
    ]
    assert (found.file, found.illustrative) == ("published.csv", False)


@pytest.mark.django_db
def test_illustrative_figures_never_stand_beside_published_ones(cast: Cast, figures: Figures) -> None:
    made_up = {date(2026, 3, 31): 0.9}
    figures("informed", cast.hackney, made_up, london=made_up, illustrative=True)
    alone = survey_view.read(Measure.objects.get(code="informed"), cast.hackney)
    assert (alone.illustrative, len(alone.points)) == (True, 1)
    figures("informed", cast.hackney, {LAST: 0.33}, london={LAST: 0.36})
    together = survey_view.read(Measure.objects.get(code="informed"), cast.hackney)
    assert (together.illustrative, [point.wave for point in together.points]) == (False, [LAST])


def test_the_change_of_method_in_2020_is_noticed() -> None:
    points = [Point(wave, wilson(0.5, n=400), None) for wave in (date(2019, 12, 31), date(2020, 6, 30))]
    both = Reading(Measure(name="Informed"), Team(name="Hackney"), tuple(points))
    after = Reading(both.measure, both.team, tuple(points[1:]))
    assert (both.crosses_the_break, after.crosses_the_break) == (True, False)
