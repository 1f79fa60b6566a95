from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notice, User
from platforms.errors import Refused
from policy import expiry
from publishing import report
from publishing.models import DailyReport
from tests.publishing.conftest import Desk

pytestmark = pytest.mark.django_db
TUESDAY_SIX = timedelta(hours=20)


def day_of_all_kinds(desk: Desk) -> None:
    """Monday: one confirmed, one refused, one missed, one that was never released."""
    desk.deliver(desk.released(text="The stall is by the station until noon. Come and say hello."))
    desk.wait(minutes=1)
    desk.network.answers = [Refused("No.")]
    desk.deliver(desk.released())
    desk.released()
    desk.wait(minutes=31)
    desk.settle_overdue()
    desk.approved(publish_at=desk.moment + timedelta(minutes=5))
    expiry.expire(now=desk.moment + timedelta(minutes=40))


def test_the_report_counts_every_promise_once(desk: Desk, now: datetime) -> None:
    day_of_all_kinds(desk)
    made = report.make_due(now=now + TUESDAY_SIX)
    assert made is not None
    assert (made.day, made.expected, made.confirmed, made.failed, made.missed, made.lost) == (
        date(2026, 3, 2), 4, 1, 1, 1, 1,
    )  # fmt: skip
    assert set(Notice.objects.filter(kind="report.daily").values_list("to__username", flat=True)) == {"dee", "hana"}
    assert "1 of 4 promised posts are confirmed." in Notice.objects.filter(kind="report.daily")[0].words


def test_it_is_made_once_from_five_in_the_morning(desk: Desk, now: datetime) -> None:
    five = now + timedelta(hours=19)
    assert report.make_due(now=five - timedelta(seconds=1)) is None
    assert report.make_due(now=five) is not None
    assert report.make_due(now=five + timedelta(hours=1)) is None
    assert DailyReport.objects.count() == 1


def test_a_day_of_all_kept_promises_asks_for_no_answer(desk: Desk, now: datetime) -> None:
    desk.deliver(desk.released())
    report.make_due(now=now + TUESDAY_SIX)
    assert not Notice.objects.filter(kind="report.daily", needs_answer=True).exists()


def test_the_page_shows_each_person_what_is_theirs(
    desk: Desk, client_for: Callable[[User], Client], now: datetime
) -> None:
    day_of_all_kinds(desk)
    report.make_due(now=now + TUESDAY_SIX)
    address = reverse("publishing:report")
    answers = {name: client_for(getattr(desk.cast, name)).get(address) for name in ("dee", "mel", "olu")}
    assert {name: answer.status_code for name, answer in answers.items()} == {"dee": 200, "mel": 200, "olu": 403}
    assert "1 of 4 were confirmed" in answers["dee"].text
    assert ("biscuits" in answers["dee"].text, "biscuits" in answers["mel"].text) == (True, False)
