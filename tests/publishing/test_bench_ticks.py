from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from publishing.models import Delivery
from tests.publishing.conftest import Desk


@pytest.mark.django_db
def test_measuring_a_tick_changes_nothing_and_counts_its_queries(desk: Desk) -> None:
    desk.released(channels=[desk.cast.x])
    before = list(Delivery.objects.values())
    said = StringIO()
    call_command("bench_ticks", "--ticks", "2", "--json", stdout=said)
    found = json.loads(said.getvalue())
    assert (found["sent"], found["ticks"]) == (0, 2)
    assert found["queries"] > 5
    assert set(found["tasks_median_ms"]) >= {"deliver_due", "release_due"}
    assert list(Delivery.objects.values()) == before


def test_no_ticks_at_all_is_refused() -> None:
    with pytest.raises(CommandError, match="At least one tick"):
        call_command("bench_ticks", "--ticks", "0")
