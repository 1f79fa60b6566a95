"""Two who take down at once, with threads and transactions of their own: asked once, and nobody waits for good."""

from __future__ import annotations

from threading import Barrier

import pytest

from publishing import removal, takedown
from publishing.models import Delivery, Freeze, Incident, Removal, RemovalAttempt
from tests.publishing.conftest import Desk
from tests.publishing.test_races import at_once

State = Delivery.State
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def published(desk: Desk) -> Delivery:
    delivery = desk.deliver(desk.released())
    assert delivery.state == State.PUBLISHED
    return delivery


def take_down(desk: Desk, delivery: Delivery, by: str = "ada") -> Incident:
    facts = {"kind": "wrong", "reason": "It names a child.", "by": getattr(desk.cast, by), "now": desk.moment}
    return takedown.take_down(post=delivery.target.post, **facts)


def test_two_people_who_take_a_post_down_at_once_open_one_incident(desk: Desk) -> None:
    delivery, both = published(desk), Barrier(2)

    def ask(by: str) -> None:
        both.wait(5)
        take_down(desk, delivery, by)

    assert at_once(lambda: ask("ada"), lambda: ask("rex")) == []
    assert (Incident.objects.count(), Removal.objects.count(), Freeze.objects.count()) == (1, 1, 1)


def test_two_workers_with_the_same_removal_ask_the_network_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery, both, asked = published(desk), Barrier(2), list[str]()
    take_down(desk, delivery)
    claim = Removal.claim

    def claim_together(self: Removal, **moments: object) -> bool:
        both.wait(5)
        return claim(self, **moments)  # type: ignore[arg-type]

    monkeypatch.setattr(Removal, "claim", claim_together)
    monkeypatch.setattr(desk.network, "remove", asked.append)
    pk = Removal.objects.get().pk
    assert at_once(*[lambda: removal.remove(removal_id=pk, clock=desk.clock)] * 2) == []
    assert (asked, RemovalAttempt.objects.count()) == ([delivery.remote_id], 1)
    delivery.refresh_from_db()
    assert delivery.state == State.TAKEN_DOWN


def test_a_post_is_taken_down_while_it_is_being_sent_and_comes_down_once_it_is_public(desk: Desk) -> None:
    """No row is locked while a network is spoken to: the author is not kept waiting by a slow answer."""
    delivery, raised = desk.released(), list[BaseException]()
    desk.network.at_the_socket = lambda: raised.extend(at_once(lambda: take_down(desk, delivery)))
    assert desk.deliver(delivery).state == State.PUBLISHED
    assert (raised, Incident.objects.count()) == ([], 1)
    assert removal.begin_late(now=desk.moment) == 1
    removal.remove(removal_id=Removal.objects.get().pk, clock=desk.clock)
    delivery.refresh_from_db()
    assert (delivery.state, desk.network.live) == (State.TAKEN_DOWN, [])


def test_two_clocks_that_find_a_late_post_begin_one_removal(desk: Desk) -> None:
    delivery, both = desk.released(), Barrier(2)
    desk.network.at_the_socket = lambda: take_down(desk, delivery) and None
    desk.deliver(delivery)

    def tick() -> None:
        both.wait(5)
        removal.begin_late(now=desk.moment)

    assert at_once(tick, tick) == []
    assert Removal.objects.count() == 1


def test_two_who_let_a_channel_speak_again_lift_it_once(desk: Desk) -> None:
    take_down(desk, published(desk))
    freeze, both, lifted = Freeze.objects.get(), Barrier(2), list[str]()

    def lift(by: str) -> None:
        both.wait(5)
        takedown.lift(freeze=freeze, by=getattr(desk.cast, by), now=desk.moment)
        lifted.append(by)

    assert at_once(lambda: lift("dee"), lambda: lift("hana")) == []
    assert len(lifted) == 1
