from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts import naming
from accounts.models import Channel, Team
from tests.conftest import MONDAY, Cast


def ward(name: str, borough: str = "Brent") -> Team:
    parent = Team(kind=Team.Kind.BOROUGH, code="E09000005", name=borough)
    return Team(kind=Team.Kind.WARD, code="E05013503", name=name, parent=parent)


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Homerton", "MPSHomerton"),
        ("Hackney Wick", "MPSHackneyWick"),
        ("King's Park", "MPSKingsPark"),
        ("Oxford & Bucks", "MPSOxfordBucks"),
        ("Stoke Newington and Green", "MPSStkNwngtnGrn"),
        ("St. James's", "MPSStJamess"),
    ],
)
def test_a_ward_alone_of_its_name_gives_its_name(name: str, handle: str) -> None:
    assert next(naming.candidates(ward(name), alone=True)) == handle


def test_a_shared_name_carries_its_borough() -> None:
    assert next(naming.candidates(ward("Kilburn"), alone=False)) == "MPSKilburnBrent"


@pytest.mark.django_db
def test_a_handle_that_looks_like_another_is_not_suggested(cast: Cast) -> None:
    near = Team.objects.create(kind="ward", code="E05000009", name="Homertan", parent=cast.brent)
    assert naming.suggest_handle(near) == "MPSHomertanBrnt"
    assert naming.distance(naming.suggest_handle(near).lower(), "mpshomerton") > 2


@pytest.mark.django_db
def test_the_same_stem_on_every_network(cast: Cast) -> None:
    assert naming.suggest_handle(cast.homerton) == "MPSHomerton"


@pytest.mark.django_db
def test_when_every_name_is_taken_the_code_is_used(cast: Cast) -> None:
    for handle in naming.candidates(cast.wick, alone=True):
        Channel.objects.create(team=cast.brent, network="x", handle=handle, name="x", created_at=MONDAY)
    assert naming.suggest_handle(cast.wick) == f"MPS{cast.wick.code}"


@pytest.mark.django_db
@pytest.mark.parametrize("kept", ["MPSBrockleySgt", "MPSHackneyWickNeighbourhood", "HackneyWickSNT"])
def test_a_handle_from_before_the_rule_is_not_offered_again_and_binds_no_new_channel(cast: Cast, kept: str) -> None:
    Channel.objects.create(team=cast.wick, network="facebook", handle=kept, name="x", created_at=MONDAY)
    assert naming.problems(kept, cast.wick)
    assert naming.suggest_handle(cast.wick) == "MPSHackneyWick"
    assert naming.problems("MPSHackneyWick", cast.wick) == []


@pytest.mark.django_db
def test_a_reserved_voice_is_not_offered_and_suggestions_cost_the_same_however_many(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    news = Team.objects.create(kind="ward", code="E05000007", name="News", parent=cast.brent)
    with django_assert_num_queries(3):
        offered = naming.suggestions(news, 5)
    assert offered and "MPSNews" not in offered
    assert naming.suggest_handle(news) == offered[0] and naming.problems(offered[0], news) == []


@given(name=st.text(min_size=1, max_size=80), borough=st.text(min_size=1, max_size=40))
def test_suggestions_are_letters_and_digits_without_a_year(name: str, borough: str) -> None:
    for handle in naming.candidates(ward(name, borough), alone=True):
        assert re.fullmatch(r"[A-Za-z0-9]+", handle)
        assert handle.startswith("MPS")


@given(one=st.text("abc", max_size=6), other=st.text("abc", max_size=6))
def test_distance_is_a_distance(one: str, other: str) -> None:
    assert naming.distance(one, other) == naming.distance(other, one)
    assert (naming.distance(one, other) == 0) == (one == other)
    assert naming.distance(one, other) >= abs(len(one) - len(other))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("handle", "why"),
    [
        ("MPSHackneyWick", ""),
        ("HackneyWick", "begin with"),
        ("MPSHackneyWickPolice", "15 at most"),
        ("MPSWick_Team", "Letters and digits|letters and digits"),
        ("MPSWick2026", "year"),
        ("MPSWickSgt", "rank"),
        ("MPSPCWick", "rank"),
        ("MPSWickOkafor", "person"),
        ("MPSH0merton", "looks like @MPSHomerton"),
        ("MPSHornerton", "looks like @MPSHomerton"),
        ("metpol1ceuk", "looks like @metpoliceuk"),
    ],
)
def test_the_naming_rule_says_what_is_wrong(cast: Cast, handle: str, why: str) -> None:
    found = naming.problems(handle, cast.wick, [cast.ada])
    assert not found if not why else any(re.search(why, words) for words in found), found


@pytest.mark.django_db
def test_two_wards_of_one_name_need_their_borough_and_a_team_has_one_stem(cast: Cast) -> None:
    abbeys = [
        Team.objects.create(kind="ward", code=f"E0500001{number}", name="Abbey", parent=borough)
        for number, borough in enumerate((cast.brent, cast.hackney))
    ]
    assert "add the borough" in naming.problems("MPSAbbey", abbeys[0])[0]
    assert naming.problems("MPSAbbeyBrent", abbeys[0]) == []
    assert all(naming.problems(one, abbeys[1]) == [] for one in naming.suggestions(abbeys[1]))
    assert "MPSHomerton on its other channel" in naming.problems("MPSHomertonE9", cast.homerton)[0]
    Channel.objects.filter(team=cast.homerton).update(life="closed")
    assert "looks like" in naming.problems("MPSHomerton", cast.wick)[0]


@pytest.mark.django_db
@pytest.mark.parametrize("fake", ["MPSHomert0n", "MPS_Homerton", "MPSHornerton", "MPSHomertonn", "MPSHomerton"])
def test_who_pretends_is_recognised_by_what_a_small_screen_shows(cast: Cast, fake: str) -> None:
    assert naming.alike(fake, ["MPSKilburnBrent", "MPSHomerton"]) == ["MPSHomerton"]
    assert naming.alike("HomertonLibrary", ["MPSHomerton"]) == []
