"""Numbers are asked for in batches, less and less often; what a network does not say stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from accounts import connecting, logins
from accounts.models import Channel
from engagement import following, metrics, tasks
from engagement.models import Answer, Followers, Snapshot, Watch
from platforms import errors
from platforms.base import Credentials, Identity, Metrics, Outgoing
from posts.models import Post, Version
from publishing.models import Budget, Delivery, Kind, Price, Proof, Spent
from sandbox.launch import Running
from tests.conftest import Cast
from tests.engagement.conftest import Teller, publish
from tests.platforms.control import ask
from tests.platforms.control import tell as control
from tests.platforms.wire import sandbox_config

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class Oracle:
    """A network that answers what a test says. An id it does not know is left out."""

    answers: dict[str, Metrics | None] = field(default_factory=dict)
    trouble: errors.PlatformError | None = None
    asked: list[list[str]] = field(default_factory=list)

    def metrics(self, remote_ids: Sequence[str]) -> Mapping[str, Metrics | None]:
        self.asked.append(list(remote_ids))
        if self.trouble:
            raise self.trouble
        return {known: self.answers[known] for known in remote_ids if known in self.answers}


@pytest.fixture
def oracle(monkeypatch: pytest.MonkeyPatch) -> Oracle:
    made = Oracle()
    monkeypatch.setattr("platforms.registry.APP_READERS", {"x": lambda config: made})
    monkeypatch.setattr("accounts.logins.network_for", lambda channel, *, now: made)
    return made


def watched(moment: datetime) -> Watch:
    metrics.start_watching(now=timezone.now(), lately=None)
    Watch.objects.update(next_at=moment)
    return Watch.objects.get()


def collect(moment: datetime) -> int:
    return sum(metrics.collect(watch_ids=batch, now=moment) for batch in metrics.due_batches(now=moment))


# ---- when ---------------------------------------------------------------------------------------


def test_a_fresh_post_is_asked_about_after_a_quarter_of_an_hour(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now)
    assert metrics.start_watching(now=timezone.now(), lately=None) == 1
    assert metrics.start_watching(now=timezone.now(), lately=None) == 0
    assert metrics.due_batches(now=now + timedelta(minutes=14)) == []
    assert metrics.due_batches(now=now + timedelta(minutes=15)) == [[Watch.objects.get().pk]]


def test_a_post_that_is_not_public_is_never_watched(cast: Cast, tell: Teller, now: datetime) -> None:
    tell(cast.x, at=now)
    Delivery.objects.update(state=Delivery.State.UNCONFIRMED)
    assert metrics.start_watching(now=timezone.now(), lately=None) == 0


def test_after_an_outage_only_the_next_age_is_asked(cast: Cast, tell: Teller, now: datetime, oracle: Oracle) -> None:
    tell(cast.x, at=now)
    metrics.start_watching(now=timezone.now(), lately=None)
    collect(now + 5 * DAY + HOUR)
    assert len(oracle.asked) == 1
    following = Watch.objects.get().next_at
    assert following is not None and following.date() == (now + 5 * DAY).date() and following.hour == 23


# ---- in batches ---------------------------------------------------------------------------------


def test_x_is_asked_for_a_hundred_posts_of_any_channels_in_one_call(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    for number in range(125):
        tell((cast.x, cast.kilburn_x)[number % 2], at=now - DAY)
    metrics.start_watching(now=timezone.now(), lately=None)
    assert sorted(len(batch) for batch in metrics.due_batches(now=now)) == [25, 100]
    collect(now)
    assert sorted(len(call) for call in oracle.asked) == [25, 100]


def test_each_facebook_page_is_asked_with_its_own_login(cast: Cast, tell: Teller, now: datetime) -> None:
    other = Channel.objects.create(
        team=cast.wick, network="facebook", handle="Wick", name="Wick", external_id="2", state="live", created_at=now
    )
    for channel in (cast.page, other, cast.page):
        tell(channel, at=now - DAY)
    metrics.start_watching(now=timezone.now(), lately=None)
    batches = metrics.due_batches(now=now)
    channels = [
        set(Watch.objects.filter(pk__in=batch).values_list("delivery__target__channel", flat=True)) for batch in batches
    ]
    assert sorted(map(len, batches)) == [1, 2]
    assert sorted(channels, key=sorted) == sorted([{cast.page.pk}, {other.pk}], key=sorted)


def test_two_workers_with_one_batch_ask_once(cast: Cast, tell: Teller, now: datetime, oracle: Oracle) -> None:
    tell(cast.x, at=now - DAY)
    metrics.start_watching(now=timezone.now(), lately=None)
    (batch,) = metrics.due_batches(now=now)
    metrics.collect(watch_ids=batch, now=now)
    metrics.collect(watch_ids=batch, now=now)
    assert len(oracle.asked) == 1


# ---- what is said -------------------------------------------------------------------------------


def test_what_is_said_is_kept_and_what_is_not_stays_empty(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    tell(cast.x, at=now - HOUR)
    oracle.answers[Delivery.objects.get().remote_id] = Metrics(reactions=0, replies=4)
    watched(now)
    assert collect(now) == 1
    snapshot = Snapshot.objects.get()
    assert (snapshot.impressions, snapshot.reactions, snapshot.replies, snapshot.shares) == (None, 0, 4, None)
    assert Watch.objects.get().asked == 1


def test_an_id_left_out_is_unknown_and_asked_again(cast: Cast, tell: Teller, now: datetime, oracle: Oracle) -> None:
    tell(cast.x, at=now - HOUR)
    watched(now)
    assert collect(now) == 0
    watch = Watch.objects.get()
    assert (watch.gone_at, watch.next_at) == (None, now + 2 * HOUR)
    assert not Snapshot.objects.exists()


def test_a_post_the_network_no_longer_has_is_not_asked_about_again(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    tell(cast.x, at=now - HOUR)
    oracle.answers[Delivery.objects.get().remote_id] = None
    watched(now)
    collect(now)
    watch = Watch.objects.get()
    assert (watch.gone_at, watch.next_at) == (now, None)


# ---- trouble ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "again"),
    [
        (errors.Unreachable("No way to X."), timedelta(minutes=5)),
        (errors.Throttled("Too many.", retry_at=None), timedelta(minutes=5)),
    ],
)
def test_trouble_only_puts_a_question_off(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle, trouble: errors.PlatformError, again: timedelta
) -> None:
    tell(cast.x, at=now - HOUR)
    watched(now)
    oracle.trouble = trouble
    assert collect(now) == 0
    assert Watch.objects.get().next_at == now + again


def test_a_network_that_asks_us_to_wait_is_left_alone_so_long(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    tell(cast.x, at=now - HOUR)
    watched(now)
    oracle.trouble = errors.Throttled("Too many.", retry_at=now + HOUR)
    collect(now)
    assert Watch.objects.get().next_at == now + HOUR


def test_a_network_that_never_answers_is_given_up_after_five_weeks(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    tell(cast.x, at=now - 37 * DAY)
    watched(now)
    oracle.trouble = errors.Unreachable("No way to X.")
    collect(now)
    assert Watch.objects.get().next_at is None


def test_a_dead_login_of_a_page_is_told_to_those_who_can_mend_it(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    tell(cast.page, at=now - HOUR)
    watched(now)
    oracle.trouble = errors.LoginExpired("The Page's login has ended.")
    collect(now)
    cast.page.refresh_from_db()
    assert (cast.page.state, cast.page.problem) == ("broken", "The Page's login has ended.")


def test_the_apps_own_key_failing_is_no_fault_of_a_channel(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    tell(cast.x, at=now - HOUR)
    watched(now)
    oracle.trouble = errors.LoginExpired("The app's key is refused.")
    collect(now)
    cast.x.refresh_from_db()
    assert cast.x.state == "live"


# ---- money and what is kept ---------------------------------------------------------------------


def test_what_the_budget_does_not_hold_waits_for_another_day(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    facts = {"network": "x", "kind": Kind.READ, "micros": 5000, "from_day": now.date()}
    Price.objects.create(**facts, source="platforms.md 5.1", set_at=now)
    Budget.objects.create(team=cast.force, micros=5000, set_by=cast.sam, set_at=now)
    for _ in range(2):
        tell(cast.x, at=now - HOUR)
    tell(cast.page, at=now - HOUR)
    metrics.start_watching(now=now, lately=None)
    Watch.objects.update(next_at=now)
    collect(now)
    assert [len(call) for call in oracle.asked] == [1], "Facebook charges nothing"
    waiting = Watch.objects.filter(delivery__channel=cast.x).values_list("next_at", flat=True)
    assert {at.date() for at in waiting if at} == {(now + DAY).date()}


def test_a_post_read_on_this_day_is_read_again_although_the_money_is_gone(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    tell(cast.x, at=now - HOUR)
    remote = Delivery.objects.get().remote_id
    oracle.answers[remote] = Metrics(reactions=1)
    watched(now)
    collect(now)
    Budget.objects.create(team=cast.force, micros=0, set_by=cast.sam, set_at=now)
    Watch.objects.update(next_at=now + HOUR)
    assert collect(now + HOUR) == 1
    assert sum(Spent.objects.values_list("count", flat=True)) == 1


def test_an_empty_answer_costs_nothing(cast: Cast, tell: Teller, now: datetime, oracle: Oracle) -> None:
    tell(cast.x, at=now - HOUR)
    watched(now)
    collect(now)
    assert not Spent.objects.exists()


def test_raw_answers_are_kept_for_a_while_and_snapshots_for_ever(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    tell(cast.x, at=now - HOUR)
    oracle.answers[Delivery.objects.get().remote_id] = Metrics(reactions=1, raw={"like_count": 1})
    watched(now)
    collect(now)
    assert Answer.objects.get().body == {"like_count": 1}
    assert metrics.forget_answers(now=now + 13 * DAY) == 0
    assert metrics.forget_answers(now=now + 15 * DAY) == 1
    assert Snapshot.objects.count() == 1


def test_nothing_fetched_is_kept_of_a_post_that_is_gone(
    cast: Cast, tell: Teller, now: datetime, oracle: Oracle
) -> None:
    post = tell(cast.x, at=now - HOUR, text="Our own words.")
    remote = Delivery.objects.get().remote_id
    oracle.answers[remote] = Metrics(reactions=1, raw={"like_count": 1})
    watched(now)
    collect(now)
    oracle.answers[remote] = None
    facts = {"text": "Our own words.", "alts": [], "permalink": "https://x.com/i/1", "first_seen_at": now}
    Proof.objects.create(delivery=Delivery.objects.get(), looked_at=now, looks=1, **facts)
    Watch.objects.update(next_at=now + HOUR)
    collect(now + HOUR)
    assert not Answer.objects.exists()
    assert list(Proof.objects.values_list("text", "permalink", "purged_at")) == [("", "", now + HOUR)]
    assert post.versions.get().text_for(cast.x) == "Our own words."


# ---- the real clients ---------------------------------------------------------------------------


@dataclass
class Wire:
    """Channels connected to the sandbox through real credentials."""

    cast: Cast
    running: Running

    def channel(self, network: str, handle: str) -> Channel:
        now = timezone.now()
        channel = connecting.open_channel(
            team=self.cast.wick, network=network, handle=handle, name="Wick", by=self.cast.sam, now=now
        )
        account = control(self.running, "accounts", {"network": network, "handle": handle, "name": "Wick"})
        kind = "oauth1" if network == "x" else "page"
        token = control(self.running, "tokens", {"network": network, "account": account["id"], "kind": kind})
        return logins.keep_credentials(
            channel=channel,
            identity=Identity(str(account["id"]), handle, "Wick"),
            credentials=Credentials(kind, token["token"], token.get("secret", "")),
            by=self.cast.sam,
            now=now,
        )

    def publish(self, channel: Channel, text: str) -> Delivery:
        now = timezone.now()
        remote = logins.network_for(channel, now=now).publish(Outgoing(text))
        post = Post.objects.create(team=channel.team, author=self.cast.tess, created_at=now, updated_at=now)
        version = Version.objects.create(post=post, number=1, made_by=self.cast.tess, made_at=now)
        return publish(channel, version, now, remote.remote_id)


@pytest.fixture
def wire(cast: Cast, running: Running, monkeypatch: pytest.MonkeyPatch) -> Wire:
    with override_settings(PLATFORMS=sandbox_config(running.url)):
        control(running, "config", {"growth": False})
        yield Wire(cast, running)


@pytest.mark.parametrize(("network", "handle"), [("x", "MetricsX"), ("facebook", "MetricsPage")])
def test_numbers_of_the_simulated_networks_arrive(wire: Wire, network: str, handle: str) -> None:
    delivery = wire.publish(wire.channel(network, handle), "Bike marking on Saturday at the library.")
    numbers = {"likes": 12, "replies": 3, "shares": 2, "impressions": 640}
    control(wire.running, "engage", {"post": delivery.remote_id, **numbers})
    metrics.start_watching(now=timezone.now(), lately=None)
    collect(timezone.now() + HOUR)
    snapshot = Snapshot.objects.get()
    assert (snapshot.reactions, snapshot.replies, snapshot.shares) == (12, 3, 2)
    assert snapshot.impressions == (640 if network == "x" else None)


def test_x_is_paid_no_more_than_the_least_that_the_schedule_needs(wire: Wire) -> None:
    """Five weeks of three posts, counted by the network: within 5 per cent of one reading for each post and UTC day."""
    channel = wire.channel("x", "Thrift")
    begun = timezone.now()
    deliveries = [wire.publish(channel, f"Update {number} of the day.") for number in range(3)]
    for delivery, hours in zip(deliveries, (0, 3, 9), strict=True):
        Delivery.objects.filter(pk=delivery.pk).update(published_at=begun + timedelta(hours=hours))
    before = ask(wire.running, "reads")["priced"]
    metrics.start_watching(now=begun, lately=None)
    clock, passed = begun, timedelta()
    while (due := Watch.objects.filter(next_at__isnull=False).order_by("next_at").first()) is not None:
        clock = max(clock, due.next_at + timedelta(seconds=1))
        control(wire.running, "clock", {"advance_s": int((clock - begun - passed).total_seconds())})
        passed = timedelta(seconds=int((clock - begun).total_seconds()))
        assert collect(clock) >= 1
    published = Delivery.objects.values_list("published_at", flat=True)
    least = sum(metrics.SCHEDULE.least_reads(at, until=clock) for at in published)
    priced = ask(wire.running, "reads")["priced"] - before
    control(wire.running, "clock", {"advance_s": -int(passed.total_seconds())})
    assert least <= priced <= least * 1.05
    assert sum(Spent.objects.filter(kind=Kind.READ).values_list("count", flat=True)) == priced


@pytest.mark.parametrize(("network", "handle"), [("x", "FollowedX"), ("facebook", "FollowedPage")])
def test_followers_are_counted_once_a_day(wire: Wire, network: str, handle: str) -> None:
    channel, now = wire.channel(network, handle), timezone.now()
    Channel.objects.exclude(pk=channel.pk).update(state=Channel.State.CLOSED)
    control(wire.running, f"accounts/{channel.external_id}", {"followers": 321})
    assert following.count_followers(now=now) == 1
    assert following.count_followers(now=now) == 0
    assert Followers.objects.get().count == 321


@pytest.mark.parametrize(("network", "handle"), [("x", "GoneX"), ("facebook", "GonePage")])
def test_a_post_deleted_on_the_network_is_found_gone(wire: Wire, network: str, handle: str) -> None:
    channel = wire.channel(network, handle)
    kept, deleted = wire.publish(channel, "This one stays."), wire.publish(channel, "This one goes.")
    logins.network_for(channel, now=timezone.now()).remove(deleted.remote_id)
    metrics.start_watching(now=timezone.now(), lately=None)
    collect(timezone.now() + HOUR)
    assert Watch.objects.get(delivery=deleted).gone_at is not None
    assert Watch.objects.get(delivery=kept).gone_at is None
    assert [snapshot.delivery for snapshot in Snapshot.objects.all()] == [kept]


def test_posts_of_several_accounts_on_x_cost_one_request(wire: Wire) -> None:
    for number in range(3):
        wire.publish(wire.channel("x", f"Many{number}"), f"Update number {number}.")
    before = ask(wire.running, "requests?limit=1000")["requests"]
    metrics.start_watching(now=timezone.now(), lately=None)
    assert collect(timezone.now() + HOUR) == 3
    since = before[-1]["id"] if before else 0
    asked = ask(wire.running, f"requests?since={since}&limit=1000")["requests"]
    assert len(asked) == 1, asked


def test_the_clock_hands_due_batches_to_workers(
    cast: Cast, tell: Teller, oracle: Oracle, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[list[int]] = []
    monkeypatch.setattr(tasks.collect, "apply_async", lambda args, expires: handed.append(args[0]))
    tell(cast.x, at=timezone.now() - HOUR)
    tasks.collect_due()
    assert handed == [[Watch.objects.get().pk]]
    run: Callable[[list[int]], None] = tasks.collect
    run(handed[0])
    assert len(oracle.asked) == 1
