"""When a post is asked about: often at first, then once a UTC day and late, whatever the clocks in London do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as some

from engagement.schedules import Schedule

FULL, LEAN = (Schedule.of(settings.METRIC_SCHEDULES[name]) for name in ("full", "lean"))
MOMENTS = some.integers(0, 4 * 365 * 86_400).map(lambda s: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=s))


@pytest.mark.parametrize(("schedule", "questions", "days"), [(FULL, 15, 11), (LEAN, 6, 5)])
def test_the_two_schedules_are_those_that_were_priced(schedule: Schedule, questions: int, days: int) -> None:
    morning = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert len(list(schedule.moments(morning))) == questions
    assert schedule.least_reads(morning, until=morning + schedule.lasts) == days


@given(MOMENTS, some.integers(0, 10**9))
def test_no_later_day_is_read_twice_or_early(published_at: datetime, spread: int) -> None:
    moments = list(FULL.moments(published_at, spread=spread))
    assert moments == sorted(moments)
    late = [at for at in moments if at > published_at + timedelta(hours=12)]
    for at in late[1:]:
        assert (at.hour, at.minute < 40) == (23, True)
    days = [at.date() for at in late]
    assert len(set(days)) == len(days)


@given(MOMENTS)
def test_the_spread_costs_no_more_than_the_least(published_at: datetime) -> None:
    end = published_at + FULL.lasts + timedelta(days=1)
    paid = {at.date() for at in FULL.moments(published_at, spread=39)}
    assert len(paid) == FULL.least_reads(published_at, until=end)


def test_the_night_in_which_the_clocks_change_moves_nothing() -> None:
    saturday = datetime(2026, 10, 24, 20, tzinfo=UTC)
    gaps = [after - before for before, after in zip(*[iter(list(FULL.moments(saturday))[5:11])] * 2, strict=True)]
    assert set(gaps) == {timedelta(days=1)}


def test_the_end_has_no_next() -> None:
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert LEAN.after(monday, now=monday) == monday + timedelta(hours=1)
    assert LEAN.after(monday, now=monday + timedelta(days=29)) is None
