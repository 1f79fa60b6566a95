"""When the clock strikes."""

from __future__ import annotations

from datetime import datetime, timedelta

from celery.schedules import schedule


class WholeSeconds(schedule):  # type: ignore[misc]
    """Every second, at its beginning: posts are promised for whole seconds, so none waits for the next stroke."""

    def remaining_estimate(self, last_run_at: datetime) -> timedelta:
        next_second = self.maybe_make_aware(last_run_at).replace(microsecond=0) + self.run_every
        left: timedelta = next_second - self.maybe_make_aware(self.now())
        return left
