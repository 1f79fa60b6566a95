"""Drawings stay inside their frame, keep to scale, and never draw what is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement import charts
from engagement.charts import Column
from engagement.survey_view import Point
from engagement.uncertainty import wilson

SHARES = st.floats(0, 1)
VALUES = st.one_of(st.none(), st.integers(0, 100_000), st.floats(0, 5000))


def points(shares: list[tuple[float, float | None]]) -> list[Point]:
    first = date(2020, 3, 31)
    return [
        Point(first + timedelta(days=91 * place), wilson(share, n=400), london)
        for place, (share, london) in enumerate(shares)
    ]


def places(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in path.split())]


@given(st.lists(st.tuples(SHARES, st.one_of(st.none(), SHARES)), min_size=2, max_size=60))
def test_every_figure_lies_inside_the_frame(shares: list[tuple[float, float | None]]) -> None:
    for drawing in charts.confidence(points(shares), name="Hackney"):
        size = drawing.size
        for path in (*drawing.bands, *drawing.borough, *drawing.london):
            for x, y in places(path):
                assert size.left <= x <= size.inner_right
                assert size.top - 0.1 <= y <= size.floor + 0.1
        assert len(drawing.days) <= size.labels + 1


@given(st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=12))
def test_names_at_the_ends_of_the_lines_never_touch(shares: list[tuple[float, float]]) -> None:
    wide = charts.confidence(points(shares), name="Hackney")[0]
    ours, theirs = wide.ends
    assert (ours.words, theirs.words) == ("Hackney", "London")
    assert abs(ours.y - theirs.y) >= 16.9


def test_a_line_is_not_drawn_across_a_missing_year() -> None:
    series = points([(0.5, 0.4)] * 10)
    (broken, *_) = charts.confidence(series[:4] + series[8:], name="Hackney")
    assert (len(broken.borough), len(broken.bands), len(broken.london)) == (2, 2, 2)


@pytest.mark.parametrize("shares", [[], [(0.5, 0.5)]])
def test_one_figure_is_no_line(shares: list[tuple[float, float | None]]) -> None:
    assert charts.confidence(points(shares), name="Hackney") == []


@given(st.lists(VALUES, min_size=1, max_size=60))
def test_bars_begin_at_zero_and_keep_to_scale(values: list[float | None]) -> None:
    drawings = charts.columns([Column("Mar", value, "words") for value in values])
    assert bool(drawings) == any(value is not None for value in values)
    for drawing in drawings:
        tallest = max(bar.height for bar in drawing.bars)
        most = max(value or 0 for value in values)
        assert drawing.scale[0].words == "0"
        assert tallest <= drawing.size.floor - drawing.size.top
        for value, bar in zip(values, drawing.bars, strict=True):
            assert bar.known == (value is not None)
            assert bar.y + bar.height == pytest.approx(drawing.size.floor, abs=0.11)
            if most:
                assert bar.height == pytest.approx(tallest * (value or 0) / most, abs=0.2)


@pytest.mark.parametrize(
    ("most", "marks"), [(0, "0 1"), (3, "0 1 2 3"), (5, "0 2 4 6"), (18.5, "0 5 10 15 20"), (101, "0 50 100 150")]
)
def test_the_scale_has_round_numbers(most: float, marks: str) -> None:
    drawing = charts.columns([Column("Mar", most, "words")])[0]
    assert " ".join(mark.words for mark in drawing.scale) == marks
