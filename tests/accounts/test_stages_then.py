from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.conf import LazySettings

from accounts import stages_then
from accounts.channels import stage_of
from accounts.models import Appointment, Completion, Part, Role, Stage
from tests.conftest import LONDON, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def histories(cast: Cast, now: datetime) -> None:
    """One who began late, one whose appointment was ended at noon, one trained for a while, one in two places."""
    today = now.astimezone(LONDON).date()
    cast.ada.appointments.update(starts_on=today + timedelta(days=1), stage=Stage.TRUSTED)
    cast.con.appointments.update(ends_on=today, ended_at=now + timedelta(hours=2), stage=Stage.TRUSTED)
    for part in Part:
        facts = {"part": part, "on": today - timedelta(days=300), "until": today + timedelta(days=1)}
        Completion.objects.create(user=cast.tess, **facts, by=cast.sam, at=now)
    facts = {"role": Role.SERGEANT, "stage": Stage.PRACTICE, "starts_on": today, "made_at": now}
    Appointment.objects.create(user=cast.mel, team=cast.homerton, **facts)


def test_it_is_the_stage_that_one_would_be_told_at_that_moment(
    cast: Cast, now: datetime, histories: None, settings: LazySettings
) -> None:
    settings.TRAINING_REQUIRED_SINCE = now.astimezone(LONDON).date() + timedelta(days=3)
    people = [cast.ada, cast.con, cast.tess, cast.mel, cast.rex]
    then = stages_then.read([user.pk for user in people])
    moments = [now + timedelta(hours=hours) for hours in (-24, 0, 1, 2, 14, 24, 48, 96)]
    found = {
        (user.username, then.stage_of(user.pk, team, at))
        for user, team, at in product(people, (cast.homerton, cast.kilburn, cast.hackney), moments)
        if then.stage_of(user.pk, team, at) == stage_of(user, team, at)
    }
    assert {name for name, stage in found if stage == Stage.TRUSTED} == {"ada", "con", "tess", "mel"}
    for user, team, at in product(people, (cast.homerton, cast.kilburn, cast.hackney), moments):
        assert then.stage_of(user.pk, team, at) == stage_of(user, team, at), (user, team, at)


def test_two_queries_tell_of_everybody(cast: Cast, histories: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        stages_then.read([cast.ada.pk, cast.con.pk, cast.tess.pk, cast.mel.pk])
