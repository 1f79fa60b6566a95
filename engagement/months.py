"""Adds the days of an area up by calendar month, so that a page of twelve months reads twelve rows a network.

A month is added up once its days have been quiet for a while. Until then its mark stands, and readers take its days:
what a page says is the same either way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from engagement import periods
from engagement.models.rollups import COUNTS, SUMS, AreaDay, AreaMonth, StaleMonth

QUIET = timedelta(minutes=10)  # the readings of one night change a month hundreds of times; it is added up once
CHUNK = 1000


def mark(days: Iterable[date], *, now: datetime) -> None:
    """The months of these days are to be added up again."""
    rows = [StaleMonth(month=month, since=now) for month in sorted(set(map(periods.month_of, days)))]
    fields = {"unique_fields": ["month"], "update_fields": ["since"]}
    StaleMonth.objects.bulk_create(rows, update_conflicts=True, **fields)


def fold(*, now: datetime, quiet: timedelta = QUIET) -> int:
    """Add up the months that have been quiet for so long. Returns how many there were."""
    due = list(StaleMonth.objects.filter(since__lte=now - quiet).order_by("month").values_list("month", flat=True))
    return sum(map(_fold, due))


@transaction.atomic
def _fold(month: date) -> int:
    if not StaleMonth.objects.select_for_update(skip_locked=True).filter(month=month).first():
        return 0
    AreaMonth.objects.filter(month=month).delete()
    AreaMonth.objects.bulk_create(_of(month), batch_size=CHUNK)
    StaleMonth.objects.filter(month=month).delete()
    return 1


def _of(month: date) -> list[AreaMonth]:
    together: dict[tuple[int, str], list[AreaDay]] = defaultdict(list)
    for row in AreaDay.objects.filter(day__gte=month, day__lt=periods.month_after(month)).order_by("team", "network"):
        together[row.team_id, row.network].append(row)
    return [_add(month, rows) for rows in together.values()]


def _add(month: date, rows: list[AreaDay]) -> AreaMonth:
    spreads: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for key, spread in row.spreads.items():
            spreads[key].update(spread)
    return AreaMonth(
        team_id=rows[0].team_id,
        network=rows[0].network,
        month=month,
        spreads={key: dict(sorted(spread.items())) for key, spread in sorted(spreads.items())},
        **{name: sum(getattr(row, name) for row in rows) for name in COUNTS},
        **{name: total(rows, name) for name in SUMS},
    )


def total(rows: Iterable[object | None], name: str) -> int | None:
    """The sum of what is known; None where nothing is, which is not zero."""
    known = [count for row in rows if row is not None and (count := getattr(row, name)) is not None]
    return sum(known) if known else None
