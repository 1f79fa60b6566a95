"""A mentor-ready author may be appointed as a peer reviewer of a ward of their borough, and only for so long."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts import accord, breakglass
from accounts.appointing import appoint, end, end_peers
from accounts.models import Appointment, Role, Stage, Team, User
from accounts.tasks import apply_appointments
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def mentor_ready(user: User) -> Appointment:
    own = user.appointments.get(role=Role.SERGEANT)
    Appointment.objects.filter(pk=own.pk).update(stage=Stage.READY)
    return own


def as_peer(cast: Cast, user: User, team: Team, now: datetime) -> Appointment:
    return appoint(user=user, role=Role.PEER, team=team, starts_on=now.date(), by=cast.sam, now=now)


def test_only_a_mentor_ready_author_is_appointed_as_a_peer_reviewer(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError, match="mentor-ready"):
        as_peer(cast, cast.tess, cast.wick, now)
    mentor_ready(cast.tess)
    as_peer(cast, cast.tess, cast.wick, now)
    assert Appointment.objects.active(now).filter(user=cast.tess, role=Role.PEER).exists()
    assert accord.check(now=now).holds


def test_nobody_reviews_peers_of_another_borough_or_of_more_than_a_ward(cast: Cast, now: datetime) -> None:
    mentor_ready(cast.tess)
    for team in (cast.kilburn, cast.hackney, cast.force):
        with pytest.raises(ValidationError):
            as_peer(cast, cast.tess, team, now)


def test_not_even_in_a_hurry(cast: Cast, now: datetime) -> None:
    hurry = {"role": Role.PEER, "team": cast.wick, "hours": 2, "reason": "Nobody is there."}
    with pytest.raises(ValidationError):
        breakglass.open_urgent(user=cast.tess, by=cast.dee, now=now, **hurry)


def test_it_goes_on_while_the_stage_does(cast: Cast, now: datetime) -> None:
    mentor_ready(cast.tess)
    as_peer(cast, cast.tess, cast.wick, now)
    assert end_peers(now=now) == 0


def test_who_is_not_mentor_ready_in_every_ward_they_write_for_reviews_no_peers(cast: Cast, now: datetime) -> None:
    mentor_ready(cast.tess)
    made = as_peer(cast, cast.tess, cast.wick, now)
    appoint(user=cast.tess, role=Role.SERGEANT, team=cast.wick, starts_on=now.date(), by=cast.sam, now=now)
    assert end_peers(now=now) == 1
    made.refresh_from_db()
    assert made.ended_at == now


@pytest.mark.parametrize("what", ["down", "year", "moved"])
def test_it_ends_with_the_stage(cast: Cast, now: datetime, what: str) -> None:
    own = mentor_ready(cast.tess)
    made = as_peer(cast, cast.tess, cast.wick, now)
    if what == "down":
        Appointment.objects.filter(pk=own.pk).update(stage=Stage.TRUSTED)
    elif what == "year":
        Appointment.objects.filter(pk=own.pk).update(stage_until=now.date() - timedelta(days=1))
    else:
        end(appointment=own, by=cast.sam, now=now)
    assert end_peers(now=now) == 1
    made.refresh_from_db()
    assert made.ended_at == now
    assert not cast.tess.__class__.objects.get(pk=cast.tess.pk).has_perm("accounts.review_peer", cast.x)
    assert accord.check(now=now).holds


def test_the_clock_ends_it(cast: Cast, now: datetime) -> None:
    own = mentor_ready(cast.tess)
    made = as_peer(cast, cast.tess, cast.wick, now)
    Appointment.objects.filter(pk=own.pk).update(stage=Stage.PROBATION)
    apply_appointments()
    made.refresh_from_db()
    assert made.ended_at is not None
