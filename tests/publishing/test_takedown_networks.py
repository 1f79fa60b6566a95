"""Posts come down through the real clients, from a network that fails in every way the sandbox knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts import logins
from accounts.models import Channel, Notice
from platforms.base import Credentials, Identity
from publishing import removal, takedown
from publishing.models import Delivery, Incident, Kind, Removal, RemovalAttempt, Spent
from sandbox.launch import Running
from tests.conftest import Cast
from tests.factories import PLAIN
from tests.platforms.control import ask, tell
from tests.platforms.wire import sandbox_config
from tests.publishing.conftest import Desk, ScriptedNetwork

State, Outcome = Delivery.State, RemovalAttempt.Outcome
NETWORKS = ["x", "page"]
HASTY = 0.25  # seconds for a write's answer, where a test wants it to be too late


@dataclass
class Street:
    """A channel of the console that is an account of the sandbox, and what was published there."""

    desk: Desk
    channel: Channel
    running: Running
    settings: Settings

    def connect(self) -> None:
        kind = "oauth1" if self.channel.network == "x" else "page"
        minted = tell(self.running, "tokens", {"account": self.channel.external_id, "kind": kind} | self._network())
        logins.keep_credentials(
            channel=self.channel,
            identity=Identity(self.channel.external_id, self.channel.handle, self.channel.name),
            credentials=Credentials(kind, minted["token"], minted.get("secret", "")),
            by=self.desk.cast.sam,
            now=self.desk.moment,
        )

    def publish(self) -> Delivery:
        delivery = self.desk.deliver(self.desk.released(channels=[self.channel]))
        assert (delivery.state, self.live()) == (State.PUBLISHED, [delivery.remote_id]), delivery.reason
        return delivery

    def taken_down(self) -> tuple[Delivery, Incident]:
        """Published, and asked to come down; nothing has been asked of the network yet."""
        delivery = self.publish()
        facts = {"kind": "wrong", "reason": "It names a child.", "by": self.desk.cast.ada, "now": self.desk.moment}
        return delivery, takedown.take_down(post=delivery.target.post, **facts)

    def work(self, delivery: Delivery, **later: float) -> str:
        """One round of the clock, so much later; where the delivery then stands."""
        self.desk.wait(**later)
        for pk in removal.due(now=self.desk.moment):
            removal.remove(removal_id=pk, clock=self.desk.clock)
        delivery.refresh_from_db()
        return delivery.state

    def fail(self, kind: str, **action: Any) -> None:
        """The next deletion goes wrong so."""
        platform = {"platform": self.channel.network, "match": {"method": "DELETE"}}
        tell(self.running, "faults", {**platform, "action": {"kind": kind, **action}})

    def forget_answers(self) -> None:
        """The network is slower with a deletion's answer than the console is patient."""
        self.settings.PLATFORMS = replace(self.settings.PLATFORMS, write_timeout=HASTY)
        self.fail("slow", trickle_bytes_s=1)

    def be_patient(self) -> None:
        self.settings.PLATFORMS = replace(self.settings.PLATFORMS, write_timeout=None)

    def live(self) -> list[str]:
        """The sandbox's ground truth."""
        return [post["id"] for post in ask(self.running, "posts")["posts"] if not post["deleted"]]

    def asked(self) -> int:
        """Deletions that the network was asked for."""
        return sum(call["method"] == "DELETE" for call in ask(self.running, "requests")["requests"])

    def _network(self) -> dict[str, str]:
        return {"network": self.channel.network}


@pytest.fixture(params=NETWORKS, ids=["X", "Facebook"])
def street(request: pytest.FixtureRequest, cast: Cast, running: Running, settings: Settings) -> Street:
    tell(running, "reset", {})
    settings.PLATFORMS = sandbox_config(running.url)
    channel: Channel = getattr(cast, request.param)
    moment = timezone.now()  # OAuth 1.0a holds its timestamps against the real clock
    facts = {"network": channel.network, "handle": channel.handle, "name": channel.name, "id": channel.external_id}
    tell(running, "accounts", facts)
    desk = Desk(cast, ScriptedNetwork(now=lambda: moment), moment)
    made = Street(desk, channel, running, settings)
    made.connect()
    return made


def outcomes() -> list[str]:
    return list(RemovalAttempt.objects.values_list("outcome", flat=True))


def test_a_post_comes_down_and_the_last_look_finds_nothing(street: Street) -> None:
    delivery, _ = street.taken_down()
    assert street.work(delivery) == State.TAKEN_DOWN
    assert (street.live(), outcomes(), street.asked()) == ([], [Outcome.REMOVED], 1)
    kept = Removal.objects.get()
    assert (kept.evidence["live"][0]["text"], kept.evidence["live"][0]["remote_id"]) == (PLAIN, delivery.remote_id)
    street.work(delivery, seconds=61)
    kept.refresh_from_db()
    assert (kept.checked_at, kept.due_at, street.asked()) == (street.desk.moment, None, 1)


def test_what_was_taken_down_is_paid_for_once(street: Street) -> None:
    delivery, _ = street.taken_down()
    street.work(delivery)
    paid = list(Spent.objects.filter(kind=Kind.DELETE).values_list("count", flat=True))
    assert paid == ([1] if street.channel.network == "x" else [])


def test_an_answer_that_came_too_late_is_doubt_and_the_next_look_settles_it(street: Street) -> None:
    """The deletion took effect; asking again is safe, on X and on Facebook."""
    delivery, _ = street.taken_down()
    street.forget_answers()
    assert street.work(delivery) == State.TAKING_DOWN
    assert (street.live(), outcomes()) == ([], [Outcome.DOUBTFUL])
    street.be_patient()
    assert street.work(delivery, seconds=16) == State.TAKEN_DOWN
    assert outcomes() == [Outcome.DOUBTFUL, Outcome.REMOVED]


@pytest.mark.parametrize(
    ("fault", "still_there"),
    [
        ({"kind": "status", "code": 500}, True),
        ({"kind": "error_but_done", "code": 500}, False),
        ({"kind": "status", "code": 503, "body": "html"}, True),
        ({"kind": "reset_after"}, False),
        ({"kind": "reset_before"}, True),
    ],
    ids=["500", "500 but done", "503 in HTML", "reset, done", "reset, not done"],
)
def test_an_error_says_nothing_so_it_is_asked_again(street: Street, fault: dict[str, Any], still_there: bool) -> None:
    delivery, _ = street.taken_down()
    street.fail(**fault)
    assert street.work(delivery) == State.TAKING_DOWN
    assert (bool(street.live()), outcomes()) == (still_there, [Outcome.DOUBTFUL])
    assert street.work(delivery, seconds=16) == State.TAKEN_DOWN
    assert street.live() == []


@pytest.mark.parametrize("unknown", ["deleted", "missing"])
def test_what_somebody_removed_by_hand_before_counts_as_down(street: Street, unknown: str) -> None:
    delivery, _ = street.taken_down()
    tell(street.running, "config", {"x_delete_unknown": unknown})
    logins.network_for(street.channel, now=street.desk.moment).remove(delivery.remote_id)
    assert street.live() == []
    assert street.work(delivery) == State.TAKEN_DOWN
    kept = Removal.objects.get().evidence
    assert (kept["live"], kept["sent"]["text"]) == ([], PLAIN)
    assert not Notice.objects.filter(kind=takedown.CANNOT).exists()


def test_a_dead_login_is_told_at_once_and_the_mended_one_takes_it_down(street: Street) -> None:
    delivery, incident = street.taken_down()
    street.fail("expire_token")
    assert street.work(delivery) == State.TAKING_DOWN
    assert (len(street.live()), outcomes()) == (1, [Outcome.LOGIN_EXPIRED])
    street.channel.refresh_from_db()
    assert street.channel.state == Channel.State.BROKEN
    notice = Notice.objects.filter(kind=takedown.CANNOT, to=street.desk.cast.ada).get()
    assert "Remove it there." in notice.words
    assert street.work(delivery, seconds=16) == State.TAKING_DOWN
    street.connect()
    assert street.work(delivery, minutes=2) == State.TAKEN_DOWN
    assert street.live() == []
    assert not Notice.objects.filter(kind=takedown.CANNOT, closed_at=None).exists()
    assert incident.removals.get().reason == ""


def test_a_network_that_asks_to_wait_is_asked_again_when_it_says(street: Street) -> None:
    delivery, _ = street.taken_down()
    street.fail("rate_limit", reset_in_s=600)
    assert street.work(delivery) == State.TAKING_DOWN
    again = Removal.objects.get().due_at
    assert again is not None
    assert abs(again - (street.desk.moment + timedelta(seconds=600))) < timedelta(seconds=30)
    assert street.work(delivery, minutes=9) == State.TAKING_DOWN
    assert street.asked() == 1, "asked while it wanted to be left alone"
    assert street.work(delivery, minutes=2) == State.TAKEN_DOWN
    assert (street.live(), outcomes()) == ([], [Outcome.THROTTLED, Outcome.REMOVED])


def test_a_refusal_is_final_and_says_where_to_remove_it(street: Street) -> None:
    delivery, _ = street.taken_down()
    street.fail("feature_block")
    assert street.work(delivery) == State.TAKING_DOWN
    assert (len(street.live()), outcomes()) == (1, [Outcome.REFUSED])
    assert removal.due(now=street.desk.moment + timedelta(days=1)) == []
    assert Notice.objects.filter(kind=takedown.CANNOT, to=street.desk.cast.dee).exists()


def test_the_moment_of_the_evidence_is_before_the_request(street: Street) -> None:
    delivery, _ = street.taken_down()
    street.work(delivery)
    kept = Removal.objects.get()
    assert kept.evidence_at is not None and kept.evidence_at <= kept.attempts.get().started_at
    shown = datetime.fromisoformat(kept.evidence["live"][0]["created_at"])
    assert shown.tzinfo is not None and abs(shown.astimezone(UTC) - street.desk.moment) < timedelta(minutes=1)
