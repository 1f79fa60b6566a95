"""Money: what was spent is counted where it was spent, once; when it is gone, only what is urgent goes on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accounts import logins
from accounts.errors import Conflict
from accounts.models import Notice, Team
from platforms.base import Identity
from platforms.errors import Throttled
from publishing import affording, due, money, pausing, proof, reconcile
from publishing.models import Budget, Delivery, Kind, Price, Spent
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


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_what_people_had_the_network_say_of_an_account_is_counted_once(cast: Cast, now: datetime) -> None:
    for channel in (cast.x, cast.x, cast.page):
        logins.verify(channel, Willing())  # type: ignore[arg-type]
    both = Barrier(2)

    def tick() -> None:
        both.wait(5)
        money.count_looks(now=now)
        connection.close()

    threads = [Thread(target=tick) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts() == {("Hackney", "user"): 2}


class Willing:
    def verify(self) -> Identity:
        return Identity("1", "MPSHomerton", "Homerton Police")


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


def test_what_the_budget_does_not_hold_waits_and_its_owner_is_told(prices: None, desk: Desk) -> None:
    cast = desk.cast
    give_budget(cast.force, 0.02, reserve=0.01, by=cast.hana)
    waiting = desk.released()
    assert due.offer(now=desk.moment) == []
    waiting.refresh_from_db()
    assert "does not hold its $0.015" in waiting.reason
    assert waiting.due_at == desk.moment + affording.AGAIN
    told = set(Notice.objects.filter(kind=affording.GONE).values_list("to__username", flat=True))
    assert told == {"hana", "sam"}
    assert Notice.objects.filter(kind="delivery.no_money").get().to == cast.ada


def test_a_bigger_budget_lets_it_go_within_its_time(prices: None, desk: Desk) -> None:
    budget = give_budget(desk.cast.force, 0.02, reserve=0.01, by=desk.cast.sam)
    waiting = desk.released()
    due.offer(now=desk.moment)
    Budget.objects.filter(pk=budget.pk).update(micros=money.MICROS)
    desk.wait(seconds=15)
    assert due.offer(now=desk.moment) == [waiting.pk]


def test_what_waited_for_money_past_its_time_is_missed_with_the_reason(prices: None, desk: Desk) -> None:
    give_budget(desk.cast.force, 0, by=desk.cast.sam)
    waiting = desk.released()
    due.offer(now=desk.moment)
    desk.wait(minutes=31)
    desk.settle_overdue()
    waiting.refresh_from_db()
    assert waiting.state == Delivery.State.MISSED
    assert "budget" in waiting.reason


def test_an_urgent_post_uses_the_reserve_and_goes_on_beyond_it(prices: None, desk: Desk) -> None:
    cast = desk.cast
    give_budget(cast.force, 0, by=cast.sam)
    Team.objects.filter(pk=cast.homerton.pk).update(kind=Team.Kind.CORPORATE)
    waiting = desk.released()
    assert due.offer(now=desk.moment) == [waiting.pk]
    assert Notice.objects.filter(kind=affording.OVERDRAWN, to=cast.sam).exists()


def test_what_workers_were_told_of_counts_as_spent(prices: None, desk: Desk) -> None:
    cast = desk.cast
    give_budget(cast.force, 0.02, by=cast.sam)
    first = desk.released()
    assert due.offer(now=desk.moment) == [first.pk]
    Delivery.objects.filter(pk=first.pk).update(channel=cast.kilburn_x)
    desk.released(text="The stall is by the library until noon.")
    assert due.offer(now=desk.moment) == []


def test_facebook_needs_no_money(prices: None, desk: Desk) -> None:
    give_budget(desk.cast.force, 0, by=desk.cast.sam)
    free = desk.released(channels=[desk.cast.page])
    assert due.offer(now=desk.moment) == [free.pk]


OUT_OF_CREDIT = Throttled("The credit with X is used up.", everyone=True, status=402)


@pytest.mark.postgres
def test_without_credit_the_whole_network_pauses_and_nothing_is_lost(desk: Desk) -> None:
    desk.network.answers = [OUT_OF_CREDIT]
    first = desk.deliver(desk.released())
    other = desk.released(
        text="The stall is by the library until noon.", channels=[desk.cast.kilburn_x], author=desk.cast.mel
    )
    page = desk.released(text="The stall is by the library.", channels=[desk.cast.page])
    assert first.state == Delivery.State.WAITING
    assert due.offer(now=desk.moment) == [page.pk]
    other.refresh_from_db()
    assert other.state == Delivery.State.WAITING
    assert "until an administrator resumes X" in other.reason
    told = set(Notice.objects.filter(kind=pausing.OUT).values_list("to__username", flat=True))
    assert told == {"sam", "dee", "hana"}
    assert not money.may_spend(Kind.READ, 1, desk.moment)


def test_what_a_worker_was_told_of_before_the_pause_loses_its_claim(desk: Desk) -> None:
    told_of = desk.released()
    assert due.offer(now=desk.moment) == [told_of.pk]
    pausing.pause(network="x", reason="The credit with X is used up.", now=desk.moment)
    assert desk.deliver(told_of).state == Delivery.State.WAITING
    assert desk.network.sent == 0


def test_resuming_asks_the_network_once_and_sends_what_is_still_in_time(desk: Desk) -> None:
    late, in_time = desk.released(send_within=5), desk.released(text="The stall stays until noon.", send_within=60)
    pause = pausing.pause(network="x", reason="The credit with X is used up.", now=desk.moment)
    desk.wait(minutes=10)
    due.offer(now=desk.moment)
    pausing.resume(pause=pause, by=desk.cast.sam, now=desk.moment)
    desk.settle_overdue()
    late.refresh_from_db()
    assert late.state == Delivery.State.MISSED
    assert "credit" in late.reason
    assert due.offer(now=desk.moment) == [in_time.pk]
    assert not Notice.objects.filter(kind=pausing.OUT, closed_at__isnull=True).exists()


def test_while_the_network_still_refuses_the_pause_stays(desk: Desk) -> None:
    pause = pausing.pause(network="x", reason="The credit with X is used up.", now=desk.moment)
    desk.network.verify_trouble = OUT_OF_CREDIT
    with pytest.raises(Conflict, match="still stands still"):
        pausing.resume(pause=pause, by=desk.cast.sam, now=desk.moment)
    assert money.paused("x") is not None
    pausing.resume(pause=pause, by=desk.cast.sam, now=desk.moment, untested=True)
    assert money.paused("x") is None


def test_only_an_administrator_resumes(desk: Desk) -> None:
    pause = pausing.pause(network="x", reason="The credit with X is used up.", now=desk.moment)
    with pytest.raises(PermissionDenied):
        pausing.resume(pause=pause, by=desk.cast.dee, now=desk.moment)
