"""Sums that know what they do not know, and weeks that are London's."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from engagement import dashboard, periods, sums
from engagement.dashboard import Numbers, Stretch, Told
from engagement.models import Snapshot, Watch
from engagement.sums import Day
from publishing.models import Delivery
from tests.conftest import LONDON, Cast
from tests.engagement.conftest import Teller, add_up, counted

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(cast: Cast, now: datetime, days: int = 30) -> list[Told]:
    return dashboard.told([cast.homerton], since=now - days * DAY, until=now)


def days(cast: Cast, now: datetime, back: int = 30) -> list[Day]:
    first, last = periods.day_of(now - back * DAY), periods.day_of(now)
    return sums.of_teams([cast.homerton.pk], since=first, until=last)


def total(cast: Cast, now: datetime) -> Numbers:
    return sums.add(days(cast, now)).numbers


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


# ---- sums ---------------------------------------------------------------------------------------


def test_what_is_unknown_stays_out_of_a_sum_and_out_of_zero(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, cast.page, at=now - DAY, said=[counted(impressions=900, replies=2), counted(replies=3, reactions=0)])
    (post,) = told(cast, now)
    assert post.numbers == Numbers(impressions=900, reactions=0, replies=5, shares=None)


def test_without_a_word_from_any_network_nothing_is_known(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now - DAY)
    (post,) = told(cast, now)
    assert post.numbers == Numbers(None, None, None, None)
    assert not post.complete


def test_a_post_on_two_networks_is_one_update(cast: Cast, tell: Teller, now: datetime) -> None:
    post = tell(cast.x, cast.page, at=now - DAY, text="Bike marking today.")
    (found,) = told(cast, now)
    assert (found.post_id, found.words) == (post.pk, "Bike marking today.")
    assert [line.channel for line in found.lines] == [cast.x, cast.page]


def test_only_the_latest_numbers_count(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now - 3 * DAY, said=[counted(replies=1)])
    Snapshot.objects.create(delivery=Delivery.objects.get(), at=now - DAY, replies=7)
    Snapshot.objects.create(delivery=Delivery.objects.get(), at=now - 2 * DAY, replies=4)
    add_up(now)
    assert total(cast, now).replies == 7


def test_a_later_snapshot_may_know_less(cast: Cast, tell: Teller, now: datetime) -> None:
    """What the network stopped saying is unknown again; an old number is not passed off as new."""
    tell(cast.x, at=now - 3 * DAY, said=[counted(replies=1, impressions=50)])
    Snapshot.objects.create(delivery=Delivery.objects.get(), at=now - DAY, replies=7)
    add_up(now)
    assert total(cast, now) == Numbers(None, None, 7, None)


def test_each_network_keeps_its_own_sums(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, cast.page, at=now - DAY, said=[counted(impressions=10, replies=1), counted(replies=2)])
    tell(cast.x, cast.page, at=now - 2 * DAY, said=[counted(impressions=20, replies=1), None])
    x, facebook = sums.heard(days(cast, now))
    assert (x.network, x.asked, x.silent, x.numbers.impressions) == ("X", 2, 0, 30)
    assert (facebook.network, facebook.asked, facebook.silent, facebook.numbers.impressions) == ("Facebook", 2, 1, None)


def test_only_public_posts_of_the_team_and_the_span_are_told(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.kilburn_x, at=now - DAY)
    tell(cast.x, at=now - 31 * DAY)
    tell(cast.x, at=now + DAY)
    tell(cast.x, at=now - DAY)
    Delivery.objects.filter(published_at=now - DAY, target__channel=cast.x).update(state=Delivery.State.FAILED)
    assert told(cast, now) == []


def test_the_newest_update_comes_first(cast: Cast, tell: Teller, now: datetime) -> None:
    posts = [tell(cast.x, at=now - days * DAY).pk for days in (3, 1, 2)]
    assert [post.post_id for post in told(cast, now)] == [posts[1], posts[2], posts[0]]


def test_a_post_that_a_network_no_longer_has_says_so(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now - DAY)
    Watch.objects.create(delivery=Delivery.objects.get(), next_at=None, gone_at=now)
    assert told(cast, now)[0].lines[0].gone_at == now


@pytest.mark.parametrize("posts", [1, 6])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, tell: Teller, now: datetime, posts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(posts):
        tell(cast.x, cast.page, at=now - number * DAY, said=[counted(replies=1)])
    with django_assert_num_queries(2):
        found = told(cast, now)
        assert [(post.words, post.team.name, post.lines[0].gone_at) for post in found]


# ---- weeks and months ---------------------------------------------------------------------------


def weeks(days: list[Day], since: datetime, until: datetime) -> list[Stretch]:
    ends = {"since": periods.day_of(since), "until": periods.day_of(until)}
    return sums.stretches(days, **ends, start_of=periods.monday_of, after=periods.week_after)


def months(days: list[Day], since: datetime, until: datetime) -> list[Stretch]:
    ends = {"since": periods.day_of(since), "until": periods.day_of(until)}
    return sums.stretches(days, **ends, start_of=periods.month_of, after=periods.month_after)


def test_the_week_in_which_the_clocks_go_back_is_one_week(cast: Cast, tell: Teller) -> None:
    """On 25 October 2026 London has 25 hours; late on that Sunday it is already GMT."""
    sunday_night, monday_morning = at("2026-10-25T23:30"), at("2026-10-26T00:30")
    tell(cast.x, at=sunday_night)
    tell(cast.x, at=monday_morning)
    since, until = at("2026-10-19T00:00"), at("2026-10-27T12:00")
    found = weeks(days(cast, until, 8), since, until)
    assert [(week.start, week.posts) for week in found] == [(date(2026, 10, 19), 1), (date(2026, 10, 26), 1)]


def test_half_past_midnight_in_summer_belongs_to_the_new_day(cast: Cast, tell: Teller) -> None:
    """At 00:30 BST on Monday it is still Sunday in UTC."""
    moment = at("2026-06-01T00:30")
    tell(cast.x, at=moment)
    told_then = days(cast, moment, 1)
    (may, june) = months(told_then, moment - DAY, moment)
    assert (may.posts, june.posts) == (0, 1)
    assert [week.posts for week in weeks(told_then, moment - DAY, moment)] == [0, 1]


def test_quiet_weeks_are_shown_and_the_last_one_is_still_growing(now: datetime) -> None:
    assert [(week.posts, week.responses, week.growing) for week in weeks([], now - 21 * DAY, now)] == [
        (0, None, False),
        (0, None, False),
        (0, None, False),
        (0, None, True),
    ]


def test_every_month_of_a_year_has_its_place(now: datetime) -> None:
    found = months([], periods.months_since(now), now)
    assert [month.start for month in (found[0], found[-1])] == [date(2025, 4, 1), date(2026, 3, 1)]
    assert len(found) == 12


@pytest.mark.parametrize(
    ("moment", "first"), [("2026-12-31T23:59", date(2026, 1, 1)), ("2027-01-01T00:00", date(2026, 2, 1))]
)
def test_twelve_months_reach_back_to_the_first_of_a_month(moment: str, first: date) -> None:
    assert periods.months_since(at(moment)) == periods.midnight(first)


def test_a_period_begins_at_midnight_in_london_and_its_weeks_on_a_monday() -> None:
    period = periods.last(30, now=at("2026-11-10T09:00"))
    assert period.since == at("2026-10-12T00:00")
    assert period.weeks_since == at("2026-10-12T00:00")
    assert periods.last(90, now=at("2026-11-10T09:00")).weeks_since == at("2026-08-10T00:00")
