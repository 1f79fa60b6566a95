"""What the clock asks each second, on the database as it is: its cost must not grow with what was ever sent."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from publishing import due, removal

# The questions of publishing's every-second tasks (CELERY_BEAT_SCHEDULE), task by task.
ASKED: dict[str, tuple[Callable[..., Any], ...]] = {
    "release_due": (due.posts_to_release,),
    "deliver_due": (due.offer,),
    "settle_overdue": (due.claims_of_the_dead, due.deliveries_too_late),
    "take_down_due": (removal.begin_late, removal.due),
    "reconcile_due": (due.deliveries_to_look_for,),
}


def measure(*, ticks: int, clock: Callable[[], datetime]) -> dict[str, Any]:
    """Milliseconds of a whole tick and of each task in it, and its queries. Everything it does is rolled back."""
    took: dict[str, list[float]] = {name: [] for name in ASKED}
    with CaptureQueriesContext(connection) as queries:
        _tick(took, clock)
    for _ in range(ticks):
        _tick(took, clock)
    whole = sorted(sum(one) for one in list(zip(*took.values(), strict=True))[1:])
    return {
        "ticks": ticks,
        "median_ms": round(statistics.median(whole), 2),
        "p95_ms": round(whole[int(len(whole) * 0.95)], 2),
        "queries": len(queries),
        "tasks_median_ms": {name: round(statistics.median(each[1:]), 2) for name, each in took.items()},
    }


def _tick(took: dict[str, list[float]], clock: Callable[[], datetime]) -> None:
    with transaction.atomic():
        for name, asked in ASKED.items():
            began = time.perf_counter()
            for question in asked:
                question(now=clock())
            took[name].append((time.perf_counter() - began) * 1000)
        transaction.set_rollback(True)
