from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from accounts import rights
from accounts.models import Channel, Team, User
from policy import holds
from policy.models import Period
from posts.models import Post, Target, Version
from publishing import calendar, feed
from publishing.models import CalendarKey
from tests.conftest import Cast
from tests.factories import PLAIN, make_post

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
WEEK = calendar.span(calendar.WEEK, date(2026, 3, 4))


def plan(cast: Cast, now: datetime, hours: float, **facts: object) -> Post:
    return make_post(cast, publish_at=now + timedelta(hours=hours), now=now, **facts)


def entries(user: User, asked: calendar.Span = WEEK, team: Team | None = None) -> list[calendar.Entry]:
    return [entry for day in calendar.days(user, asked, team) for entry in day.entries]


def test_a_week_is_monday_to_sunday_and_a_month_whole_weeks() -> None:
    assert (WEEK.first, WEEK.last) == (date(2026, 3, 2), date(2026, 3, 8))
    month = calendar.span(calendar.MONTH, date(2026, 3, 4))
    assert (month.first, month.last) == (date(2026, 2, 23), date(2026, 4, 5))
    assert (month.earlier.month, month.later) == (2, date(2026, 4, 1))


def test_each_post_stands_on_its_london_day(cast: Cast, now: datetime) -> None:
    summer = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # Tuesday, half past midnight in London
    make_post(cast, publish_at=summer, now=now)
    days = calendar.days(cast.ada, calendar.span(calendar.WEEK, date(2026, 6, 1)), None)
    assert [day.date for day in days if day.entries] == [date(2026, 6, 2)]


def test_people_see_what_is_theirs_and_narrow_it_by_place(cast: Cast, now: datetime) -> None:
    plan(cast, now, 5)
    plan(cast, now, 6, author=cast.mel, channels=[cast.kilburn_x])
    assert [len(entries(user)) for user in (cast.ada, cast.mel, cast.dee, cast.olu)] == [1, 1, 2, 0]
    for team, count in ((cast.homerton, 1), (cast.hackney, 1), (cast.brent, 1), (cast.force, 2), (cast.wick, 0)):
        assert len(entries(cast.dee, team=team)) == count


def test_clashes_and_nearly_the_same_words_are_said(cast: Cast, now: datetime) -> None:
    plan(cast, now, 5, text="Come and see us at the market on Saturday at noon.")
    plan(cast, now, 5.5, text="Bike marking behind the station, bring a lock and a friend.")
    like = "Come and see us at the market this Saturday at noon."
    plan(cast, now, 30, text=like, author=cast.mel, channels=[cast.kilburn_x])
    plan(cast, now, 60, text="Something else altogether, for once, about the park.")
    assert [entry.notes for entry in entries(cast.dee)] == [
        [], ["30 minutes after another of this team"], ["Nearly the same words as Homerton, Hackney"], [],
    ]  # fmt: skip


def test_holidays_periods_and_holds_are_drawn_in(cast: Cast, now: datetime) -> None:
    easter = calendar.days(cast.ada, calendar.span(calendar.WEEK, date(2026, 4, 6)), None)
    assert next(day.holiday for day in easter) == "Easter Monday"
    Period.objects.create(
        kind="election", name="Local elections", starts_on=date(2026, 3, 4), ends_on=date(2026, 3, 5),
        entered_by=cast.dee, entered_at=now, agreed_by=cast.hana, agreed_at=now,
    )  # fmt: skip
    holds.open_hold(team=cast.hackney, reason="An incident.", by=cast.dee, now=now)
    days = calendar.days(cast.ada, WEEK, cast.homerton)
    assert [len(day.periods) for day in days] == [0, 0, 1, 1, 0, 0, 0]
    assert [len(day.holds) for day in days] == [1, 0, 0, 0, 0, 0, 0]
    assert not any(day.holds for day in calendar.days(cast.mel, WEEK, cast.kilburn))


def test_a_full_day_says_how_many_more_there_are(cast: Cast, now: datetime) -> None:
    for number in range(5):
        plan(cast, now, 5 + number)
    (monday,) = [day for day in calendar.days(cast.ada, calendar.span("month", date(2026, 3, 4)), None) if day.count]
    assert (len(monday.entries), monday.count, monday.more) == (3, 5, 2)


def crowd(cast: Cast, now: datetime, channels: int, posts: int) -> None:
    """A force of many channels, each with posts in this month, written in bulk."""
    kinds = Team.objects.bulk_create(
        Team(kind="ward", code=f"W{number}", name=f"Ward {number}", parent=cast.hackney) for number in range(channels)
    )
    voices = Channel.objects.bulk_create(
        Channel(team=team, network="x", handle=f"Ward{team.code}", name=team.name, state="live", created_at=now)
        for team in kinds
    )
    rights.sync(cast.dee, now=now)
    made = Post.objects.bulk_create(
        Post(team=voice.team, author=cast.dee, state="draft", created_at=now, updated_at=now)
        for voice in voices for _ in range(posts)
    )  # fmt: skip
    versions = Version.objects.bulk_create(
        Version(
            post=post, number=1, texts={"1": f"Update {number} from the ward."}, made_by=cast.dee, made_at=now,
            publish_at=now + timedelta(minutes=37 * number % 40_000),
        )
        for number, post in enumerate(made)
    )  # fmt: skip
    for post, version in zip(made, versions, strict=True):
        post.current = version
    Post.objects.bulk_update(made, ["current"])
    spoken = [voice for voice in voices for _ in range(posts)]
    Target.objects.bulk_create(Target(post=post, channel=voice) for post, voice in zip(made, spoken, strict=True))


@pytest.mark.parametrize("view", list(calendar.VIEWS))
def test_the_page_costs_the_same_with_few_and_with_many_channels(
    cast: Cast, client_for: ClientFor, now: datetime, view: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    plan(cast, now, 5)
    dee, address = client_for(cast.dee), reverse("publishing:calendar") + f"?view={view}&day=2026-03-04"
    dee.get(address)
    with django_assert_max_num_queries(30) as few:
        assert dee.get(address).status_code == 200
    crowd(cast, now, channels=30, posts=4)
    with django_assert_max_num_queries(len(few)):
        assert dee.get(address).status_code == 200


# ---- moving -------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_day_out_of_reach_shows_this_week(day: str, cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.dee).get(reverse("publishing:calendar"), {"day": day, "view": "month"})
    assert page.status_code == 200 and f"{timezone.localtime():%B %Y}" in page.text


def test_moving_an_approved_post_says_first_what_it_does_and_voids_the_approval(
    cast: Cast, client_for: ClientFor
) -> None:
    now = timezone.now()
    post = make_post(cast, "approved", publish_at=now + timedelta(hours=30), now=now)
    ada, address = client_for(cast.ada), reverse("publishing:move", args=[post.pk])
    target = (now + timedelta(days=3)).date()
    page = ada.get(address + f"?day={target}")
    assert "Its approval is for this time only." in page.text and f'value="{target}"' in page.text
    assert Post.objects.get(pk=post.pk).state == Post.State.APPROVED
    assert ada.post(address, {"day": "2020-01-01", "clock": "10:00"}).status_code == 422
    assert ada.post(address, {"day": str(target), "clock": "10:00"}).status_code == 302
    moved = Post.objects.select_related("current").get(pk=post.pk)
    assert moved.state == Post.State.DRAFT
    assert moved.current.publish_at.astimezone(calendar.LONDON).date() == target
    assert moved.current.text_for(cast.x) == PLAIN


def test_only_who_writes_moves_and_what_is_approved_only_who_may_send(
    cast: Cast, client_for: ClientFor, now: datetime
) -> None:
    address = reverse("publishing:move", args=[make_post(cast, "approved", now=now).pk])
    answers = {name: client_for(getattr(cast, name)).get(address).status_code for name in ("con", "rex", "dee", "mel")}
    assert answers == {"con": 403, "rex": 403, "dee": 403, "mel": 404}


# ---- the feed -----------------------------------------------------------------------------------


def test_the_feed_holds_the_first_words_of_what_one_may_see(cast: Cast, now: datetime) -> None:
    plan(cast, now, 5)
    plan(cast, now, 6, author=cast.mel, channels=[cast.kilburn_x], text="Kilburn only, please.")
    book = Calendar.from_ical(feed.render(cast.ada, now=now))
    (event,) = book.walk("VEVENT")
    assert event["SUMMARY"] == "Homerton, Hackney on X and Facebook (draft): We met residents at the library…"
    assert event["DTSTART"].dt == now + timedelta(hours=5)
    assert "biscuits" not in feed.render(cast.ada, now=now).decode()


def test_the_address_is_private_told_once_and_dead_when_revoked(cast: Cast, client_for: ClientFor) -> None:
    ada, page = client_for(cast.ada), reverse("publishing:calendar_address")
    made = ada.post(page, {"do": "make"}).context["made"]
    path = made.removeprefix("http://127.0.0.1:8000")
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert path.split("/")[-1].removesuffix(".ics") not in CalendarKey.objects.get().digest
    again = ada.post(page, {"do": "make"}).context["made"].removeprefix("http://127.0.0.1:8000")
    assert [Client().get(address).status_code for address in (path, again)] == [404, 200]
    ada.post(page, {"do": "revoke"})
    assert Client().get(again).status_code == 404
    assert Client().get(reverse("publishing:feed", args=["guess"])).status_code == 404


def test_a_feed_ends_with_its_owner_s_account_and_rights(cast: Cast, now: datetime) -> None:
    plan(cast, now, 5)
    key = feed.make_key(user=cast.ada, now=now)
    cast.ada.appointments.update(ended_at=now)
    rights.sync(cast.ada, now=now)
    Post.objects.update(author=cast.tess)
    assert b"VEVENT" not in feed.render(User.objects.get(pk=cast.ada.pk), now=now)
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    assert feed.owner_of(key) is None
