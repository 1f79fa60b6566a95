"""On PostgreSQL the attempt alone waits for the disk: what a crash may undo does not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import delivery
from publishing.models import Delivery
from tests.publishing.conftest import Desk

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="a SQLite file has no such setting"),
]


def in_a_hurry(asked: CaptureQueriesContext) -> bool:
    return not any("synchronous_commit" in query["sql"] for query in asked.captured_queries)


def test_a_claim_need_not_reach_the_disk_and_an_attempt_must(desk: Desk) -> None:
    desk.released(channels=[desk.cast.x])
    row = Delivery.objects.get()
    with CaptureQueriesContext(connection) as asked:
        assert row.claim(worker="one", now=desk.moment)
    assert not in_a_hurry(asked)
    with CaptureQueriesContext(connection) as asked:
        assert delivery.arm(delivery=row, now=desk.moment) is not None
    assert in_a_hurry(asked)
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        assert cursor.fetchone() == ("on",), "it was said of those transactions alone"
