"""How many follow a channel, for pages: the last count, and the line of the last weeks. Reads only; never who."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Channel
from engagement.models import Followers
from publishing import money

DAYS = 30
WIDTH, HEIGHT, EDGE = 240, 48, 5


@dataclass(frozen=True)
class Spark:
    """A small line as SVG point lists, one for each stretch of days without a gap; ends: (x, y) of the last count."""

    lines: tuple[str, ...]
    end: tuple[float, float]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Followed:
    """counts: (day, how many), oldest first, of the days that were counted."""

    channel: Channel
    counts: list[tuple[date, int]]

    @property
    def sentence(self) -> str:
        if not self.counts:
            return "How many follow it is not known yet."
        (first, before), (last, count) = self.counts[0], self.counts[-1]
        said = f"{count:,} {'account follows' if count == 1 else 'accounts follow'} it ({last:%-d %B})"
        if first == last:
            return f"{said}."
        change = count - before
        moved = f"{abs(change):,} {'more' if change > 0 else 'fewer'} than" if change else "as many as"
        return f"{said}, {moved} on {first:%-d %B}."

    @property
    def spark(self) -> Spark | None:
        """None without two counts: there is no line through one."""
        return _draw(self.counts) if len(self.counts) > 1 else None

    @property
    def label(self) -> str:
        numbers = [count for _, count in self.counts]
        return (
            f"Followers a day, between {min(numbers):,} and {max(numbers):,}. The table below holds the same figures."
        )


def of_channels(channels: Sequence[Channel], *, now: datetime) -> list[Followed]:
    """Of each channel in turn. One query."""
    since = money.utc_day(now) - timedelta(days=DAYS)
    counts: dict[int, list[tuple[date, int]]] = defaultdict(list)
    rows = Followers.objects.filter(channel__in=[channel.pk for channel in channels], day__gte=since)
    for channel, day, count in rows.order_by("day").values_list("channel", "day", "count"):
        counts[channel].append((day, count))
    return [Followed(channel, counts[channel.pk]) for channel in channels]


def _draw(counts: Sequence[tuple[date, int]]) -> Spark:
    first, last = counts[0][0], counts[-1][0]
    low, high = min(count for _, count in counts), max(count for _, count in counts)

    def place(day: date, count: int) -> tuple[float, float]:
        across = (day - first) / (last - first)
        up = (count - low) / (high - low) if high > low else 0.5
        return round(EDGE + across * (WIDTH - 2 * EDGE), 1), round(HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE), 1)

    stretches: list[list[str]] = []
    before: date | None = None
    for day, count in counts:
        if before is None or day - before > timedelta(days=1):
            stretches.append([])
        x, y = place(day, count)
        stretches[-1].append(f"{x},{y}")
        before = day
    # A day alone between days that nobody counted is a dot: a line of no length with round ends.
    drawn = (stretch * 2 if len(stretch) == 1 else stretch for stretch in stretches)
    return Spark(tuple(" ".join(stretch) for stretch in drawn), place(*counts[-1]))
