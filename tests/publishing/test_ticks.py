"""What the clock asks each second is answered by partial indexes, so that its cost does not grow with history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import due
from publishing.models import Delivery
from tests.publishing.conftest import Desk

EVERY_SECOND = {
    due.offer: "delivery_due",
    due.deliveries_too_late: "delivery_due",
    due.claims_of_the_dead: "delivery_sending",
    due.deliveries_to_look_for: "delivery_look",
    due.deliveries_to_prove: "delivery_prove",
    due.posts_to_release: "post_by_state",
}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by what an empty table would cost")
@pytest.mark.parametrize(("asked", "index"), EVERY_SECOND.items(), ids=lambda part: getattr(part, "__name__", part))
def test_a_tick_reads_a_partial_index_and_never_the_whole_table(desk: Desk, asked: Callable, index: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert asked(now=desk.moment) == []
    assert len(queries) == 1, "an idle tick asks once"
    assert index in plan_of(queries[0]["sql"])


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(part) for row in cursor.fetchall() for part in row)


def test_a_tick_costs_no_more_queries_with_many_due(desk: Desk) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            due.offer(now=desk.moment)
        Delivery.objects.update(offered_until=None)
        return len(queries)

    desk.released(channels=[desk.cast.x])
    one = count()
    desk.released(channels=[desk.cast.page])
    desk.released(channels=[desk.cast.kilburn_x], author=desk.cast.mel)
    assert count() == one
