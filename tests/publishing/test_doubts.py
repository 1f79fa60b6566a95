"""What the look-ups could not settle waits on one page for a named person."""

from __future__ import annotations

from django.urls import reverse

from platforms.errors import LoginExpired
from publishing import doubts, reconcile
from publishing.models import Delivery
from tests.publishing.conftest import Desk, lost_answer
from tests.publishing.test_views import SignIn


def in_doubt(desk: Desk) -> Delivery:
    desk.network.answers = [lost_answer()]
    return desk.deliver(desk.released())


def listed(client_for: SignIn, who: object) -> str:
    answer = client_for(who).get(reverse("publishing:doubts"))  # type: ignore[arg-type]
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_doubt_is_listed_while_the_console_looks_and_when_it_has_given_up(desk: Desk, client_for: SignIn) -> None:
    delivery = in_doubt(desk)
    assert "The console is still looking" in listed(client_for, desk.cast.dee)
    desk.network.looks = [LoginExpired("X no longer accepts this login.")]
    desk.wait(hours=3)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    told = listed(client_for, desk.cast.dee)
    assert "A person must look" in told
    assert reverse("publishing:decide", args=[delivery.pk]) in told
    assert "We could not look" in told


def test_a_doubled_post_is_listed(desk: Desk, client_for: SignIn) -> None:
    delivery = in_doubt(desk)
    first = desk.network.live[0]
    desk.network.live.append(first.__class__("777", "https://x.com/i/777", first.text, 0, first.created_at))
    desk.wait(seconds=31)
    reconcile.reconcile(delivery_id=delivery.pk, now=desk.moment)
    assert "There more than once" in listed(client_for, desk.cast.dee)


def test_settling_it_takes_it_off_the_page(desk: Desk, client_for: SignIn) -> None:
    delivery = in_doubt(desk)
    said = {"public": "yes", "permalink": desk.network.live[0].permalink}
    client_for(desk.cast.dee).post(reverse("publishing:decide", args=[delivery.pk]), said)
    assert "Nothing is in doubt" in listed(client_for, desk.cast.dee)


def test_nobody_sees_the_doubts_of_channels_that_are_not_theirs(desk: Desk, client_for: SignIn) -> None:
    in_doubt(desk)
    assert not doubts.doubts_for(desk.cast.mel)
    assert client_for(desk.cast.olu).get(reverse("publishing:doubts")).status_code == 403
