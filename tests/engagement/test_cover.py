"""Who speaks, who has fallen silent, and who cannot speak."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts import appointing
from accounts.models import Appointment, Channel, Team
from engagement import cover
from engagement.cover import Place
from tests.conftest import Cast
from tests.engagement.conftest import Teller

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def places(teams: Collection[Team], now: datetime) -> dict[str, Place]:
    found = cover.places(
        Team.objects.filter(pk__in=[team.pk for team in teams]).select_related("parent__parent"),
        period_since=now - 30 * DAY,
        now=now,
    )
    return {place.team.name: place for place in found}


def test_updates_of_the_period_and_the_last_one_are_told(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, cast.page, at=now - DAY)
    tell(cast.x, at=now - 40 * DAY)
    tell(cast.kilburn_x, at=now - 50 * DAY)
    found = places([cast.homerton, cast.wick, cast.kilburn], now)
    assert [(found[name].posts, found[name].last) for name in ("Homerton", "Kilburn", "Hackney Wick")] == [
        (1, now - DAY),
        (0, now - 50 * DAY),
        (0, None),
    ]


def test_gaps_are_named_in_words(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.kilburn_x, at=now - DAY)
    Channel.objects.filter(pk=cast.page.pk).update(state=Channel.State.BROKEN)
    appointing.end(appointment=Appointment.objects.get(user=cast.mel), by=cast.sam, now=now)
    found = places([cast.homerton, cast.wick, cast.kilburn], now)
    assert cover.gaps(list(found.values())) == [
        "Homerton (Hackney): Facebook needs connecting; told residents nothing",
        "Kilburn (Brent): nobody is appointed to send updates",
        "Hackney Wick (Hackney): no account of its own",
    ]
    assert found["Homerton"].trouble == "Facebook needs connecting"


def test_whole_cover_has_no_gaps(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now - DAY)
    assert cover.gaps(list(places([cast.homerton], now).values())) == []


def test_a_boroughs_own_account_is_called_so(cast: Cast, now: datetime) -> None:
    Channel.objects.filter(pk=cast.x.pk).update(team=cast.hackney)
    assert cover.gaps(list(places([cast.hackney, cast.wick], now).values())) == [
        "Hackney (borough account): nobody is appointed to send updates; told residents nothing",
        "Hackney Wick: no account of its own",
    ]


def test_wards_of_the_same_name_are_told_apart(cast: Cast, now: datetime) -> None:
    twin = Team.objects.create(kind=Team.Kind.WARD, code="E05000001", name="Hackney Wick", parent=cast.brent)
    found = cover.places([cast.wick, twin], period_since=now - 30 * DAY, now=now)
    assert cover.gaps(found) == [
        "Hackney Wick (Brent): no account of its own",
        "Hackney Wick (Hackney): no account of its own",
    ]


def test_a_sergeant_of_the_borough_covers_its_wards(cast: Cast, now: datetime) -> None:
    appointing.appoint(user=cast.mel, role="sergeant", team=cast.hackney, starts_on=now.date(), by=cast.sam, now=now)
    assert places([cast.wick], now)["Hackney Wick"].staffed


def test_teams_stand_by_borough_and_the_forces_own_come_last(cast: Cast, now: datetime) -> None:
    unit = Team.objects.create(kind=Team.Kind.UNIT, code="CYCLE", name="Cycle Safety Team", parent=cast.force)
    every = [cast.force, cast.hackney, cast.homerton, cast.wick, cast.brent, cast.kilburn, unit]
    groups = cover.grouped(list(places(every, now).values()))
    assert [(group.head.name if group.head else None, [p.team.name for p in group.places]) for group in groups] == [
        ("Brent", ["Kilburn"]),
        ("Hackney", ["Hackney Wick", "Homerton"]),
        (None, ["Cycle Safety Team"]),
    ]
    assert groups[1].sentence == "No updates from 2 teams"


@pytest.mark.parametrize("wards", [1, 40])
def test_the_number_of_queries_does_not_grow_with_the_wards(
    cast: Cast, now: datetime, wards: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    teams = [
        Team.objects.create(kind=Team.Kind.WARD, code=f"W{number}", name=f"Ward {number}", parent=cast.brent)
        for number in range(wards)
    ]
    with django_assert_num_queries(4):
        cover.grouped(cover.places(teams, period_since=now - 30 * DAY, now=now))
