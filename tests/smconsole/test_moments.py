from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smconsole import moments

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday, winter time


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOON + timedelta(minutes=20), "today 12:20 (in 20 minutes)"),
        (NOON + timedelta(minutes=1), "today 12:01 (in 1 minute)"),
        (NOON + timedelta(seconds=20), "today 12:00 (now)"),
        (NOON - timedelta(minutes=45), "today 11:15 (45 minutes ago)"),
        (NOON + timedelta(hours=3), "today 15:00 (in 3 hours)"),
        (NOON - timedelta(hours=11, minutes=50), "today 00:10 (12 hours ago)"),
        (NOON + timedelta(hours=20), "tomorrow 08:00"),
        (NOON - timedelta(hours=18), "yesterday 18:00"),
        (NOON + timedelta(days=3), "Thursday 5 March 12:00"),
        (NOON + timedelta(days=365), "2 March 2027 12:00"),
    ],
)
def test_time_is_said_as_people_say_it(moment: datetime, words: str) -> None:
    assert moments.say(moment, NOON) == words


def test_in_summer_london_is_an_hour_ahead_of_what_we_keep() -> None:
    now = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert moments.say(now + timedelta(hours=5), now) == "today 14:00 (in 5 hours)"


def test_the_hour_that_is_skipped_in_march_does_not_make_the_wait_longer() -> None:
    now = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert moments.say(now + timedelta(hours=1), now) == "today 02:30 (in 60 minutes)"


def test_the_hour_that_comes_twice_in_october_says_which_one_it_is() -> None:
    now = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    assert moments.say(now + timedelta(minutes=30), now) == "today 01:30 BST (in 30 minutes)"
    assert moments.say(now + timedelta(minutes=90), now) == "today 01:30 GMT (in 2 hours)"


def test_a_day_ends_at_londons_midnight_on_both_days_that_are_not_24_hours_long() -> None:
    short, long = datetime(2026, 3, 29, 0, 0, tzinfo=LONDON), datetime(2026, 10, 25, 0, 0, tzinfo=LONDON)
    assert moments.day_end(short) - short.astimezone(UTC) == timedelta(hours=23)
    assert moments.day_end(long) - long.astimezone(UTC) == timedelta(hours=25)


def test_just_after_midnight_in_london_the_evening_before_is_yesterday() -> None:
    now = datetime(2026, 7, 1, 23, 10, tzinfo=UTC)  # 00:10 on 2 July in London
    assert moments.say(now - timedelta(minutes=20), now) == "yesterday 23:50 (20 minutes ago)"


@given(
    st.integers(min_value=1735689600, max_value=1893456000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.integers(min_value=-3600 * 11, max_value=3600 * 11),
)
def test_what_is_ahead_is_never_said_to_be_past(now: datetime, seconds: int) -> None:
    said = moments.say(now + timedelta(seconds=seconds), now)
    assert ("ago" in said) <= (seconds < 0)
    assert ("(in " in said) <= (seconds > 0)


@pytest.mark.parametrize(
    ("gap", "words"),
    [(5, "less than a minute"), (60, "1 minute"), (89 * 60, "89 minutes"), (7200, "2 hours"), (3 * 86400, "3 days")],
)
def test_an_age_has_one_unit(gap: int, words: str) -> None:
    assert moments.age(NOON - timedelta(seconds=gap), NOON) == words
