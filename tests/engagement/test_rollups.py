"""The sums by day are what the posts say, however the changes came, and a day costs the same in any year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as some

from engagement import metrics, months, pages_area, periods, rollups, sums, topics
from engagement.beside import Beside
from engagement.models import AreaDay, AreaMonth, ChannelDay, Measure, Snapshot, StaleArea, StaleDay, StaleMonth, Watch
from engagement.pages_area import Asked
from publishing.models import Delivery, Incident, Removal
from tests.conftest import LONDON, Cast
from tests.engagement.conftest import Teller, add_up, counted

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KEPT = [field.name for field in ChannelDay._meta.fields if field.name != "id"]
AREA = [field.name for field in AreaDay._meta.fields if field.name != "id"]
MONTH = [field.name for field in AreaMonth._meta.fields if field.name != "id"]


def kept() -> list[list[tuple[object, ...]]]:
    return [
        list(ChannelDay.objects.order_by("channel", "day").values_list(*KEPT)),
        list(AreaDay.objects.order_by("team", "network", "day").values_list(*AREA)),
        list(AreaMonth.objects.order_by("team", "network", "month").values_list(*MONTH)),
    ]


def fold(now: datetime) -> None:
    """Twice, since a month is added up when its days have been quiet for a while."""
    metrics.start_watching(now=now, lately=None)
    metrics.stop_watching(now=now)
    rollups.fold(now=now)
    rollups.fold(now=now + months.QUIET)


def take_down(delivery: Delivery, cast: Cast, now: datetime) -> None:
    assert delivery.settle(Delivery.State.TAKING_DOWN, was=Delivery.State.PUBLISHED)
    incident = Incident.objects.create(
        post=delivery.target.post, kind="wrong", reason="Wrong.", opened_by=cast.sam, opened_at=now
    )
    Removal.objects.create(delivery=delivery, incident=incident, asked_at=now)


def test_a_day_knows_what_a_channel_told_and_what_came_back(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now - DAY, text="Meet us at the library?", said=[counted(reactions=4, replies=1, shares=0)])
    tell(cast.x, at=now - DAY, text="Read https://www.met.police.uk", said=[None])
    fold(now)
    row = ChannelDay.objects.get()
    assert (row.day, row.updates, row.posts, row.known, row.asking) == (date(2026, 3, 1), 2, 2, 1, 1)
    assert (row.reactions, row.replies, row.shares, row.impressions) == (4, 1, 0, None)
    assert sorted(row.brought) == [["link", "other", None], ["text", "meeting", None]]


@pytest.mark.parametrize(
    ("ages", "brought"),
    [((6.9,), None), ((7.0,), 0), ((6.9, 7.9), 1), ((7.2, 8.8), 0), ((9.0,), None), ((1, 7.5, 28), 1)],
)
def test_a_post_is_compared_by_its_first_numbers_after_a_week(
    cast: Cast, tell: Teller, now: datetime, ages: tuple[float, ...], brought: int | None
) -> None:
    tell(cast.x, at=now - 40 * DAY)
    for number, age in enumerate(ages):
        Snapshot.objects.create(delivery=Delivery.objects.get(), at=now + (age - 40) * DAY, replies=number)
    add_up(now)
    assert ChannelDay.objects.get().brought == [["text", "meeting", brought]]


def test_a_post_on_two_networks_is_one_update_where_it_came_first(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, cast.page, at=now - DAY)
    fold(now)
    assert sorted(ChannelDay.objects.values_list("channel__network", "updates", "posts")) == [
        ("facebook", 0, 1),
        ("x", 1, 1),
    ]
    assert AreaDay.objects.filter(team=cast.force).count() == 2


def test_an_evening_in_summer_belongs_to_its_day_in_london(cast: Cast, tell: Teller) -> None:
    moment = datetime(2026, 7, 1, 0, 30, tzinfo=LONDON)
    tell(cast.x, at=moment)
    fold(moment + HOUR)
    assert ChannelDay.objects.get().day == date(2026, 7, 1)


def test_a_borough_and_the_force_hold_their_wards(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now - DAY, said=[counted(reactions=3, at=now + 6 * DAY)])
    tell(cast.kilburn_x, at=now - DAY, said=[counted(reactions=1200, at=now + 6 * DAY)])
    fold(now)
    assert AreaDay.objects.get(team=cast.hackney).spreads == {"#meeting": {"3": 1}, "text": {"3": 1}}
    assert AreaDay.objects.get(team=cast.force).reactions == 1203
    assert AreaDay.objects.get(team=cast.brent).spreads["text"] == {"1200": 1}


@pytest.mark.parametrize(
    ("answers", "rounded"), [(0, 0), (99, 99), (104, 100), (105, 110), (1249, 1200), (99_600, 100_000)]
)
def test_large_numbers_are_rounded_to_two_figures(answers: int, rounded: int) -> None:
    assert rollups._rounded(answers) == rounded


def test_what_was_taken_down_is_counted_no_more_and_another_network_came_first(
    cast: Cast, tell: Teller, now: datetime
) -> None:
    tell(cast.x, cast.page, at=now - DAY)
    fold(now)
    take_down(Delivery.objects.get(channel=cast.x), cast, now)
    fold(now)
    assert list(ChannelDay.objects.values_list("channel", "updates")) == [(cast.page.pk, 1)]
    assert Watch.objects.get(delivery__channel=cast.x).next_at is None


def test_what_was_counted_before_anybody_watched_it_is_counted_no_more_either(
    cast: Cast, tell: Teller, now: datetime
) -> None:
    tell(cast.x, at=now)
    take_down(Delivery.objects.get(), cast, now)
    fold(now)
    assert not ChannelDay.objects.exists()
    assert not AreaDay.objects.exists()


def test_nothing_stale_is_left(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, cast.page, at=now - DAY)
    fold(now)
    assert not StaleDay.objects.exists()
    assert not StaleArea.objects.exists()
    assert not StaleMonth.objects.exists()


def test_a_month_waits_until_its_days_are_quiet(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now)
    rollups.fold(now=now)
    assert not AreaMonth.objects.exists()
    rollups.fold(now=now + months.QUIET)
    assert AreaMonth.objects.get(team=cast.force).updates == 1


def test_a_year_is_the_same_by_its_months_and_by_its_days(cast: Cast, tell: Teller, now: datetime) -> None:
    """The start, the middle and the end of months, the newest ones among them; stale or added up."""
    for back in (0, 1, 2, 3, 29, 30, 31, 59, 60, 61, 200, 363, 364, 365, 366):
        at = now - back * DAY
        said = counted(reactions=back, replies=1, at=at + 7 * DAY)
        tell((cast.x, cast.kilburn_x)[back % 2], at=at, text="Arrested." if back % 3 else "Meet us?", said=[said])
    span = sums.Span(periods.day_of(now - 365 * DAY), periods.day_of(now), topics=True)

    def read() -> tuple[object, ...]:
        days = sums.of_area(cast.force, [span], today=span.last)
        return (
            sums.add(days),
            sums.spread(days),
            sums.waiting(days, today=span.last),
            sorted(map(str, read_kinds(days))),
        )

    def read_kinds(days: list[sums.Day]) -> list[sums.Kind]:
        return [*sums.kinds(days, topics.FORMS), *sums.kinds(days, topics.TOPICS, prefix="#")]

    months.mark([now.date() - back * DAY for back in range(400)], now=now)
    by_days = read()
    rollups.fold(now=now + months.QUIET)
    assert AreaMonth.objects.filter(team=cast.force).count() > 5
    assert read() == by_days
    assert (by_days[1].total(), by_days[2]) == (10, 4)  # type: ignore[attr-defined]


@pytest.mark.parametrize("days", periods.CHOICES)
def test_the_time_before_is_whole_whichever_way_it_is_read(cast: Cast, tell: Teller, now: datetime, days: int) -> None:
    """By days while its months are stale, by months once they are added up: a borough's page says the same of it."""
    period = periods.last(days, now=now)
    for back in range(1, 2 * days, max(days // 15, 1)):
        tell(cast.x, at=now - back * DAY, said=[counted(replies=back % 7, at=now + (7.5 - back) * DAY)])

    def read() -> list[Beside]:
        asked = Asked(Measure.objects.get(code="informed"), ())
        return pages_area.borough(cast.hackney, asked, period, seen=[]).answers.networks

    months.mark([now.date() - back * DAY for back in range(2 * days + 31)], now=now)
    by_days = read()
    rollups.fold(now=now + months.QUIET)
    assert AreaMonth.objects.filter(team=cast.hackney).exists()
    assert read() == by_days
    told = set(Delivery.objects.filter(published_at__lt=period.since).values_list("pk", flat=True))
    assert [one.before.posts for one in by_days if one.before] == [len(told)]


def test_the_cost_of_a_day_does_not_grow_with_history(cast: Cast, tell: Teller, now: datetime) -> None:
    def cost() -> int:
        tell(cast.x, at=now - DAY, said=[counted(replies=1)])
        metrics.start_watching(now=now)
        months.fold(now=now, quiet=timedelta(0))
        with CaptureQueriesContext(connection) as asked:
            rollups.fold(now=now)
        return len(asked)

    cost()
    first = cost()
    for back in range(2, 40):
        tell(cast.x, at=now - back * DAY, said=[counted(replies=1)])
    fold(now)
    assert cost() == first


Act = tuple[str, int, int]
ACTS = some.lists(
    some.tuples(some.sampled_from(["tell", "both", "say", "down", "fold"]), some.integers(0, 5), some.integers(0, 150)),
    max_size=14,
)


def act(one: Act, cast: Cast, tell: Teller, now: datetime) -> None:
    """One thing that happens in the life of a force, by the verbs that happen then."""
    name, which, number = one
    public = list(Delivery.objects.filter(state=Delivery.State.PUBLISHED).order_by("pk"))
    if name == "tell":
        tell((cast.x, cast.page, cast.kilburn_x)[which % 3], at=now - which * 9 * HOUR, text="Meet us?")
    elif name == "both":
        tell(cast.x, cast.page, at=now - which * 9 * HOUR)
    elif name == "say" and public:
        delivery = public[which % len(public)]
        Snapshot.objects.create(
            delivery=delivery, at=now + number * HOUR + Snapshot.objects.count() * DAY, replies=number
        )
        metrics.start_watching(now=now, lately=None)
        rollups.mark([metrics.day_of(delivery)], now=now)
    elif name == "down" and public and not public[which % len(public)].target.post.incidents.exists():
        take_down(public[which % len(public)], cast, now)
    elif name == "fold":
        fold(now)


@pytest.fixture
def play(cast: Cast, tell: Teller, now: datetime) -> Callable[[list[Act]], None]:
    def run(acts: list[Act]) -> None:
        for one in acts:
            act(one, cast, tell, now)
        fold(now)

    return run


def test_folding_gives_what_rebuilding_gives(play: Callable[[list[Act]], None], now: datetime) -> None:
    @settings(max_examples=25, deadline=None)
    @given(acts=ACTS)
    def whatever_happened(acts: list[Act]) -> None:
        with transaction.atomic():
            play(acts)
            folded = kept()
            for _ in rollups.rebuild(now=now):
                pass
            assert kept() == folded
            ChannelDay.objects.all().delete()
            AreaDay.objects.all().delete()
            AreaMonth.objects.all().delete()
            for _ in rollups.rebuild(now=now):
                pass
            assert kept() == folded
            transaction.set_rollback(True)

    whatever_happened()
