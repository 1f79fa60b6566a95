"""What a network tells only the account itself: asked with its own login, unknown where it is not told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from accounts import logins
from accounts.models import Channel
from engagement import insights, metrics, retired, tasks
from engagement.models import AccountInsight, PostInsight, RetiredMetric, Watch
from platforms import errors, registry
from platforms.base import Capabilities, Credentials, Identity, Insights
from publishing.models import Budget, Delivery, Kind, Price, Spent
from sandbox.launch import Running
from tests.conftest import Cast
from tests.engagement.conftest import Teller
from tests.engagement.test_metrics import Wire
from tests.platforms.control import ask
from tests.platforms.control import tell as control
from tests.platforms.wire import sandbox_config

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOTH = {"facebook": [1, 2, 7], "x": [1, 7, 28]}
NAMES = registry.capabilities("facebook").post_insights


@dataclass
class Voice:
    """A channel's own voice that tells what a test says."""

    capabilities: Capabilities
    told: Mapping[str, Insights | None] = field(default_factory=dict)
    page: Insights = field(default_factory=Insights)
    trouble: errors.PlatformError | None = None
    asked: list[tuple[list[str], list[str]]] = field(default_factory=list)
    insights_version: str = "v25.0"

    def insights(self, remote_ids: Sequence[str], names: Sequence[str]) -> Mapping[str, Insights | None]:
        self.asked.append((list(remote_ids), list(names)))
        if self.trouble:
            raise self.trouble
        return self.told

    def account_insights(self, names: Sequence[str], *, day: date) -> Insights:
        self.asked.append(([str(day)], list(names)))
        if self.trouble:
            raise self.trouble
        return self.page


@pytest.fixture(autouse=True)
def turned_on() -> Iterator[None]:
    with override_settings(INSIGHT_DAYS=BOTH):
        yield


@pytest.fixture
def voice(monkeypatch: pytest.MonkeyPatch) -> Voice:
    made = Voice(registry.capabilities("facebook"))
    monkeypatch.setattr("accounts.logins.network_for", lambda channel, *, now: made)
    return made


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 3, 10, 12, tzinfo=UTC)


def planned(at: datetime) -> Watch:
    metrics.start_watching(now=at, lately=None)
    insights.plan(now=at)
    return Watch.objects.get()


def collect(at: datetime) -> int:
    return sum(insights.collect(watch_ids=batch, now=at) for batch in insights.due_batches(now=at))


# ---- when ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("network", "days"), [("x", [1, 7, 28]), ("facebook", [1, 2, 7])])
def test_a_post_is_asked_about_late_on_the_days_that_the_settings_name(
    cast: Cast, tell: Teller, voice: Voice, noon: datetime, network: str, days: list[int]
) -> None:
    tell(cast.x if network == "x" else cast.page, at=noon)
    watch, asked = planned(noon), []
    while watch.insights_at is not None:
        asked.append((watch.insights_at.date() - noon.date()).days)
        assert watch.insights_at.hour == 23
        collect(watch.insights_at)
        watch.refresh_from_db()
    assert asked == days
    insights.plan(now=noon + 29 * DAY)
    assert Watch.objects.get().insights_at is None


def test_private_numbers_of_x_are_asked_for_only_when_turned_on(cast: Cast, tell: Teller, noon: datetime) -> None:
    tell(cast.x, at=noon)
    with override_settings(INSIGHT_DAYS={"facebook": [1], "x": []}):
        assert planned(noon).insights_at is None
    Watch.objects.update(insights_at=noon)
    with override_settings(INSIGHT_DAYS={"facebook": [1], "x": []}):
        assert insights.due_batches(now=noon + DAY) == []


def test_two_channels_are_never_asked_about_with_one_login(cast: Cast, tell: Teller, noon: datetime) -> None:
    for channel in (cast.x, cast.x, cast.page):
        tell(channel, at=noon)
    metrics.start_watching(now=noon, lately=None)
    insights.plan(now=noon)
    assert sorted(len(batch) for batch in insights.due_batches(now=noon + 2 * DAY)) == [1, 2]


def test_a_batch_is_asked_by_one_worker(cast: Cast, tell: Teller, voice: Voice, noon: datetime) -> None:
    tell(cast.page, at=noon)
    planned(noon)
    (batch,) = insights.due_batches(now=noon + 2 * DAY)
    for _ in range(2):
        insights.collect(watch_ids=batch, now=noon + 2 * DAY)
    assert len(voice.asked) == 1


def test_a_post_that_is_gone_is_asked_about_no_more(cast: Cast, tell: Teller, voice: Voice, noon: datetime) -> None:
    tell(cast.page, at=noon)
    planned(noon)
    Watch.objects.update(gone_at=noon + HOUR)
    assert collect(noon + 2 * DAY) == 0
    assert voice.asked == []
    assert Watch.objects.get().insights_at is None


# ---- what is told -------------------------------------------------------------------------------


def test_what_is_not_told_is_kept_as_unknown_and_never_as_zero(
    cast: Cast, tell: Teller, voice: Voice, noon: datetime
) -> None:
    tell(cast.page, at=noon)
    planned(noon)
    voice.told = {Delivery.objects.get().remote_id: Insights({"post_clicks": 0, "post_media_view": None})}
    assert collect(noon + 2 * DAY) == 1
    found = {row.metric: (row.value, row.version) for row in PostInsight.objects.all()}
    assert found == {"post_clicks": (0, "v25.0"), "post_media_view": (None, "v25.0")}


def test_a_retired_metric_is_not_asked_for_again_for_a_month(
    cast: Cast, tell: Teller, voice: Voice, noon: datetime
) -> None:
    tell(cast.page, at=noon)
    planned(noon)
    remote = Delivery.objects.get().remote_id
    voice.told = {remote: Insights({"post_clicks": 3}, {"post_media_view": "Must be a valid insights metric."})}
    first = Watch.objects.get().insights_at
    assert first is not None
    collect(first)
    row = RetiredMetric.objects.get()
    assert (row.metric, row.since, row.said) == ("post_media_view", first, "Must be a valid insights metric.")
    assert "post_media_view" not in retired.living("facebook", "v25.0", NAMES, now=first + 29 * DAY)
    assert "post_media_view" in retired.living("facebook", "v25.0", NAMES, now=first + 30 * DAY)
    assert "post_media_view" not in retired.living("facebook", "v25.0", NAMES, now=first + 30 * DAY), "one tries"


def test_another_version_of_the_interface_is_asked_at_once(noon: datetime) -> None:
    retired.settle("facebook", "v25.0", [Insights({}, {"post_clicks": "No."})], now=noon)
    assert "post_clicks" in retired.living("facebook", "v26.0", NAMES, now=noon)
    retired.settle("facebook", "v26.0", [Insights({"post_clicks": 1})], now=noon)
    assert retired.since("facebook") == {}


def test_a_refused_metric_keeps_its_first_day(noon: datetime) -> None:
    for days in range(2):
        retired.settle("facebook", "v25.0", [Insights({}, {"post_clicks": "No."})], now=noon + days * DAY)
    assert retired.since("facebook") == {"post_clicks": noon}


# ---- trouble and money --------------------------------------------------------------------------


@pytest.mark.parametrize("age", [DAY, timedelta(days=29, hours=23, minutes=30)])
def test_trouble_is_waited_out_an_hour_while_the_network_still_tells(
    cast: Cast, tell: Teller, voice: Voice, noon: datetime, age: timedelta
) -> None:
    tell(cast.page, at=noon)
    planned(noon)
    Watch.objects.update(insights_at=noon + age)
    voice.trouble = errors.Unreachable("No way to Facebook.")
    collect(noon + age)
    assert Watch.objects.get().insights_at == (noon + age + HOUR if age == DAY else None)


def test_a_dead_login_is_told(cast: Cast, tell: Teller, voice: Voice, noon: datetime) -> None:
    tell(cast.page, at=noon)
    planned(noon)
    voice.trouble = errors.LoginExpired("The Page's login has ended.")
    collect(noon + 2 * DAY)
    cast.page.refresh_from_db()
    assert cast.page.state == "broken"


def test_without_money_private_numbers_wait_for_their_next_day_unless_today_is_paid(
    cast: Cast, tell: Teller, voice: Voice, noon: datetime
) -> None:
    facts = {"network": "x", "kind": Kind.READ, "micros": 5000, "from_day": noon.date()}
    Price.objects.create(**facts, source="platforms.md 5.1", set_at=noon)
    Budget.objects.create(team=cast.force, micros=0, set_by=cast.sam, set_at=noon)
    tell(cast.x, at=noon)
    first = planned(noon).insights_at
    assert first is not None
    assert collect(first) == 0
    assert voice.asked == []
    following = Watch.objects.get().insights_at
    assert following is not None
    assert (following.date() - noon.date()).days == 7


# ---- a Page, once a day -------------------------------------------------------------------------


def test_a_page_is_asked_once_a_day_about_yesterday(cast: Cast, voice: Voice, noon: datetime) -> None:
    voice.page = Insights({"page_media_view": 40, "page_follows": None}, {"page_post_engagements": "No."})
    assert insights.due_pages(now=noon - 4 * HOUR) == [], "the day is not over on the Pacific coast"
    (page,) = insights.due_pages(now=noon)
    assert insights.collect_page(channel_id=page, now=noon) == 1
    assert insights.collect_page(channel_id=page, now=noon) == 0
    assert insights.due_pages(now=noon) == []
    assert len(voice.asked) == 1
    values = dict(AccountInsight.objects.values_list("metric", "value"))
    assert (values["page_media_view"], values["page_follows"], values["page_post_engagements"]) == (40, None, None)
    assert {row.day for row in AccountInsight.objects.all()} == {noon.date() - DAY}
    assert insights.due_pages(now=noon + DAY) == [page]


def test_a_page_in_trouble_is_asked_again_on_the_same_day(cast: Cast, voice: Voice, noon: datetime) -> None:
    voice.trouble = errors.Throttled("Wait.")
    (page,) = insights.due_pages(now=noon)
    assert insights.collect_page(channel_id=page, now=noon) == 0
    assert insights.due_pages(now=noon) == [page]


def test_the_clock_hands_insights_to_workers(
    cast: Cast, tell: Teller, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[list[int]] = []
    monkeypatch.setattr(tasks.collect_insights, "apply_async", lambda args, expires: handed.append(args[0]))
    tell(cast.page, at=timezone.now() - 3 * DAY)
    metrics.start_watching(now=timezone.now(), lately=None)
    tasks.plan_insights()
    Watch.objects.update(insights_at=timezone.now())
    tasks.insights_due()
    assert handed == [[Watch.objects.get().pk]]
    tasks.collect_insights(handed[0])
    assert len(voice.asked) == 1


# ---- the real clients ---------------------------------------------------------------------------


@pytest.fixture
def wire(cast: Cast, running: Running) -> Iterator[Wire]:
    with override_settings(PLATFORMS=sandbox_config(running.url)):
        control(running, "config", {"growth": False, "insights_retired": []})
        yield Wire(cast, running)


def tomorrow_late(wire: Wire) -> datetime:
    metrics.start_watching(now=timezone.now(), lately=None)
    insights.plan(now=timezone.now())
    return max(at for at in Watch.objects.values_list("insights_at", flat=True) if at) + HOUR


def test_post_insights_come_through_the_real_client_and_a_retired_name_costs_only_itself(wire: Wire) -> None:
    channel = wire.channel("facebook", "InsightPage")
    control(wire.running, f"accounts/{channel.external_id}", {"followers": 500})
    first, second = wire.publish(channel, "Bike marking on Saturday."), wire.publish(channel, "Surgery on Monday.")
    control(wire.running, "engage", {"post": first.remote_id, "impressions": 640, "likes": 10, "clicks": 7})
    control(wire.running, "config", {"insights_retired": ["post_total_media_view_unique"]})
    late = tomorrow_late(wire)
    assert collect(late) == 2
    told = dict(PostInsight.objects.filter(delivery=first).values_list("metric", "value"))
    assert told == {"post_media_view": 640, "post_clicks": 7, "post_reactions_by_type_total": 10}
    assert PostInsight.objects.filter(delivery=second, metric="post_clicks", value=0).exists()
    row = RetiredMetric.objects.get()
    assert (row.metric, row.version) == ("post_total_media_view_unique", "v25.0")
    assert "valid insights metric" in row.said


def test_insights_of_a_small_page_are_unknown(wire: Wire) -> None:
    channel = wire.channel("facebook", "SmallPage")
    control(wire.running, f"accounts/{channel.external_id}", {"followers": 99})
    wire.publish(channel, "Small.")
    collect(tomorrow_late(wire))
    assert set(PostInsight.objects.values_list("metric", "value")) == {(name, None) for name in NAMES}


def test_page_insights_come_through_the_real_client(wire: Wire) -> None:
    channel = wire.channel("facebook", "DailyPage")
    control(wire.running, f"accounts/{channel.external_id}", {"followers": 500})
    control(wire.running, "config", {"insights_retired": ["page_daily_follows_unique"]})
    now = timezone.now().replace(hour=12)
    Channel.objects.exclude(pk=channel.pk).update(state=Channel.State.CLOSED)
    assert insights.due_pages(now=now) == [channel.pk]
    assert insights.collect_page(channel_id=channel.pk, now=now) == 4
    values = dict(AccountInsight.objects.values_list("metric", "value"))
    assert (values["page_follows"], values["page_daily_follows_unique"]) == (500, None)
    assert RetiredMetric.objects.get().metric == "page_daily_follows_unique"


def test_private_numbers_of_x_cost_nothing_on_a_day_that_is_paid_already(wire: Wire) -> None:
    channel = wire.channel("x", "PrivateX")
    delivery = wire.publish(channel, "More on www.example.org about it.")
    control(wire.running, "engage", {"post": delivery.remote_id, "impressions": 640, "clicks": 9})
    late = tomorrow_late(wire)
    before = ask(wire.running, "reads")["priced"]
    Watch.objects.update(next_at=late)
    assert sum(metrics.collect(watch_ids=batch, now=late) for batch in metrics.due_batches(now=late)) == 1
    assert collect(late) == 1
    assert ask(wire.running, "reads")["priced"] - before == 1
    assert sum(Spent.objects.filter(kind=Kind.READ).values_list("count", flat=True)) == 1
    told = dict(PostInsight.objects.values_list("metric", "value"))
    assert told["non_public_metrics.url_link_clicks"] == 9
    assert told["non_public_metrics.user_profile_clicks"] == 3
    assert told["organic_metrics.impression_count"] == 640


def test_private_numbers_of_a_post_older_than_thirty_days_stay_unknown(wire: Wire) -> None:
    channel = wire.channel("x", "ElderX")
    delivery = wire.publish(channel, "A while ago.")
    late = tomorrow_late(wire)
    control(wire.running, "clock", {"advance_s": 31 * 86_400})
    assert collect(late) == 1
    control(wire.running, "clock", {"advance_s": -31 * 86_400})
    assert set(PostInsight.objects.filter(delivery=delivery).values_list("value", flat=True)) == {None}


def test_a_page_without_the_permission_goes_on_publishing_and_its_insights_are_unknown(wire: Wire) -> None:
    channel = wire.channel("facebook", "MutePage")
    scopes = "pages_manage_posts pages_read_engagement"
    asked = {"network": "facebook", "account": channel.external_id, "kind": "page", "scopes": scopes}
    identity = Identity(channel.external_id, channel.handle, "Wick")
    credentials = Credentials("page", control(wire.running, "tokens", asked)["token"])
    logins.keep_credentials(
        channel=channel, identity=identity, credentials=credentials, by=wire.cast.sam, now=timezone.now()
    )
    wire.publish(channel, "We were in the park.")
    assert collect(tomorrow_late(wire)) == 1
    channel.refresh_from_db()
    assert channel.state == Channel.State.LIVE
    assert set(PostInsight.objects.values_list("value", flat=True)) == {None}
    assert not RetiredMetric.objects.exists()


def test_a_post_deleted_on_the_network_has_no_insights(wire: Wire) -> None:
    channel = wire.channel("facebook", "DeletingPage")
    kept, deleted = wire.publish(channel, "This one stays."), wire.publish(channel, "This one goes.")
    logins.network_for(channel, now=timezone.now()).remove(deleted.remote_id)
    assert collect(tomorrow_late(wire)) == 1
    assert set(PostInsight.objects.values_list("delivery", flat=True)) == {kept.pk}


def test_in_five_weeks_private_numbers_add_no_priced_reading_to_the_public_ones(wire: Wire) -> None:
    """Counted by the network: both questions of an evening are one reading."""
    delivery = wire.publish(wire.channel("x", "ThriftyX"), "What we did about the lamps.")
    begun = clock = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(published_at=begun)
    before, passed = ask(wire.running, "reads")["priced"], timedelta()
    metrics.start_watching(now=begun, lately=None)
    insights.plan(now=begun)
    while moments := [at for at in Watch.objects.values_list("next_at", "insights_at").get() if at]:
        clock = min(moments) + timedelta(seconds=1)
        control(wire.running, "clock", {"advance_s": int((clock - begun - passed).total_seconds())})
        passed = timedelta(seconds=int((clock - begun).total_seconds()))
        for batch in metrics.due_batches(now=clock):
            metrics.collect(watch_ids=batch, now=clock)
        collect(clock)
    priced = ask(wire.running, "reads")["priced"] - before
    control(wire.running, "clock", {"advance_s": -int(passed.total_seconds())})
    assert priced == metrics.SCHEDULE.least_reads(begun, until=clock)
    assert PostInsight.objects.values("day").distinct().count() == 3
    assert sum(Spent.objects.filter(kind=Kind.READ).values_list("count", flat=True)) == priced
