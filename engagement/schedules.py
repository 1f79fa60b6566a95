"""When to ask for a post's numbers (platforms.md 5.2). X charges for a post once a UTC day, however often it is read.

So the first hours are asked about as it suits a reader, and every later day once, late: the freshest number for the
same money. Days here are UTC days: no clock change moves them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

LATE = time(23, 0, tzinfo=UTC)
OVER = 40  # minutes after LATE over which posts are spread, so that one late question is put again on the same day


@dataclass(frozen=True)
class Schedule:
    """hours: ages at which a fresh post is asked about. days: UTC days after its own, each asked about late."""

    hours: tuple[float, ...]
    days: tuple[int, ...]

    @classmethod
    def of(cls, ages: Sequence[float]) -> Schedule:
        """ages: hours, as the setting has them. From a day on, an age is a UTC day to be asked about late."""
        days = tuple(int(hours // 24) for hours in ages if hours >= 24)
        return cls(tuple(hours for hours in ages if hours < 24), days)

    @property
    def lasts(self) -> timedelta:
        """After so long every question has been put."""
        return timedelta(days=self.days[-1] + 1) if self.days else timedelta(hours=max(self.hours))

    def moments(self, published_at: datetime, *, spread: int = 0) -> Iterator[datetime]:
        """Every moment at which a post is asked about, in order. spread: any number that is the post's own."""
        day = published_at.astimezone(UTC).date()
        early = [published_at + timedelta(hours=hours) for hours in self.hours]
        late = [
            datetime.combine(day + timedelta(days=days), LATE) + timedelta(minutes=spread % OVER) for days in self.days
        ]
        yield from sorted({*early, *late})

    def after(self, published_at: datetime, *, now: datetime, spread: int = 0) -> datetime | None:
        """The next moment after `now`, or None when the post is past the last one."""
        return next((at for at in self.moments(published_at, spread=spread) if at > now), None)

    def least_reads(self, published_at: datetime, *, until: datetime) -> int:
        """How many priced readings the schedule needs of one post until then: one for each UTC day with a moment."""
        return len({at.astimezone(UTC).date() for at in self.moments(published_at) if at <= until})
