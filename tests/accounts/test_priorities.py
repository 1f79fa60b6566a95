"""Priorities of a ward: who writes them, and that nothing said before is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import priorities
from accounts.errors import Conflict
from accounts.models import AuditEntry, Priority, PriorityStep, User
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
SET_ON = date(2026, 2, 2)


@pytest.fixture
def priority(cast: Cast, now: datetime) -> Priority:
    return priorities.set_priority(
        team=cast.homerton, words="Mopeds on footpaths", set_on=SET_ON, source="Ward panel", by=cast.ada, now=now
    )


@pytest.mark.parametrize("who", ["ada", "tess", "dee", "sam", "hana"])
def test_the_sergeant_and_the_dmc_write_priorities(cast: Cast, who: str) -> None:
    assert priorities.may_edit(getattr(cast, who), cast.homerton)


@pytest.mark.parametrize("who", ["con", "rex", "olu", "cora", "mel"])
def test_others_do_not(cast: Cast, priority: Priority, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        priorities.mend(priority=priority, words="Other", set_on=SET_ON, source="x", by=getattr(cast, who), now=now)


def test_a_change_keeps_what_was_said_before(cast: Cast, priority: Priority, now: datetime) -> None:
    priorities.mend(priority=priority, words="Mopeds", set_on=SET_ON, source="Ward panel", by=cast.dee, now=now)
    change = priority.changes.get()
    assert (change.what, change.was, change.became, change.by) == ("words", "Mopeds on footpaths", "Mopeds", cast.dee)
    entry = AuditEntry.objects.get(action="priority.mended")
    assert entry.facts == {"changed": ["words"]}, "the audit holds no text"


def test_saving_what_stands_changes_nothing(cast: Cast, priority: Priority, now: datetime) -> None:
    priorities.mend(
        priority=priority, words=" Mopeds on footpaths\x00 ", set_on=SET_ON, source="Ward panel", by=cast.ada, now=now
    )
    assert not priority.changes.exists()


def test_a_day_to_come_is_refused(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        priorities.set_priority(
            team=cast.homerton, words="x", set_on=date(2026, 3, 3), source="Panel", by=cast.ada, now=now
        )
    assert "set_on" in refused.value.message_dict


def test_a_step_that_was_taken_back_stays_in_the_history(cast: Cast, priority: Priority, now: datetime) -> None:
    step = priorities.add_step(
        priority=priority, kind="action", words="Walked the estate", on=SET_ON, by=cast.ada, now=now
    )
    for _ in range(2):
        priorities.strike(step=step, by=cast.ada, now=now)
    assert [change.what for change in priority.changes.all()] == ["struck", "step"]
    assert PriorityStep.objects.get().struck_at == now


def test_a_closed_priority_takes_no_steps_until_it_is_opened_again(
    cast: Cast, priority: Priority, now: datetime
) -> None:
    priorities.close(priority=priority, ending="done", on=SET_ON, by=cast.ada, now=now)
    with pytest.raises(Conflict):
        priorities.add_step(priority=priority, kind="result", words="x", on=SET_ON, by=cast.ada, now=now)
    with pytest.raises(Conflict):
        priorities.close(priority=priority, ending="done", on=SET_ON, by=cast.ada, now=now)
    priorities.reopen(priority=priority, by=cast.ada, now=now)
    priorities.add_step(priority=priority, kind="result", words="x", on=SET_ON, by=cast.ada, now=now)


def test_another_takes_its_place_only_within_the_ward(cast: Cast, priority: Priority, now: datetime) -> None:
    told = {"set_on": SET_ON, "source": "Panel", "by": cast.dee, "now": now}
    elsewhere = priorities.set_priority(team=cast.kilburn, words="Parcels", **told)
    here = priorities.set_priority(team=cast.homerton, words="Bikes", **told)
    closing = {"priority": priority, "ending": "superseded", "on": SET_ON, "by": cast.ada, "now": now}
    with pytest.raises(ValidationError):
        priorities.close(**closing, superseded_by=elsewhere)
    assert priorities.close(**closing, superseded_by=here).superseded_by == here


def test_the_database_refuses_a_closed_one_without_an_ending(priority: Priority) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Priority.objects.filter(pk=priority.pk).update(closed_on=SET_ON)


# ---- pages ------------------------------------------------------------------------------------------------------


def form(**more: str) -> dict[str, str]:
    return {"words": "Bike theft", "set_on": "2026-02-02", "source": "Ward panel", **more}


def test_a_sergeant_adds_works_on_and_closes_a_priority_in_the_browser(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.ada)
    answer = client.post(reverse("accounts:new_priority", args=[cast.homerton.code]), form())
    made = Priority.objects.get()
    assert answer["Location"] == reverse("accounts:priority", args=[made.pk])
    step = {"kind": "action", "words": "40 bikes marked", "on": "2026-02-10"}
    client.post(reverse("accounts:add_step", args=[made.pk]), step)
    page = client.get(reverse("accounts:priority", args=[made.pk])).content.decode()
    assert "40 bikes marked" in page and "Close it" in page
    client.post(reverse("accounts:close_priority", args=[made.pk]), {"ending": "done", "on": "2026-02-20"})
    made.refresh_from_db()
    assert made.closed_on == date(2026, 2, 20)
    client.post(reverse("accounts:reopen_priority", args=[made.pk]))
    client.post(reverse("accounts:strike_step", args=[made.steps.get().pk]))
    client.post(reverse("accounts:mend_priority", args=[made.pk]), form(words="Bikes"))
    made.refresh_from_db()
    assert made.is_open and made.words == "Bikes" and made.changes.count() == 5


def test_wrong_input_loses_nothing(cast: Cast, client_for: ClientFor, priority: Priority) -> None:
    client = client_for(cast.ada)
    wrong = client.post(reverse("accounts:mend_priority", args=[priority.pk]), form(set_on="soon"))
    assert wrong.status_code == 422
    assert "Bike theft" in wrong.content.decode() and "Enter the day as a date" in wrong.content.decode()
    tomorrow = (timezone.now() + timedelta(days=2)).date().isoformat()
    late = client.post(
        reverse("accounts:add_step", args=[priority.pk]), {"kind": "action", "words": "x", "on": tomorrow}
    )
    assert late.status_code == 422 and "still to come" in late.content.decode()
    assert client.post(reverse("accounts:new_priority", args=[cast.homerton.code]), {}).status_code == 422


def test_what_one_may_not_see_is_not_there(
    cast: Cast, client_for: ClientFor, priority: Priority, now: datetime
) -> None:
    step = priorities.add_step(priority=priority, kind="action", words="x", on=SET_ON, by=cast.ada, now=now)
    mel, olu = client_for(cast.mel), client_for(cast.olu)
    assert mel.get(reverse("accounts:priority", args=[priority.pk])).status_code == 404
    assert mel.get(reverse("accounts:new_priority", args=[cast.homerton.code])).status_code == 404
    assert mel.post(reverse("accounts:strike_step", args=[step.pk])).status_code == 404
    page = olu.get(reverse("accounts:priority", args=[priority.pk]))
    assert page.status_code == 200 and "Change what it says" not in page.content.decode()
    for name in ("mend_priority", "add_step", "close_priority", "reopen_priority"):
        assert mel.post(reverse(f"accounts:{name}", args=[priority.pk])).status_code == 404
        assert olu.post(reverse(f"accounts:{name}", args=[priority.pk])).status_code == 403
    assert olu.post(reverse("accounts:strike_step", args=[step.pk])).status_code == 403


def test_what_was_written_is_shown_escaped(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    made = priorities.set_priority(
        team=cast.homerton, words="<script>alert(1)</script>", set_on=SET_ON, source="<b>x", by=cast.ada, now=now
    )
    page = client_for(cast.ada).get(reverse("accounts:priority", args=[made.pk])).content.decode()
    assert "<script>alert" not in page and "<b>x" not in page


def test_the_page_costs_the_same_queries_with_many_steps(
    cast: Cast, client_for: ClientFor, priority: Priority, now: datetime
) -> None:
    client, address = client_for(cast.ada), reverse("accounts:priority", args=[priority.pk])
    step = {"priority": priority, "kind": "action", "on": SET_ON, "now": now}
    priorities.add_step(**step, words="first", by=cast.ada)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(6):
        priorities.add_step(**step, words=f"step {number}", by=cast.tess)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) == len(few)
    assert len(re.findall("We did", page)) == 7
