"""The page of money: who sees whose, what it says, and what an administrator changes there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, User
from publishing import forecast, money, pausing, pricing
from publishing.models import Budget, Kind, Pause, Price, Spent
from tests.conftest import Cast
from tests.factories import make_post
from tests.publishing.test_money import give_budget, prices

__all__ = ["prices"]
PAGE = "publishing:money"
Enter = Callable[[User], Client]


def spend_daily(cast: Cast, *, days: int, upto: date, count: int = 2) -> None:
    Spent.objects.bulk_create(
        Spent(day=upto - timedelta(days=ago), network="x", team=cast.hackney, kind=Kind.CREATE, count=count)
        for ago in range(days)
    )


def test_the_administrator_sees_the_force_and_a_manager_the_own_borough(
    prices: None, cast: Cast, client_for: Enter
) -> None:
    now = datetime.now(UTC)
    money.spend(Kind.CREATE, 3, channel=cast.x, now=now)
    money.spend(Kind.CREATE, 5, channel=cast.kilburn_x, now=now)
    whole, own = client_for(cast.sam).get(reverse(PAGE)), client_for(cast.olu).get(reverse(PAGE))
    assert "$0.120 spent on X" in whole.text
    assert "Brent: $0.075" in whole.text
    assert "$0.045 spent on X" in own.text
    assert "Brent" not in own.text


@pytest.mark.parametrize("who", ["ada", "con", "mel"])
def test_who_looks_after_no_borough_has_no_page(cast: Cast, client_for: Enter, who: str) -> None:
    assert client_for(getattr(cast, who)).get(reverse(PAGE)).status_code == 403


def test_the_page_asks_the_same_number_of_queries_whatever_was_spent(
    prices: None, cast: Cast, client_for: Enter
) -> None:
    client = client_for(cast.sam)
    today = money.utc_day(datetime.now(UTC))
    client.get(reverse(PAGE))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(PAGE))
    spend_daily(cast, days=40, upto=today)
    give_budget(cast.hackney, 5, by=cast.sam)
    with CaptureQueriesContext(connection) as first:
        client.get(reverse(PAGE))
    give_budget(cast.brent, 5, by=cast.sam)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(PAGE))
    assert len(few) <= len(first) == len(many) <= 50


def test_the_administrator_sets_a_budget_and_it_is_audited(cast: Cast, client_for: Enter) -> None:
    address = reverse("publishing:budget", kwargs={"pk": cast.hackney.pk})
    answer = client_for(cast.sam).post(address, {"micros": "$1,200", "reserve": "200"})
    assert answer.status_code == 302
    assert Budget.objects.get().micros == 1_200 * money.MICROS
    assert AuditEntry.objects.filter(action="budget.set", by=cast.sam).exists()


def test_a_reserve_larger_than_its_budget_is_explained(cast: Cast, client_for: Enter) -> None:
    address = reverse("publishing:budget", kwargs={"pk": cast.force.pk})
    answer = client_for(cast.sam).post(address, {"micros": "10", "reserve": "20"})
    assert answer.status_code == 422
    assert "cannot be larger" in answer.text


@pytest.mark.parametrize(("micros", "words"), [("", "Enter an amount"), ("lots", "Enter an amount"), ("-1", "0")])
def test_a_budget_that_is_no_sum_is_explained(cast: Cast, client_for: Enter, micros: str, words: str) -> None:
    address = reverse("publishing:budget", kwargs={"pk": cast.force.pk})
    answer = client_for(cast.sam).post(address, {"micros": micros, "reserve": "0"})
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("who", ["olu", "dee", "ada"])
def test_nobody_else_sets_budgets_or_prices(cast: Cast, client_for: Enter, who: str) -> None:
    client = client_for(getattr(cast, who))
    assert client.get(reverse("publishing:budget", kwargs={"pk": cast.hackney.pk})).status_code == 404
    assert client.get(reverse("publishing:price")).status_code == 403


def test_a_new_price_counts_from_its_day(prices: None, cast: Cast, client_for: Enter) -> None:
    tomorrow = money.utc_day(datetime.now(UTC)) + timedelta(days=1)
    said = {"kind": "create", "micros": "0.02", "from_day": f"{tomorrow:%d/%m/%Y}", "source": "X's mail of today"}
    assert client_for(cast.sam).post(reverse("publishing:price"), said).status_code == 302
    assert money.prices(tomorrow)["create"] == 20_000
    assert money.prices(tomorrow - timedelta(days=1))["create"] == 15_000
    assert AuditEntry.objects.filter(action="price.set").exists()


def test_a_price_for_a_month_that_is_over_is_refused(cast: Cast, client_for: Enter) -> None:
    said = {"kind": "create", "micros": "0.02", "from_day": "1/1/2026", "source": "X's mail"}
    answer = client_for(cast.sam).post(reverse("publishing:price"), said)
    assert answer.status_code == 422
    assert "Months that are over" in answer.text
    assert not Price.objects.filter(micros=20_000).exists()


def test_the_banner_of_a_pause_is_on_every_page_and_goes_when_it_is_resumed(cast: Cast, client_for: Enter) -> None:
    row = pausing.pause(network="x", reason="The credit with X is used up.", now=datetime.now(UTC))
    assert "Nothing goes out on X" in client_for(cast.ada).get(reverse("posts:index")).text
    address = reverse("publishing:resume_network", kwargs={"pk": row.pk})
    assert client_for(cast.dee).post(address).status_code == 403
    assert client_for(cast.sam).post(address, {"untested": "yes"}).status_code == 302
    assert Pause.objects.get().resumed_by == cast.sam
    assert "Nothing goes out on X" not in client_for(cast.ada).get(reverse("posts:index")).text


def test_a_link_is_warned_of_with_what_it_costs(prices: None, cast: Cast, client_for: Enter) -> None:
    post = make_post(cast, text="How to lock a bicycle: met.police.uk/cycle.")
    said = client_for(cast.ada).get(reverse("publishing:cost", kwargs={"pk": post.pk})).text
    assert "13 times dearer" in said
    assert "$0.200 instead of $0.015" in said
    assert "met.police.uk/cycle" in said


def test_before_its_first_save_a_post_costs_nothing_yet(prices: None, cast: Cast, client_for: Enter) -> None:
    client = client_for(cast.ada)
    assert client.get(reverse("publishing:cost_of_draft"), {"post": ""}).text.strip() == ""
    post = make_post(cast)
    assert "Costs $0.015" in client.get(reverse("publishing:cost_of_draft"), {"post": post.pk}).text
    stranger = client_for(cast.mel).get(reverse("publishing:cost_of_draft"), {"post": post.pk})
    assert stranger.status_code == 404


def test_a_plain_post_says_what_it_and_its_readings_cost(prices: None, cast: Cast, client_for: Enter) -> None:
    post = make_post(cast)
    said = client_for(cast.ada).get(reverse("publishing:cost", kwargs={"pk": post.pk})).text
    assert "Costs $0.015 on X" in said
    assert "$0.055" in said or "$0.060" in said


def test_a_post_for_facebook_alone_says_nothing_of_money(prices: None, cast: Cast, now: datetime) -> None:
    assert pricing.estimate(make_post(cast, channels=[cast.page]), now=now) is None


def test_what_the_budget_does_not_hold_is_said_while_writing(prices: None, cast: Cast, now: datetime) -> None:
    give_budget(cast.hackney, 0.01, by=cast.sam)
    estimate = pricing.estimate(make_post(cast), now=now)
    assert estimate is not None and estimate.waits


def test_the_forecast_counts_what_is_planned_and_how_often_it_will_be_read(
    prices: None, cast: Cast, now: datetime
) -> None:
    last_day = datetime(2026, 3, 30, 12, tzinfo=UTC)
    make_post(cast, "approved", author=cast.tess, publish_at=now + timedelta(days=2), channels=[cast.x])
    seen = forecast.look(now=now)
    assert (seen.scheduled, seen.planned) == (1, 15_000)
    assert seen.reading == 5_000 * len(forecast.read_days(date(2026, 3, 4), date(2026, 3, 31)))
    assert forecast.read_days(last_day.date(), date(2026, 3, 31)) == {date(2026, 3, 30), date(2026, 3, 31)}


def test_the_private_numbers_of_x_are_read_on_days_of_their_own(settings: Any) -> None:
    settings.METRIC_AGES_HOURS, settings.INSIGHT_DAYS = [1, 24], {"facebook": [3], "x": [1, 9]}
    found = forecast.read_days(date(2026, 3, 4), date(2026, 3, 31))
    assert sorted(day.day for day in found) == [4, 5, 13]


def test_a_steady_month_is_projected_straight_with_a_narrow_range(prices: None, cast: Cast, now: datetime) -> None:
    spend_daily(cast, days=29, upto=money.utc_day(now))
    seen = forecast.look(now=datetime(2026, 3, 2, 0, tzinfo=UTC))
    assert seen.spent == 2 * 30_000
    assert seen.straight == 2 * 30_000 + 30 * 30_000
    assert (seen.low, seen.high) == (seen.straight, seen.straight)


def test_a_plan_above_the_usual_days_claims_no_range(prices: None, cast: Cast, now: datetime) -> None:
    spend_daily(cast, days=20, upto=money.utc_day(now), count=0)
    make_post(cast, "approved", author=cast.tess, publish_at=now + timedelta(days=2), channels=[cast.x])
    seen = forecast.look(now=now)
    assert seen.is_above_the_usual
    assert seen.straight == seen.committed


def test_with_few_days_no_range_is_claimed(prices: None, cast: Cast, now: datetime) -> None:
    spend_daily(cast, days=3, upto=money.utc_day(now))
    seen = forecast.look(now=now)
    assert seen.low is None
    assert seen.days == 2


def test_a_borough_s_forecast_is_its_own(prices: None, cast: Cast, now: datetime) -> None:
    spend_daily(cast, days=2, upto=money.utc_day(now))
    assert forecast.look(now=now, places=[cast.brent.pk]).spent == 0
    assert forecast.look(now=now, places=[cast.hackney.pk]).spent == 60_000
