from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.appointing import appoint
from accounts.errors import Conflict
from accounts.models import AuditEntry, Role, Team
from policy import holds
from policy.models import Hold
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def stop(cast: Cast, team: Team | None, now: datetime) -> Hold:
    return holds.open_hold(team=team, reason="Major incident.", by=cast.dee, now=now)


@pytest.mark.parametrize(
    ("scope", "held"),
    [
        (None, {"homerton", "wick", "hackney", "kilburn", "force"}),
        ("force", {"homerton", "wick", "hackney", "kilburn", "force"}),
        ("hackney", {"homerton", "wick", "hackney"}),
        ("homerton", {"homerton"}),
    ],
)
def test_a_hold_stops_its_team_and_everything_below_it(
    cast: Cast, now: datetime, scope: str | None, held: set[str]
) -> None:
    hold = stop(cast, getattr(cast, scope) if scope else None, now)
    names = ("force", "hackney", "homerton", "wick", "kilburn")
    assert {name for name in names if holds.in_force(getattr(cast, name), now=now) == hold} == held
    assert {name for name in names if holds.stops(hold, getattr(cast, name))} == held


def test_whether_a_team_is_held_takes_one_query(
    cast: Cast, now: datetime, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    stop(cast, cast.hackney, now)
    homerton = Team.objects.get(pk=cast.homerton.pk)
    with django_assert_num_queries(1):
        assert holds.in_force(homerton, now=now)


def test_the_widest_hold_answers_first(cast: Cast, now: datetime) -> None:
    stop(cast, cast.homerton, now)
    wide = stop(cast, None, now + timedelta(minutes=1))
    assert holds.in_force(cast.homerton, now=now + timedelta(minutes=1)) == wide


def test_one_person_opens_a_hold_with_a_reason(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError):
        holds.open_hold(team=cast.hackney, reason="  ", by=cast.dee, now=now)
    hold = stop(cast, cast.hackney, now)
    assert AuditEntry.objects.get(action="hold.opened").by == cast.dee
    assert hold.reason == "Major incident."


@pytest.mark.parametrize("name", ["ada", "tess", "rex", "sam", "olu", "cora"])
def test_only_the_dmc_opens_a_hold(cast: Cast, now: datetime, name: str) -> None:
    with pytest.raises(PermissionDenied):
        holds.open_hold(team=cast.homerton, reason="Stop.", by=getattr(cast, name), now=now)
    assert holds.in_force(cast.homerton, now=now) is None


def test_the_same_scope_is_not_held_twice(cast: Cast, now: datetime) -> None:
    stop(cast, None, now)
    with pytest.raises(Conflict):
        holds.open_hold(team=cast.force, reason="Again.", by=cast.hana, now=now)


def test_a_hold_stays_until_a_second_person_agrees(cast: Cast, now: datetime) -> None:
    hold = stop(cast, None, now)
    holds.ask_release(hold=hold, by=cast.dee, now=now)
    assert holds.in_force(cast.homerton, now=now) is not None
    with pytest.raises(PermissionDenied):
        holds.release(hold=hold, by=cast.dee, now=now)
    assert holds.in_force(cast.homerton, now=now) is not None
    holds.release(hold=hold, by=cast.hana, now=now)
    assert holds.in_force(cast.homerton, now=now) is None
    actions = AuditEntry.objects.filter(action__startswith="hold.").values_list("action", flat=True)
    assert list(actions) == ["hold.opened", "hold.release_asked", "hold.released"]


def test_nobody_releases_what_nobody_asked_to_release(cast: Cast, now: datetime) -> None:
    hold = stop(cast, None, now)
    with pytest.raises(Conflict):
        holds.release(hold=hold, by=cast.hana, now=now)
    assert holds.in_force(cast.homerton, now=now) is not None


def test_a_released_hold_is_released_once(cast: Cast, now: datetime) -> None:
    hold = stop(cast, None, now)
    holds.ask_release(hold=hold, by=cast.dee, now=now)
    holds.release(hold=hold, by=cast.hana, now=now)
    for verb in (holds.ask_release, holds.release):
        with pytest.raises(Conflict):
            verb(hold=hold, by=cast.hana, now=now)


def test_who_decides_for_one_borough_cannot_let_the_whole_force_go(cast: Cast, now: datetime) -> None:
    appoint(user=cast.rex, role=Role.DMC_EDITOR, team=cast.hackney, starts_on=now.date(), by=None, now=now)
    hold = stop(cast, None, now)
    with pytest.raises(PermissionDenied):
        holds.ask_release(hold=hold, by=cast.rex, now=now)


def test_people_see_the_holds_above_and_below_their_teams(cast: Cast, now: datetime) -> None:
    ward, borough, other = (stop(cast, team, now) for team in (cast.homerton, cast.hackney, cast.kilburn))
    assert holds.concerning([cast.homerton], now=now) == [borough, ward]
    assert holds.concerning([cast.hackney], now=now) == [borough, ward]
    assert holds.concerning([cast.force], now=now) == [borough, ward, other]
    assert holds.concerning([cast.kilburn], now=now) == [other]
    assert holds.concerning([], now=now) == []
