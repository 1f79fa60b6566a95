from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
