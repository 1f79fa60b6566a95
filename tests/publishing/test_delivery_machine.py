"""Whatever networks, workers and clocks do: never two public, and never a word about it that is untrue."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts import logins
from platforms.base import Limit
from platforms.errors import Doubtful, LoginExpired, Refused, Throttled, Unreachable
from publishing import delivery as sending
from publishing import due, proof, reconcile
from publishing.models import Delivery, Proof
from tests import conftest
from tests.publishing.conftest import Desk, ScriptedNetwork, lost_answer

State = Delivery.State
WORDS = ("The stall is by the library this morning.", "The stall is by the station this evening.")


class Killed(BaseException):
    """The worker is gone between two instructions."""


ANSWERS = {
    "works": lambda: None,
    "lost": lost_answer,
    "doubtful": lambda: Doubtful("No answer."),
    "refused": lambda: Refused("No."),
    "throttled": lambda: Throttled("Wait."),
    "unreachable": lambda: Unreachable("Away."),
    "expired": lambda: LoginExpired("Dead."),
}


class Publishing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.patch = pytest.MonkeyPatch()
        teams = conftest._teams()
        people, channels = conftest._people(teams), conftest._channels(teams)
        conftest.rights.sync_people([user.pk for user in people.values()], now=conftest.MONDAY)
        cast = conftest.Cast(**teams, **people, **channels)
        self.desk = Desk(cast, ScriptedNetwork(now=lambda: self.desk.moment), conftest.MONDAY)
        self.patch.setattr(logins, "network_for", lambda channel, *, now: self.desk.network)
        self.deliveries = [self.desk.released(text=words) for words in WORDS]

    def teardown(self) -> None:
        self.patch.undo()
        transaction.savepoint_rollback(self.savepoint)

    @rule(answer=st.sampled_from(sorted(ANSWERS)))
    def the_clock_sends(self, answer: str) -> None:
        self.desk.network.answers = [ANSWERS[answer]()]
        for pk in due.offer(now=self.desk.moment):
            sending.deliver(delivery_id=pk, worker="alive", clock=self.desk.clock)

    @rule()
    def a_doubled_message_comes(self) -> None:
        self.desk.network.answers = []
        for row in self.deliveries:
            sending.deliver(delivery_id=row.pk, worker="doubled", clock=self.desk.clock)

    @rule()
    def a_message_is_lost(self) -> None:
        due.offer(now=self.desk.moment)

    @rule(left=st.sampled_from([0, 1, 90]), minutes=st.sampled_from([1, 20]))
    def the_network_tells_what_is_left(self, left: int, minutes: int) -> None:
        self.desk.network.told = (Limit(left, self.desk.moment + timedelta(minutes=minutes)),)

    @rule()
    def it_is_read_back(self) -> None:
        self.desk.network.looks = []
        for pk in due.deliveries_to_prove(now=self.desk.moment):
            proof.prove(delivery_id=pk, now=self.desk.moment)

    @rule(place=st.sampled_from(["claimed", "at the socket", "after the answer"]))
    def a_worker_is_killed(self, place: str) -> None:
        # An answer that an earlier step prepared and nobody fetched would end this sending before its place is reached.
        self.desk.network.answers = []
        for pk in due.offer(now=self.desk.moment):
            self._die(pk, place)

    def _die(self, pk: int, place: str) -> None:
        def die(*args: object, **kwargs: object) -> None:
            raise Killed

        where = {
            "claimed": (sending.staging, "stage"),
            "at the socket": (self.desk.network, "publish"),
            "after the answer": (sending, "confirm"),
        }
        owner, name = where[place]
        with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
            patch.setattr(owner, name, die)
            sending.deliver(delivery_id=pk, worker="dying", clock=self.desk.clock)

    @rule(seconds=st.sampled_from([1, 20, 40, 100, 300, 900]))
    def time_passes(self, seconds: int) -> None:
        self.desk.wait(seconds=seconds)
        self.desk.settle_overdue()

    @rule(reachable=st.booleans())
    def somebody_looks(self, reachable: bool) -> None:
        self.desk.network.looks = [] if reachable else [Unreachable("Away.")]
        for pk in due.deliveries_to_look_for(now=self.desk.moment):
            reconcile.reconcile(delivery_id=pk, now=self.desk.moment)

    def _live(self, row: Delivery) -> int:
        words = row.version.text_for(row.channel)
        return sum(post.text == words for post in self.desk.network.live)

    @invariant()
    def nothing_is_ever_public_twice(self) -> None:
        assert [row.pk for row in self.deliveries if self._live(row) > 1] == []

    @invariant()
    def two_of_one_channel_are_never_in_flight_together(self) -> None:
        assert Delivery.objects.filter(state=State.SENDING).count() <= 1

    @invariant()
    def what_is_said_is_true(self) -> None:
        for row in self.deliveries:
            state = Delivery.objects.get(pk=row.pk).state
            if state == State.PUBLISHED:
                assert self._live(row) == 1
            if state in (State.MISSED, State.FAILED, State.WAITING):
                assert not self._live(row)

    @invariant()
    def what_is_proved_was_seen(self) -> None:
        for kept in Proof.objects.select_related("delivery__version", "delivery__channel"):
            assert (kept.differences, self._live(kept.delivery)) == ([], 1)

    @precondition(lambda self: self.desk.moment - conftest.MONDAY > timedelta(minutes=31))
    @invariant()
    def nothing_goes_out_late(self) -> None:
        for row in Delivery.objects.prefetch_related("attempts"):
            assert all(attempt.started_at <= row.send_by for attempt in row.attempts.all())


def test_no_story_of_networks_workers_and_clocks_publishes_twice_or_lies(db: None) -> None:
    limits = settings(max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Publishing, settings=limits)
