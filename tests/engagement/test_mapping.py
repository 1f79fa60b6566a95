"""The map: steps that mean something, and no figure where the survey has none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import priorities, rights
from accounts.boroughs import BOROUGHS
from accounts.models import AreaShape, Team, User
from engagement import mapping
from engagement.uncertainty import wilson
from posts.models import Post
from tests.conftest import Cast
from tests.engagement.conftest import Figures, Teller

ClientFor = Callable[[User], Client]
MAP = "engagement:area_map"


def draw(now: datetime, *teams: Team) -> None:
    AreaShape.objects.bulk_create(
        AreaShape(
            team=team, path=f"M{n * 100} 0l90 0 0 90-90 0z", left=n * 100, top=0, right=n * 100 + 90, bottom=90,
            imported_at=now,
        )
        for n, team in enumerate(teams)
    )  # fmt: skip


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


@pytest.mark.parametrize(("per_ward", "key"), [(0, "0"), (0.4, "1"), (2, "2"), (4, "3"), (7.9, "3"), (8, "4")])
def test_updates_are_shaded_in_fixed_steps(per_ward: float, key: str) -> None:
    assert mapping.step_of_posts(per_ward).key == key


@pytest.mark.parametrize(
    ("share", "key"), [(None, "none"), (0, "0"), (0.2, "1"), (0.5, "2"), (0.9, "3"), (0.999, "3"), (1, "4")]
)
def test_all_and_none_are_steps_of_their_own(share: float | None, key: str) -> None:
    assert mapping.step_of_share(share).key == key


@pytest.mark.parametrize(
    ("share", "london", "key"),
    [(0.50, 0.50, "same"), (0.50, 0.54, "same"), (0.50, 0.57, "below"), (0.50, 0.40, "above"), (0.5, None, "same")],
)
def test_a_borough_is_shaded_only_outside_its_interval(share: float, london: float | None, key: str) -> None:
    assert mapping.step_beside_london(wilson(share, n=400), london).key == key


def test_every_london_borough_has_a_tile_of_its_own() -> None:
    assert mapping.TILES.keys() == BOROUGHS.keys()
    assert len({(column, row) for column, row, _ in mapping.TILES.values()}) == 32
    assert len({letters for *_, letters in mapping.TILES.values()}) == 32


def test_boroughs_are_drawn_and_lead_to_their_wards(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    draw(timezone.now(), cast.hackney, cast.brent, cast.homerton, cast.wick)
    tell(cast.x, cast.page, at=timezone.now() - timedelta(days=2))
    client = client_for(cast.dee)
    page = client.get(reverse(MAP)).content.decode()
    assert page.count('<path class="report-area') == 2
    assert "Hackney: 1 update in 2 wards" in page and "Brent: no updates in 1 ward" in page
    wards = client.get(reverse(MAP) + f"?show=posts&borough={cast.hackney.code}").content.decode()
    assert "Homerton: 1 update" in wards and reverse("engagement:ward", args=[cast.homerton.code]) in wards
    assert 'viewBox="' in wards


def test_priorities_and_accounts_are_shares_of_what_there_is(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    now = timezone.now()
    told = {"set_on": date(2026, 2, 2), "source": "Panel", "by": cast.dee, "now": now}
    made = [priorities.set_priority(team=cast.homerton, words=words, **told) for words in ("Bikes", "Lamps")]
    post = tell(cast.x, at=now - timedelta(days=1))
    Post.objects.filter(pk=post.pk).update(priority=made[0])
    client = client_for(cast.dee)
    assert "1 of 2 priorities told" in text(client.get(reverse(MAP) + "?show=told"))
    wards = text(client.get(reverse(MAP) + f"?show=told&borough={cast.hackney.code}"))
    assert "Hackney Wick no priorities written down" in wards
    assert "1 of 2 wards with a connected account" in text(client.get(reverse(MAP) + "?show=cover"))


def test_the_survey_has_boroughs_only_and_says_where_nothing_can_be_told(
    cast: Cast, client_for: ClientFor, figures: Figures
) -> None:
    draw(timezone.now(), cast.hackney, cast.brent, cast.homerton)
    wave = date(2025, 12, 31)
    figures("informed", cast.hackney, {wave: 0.41, date(2024, 12, 31): 0.90}, london={wave: 0.40})
    page = client_for(cast.dee).get(reverse(MAP) + f"?show=confidence&borough={cast.hackney.code}")
    said = text(page)
    assert "41%, about 36 to 47; cannot be told apart from London" in said
    assert "Homerton" not in said.split("by name")[1], "no ward has a figure"
    assert "Brent no figure imported" in said and "about 400 interviews" in said
    assert "report-area--same" in page.content.decode() and "report-area--above" not in page.content.decode()


def test_without_outlines_there_are_tiles_and_a_word_on_what_to_import(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.dee)
    page = client.get(reverse(MAP)).content.decode()
    assert page.count('aria-hidden="true">H') > 1, "all 32 stand there"
    assert page.count("report-tile report-tile") == 32 and page.count("report-tile--closed") == 30
    assert "Each square is a borough" in page and "manage.py import_areas" in page
    wards = client.get(reverse(MAP) + f"?borough={cast.hackney.code}").content.decode()
    assert "report-map__drawing" not in wards and "Each square" not in wards, "there is none"
    assert "manage.py import_areas" in wards and "Homerton" in wards


def test_other_peoples_wards_are_drawn_without_a_value(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    draw(timezone.now(), cast.homerton, cast.wick)
    client = client_for(cast.ada)
    page = client.get(reverse(MAP) + f"?borough={cast.hackney.code}")
    assert "Hackney Wick: not one of your teams" in page.content.decode()
    assert client.get(reverse(MAP) + f"?borough={cast.brent.code}").status_code == 404
    table = client.get(reverse("engagement:map_table") + f"?borough={cast.hackney.code}").text
    assert "Homerton" in table and "Wick" not in table
    assert client_for(User.objects.create(username="nobody")).get(reverse(MAP)).status_code == 404


@pytest.mark.parametrize("show", ["posts", "told", "cover", "confidence", "nonsense"])
def test_the_map_costs_the_same_queries_with_many_areas(cast: Cast, client_for: ClientFor, show: str) -> None:
    client, address = client_for(cast.dee), reverse(MAP) + f"?show={show}"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    more = [code for code in BOROUGHS if code not in (cast.hackney.code, cast.brent.code)]
    Team.objects.bulk_create(
        Team(kind=Team.Kind.BOROUGH, code=code, name=BOROUGHS[code], parent=cast.force) for code in more
    )
    Team.objects.bulk_create(
        Team(kind=Team.Kind.WARD, code=f"E059{n:05d}", name=f"Ward {n}", parent=cast.brent) for n in range(60)
    )
    draw(timezone.now(), *Team.objects.all())
    rights.sync(cast.dee, now=timezone.now())
    with CaptureQueriesContext(connection) as many:
        answer = client.get(address)
    assert len(many) == len(few) <= 20
    assert len(answer.content) < 150_000
