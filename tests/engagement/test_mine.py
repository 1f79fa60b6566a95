"""A sergeant's own page: plain words, gentle nudges, nobody else's eyes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import priorities
from accounts.models import Priority, User
from engagement import mine
from posts.models import Media, Post, VersionPicture
from tests.conftest import Cast
from tests.engagement.conftest import Teller, counted

ClientFor = Callable[[User], Client]
DAY = timedelta(days=1)
MINE = "engagement:mine"
ANNOUNCED = date(2026, 3, 2)


def text(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))  # type: ignore[attr-defined]


def priority(cast: Cast, words: str = "Bikes") -> Priority:
    told = {"set_on": date(2026, 2, 2), "source": "Panel", "by": cast.dee, "now": timezone.now()}
    return priorities.set_priority(team=cast.homerton, words=words, **told)


def show(post: Post, alt: str, by: User) -> None:
    media = Media.objects.create(
        post=post,
        file=ContentFile(b"x", "x.jpg"),
        sha256=alt.ljust(64, "0")[:64],
        mime="image/jpeg",
        width=1,
        height=1,
        size=1,
        original_name="x.jpg",
        uploaded_by=by,
        uploaded_at=timezone.now(),
    )
    VersionPicture.objects.create(version=post.current, media=media, position=post.current.pictures.count(), alt=alt)


@pytest.mark.parametrize(
    ("words", "template", "days"),
    [
        ("Our surgery is on Saturday 7 March at the library.", "", 5),
        ("Come and talk to your ward team: Tuesday 3 March, 11am.", "surgery", 1),
        ("Street surgery until 1pm today.", "", None),
        ("The dental practice on 7 March.", "", None),
        ("Thank you for coming to our surgery on 20 February 2026.", "", None),
    ],
)
def test_how_far_ahead_a_surgery_was_announced_is_read_where_it_can_be(
    words: str, template: str, days: int | None
) -> None:
    assert mine.notice(words, template, ANNOUNCED) == days


def test_my_updates_are_told_in_words_with_their_priority(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    bikes, lamps = priority(cast), priority(cast, "Lamps")
    post = tell(cast.x, at=timezone.now() - 2 * DAY, text="40 bikes marked.", said=[counted(replies=3, reactions=9)])
    Post.objects.filter(pk=post.pk).update(priority=bikes)
    tell(cast.x, at=timezone.now() - 3 * DAY, text="Hello.")
    page = text(client_for(cast.tess).get(reverse(MINE)))
    assert "You told residents 2 things in the last 90 days. 1 of the 2 was about something they asked for." in page
    assert "3 replies, 9 reactions" in page and "People wrote back 3 times." in page
    assert f"Residents have not heard lately about “{lamps}”." in page
    assert "about Bikes" in page and "only you see this page" in page
    assert not re.search(r"\bscore|\brank|\baverage|\bbest\b|\btop\b", page.partition("What your updates")[2])


def test_each_network_of_an_update_says_what_came_back_there(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    said = [counted(replies=3, reactions=9), counted(replies=5)]
    tell(cast.x, cast.page, at=timezone.now() - 2 * DAY, text="40 bikes marked.", said=said)
    update = client_for(cast.tess).get(reverse(MINE)).text.partition("report-mine__lines")[2].partition("</ul>")[0]
    x, page = (re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)) for line in update.split("<li>")[1:])
    assert "3 replies, 9 reactions" in x and "See it on X," in x
    assert "5 replies" in page and "See it on Facebook," in page


def test_pictures_and_late_surgeries_are_nudged_gently(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    at = timezone.now() - 2 * DAY
    tomorrow = (at + DAY).date()
    post = tell(cast.x, at=at, text=f"Our surgery is on {tomorrow:%A} {tomorrow.day} {tomorrow:%B} at the library.")
    show(post, "", cast.tess)
    show(post, "A stall", cast.tess)
    page = text(client_for(cast.tess).get(reverse(MINE)))
    assert "1 of 2 pictures went out without a description." in page
    assert "1 surgery was announced less than 3 days ahead." in page


def test_what_is_missing_in_a_priority_is_named(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    tell(cast.x, at=timezone.now() - DAY)
    priorities.add_step(
        priority=priority(cast), kind="action", words="x", on=date(2026, 2, 3), by=cast.dee, now=timezone.now()
    )
    assert "For one priority it is written down what you did" in text(client_for(cast.tess).get(reverse(MINE)))


def test_a_colleague_s_update_is_not_mine_and_an_empty_page_teaches(
    cast: Cast, client_for: ClientFor, tell: Teller
) -> None:
    tell(cast.x, at=timezone.now() - DAY)
    assert "None of your updates went out" in text(client_for(cast.ada).get(reverse(MINE)))
    assert "This page is for those who write updates" in text(client_for(cast.olu).get(reverse(MINE)))


def test_one_update_without_numbers_yet(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    tell(cast.x, at=timezone.now() - DAY)
    page = text(client_for(cast.tess).get(reverse(MINE)))
    assert "You told residents 1 thing in the last 90 days. It was not about something they asked for." in page
    assert "Whether people wrote back is not known yet." in page


def test_the_page_costs_the_same_queries_with_many_updates(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    client, address = client_for(cast.tess), reverse(MINE)
    bikes = priority(cast)
    post = tell(cast.x, cast.page, at=timezone.now() - DAY, said=[counted(replies=1)])
    Post.objects.update(priority=bikes)
    show(post, "words", cast.tess)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(14):
        show(tell(cast.x, at=timezone.now() - number * DAY), f"words {number}", cast.tess)
    Post.objects.update(priority=bikes)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
