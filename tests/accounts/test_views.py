from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts import appointing, connecting, rights
from accounts.models import Channel, Connection, Team, User
from platforms.config import Config
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]


def url(name: str, *args: object) -> str:
    return reverse(f"accounts:{name}", args=args)


@pytest.mark.parametrize("name", ["channel", "connect", "check"])
@pytest.mark.parametrize("who", ["mel"])
def test_a_sergeant_of_kilburn_does_not_find_homertons_channel(
    cast: Cast, client_for: ClientFor, name: str, who: str
) -> None:
    client = client_for(getattr(cast, who))
    if name != "check":
        assert client.get(url(name, cast.x.pk)).status_code == 404
    if name != "channel":
        assert client.post(url(name, cast.x.pk)).status_code == 404
    assert "MPSHomerton" not in client.get(url("channels")).content.decode()


@pytest.mark.parametrize("who", ["ada", "con", "rex", "dee", "hana", "olu", "cora"])
def test_who_sees_a_channel_but_may_not_connect_it_is_told_so(cast: Cast, client_for: ClientFor, who: str) -> None:
    client = client_for(getattr(cast, who))
    page = client.get(url("channel", cast.x.pk))
    assert page.status_code == 200
    assert "Check now" not in page.content.decode()
    assert client.get(url("connect", cast.x.pk)).status_code == 403
    assert client.post(url("connect", cast.x.pk), {"connector": "x"}).status_code == 403
    assert client.post(url("check", cast.x.pk)).status_code == 403
    asked = 200 if who in ("dee", "hana", "olu") else 403
    assert client.get(url("open_channel")).status_code == asked
    assert client.get(url("open_channel"), {"team": cast.homerton.code}).status_code == asked
    assert not Connection.objects.exists()


def test_when_an_appointment_ends_the_channel_is_gone_with_the_next_click(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.ada)
    assert client.get(url("channel", cast.x.pk)).status_code == 200
    appointing.end(appointment=cast.ada.appointments.get(), by=cast.sam, now=timezone.now())
    assert client.get(url("channel", cast.x.pk)).status_code == 404


def test_a_channels_page_tells_its_life_and_who_speaks_for_it(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    made = connecting.open_channel(
        team=cast.homerton, network="x", handle="MPSHom", name="Homerton", by=cast.sam, now=now
    )
    page = client_for(cast.ada).get(url("channel", made.pk)).content.decode()
    for words in ("Opened", "by Sam Whitcombe", "Sgt Ada Okafor", "Rex Adeyemi", "must connect it"):
        assert words in page
    assert "Mel Ferreira" not in page


def test_a_broken_channel_says_what_is_wrong_and_offers_the_way_out(
    cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    connecting.mark_broken(channel=cast.x, reason="X no longer accepts this login.", now=now)
    seen = client_for(cast.sam).get(url("channel", cast.x.pk)).content.decode()
    assert "X no longer accepts this login." in seen
    assert "Reconnect" in seen
    theirs = client_for(cast.ada).get(url("channel", cast.x.pk)).content.decode()
    assert "X no longer accepts this login." in theirs
    assert "Reconnect" not in theirs
    assert "1 channel needs reconnecting" in client_for(cast.ada).get(url("channels")).content.decode()


def test_the_register_finds_by_borough_and_state(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.sam)
    assert "MPSHomerton" in client.get(url("channels"), {"q": "hackney homer"}).content.decode()
    assert "MPSHomerton" not in client.get(url("channels"), {"q": "brent"}).content.decode()
    assert "No channel fits that" in client.get(url("channels"), {"state": "broken"}).content.decode()


@pytest.mark.parametrize(
    ("who", "asks", "reads"),
    [("sam", 1, 1), ("dee", 1, 1), ("olu", 1, 1), ("cora", 0, 1), ("ada", 0, 0), ("rex", 0, 0)],
)
def test_only_who_may_follow_them_is_offered_a_new_channel_and_the_register(
    cast: Cast, client_for: ClientFor, who: str, asks: int, reads: int
) -> None:
    client = client_for(getattr(cast, who))
    page = client.get(url("channels")).text
    assert (page.count("Ask for a channel"), page.count(url("official"))) == (asks, reads)
    assert client.get(url("official")).status_code == (200 if reads else 403)


def test_without_channels_the_page_teaches_the_next_step(client_for: ClientFor, django_user_model: type[User]) -> None:
    nobody = django_user_model.objects.create_user("nobody")
    assert "You do not look after any channel yet" in client_for(nobody).get(url("channels")).content.decode()


def test_the_register_costs_the_same_for_many_channels(
    cast: Cast, client_for: ClientFor, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        connecting.open_channel(team=cast.wick, network="x", handle=f"MPSW{number}x", name="W", by=cast.sam, now=now)
    client = client_for(cast.sam)
    with django_assert_max_num_queries(12):
        assert client.get(url("channels")).status_code == 200


def test_a_page_of_facebook_goes_by_its_name_and_x_comes_first(cast: Cast, client_for: ClientFor) -> None:
    Channel.objects.filter(pk=cast.page.pk).update(name="Homerton Police")
    client = client_for(cast.ada)
    listed = client.get(url("channels")).text.split("<h2>Homerton</h2>")[1]
    assert listed.index("@MPSHomerton") < listed.index("Homerton Police")
    assert listed.count("@MPSHomerton") == 1
    for address in (url("channels"), url("channel", cast.page.pk), reverse("engagement:ward", args=["E05009376"])):
        assert "Homerton Police" in client.get(address).text
    assert "@" not in client.get(url("channel", cast.page.pk)).text.split("<main")[1].split("</main>")[0]


def test_a_channel_says_when_it_was_checked_only_where_that_is_worth_reading(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.ada)

    def said(**facts: object) -> tuple[bool, bool]:
        Channel.objects.filter(pk=cast.x.pk).update(**facts)
        Channel.objects.filter(pk=cast.page.pk).update(verified_at=timezone.now())
        pages = (client.get(address).text for address in (url("channels"), url("channel", cast.x.pk)))
        one, other = ("Last checked" in page for page in pages)
        return one, other

    assert said(verified_at=timezone.now() - timedelta(hours=2)) == (False, False)
    assert said(verified_at=timezone.now() - timedelta(days=2)) == (True, True)
    assert said(state=Channel.State.BROKEN, verified_at=timezone.now()) == (False, True)
    assert said(state=Channel.State.NEW, verified_at=None) == (False, True)
    assert "Waiting to be connected" not in client.get(url("channels")).text


def test_two_wards_of_one_name_stay_apart_in_the_register(cast: Cast, client_for: ClientFor, now: datetime) -> None:
    other = Team.objects.create(kind="ward", code="E05000001", name="Homerton", parent=cast.brent)
    Channel.objects.create(team=other, network="x", handle="MPSHomBrent", name="H", created_at=now)
    rights.sync_team(other, now=now)
    page = client_for(cast.sam).get(url("channels")).content.decode()
    assert page.count("<h2>Homerton</h2>") == 2


@pytest.mark.parametrize(
    ("words", "found", "missing"),
    [
        ("kilb", "Kilburn, Brent", "Homerton"),
        ("hackney", "Hackney Wick, Hackney", "Kilburn"),
        ("zz", "fits that", "Kil"),
    ],
)
def test_a_team_is_found_by_name_and_borough(
    cast: Cast, client_for: ClientFor, words: str, found: str, missing: str
) -> None:
    client = client_for(cast.sam)
    page = client.get(url("open_channel"), {"q": words}).content.decode()
    part = client.get(url("open_channel"), {"q": words}, headers={"hx-request": "true"}).content.decode()
    assert found in page
    assert found in part
    assert missing not in part
    assert "<html" not in part


ANSWERS = {
    "network": "x", "handle": "MPSHackneyWick", "name": "Hackney Wick Police", "audience": "Residents",
    "asked": "News of the towpath.", "why_here": "Few read the borough’s.", "owner": "mel", "deputy": "con",
    "cover": "Con Meredith", "mentor": "rex", "posting_ends_on": "",
}  # fmt: skip


def test_a_channel_is_asked_for_with_the_suggested_handle_and_its_gates_come_next(
    cast: Cast, client_for: ClientFor
) -> None:
    client = client_for(cast.olu)
    at = f"{url('open_channel')}?team={cast.wick.code}"
    form = client.get(at).context["form"]
    assert form.initial == {"network": "x", "handle": "MPSHackneyWick", "name": "Hackney Wick Police"}
    answer = client.post(at, ANSWERS)
    made = Channel.objects.get(team=cast.wick)
    assert answer["Location"] == reverse("application", args=[made.pk])
    assert (made.state, made.life, made.handle) == ("new", "applied", "MPSHackneyWick")
    assert (made.application.owner, made.application.cover) == (cast.mel, cast.con)
    page = client.get(answer["Location"]).content.decode()
    assert "has passed 0 of 8 gates" in page
    assert "You asked for this channel" not in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"handle": "MPSHomerton"}, "looks like @MPSHomerton"),
        ({"handle": "MPSWick2026"}, "Leave the year out"),
        ({"handle": "MPSWickSgt"}, "Leave the rank out"),
        ({"handle": "WickPolice"}, "must begin with"),
        ({"owner": "nobody-here"}, "Nobody here is called"),
        ({"deputy": "mel"}, "stands in for the owner"),
    ],
)
def test_a_form_with_a_mistake_comes_back_with_what_was_written(
    cast: Cast, client_for: ClientFor, change: dict[str, str], words: str
) -> None:
    at = f"{url('open_channel')}?team={cast.wick.code}"
    answer = client_for(cast.sam).post(at, ANSWERS | {"audience": "Kept words"} | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Kept words" in page
    assert not Channel.objects.filter(team=cast.wick).exists()


def test_a_network_that_cannot_be_reached_is_said_and_nothing_is_lost(cast: Cast, client_for: ClientFor) -> None:
    nowhere = Config(
        x_api="http://127.0.0.1:9/x",
        x_www="http://127.0.0.1:9",
        graph="http://127.0.0.1:9/fb",
        facebook_www="http://127.0.0.1:9",
        x_consumer_key="sbx_k",
        x_consumer_secret="sbx_s",
    )
    with override_settings(PLATFORMS=nowhere):
        answer = client_for(cast.sam).post(url("connect", cast.x.pk), {"connector": "x"})
    assert answer.status_code == 503
    assert "could not be asked" in answer.content.decode()
    assert not Connection.objects.exists()


def test_a_connector_of_the_other_network_is_refused(cast: Cast, client_for: ClientFor) -> None:
    assert client_for(cast.sam).post(url("connect", cast.page.pk), {"connector": "x"}).status_code == 422
