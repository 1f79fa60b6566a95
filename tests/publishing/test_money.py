"""Money: what was spent is counted where it was spent, once; when it is gone, only what is urgent goes on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.db import connection

from accounts.models import Team
from publishing import money, proof, reconcile
from publishing.models import Budget, Kind, Price, Spent
from tests.conftest import MONDAY, Cast
from tests.publishing.conftest import Desk, lost_answer

TODAY = money.utc_day(MONDAY)
COSTS = {"create": 15_000, "create_link": 200_000, "media": 5_000, "read": 5_000, "user": 10_000, "delete": 10_000}


@pytest.fixture
def prices(db: None) -> None:
    """As the migration seeds them, also after a test that emptied every table; from before the tests' March."""
    Price.objects.all().delete()
    facts = {"network": "x", "from_day": date(2026, 1, 1), "source": "docs", "set_at": MONDAY}
    Price.objects.bulk_create(Price(kind=kind, micros=micros, **facts) for kind, micros in COSTS.items())


def counts() -> dict[tuple[str, str], int]:
    return {(row.team.name, row.kind): row.count for row in Spent.objects.select_related("team")}


def give_budget(team: Team, dollars: float, *, reserve: float = 0, by: object) -> Budget:
    facts = {"micros": int(dollars * money.MICROS), "reserve": int(reserve * money.MICROS)}
    return Budget.objects.create(team=team, set_by=by, set_at=MONDAY, **facts)


@pytest.mark.django_db
def test_the_prices_of_the_networks_page_are_there_from_the_start() -> None:
    seeded = money.prices(date(2026, 11, 1))
    assert not seeded or seeded == COSTS  # empty only where another test has emptied every table


def test_a_published_post_is_counted_once_in_its_borough(desk: Desk) -> None:
    desk.deliver(desk.released())
    assert counts() == {("Hackney", "create"): 1}


def test_a_post_with_a_link_is_counted_as_the_dearer_kind(desk: Desk, cast: Cast) -> None:
    desk.deliver(desk.released(text="How to lock a bicycle: www.met.police.uk/cycle."))
    assert counts() == {("Hackney", "create_link"): 1}


def test_facebook_costs_nothing(desk: Desk, cast: Cast) -> None:
    desk.deliver(desk.released(channels=[cast.page]))
    assert counts() == {}


def test_what_was_found_after_a_lost_answer_is_counted_once_with_the_look(desk: Desk) -> None:
    desk.network.answers = [lost_answer()]
    delivery = desk.deliver(desk.released())
    assert counts() == {}
    desk.wait(seconds=31)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    assert counts() == {("Hackney", "create"): 1, ("Hackney", "read"): 1}


def test_a_post_read_again_on_the_same_utc_day_is_free(desk: Desk) -> None:
    delivery = desk.deliver(desk.released())
    desk.wait(minutes=5)
    proof.prove(delivery_id=delivery.pk, now=desk.moment)
    again = {delivery.remote_id: delivery.channel}
    assert counts()["Hackney", "read"] == 1
    assert money.spend_on_reads(again, now=desk.moment) == 0
    assert money.spend_on_reads(again, now=desk.moment + timedelta(days=1)) == 1


def test_readings_of_earlier_days_are_forgotten_and_stay_counted(cast: Cast, now: datetime) -> None:
    money.spend_on_reads({"1": cast.x, "2": cast.x}, now=now)
    assert money.forget_reads(now=now + timedelta(days=1)) == 0
    assert money.forget_reads(now=now + timedelta(days=2)) == 2
    assert counts() == {("Hackney", "read"): 2}


def test_the_day_is_the_utc_day(cast: Cast) -> None:
    half_past_midnight_in_london = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    money.spend(Kind.CREATE, 1, channel=cast.x, now=half_past_midnight_in_london)
    assert Spent.objects.get().day == date(2026, 6, 30)


def test_the_usual_post_costs_one_statement(
    cast: Cast, now: datetime, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    money.spend(Kind.CREATE, 1, channel=cast.x, now=now)
    with django_assert_num_queries(1):
        money.spend(Kind.CREATE, 1, channel=cast.x, now=now)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_no_count(cast: Cast, now: datetime) -> None:
    def work() -> None:
        for _ in range(5):
            money.spend(Kind.CREATE, 1, channel=cast.x, now=now)
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts() == {("Hackney", "create"): 20}


def test_a_price_counts_from_its_day_and_not_before(prices: None, cast: Cast, now: datetime) -> None:
    money.spend(Kind.CREATE, 2, channel=cast.x, now=now)
    money.spend(Kind.CREATE, 2, channel=cast.x, now=now + timedelta(days=2))
    dearer = {"network": "x", "kind": Kind.CREATE, "micros": 30_000, "source": "docs"}
    Price.objects.create(from_day=TODAY + timedelta(days=1), set_at=now, **dearer)
    spent = money.costs(since=TODAY, until=TODAY + timedelta(days=3))
    assert spent == {cast.hackney.pk: 2 * 15_000 + 2 * 30_000}


def test_without_a_budget_everything_may_be_spent(prices: None, cast: Cast, now: datetime) -> None:
    assert money.may_spend(Kind.READ, 1_000_000, now)


def test_a_budget_keeps_its_reserve_for_what_is_urgent(prices: None, cast: Cast, now: datetime) -> None:
    give_budget(cast.force, 1, reserve=0.5, by=cast.sam)
    assert money.may_spend(Kind.READ, 100, now)
    assert not money.may_spend(Kind.READ, 101, now)
    assert money.may_spend(Kind.READ, 101, now, urgent=True)


def test_a_boroughs_budget_limits_the_borough_and_nobody_else(prices: None, cast: Cast, now: datetime) -> None:
    give_budget(cast.hackney, 0.02, by=cast.sam)
    money.spend(Kind.CREATE, 1, channel=cast.x, now=now)
    assert not money.may_spend(Kind.CREATE, 1, now, place=cast.homerton)
    assert money.may_spend(Kind.CREATE, 1, now, place=cast.kilburn)
    assert money.may_spend(Kind.CREATE, 1, now)


def test_a_new_month_begins_with_the_whole_budget(prices: None, cast: Cast, now: datetime) -> None:
    give_budget(cast.force, 0.02, by=cast.sam)
    money.spend(Kind.CREATE, 1, channel=cast.x, now=now)
    assert not money.may_spend(Kind.CREATE, 1, now)
    assert money.may_spend(Kind.CREATE, 1, datetime(2026, 4, 1, tzinfo=UTC))
