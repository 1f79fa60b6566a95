from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.reading.dates import MONTHS, WEEKDAYS, find_dates, london_day, readings
from policy.reading.passage import Passage


def read(text: str, base: date) -> list[list[date]]:
    return [readings(written, base) for written in find_dates(Passage(text))]


@pytest.mark.parametrize(
    ("text", "base", "likeliest"),
    [
        ("13 March", date(2026, 3, 2), date(2026, 3, 13)),
        ("13 March", date(2026, 11, 20), date(2027, 3, 13)),
        ("13 March", date(2026, 4, 15), date(2026, 3, 13)),
        ("3rd of June", date(2026, 1, 1), date(2026, 6, 3)),
        ("March 13th", date(2026, 3, 2), date(2026, 3, 13)),
        ("13/03/27", date(2026, 3, 2), date(2027, 3, 13)),
        ("2026-03-13", date(2026, 3, 2), date(2026, 3, 13)),
        ("31 December", date(2026, 1, 2), date(2025, 12, 31)),
    ],
)
def test_year_is_the_one_people_mean(text: str, base: date, likeliest: date) -> None:
    assert read(text, base)[0][0] == likeliest


def test_christmas_in_march_may_be_the_last_or_the_next() -> None:
    assert read("25 December", date(2026, 3, 2)) == [[date(2025, 12, 25), date(2026, 12, 25)]]


def test_june_in_march_is_never_last_june() -> None:
    assert read("3 June", date(2026, 3, 2)) == [[date(2026, 6, 3)]]


def test_leap_day_is_no_day_outside_a_leap_year() -> None:
    assert read("29 February", date(2026, 3, 2)) == [[]]
    assert read("29 February", date(2028, 1, 5))[0][0] == date(2028, 2, 29)


def test_weekdays_in_a_list_borrow_the_month_after_them() -> None:
    written = find_dates(Passage("sat 14 and sun 15 march"))
    assert sorted((w.weekday, w.day, w.month) for w in written) == [(5, 14, 3), (6, 15, 3)]


@pytest.mark.parametrize(
    "text", ["24/7", "sat 10-12", "cad 1234/12mar", "1.5.24 km", "£12/13 each", "99% of 10/12 cases"]
)
def test_figures_that_are_not_dates_are_left_alone(text: str) -> None:
    assert find_dates(Passage(text)) == []


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.sampled_from(["full", "short", "figures"]))
def test_right_weekday_is_always_right(day: date, style: str) -> None:
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    said = {
        "full": f"{weekday} {day.day} {month} {day.year}",
        "short": f"{weekday[:3]}, {day.day} {month[:3]} {day.year}",
        "figures": f"{weekday} {day.day:02}/{day.month:02}/{day.year}",
    }[style]
    written = find_dates(Passage(said))[0]
    assert (written.day, written.month, written.year, written.weekday) == (day.day, day.month, day.year, day.weekday())


def test_day_is_that_of_london() -> None:
    assert london_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
