from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, given
from hypothesis import strategies as st

from posts.schedule import happens_twice, holiday_on, moment_of

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
FORWARD = date(2026, 3, 29)
BACK = date(2026, 10, 25)


def test_a_time_the_clocks_jump_over_is_refused_with_its_neighbours() -> None:
    with pytest.raises(ValidationError) as refused:
        moment_of(FORWARD, time(1, 30), fold=None, now=NOW)
    assert refused.value.code == "skipped"
    assert "Sunday 29 March 2026" in refused.value.message
    assert "00:59 and 02:00" in refused.value.message


@pytest.mark.parametrize("clock", [time(0, 59), time(2, 0)])
def test_the_neighbours_of_the_jump_exist(clock: time) -> None:
    assert moment_of(FORWARD, clock, fold=None, now=NOW) > NOW


def test_a_time_that_happens_twice_is_asked_about() -> None:
    assert happens_twice(BACK, time(1, 30))
    with pytest.raises(ValidationError) as asked:
        moment_of(BACK, time(1, 30), fold=None, now=NOW)
    assert asked.value.code == "twice"


def test_the_first_and_the_second_time_are_an_hour_apart() -> None:
    first = moment_of(BACK, time(1, 30), fold=0, now=NOW)
    second = moment_of(BACK, time(1, 30), fold=1, now=NOW)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert second - first == timedelta(hours=1)


def test_summer_time_is_an_hour_ahead_of_utc() -> None:
    assert moment_of(date(2026, 7, 1), time(14, 0), fold=None, now=NOW) == datetime(2026, 7, 1, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "code"),
    [
        (date(2026, 3, 2), time(9, 59), "past"),
        (date(2026, 3, 2), time(10, 0), "past"),
        (date(2025, 3, 3), time(12, 0), "past"),
        (date(2028, 3, 2), time(12, 0), "far"),
    ],
)
def test_the_past_is_an_error_and_never_now(day: date, clock: time, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        moment_of(day, clock, fold=None, now=NOW)
    assert refused.value.code == code


@given(
    st.datetimes(min_value=datetime(2026, 3, 3), max_value=datetime(2027, 3, 1)),  # noqa: DTZ001
    st.sampled_from([0, 1]),
)
def test_an_accepted_time_reads_back_as_it_was_typed(wanted: datetime, fold: int) -> None:
    wanted = wanted.replace(second=0, microsecond=0)
    try:
        moment = moment_of(wanted.date(), wanted.time(), fold=fold, now=NOW)
    except ValidationError as refused:
        assume(refused.code != "skipped")
        raise
    assert moment.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None, fold=0) == wanted


def test_bank_holidays_of_england_are_named() -> None:
    assert "Christmas" in holiday_on(date(2026, 12, 25))
    assert holiday_on(date(2026, 5, 25))
    assert holiday_on(date(2026, 12, 1)) == ""
    assert holiday_on(date(2026, 3, 17)) == "", "St Patrick's Day is no holiday in London"
