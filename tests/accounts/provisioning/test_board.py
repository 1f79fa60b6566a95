from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts import rights
from accounts.channels import launched
from accounts.models import Channel, Team, User
from accounts.provisioning import board
from engagement import cover
from tests.accounts.provisioning.conftest import Office

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
BOARD = "accounts:board"


def names(user: User, now: datetime) -> list[str]:
    return [channel.handle for channel in board.in_order(board.on_board(user, now=now))]


def test_what_waits_for_this_person_stands_first(office: Office, now: datetime) -> None:
    asked = office.apply()
    cast = office.cast
    assert names(cast.olu, now)[0] == "MPSHackneyWick"
    assert names(office.bo, now)[0] != "" and not board.on_board(office.bo, now=now).filter(turn=1).exists()
    office.sign(asked, "need")
    for who, waits in ((office.ines, True), (cast.cora, True), (cast.rex, True), (office.abe, True), (cast.ada, False)):
        assert board.on_board(who, now=now).filter(turn=1, pk=asked.channel_id).exists() == waits, who
    Channel.objects.filter(pk=cast.kilburn_x.pk).update(state="broken", problem="X no longer accepts it.")
    assert set(names(cast.sam, now)[:2]) == {"MPSHackneyWick", "MPSKilburnBrent"}
    Channel.objects.filter(pk=cast.x.pk).update(life="compromised")
    assert names(office.ines, now)[0] == "MPSHomerton"


def test_a_channel_that_was_stopped_on_its_way_waits_for_nobodys_signature(office: Office, now: datetime) -> None:
    asked = office.apply()
    office.sign(asked, "need")
    Channel.objects.get(pk=asked.channel_id).enter("suspended", reason="Stop.", now=now)
    assert not board.to_sign(office.ines).exists()
    card = board.cards(list(board.on_board(office.ines, now=now).filter(life="suspended")), office.ines, now=now)[0]
    assert [wait.what for wait in card.waits] == ["To be let go on"]


def test_what_nobody_has_launched_is_no_gap_and_no_account_of_the_force(office: Office, now: datetime) -> None:
    office.apply()
    assert cover._voices([office.cast.wick.pk]) == {}
    assert not launched(Channel.objects.filter(team=office.cast.wick)).exists()


def test_each_card_says_what_waits_for_whom_and_whose_it_is(office: Office, now: datetime) -> None:
    office.sign(office.apply(), "need")
    Channel.objects.filter(pk=office.cast.page.pk).update(state="broken")
    found = {
        card.channel.pk: card for card in board.cards(list(board.on_board(office.ines, now=now)), office.ines, now=now)
    }
    wick = next(card for card in found.values() if card.channel.team == office.cast.wick)
    assert ("Gate 6, security", "Information security") in [(wait.what, wait.whom) for wait in wick.waits]
    assert (wick.column.key, wick.owner) == ("preparing", office.wyn)
    home = found[office.cast.x.pk]
    assert (home.column.key, home.waits) == ("trusted", [])  # Tess has come so far
    assert [wait.what for wait in found[office.cast.page.pk].waits] == ["To be reconnected"]


def test_the_board_filters_by_stage_borough_and_what_is_mine(office: Office, client_for: ClientFor) -> None:
    office.apply()
    client = client_for(office.cast.olu)
    page = client.get(reverse(BOARD)).content.decode()
    assert "1 channel waits for you" in page
    assert "@MPSHackneyWick" in client.get(reverse(BOARD), {"stage": "applied"}).content.decode()
    assert "No channel fits that" in client.get(reverse(BOARD), {"stage": "closed"}).content.decode()
    mine = client.get(reverse(BOARD), {"mine": "1"}).content.decode()
    assert "@MPSHackneyWick" in mine and "@MPSHomerton" not in mine
    force = client_for(office.cast.sam)
    assert "@MPSKilburnBrent" not in force.get(reverse(BOARD), {"borough": "E09000012"}).content.decode()


def test_a_board_of_1400_channels_costs_no_more_queries_than_a_small_one(
    office: Office, client_for: ClientFor, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    wards = Team.objects.bulk_create(
        Team(kind="ward", code=f"W{number}", name=f"Ward {number}", parent=office.cast.brent) for number in range(700)
    )
    Channel.objects.bulk_create(
        Channel(team=wards[number // 2], network=("x", "facebook")[number % 2], handle=f"W{number}", name="W",
                created_at=now, state=("live", "broken")[number % 7 == 0])
        for number in range(1400)
    )  # fmt: skip
    rights.sync_people([office.cast.sam.pk, office.ines.pk], now=now)
    for who in (office.cast.sam, office.ines):
        client = client_for(who)
        with django_assert_max_num_queries(29):
            assert client.get(reverse(BOARD)).status_code == 200
