"""Followers are shown as a small line with its table; what is retired or not told says so in its place."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Channel
from engagement import followed, insight_words
from engagement.models import AccountInsight, Followers, PostInsight, RetiredMetric
from publishing.models import Delivery
from tests.conftest import Cast
from tests.engagement.conftest import Teller
from tests.engagement.test_views import ClientFor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def follow(channel: Channel, counts: dict[int, int]) -> None:
    """counts: by days ago."""
    today = timezone.now().astimezone(UTC).date()
    Followers.objects.bulk_create(
        Followers(channel=channel, day=today - ago * DAY, count=count) for ago, count in counts.items()
    )


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def of(channel: Channel) -> followed.Followed:
    (found,) = followed.of_channels([channel], now=timezone.now())
    return found


def test_what_nobody_counted_is_not_known_and_has_no_line(cast: Cast) -> None:
    assert of(cast.x).sentence == "How many follow it is not known yet."
    assert of(cast.x).spark is None


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([(5, 1204)], "1,204 accounts follow it (5 March)."),
        ([(1, 1190), (5, 1204)], "1,204 accounts follow it (5 March), 14 more than on 1 March."),
        ([(1, 2), (5, 1)], "1 account follows it (5 March), 1 fewer than on 1 March."),
        ([(1, 7), (5, 7)], "7 accounts follow it (5 March), as many as on 1 March."),
    ],
)
def test_followers_are_said_in_words(cast: Cast, counts: list[tuple[int, int]], said: str) -> None:
    days = [(date(2026, 3, day), count) for day, count in counts]
    assert followed.Followed(cast.x, days).sentence == said


def test_the_line_is_not_drawn_over_days_that_nobody_counted(cast: Cast) -> None:
    follow(cast.x, {9: 10, 8: 11, 5: 12, 3: 20, 2: 22, 1: 21, 40: 5})
    spark = of(cast.x).spark
    assert spark is not None
    first, alone, last = (line.split() for line in spark.lines)
    assert (len(first), len(set(alone)), len(last)) == (2, 1, 3), "a day alone is a dot"
    assert spark.end[0] == followed.WIDTH - followed.EDGE


def test_the_channels_page_gets_who_hears_it_for_those_who_see_the_channel(cast: Cast, client_for: ClientFor) -> None:
    follow(cast.x, {2: 100, 1: 110})
    address = reverse("engagement:channel_numbers", args=[cast.x.pk])
    assert address in client_for(cast.sam).get(reverse("accounts:channel", args=[cast.x.pk])).content.decode()
    fragment = words(client_for(cast.sam).get(address, headers={"hx-request": "true"}))
    assert "110 accounts follow it" in fragment
    assert "Followers in the ward are not known" in fragment
    assert "<html" not in fragment
    assert "<html" in words(client_for(cast.sam).get(address))
    assert client_for(cast.mel).get(address).status_code == 404


def test_the_wards_page_shows_its_followers_with_one_question_however_many_days(
    cast: Cast, client_for: ClientFor, tell: Teller
) -> None:
    tell(cast.x, cast.page, at=timezone.now() - DAY)
    client, address = client_for(cast.ada), reverse("engagement:ward", args=[cast.homerton.code])
    follow(cast.x, {1: 110})
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    follow(cast.x, {ago: 100 for ago in range(2, 20)})
    follow(cast.page, {ago: 50 for ago in range(1, 20)})
    with CaptureQueriesContext(connection) as many:
        page = words(client.get(address))
    assert len(many) == len(few)
    assert "110 accounts follow it" in page
    assert "Followers in the ward are not known" in page
    assert page.count("numbers-spark") == 2


def test_a_posts_page_says_since_when_a_number_is_not_available(
    cast: Cast, client_for: ClientFor, tell: Teller
) -> None:
    moment = datetime(2026, 3, 3, 9, tzinfo=UTC)
    post = tell(cast.page, at=timezone.now() - 3 * DAY)
    facts = {"delivery": Delivery.objects.get(), "version": "v25.0", "at": timezone.now()}
    PostInsight.objects.create(metric="post_clicks", day=timezone.now().date(), value=7, **facts)
    PostInsight.objects.create(metric="post_media_view", day=timezone.now().date(), value=None, **facts)
    RetiredMetric.objects.create(
        network="facebook", metric="post_total_media_view_unique", version="v25.0", since=moment, asked_at=moment
    )
    page = words(client_for(cast.ada).get(reverse("engagement:post_numbers", args=[post.pk])))
    assert "What Facebook tells only the Page" in page
    assert "not available since 3 March 2026" in page
    assert page.count("not known") == 2, "two of the four metrics were not told"


def test_a_post_that_was_not_asked_about_shows_no_insights(cast: Cast, client_for: ClientFor, tell: Teller) -> None:
    post = tell(cast.page, cast.x, at=timezone.now() - DAY)
    page = words(client_for(cast.ada).get(reverse("engagement:post_numbers", args=[post.pk])))
    assert "tells only" not in page


def test_the_last_number_of_a_page_stands_with_its_day(cast: Cast) -> None:
    facts = {"channel": cast.page, "metric": "page_follows", "version": "v25.0", "at": timezone.now()}
    for day, value in ((date(2026, 3, 1), 500), (date(2026, 3, 2), None)):
        AccountInsight.objects.create(day=day, value=value, **facts)
    found = {one.label: (one.words, one.day) for one in insight_words.of_channel(cast.page, since=date(2026, 2, 20))}
    assert found["Followers"] == ("500", date(2026, 3, 1))
    assert found["New followers"] == ("not known", None)
