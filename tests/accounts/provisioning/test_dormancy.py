from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry, Channel, Notice
from accounts.provisioning import dormancy
from publishing import due
from publishing.models import Delivery
from tests.accounts.provisioning.conftest import Office
from tests.factories import make_post

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Clock:
    """Homerton's account on X, which spoke at `now`; the others are as closed."""

    def __init__(self, office: Office, now: datetime) -> None:
        self.spoke: dict[int, datetime] = {office.cast.x.pk: now}
        self.channel, self.now = office.cast.x, now
        Channel.objects.exclude(pk=self.channel.pk).update(life="closed")

    def last_spoke(self, channels: Collection[int]) -> Mapping[int, datetime]:
        return {pk: moment for pk, moment in self.spoke.items() if pk in channels}

    def on_day(self, day: int) -> tuple[str, int, set[str]]:
        """Its stage, the step that was told, and who has an open notice of it."""
        dormancy.watch(last_spoke=self.last_spoke, now=self.now + day * DAY)
        self.channel.refresh_from_db()
        told = Notice.objects.filter(kind=dormancy.KIND, closed_at__isnull=True)
        return self.channel.life, self.channel.quiet_told, set(told.values_list("to__username", flat=True))


def test_silence_is_told_step_by_step_and_once(office: Office, now: datetime) -> None:
    clock = Clock(office, now)
    assert clock.on_day(20) == ("live", 0, set())
    assert clock.on_day(21) == ("live", 21, {"ada", "tess"})
    assert clock.on_day(34)[1] == 21
    assert clock.on_day(35) == ("live", 35, {"rex"})
    assert clock.on_day(60) == ("dormant", 60, {"ada", "tess", "olu", "bo", "sam", "abe"})
    Notice.objects.update(closed_at=now)
    assert clock.on_day(61) == ("dormant", 60, set())
    assert clock.on_day(120) == ("dormant", 120, {"olu", "bo", "sam", "abe"})
    assert AuditEntry.objects.filter(action="channel.dormant").count() == 1
    assert clock.channel.may_speak


def test_a_post_wakes_it_and_what_was_told_is_over(office: Office, now: datetime) -> None:
    clock = Clock(office, now)
    clock.on_day(60)
    clock.spoke[clock.channel.pk] = now + 61 * DAY
    assert clock.on_day(62) == ("live", 0, set())
    assert clock.on_day(62 + 21)[1] == 21


def test_who_was_let_go_on_lately_is_not_silent_yet(office: Office, now: datetime) -> None:
    clock = Clock(office, now)
    clock.channel.enter("suspended", now=now + DAY)
    assert clock.on_day(90) == ("suspended", 0, set())
    clock.channel.enter("live", now=now + 90 * DAY)
    assert clock.on_day(100) == ("live", 0, set())


def test_when_a_channel_last_spoke_is_found_in_one_query(
    office: Office, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hours in (5, 2):
        post = make_post(office.cast, "approved", channels=[office.cast.x], now=now)
        Delivery.objects.create(
            target=post.targets.get(), channel=office.cast.x, version=post.current, fingerprint="f", state="published",
            publish_at=now, send_by=now, due_at=now, created_at=now, remote_id=f"r{hours}",
            claimed_at=now - hours * timedelta(hours=1), published_at=now - hours * timedelta(hours=1),
        )  # fmt: skip
    with django_assert_num_queries(1):
        found = due.last_public([office.cast.x.pk, office.cast.page.pk])
    assert found == {office.cast.x.pk: now - timedelta(hours=2)}
