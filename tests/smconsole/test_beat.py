"""A post promised for six o'clock is looked for at six o'clock, not at the clock's next stroke."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from smconsole.beat import WholeSeconds

SIX = datetime(2026, 7, 1, 18, 0, 0, tzinfo=UTC)


def _left(last: datetime, now: datetime) -> float:
    return WholeSeconds(1.0, nowfun=lambda: now).remaining_estimate(last).total_seconds()


@pytest.mark.parametrize("late_ms", [0, 3, 400, 999])
def test_the_next_stroke_comes_with_the_next_whole_second_however_late_the_last_was(late_ms: int) -> None:
    last = SIX + timedelta(milliseconds=late_ms)
    assert _left(last, last) == pytest.approx(1 - late_ms / 1000)
    assert _left(last, SIX + timedelta(seconds=1)) == 0


def test_a_clock_that_stood_still_strikes_at_once_and_only_once() -> None:
    now = SIX + timedelta(seconds=7, milliseconds=250)
    due, again = WholeSeconds(1.0, nowfun=lambda: now).is_due(SIX)
    assert (due, again) == (True, 1.0)
    assert _left(now, now) == pytest.approx(0.75)


def test_what_is_due_is_looked_for_at_every_whole_second() -> None:
    assert isinstance(settings.CELERY_BEAT_SCHEDULE["deliver due posts"]["schedule"], WholeSeconds)
