"""The ways in which other products double a post, lose one, or lie about it: none of them is open here.

First the windows between a claim and the end of it, each on both networks; then what dies around them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import OperationalError, connection, connections

from accounts.errors import Conflict
from accounts.models import Channel
from platforms.errors import Doubtful
from posts import schedule
from posts.models import Post
from publishing import delivery as sending
from publishing import due, overdue, reconcile, release, tasks
from publishing.models import Delivery
from tests.factories import change_text
from tests.publishing.conftest import Desk, lost_answer

State = Delivery.State


class PowerLoss(BaseException):
    """The process is gone between two instructions."""


@pytest.fixture(params=["x", "page"], ids=["X", "Facebook"])
def channel(request: pytest.FixtureRequest, desk: Desk) -> Channel:
    found: Channel = getattr(desk.cast, request.param)
    return found


def live(desk: Desk) -> int:
    return len(desk.network.live)


def a_tick(desk: Desk, worker: str = "one") -> list[int]:
    """What one clock and one worker do in a second: sweep, look, offer, send."""
    desk.settle_overdue()
    for pk in due.deliveries_to_look_for(now=desk.moment):
        reconcile.reconcile(delivery_id=pk, now=desk.moment)
    offered = due.offer(now=desk.moment)
    for pk in offered:
        sending.deliver(delivery_id=pk, worker=worker, clock=desk.clock)
    return offered


def run_for(desk: Desk, **span: float) -> None:
    """Let the clock tick for so long, in twenty steps or of ten seconds each."""
    whole = timedelta(**span)
    until, step = desk.moment + whole, max(10.0, whole.total_seconds() / 20)
    while desk.moment < until:
        desk.wait(seconds=step)
        a_tick(desk)


def state_of(delivery: Delivery) -> str:
    delivery.refresh_from_db()
    return delivery.state


# ---- the table ---------------------------------------------------------------------------------


@pytest.mark.postgres
def test_two_schedulers_that_claim_the_same_post_send_it_once(desk: Desk, channel: Channel) -> None:
    delivery = desk.released(channels=[channel])
    seen_by_both = due.deliveries_to_send(now=desk.moment), due.deliveries_to_send(now=desk.moment)
    for worker, ids in zip(("one", "two"), seen_by_both, strict=True):
        for pk in ids:
            sending.deliver(delivery_id=pk, worker=worker, clock=desk.clock)
    assert (state_of(delivery), live(desk), desk.network.sent) == (State.PUBLISHED, 1, 1)


@pytest.mark.postgres
def test_a_crash_between_claim_and_send_is_recovered_and_sent_once(desk: Desk, channel: Channel) -> None:
    delivery = desk.released(channels=[channel])
    assert Delivery.objects.get(pk=delivery.pk).claim(worker="dead", now=desk.moment)
    run_for(desk, minutes=3)
    assert (state_of(delivery), live(desk), desk.network.sent) == (State.PUBLISHED, 1, 1)


@pytest.mark.parametrize(
    "silence",
    ["did not answer in time", "broke the connection", "answered with an error (500)", "gave an empty answer"],
)
def test_a_lost_answer_after_sending_is_found_and_never_sent_again(desk: Desk, channel: Channel, silence: str) -> None:
    """Time-out, reset, 5xx and 2xx without an id, each after the network did it."""
    delivery = desk.released(channels=[channel])
    answer = lost_answer()
    answer.reason = f"The network {silence}."
    desk.network.answers = [answer]
    a_tick(desk)
    assert state_of(delivery) == State.UNCONFIRMED
    run_for(desk, minutes=1)
    assert (state_of(delivery), live(desk), desk.network.sent) == (State.PUBLISHED, 1, 1)
    assert delivery.remote_id == desk.network.live[0].remote_id


def test_a_post_that_is_sent_while_the_database_fails_is_found_and_never_sent_again(
    desk: Desk, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery, settle = desk.released(channels=[channel]), sending.confirm

    def fail(*args: object, **kwargs: object) -> bool:
        raise OperationalError("the connection is gone")

    monkeypatch.setattr(sending, "confirm", fail)
    with pytest.raises(OperationalError):
        a_tick(desk)
    monkeypatch.setattr(sending, "confirm", settle)
    run_for(desk, minutes=4)
    assert (state_of(delivery), live(desk), desk.network.sent) == (State.PUBLISHED, 1, 1)


def test_an_edit_during_publishing_is_refused_and_changes_nothing(desk: Desk, channel: Channel) -> None:
    delivery = desk.released(channels=[channel])
    post, refused = delivery.target.post, list[str]()

    def edit() -> None:
        for change in (
            lambda: change_text(Post.objects.get(pk=post.pk), "Other words.", by=desk.cast.ada, now=desk.moment),
            lambda: release.recall(post=post, by=desk.cast.ada, now=desk.moment),
        ):
            try:
                change()
            except Conflict:
                refused.append("refused")

    desk.network.at_the_socket = edit
    a_tick(desk)
    run_for(desk, minutes=5)
    assert refused == ["refused", "refused"]
    assert [post.text for post in desk.network.live] == [delivery.version.text_for(channel)]


def test_the_backlog_of_an_outage_of_hours_is_missed_and_never_sent_late(desk: Desk, channel: Channel) -> None:
    posts = [
        desk.approved(
            channels=[channel], text=f"Stall {number}.", publish_at=desk.moment + timedelta(minutes=5 + number)
        )
        for number in range(3)
    ]
    desk.wait(minutes=2)
    for post in posts:
        release.release(post=post, now=desk.moment)
    desk.wait(hours=3)
    run_for(desk, minutes=2)
    assert {row.state for row in Delivery.objects.all()} == {State.MISSED}
    assert (live(desk), set(Post.objects.values_list("state", flat=True))) == (0, {Post.State.DRAFT})


def test_what_is_in_doubt_is_reconciled_with_the_network_by_itself(desk: Desk, channel: Channel) -> None:
    """The timeline lags behind by ten minutes: the third look does not find it, the fourth does."""
    delivery = desk.released(channels=[channel])
    desk.network.answers = [lost_answer()]
    a_tick(desk)
    hidden, desk.network.live = desk.network.live, []
    run_for(desk, minutes=10)
    assert (state_of(delivery), delivery.looks) == (State.UNCONFIRMED, 3)
    desk.network.live = hidden
    run_for(desk, minutes=6)
    assert (state_of(delivery), live(desk), desk.network.sent) == (State.PUBLISHED, 1, 1)


# ---- what dies around it -----------------------------------------------------------------------

PLACES: dict[str, tuple[object, str]] = {
    "claimed": (sending.logins, "network_for"),
    "before staging": (sending.staging, "stage"),
    "staged": (sending.staging, "outgoing"),
    "before arming": (sending, "arm"),
    "while asking": (sending.fitness, "unfit"),
    "armed": (sending, "send"),
    "answered": (sending, "_published"),
    "settling": (sending, "confirm"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_worker_that_dies_at_any_place_neither_doubles_nor_loses(
    desk: Desk, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery, (owner, name) = desk.released(), PLACES[place]

    def die(*args: object, **kwargs: object) -> None:
        raise PowerLoss

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, die)
        with pytest.raises(PowerLoss):
            sending.deliver(delivery_id=delivery.pk, worker="dying", clock=desk.clock)
    run_for(desk, minutes=3)
    run_for(desk, minutes=22)
    assert (state_of(delivery), live(desk)) == (State.PUBLISHED, 1)


@pytest.mark.postgres
def test_a_doubled_message_sends_once(desk: Desk) -> None:
    delivery = desk.released()
    for pk in [*due.offer(now=desk.moment), delivery.pk, delivery.pk]:
        sending.deliver(delivery_id=pk, worker="one", clock=desk.clock)
    assert (live(desk), desk.network.sent) == (1, 1)


def test_messages_that_a_flushed_or_restarted_redis_forgot_are_sent_again_from_the_rows(desk: Desk) -> None:
    delivery = desk.released()
    assert due.offer(now=desk.moment) == [delivery.pk], "and the broker forgets the message"
    run_for(desk, seconds=20)
    assert (state_of(delivery), live(desk)) == (State.PUBLISHED, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_goes_on_after_postgresql_has_dropped_its_connection(
    desk: Desk, celery_step: Callable[[int], None]
) -> None:
    delivery = desk.released()
    if connection.vendor == "postgresql":
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        other.close()
    else:
        connection.close()
    celery_step(delivery.pk)
    assert state_of(delivery) == State.PUBLISHED


@pytest.fixture
def celery_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """A delivery as a worker runs it: what Celery calls before each task, then the task."""
    monkeypatch.setattr(tasks.timezone, "now", desk.clock)

    def step(delivery_id: int) -> None:
        # A worker's connection has been in use: the task before this one met the trouble.
        connection.errors_occurred = True
        tasks.deliver.before_start("task", (delivery_id,), {})
        tasks.deliver(delivery_id)

    return step


@pytest.mark.postgres
def test_two_beats_at_the_same_second_offer_each_row_once(desk: Desk) -> None:
    made = {desk.released(channels=[one]).pk for one in (desk.cast.x, desk.cast.page)}
    first, second = due.offer(now=desk.moment), due.offer(now=desk.moment)
    assert (set(first), second) == (made, [])


def test_two_beats_that_release_the_same_post_release_it_once(desk: Desk) -> None:
    post = desk.approved()
    assert [release.release(post=post, now=desk.moment) for _ in range(2)] == [True, False]
    assert Delivery.objects.count() == 1


def test_a_clock_that_stood_still_sends_nothing_late_when_it_goes_on(desk: Desk) -> None:
    delivery = desk.released(publish_at=desk.moment + timedelta(minutes=5))
    desk.wait(minutes=36)
    a_tick(desk)
    assert (state_of(delivery), live(desk)) == (State.MISSED, 0)


def test_a_clock_that_stood_still_for_a_moment_sends_within_the_time_allowed(desk: Desk) -> None:
    delivery = desk.released(publish_at=desk.moment + timedelta(minutes=5))
    desk.wait(minutes=34)
    a_tick(desk)
    assert state_of(delivery) == State.PUBLISHED


@pytest.mark.parametrize(
    ("day", "fold", "expected"),
    [
        (
            date(2026, 3, 29),
            None,
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),  # 02:30, the first half hour of summer time
        (date(2026, 10, 25), 0, datetime(2026, 10, 25, 1, 30, tzinfo=UTC).replace(hour=0)),
        (date(2026, 10, 25), 1, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ],
    ids=["forward", "back, the first time round", "back, the second time round"],
)
def test_a_post_of_the_night_the_clocks_change_goes_out_at_its_minute(
    desk: Desk, day: date, fold: int | None, expected: datetime
) -> None:
    wall = time(2, 30) if day.month == 3 else time(1, 30)
    publish_at = schedule.moment_of(day, wall, fold=fold, now=desk.moment)
    assert publish_at == expected
    desk.moment = publish_at - timedelta(hours=2)
    delivery = desk.released(publish_at=publish_at)
    desk.wait(hours=1, minutes=59, seconds=50)
    a_tick(desk)
    assert live(desk) == 0
    run_for(desk, seconds=20)
    assert state_of(delivery) == State.PUBLISHED
    assert delivery.lateness is not None
    assert timedelta(0) <= delivery.lateness <= timedelta(seconds=10)


def test_no_answer_ever_doubles_where_the_network_hides_the_post_and_guards_nothing(desk: Desk) -> None:
    """The case that remains: hidden for longer than the last look and no guard. It is doubled, seen and told."""
    delivery = desk.released(send_within=120)
    desk.network.answers = [lost_answer()]
    a_tick(desk)
    hidden, desk.network.live = desk.network.live, []
    run_for(desk, minutes=20)
    assert state_of(delivery) == State.PUBLISHED, "sent a second time, once, by policy"
    desk.network.live += hidden
    run_for(desk, hours=1.2)
    assert desk.network.sent == 2
    assert "It is there 2 times" in Delivery.objects.get(pk=delivery.pk).reason


def test_nothing_is_sent_a_third_time(desk: Desk) -> None:
    desk.network.answers = [Doubtful("X did not answer.")] * 9
    delivery = desk.released(send_within=360)
    run_for(desk, hours=2)
    run_for(desk, hours=1)
    assert (state_of(delivery), desk.network.sent) == (State.MISSED, 2)


def test_a_sweep_of_the_dead_leaves_the_living_alone(desk: Desk) -> None:
    delivery = desk.released()
    delivery.claim(worker="alive", now=desk.moment)
    desk.wait(seconds=79)
    overdue.take_back(delivery_id=delivery.pk, now=desk.moment)
    assert state_of(delivery) == State.SENDING
