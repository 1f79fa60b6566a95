"""What may not be done by somebody who found a screen unlocked asks once more who sits there, and then goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Channel, User
from policy import holds
from policy.models import Hold
from tests.conftest import PASSWORD, Cast

ClientFor = Callable[[User], Client]
AGAIN = "/sign-in/again/"


@pytest.fixture
def hold(cast: Cast) -> Hold:
    """Of a ward: one person opens it, a second one asks for its end or gives it."""
    cache.clear()
    return holds.open_hold(team=cast.homerton, level=2, reason="An incident.", by=cast.dee, now=timezone.now())


def press(client: Client, hold: Hold) -> str:
    """Ask to release it, from the hold's own page. Gives where that leads."""
    page = reverse("policy:hold", args=[hold.pk])
    return client.post(
        reverse("policy:ask_release", args=[hold.pk]), headers={"referer": f"http://testserver{page}"}
    ).headers["location"]


def is_asked(hold: Hold) -> bool:
    hold.refresh_from_db()
    return hold.release_asked_by_id is not None or hold.released_at is not None


def test_a_recent_sign_in_is_proof_enough(cast: Cast, hold: Hold, client_for: ClientFor) -> None:
    assert press(client_for(cast.hana), hold) == reverse("policy:hold", args=[hold.pk])
    assert is_asked(hold)


def test_after_a_quarter_of_an_hour_it_is_asked_and_what_was_pressed_goes_on(
    cast: Cast, hold: Hold, client_for: ClientFor
) -> None:
    client = client_for(cast.hana)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        address = press(client, hold)
        assert address.startswith(AGAIN) and not is_asked(hold)
        assert client.get(address).status_code == 200
        wrong = client.post(AGAIN, {"password": "not-it", "next": reverse("policy:ask_release", args=[hold.pk])})
        assert wrong.status_code == 422 and not is_asked(hold)
        right = client.post(AGAIN, {"password": PASSWORD, "next": reverse("policy:ask_release", args=[hold.pk])})
        assert right.status_code == 302 and is_asked(hold)


def test_what_was_lost_meanwhile_says_to_press_again(cast: Cast, hold: Hold, client_for: ClientFor) -> None:
    client = client_for(cast.hana)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        press(client, hold)
        session = client.session
        del session["account_reauthentication_state"]
        session.save()
        asked = {"password": PASSWORD, "next": reverse("policy:ask_release", args=[hold.pk])}
        answer = client.post(AGAIN, asked, follow=True)
        assert answer.status_code == 200 and "Press it once more" in answer.text
        assert not is_asked(hold)
        press(client, hold)
        assert is_asked(hold)


def test_opening_a_hold_never_waits_for_it(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.dee)
    asked = {"level": "2", "reason": "An incident.", "channel": cast.x.pk}
    with time_machine.travel(timezone.now() + timedelta(hours=9), tick=False):
        client.post(reverse("policy:holds"), asked)
    assert Hold.objects.count() == 1


def test_stopping_a_channel_never_waits_for_it_and_letting_it_go_on_does(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.sam)

    def move(to: str) -> str:
        asked = client.post(reverse("accounts:move_life", args=[cast.x.pk, to]), {"reason": "A doubt."})
        return str(asked.headers["location"])

    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        move("suspend")
        assert Channel.objects.get(pk=cast.x.pk).life == "suspended"
        assert move("resume").startswith(AGAIN)
        assert Channel.objects.get(pk=cast.x.pk).life == "suspended"
        done = {"password": PASSWORD, "next": reverse("accounts:move_life", args=[cast.x.pk, "resume"])}
        client.post(AGAIN, done)
        assert Channel.objects.get(pk=cast.x.pk).life == "live"
        client.post(reverse("compromised", args=[cast.x.pk]), {"reason": "Odd posts."})
    assert Channel.objects.get(pk=cast.x.pk).life == "compromised"


def test_what_was_pressed_on_an_address_with_a_question_is_done_too(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.sam)
    address = f"{reverse('appoint', args=[cast.mel.pk])}?team={cast.wick.pk}"
    said = {"team": cast.wick.pk, "role": "mentor", "starts_on": "2026-11-26", "stage": "probation", "yes": "1"}
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        said["starts_on"] = timezone.now().date().isoformat()
        asked = client.post(address, said).headers["location"]
        assert asked.startswith(AGAIN) and not cast.mel.appointments.filter(role="mentor").exists()
        client.post(asked, {"password": PASSWORD, "next": address})
    assert cast.mel.appointments.filter(role="mentor", team=cast.wick).exists()


def test_connecting_and_signing_ask_as_well(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.sam)
    asked = {
        reverse("accounts:connect", args=[cast.x.pk]): {"connector": "x"},
        reverse("policy:sign_proposal", args=[1]): {},
        reverse("policy:proposal_rule", args=[1, "VRM"]): {},
        reverse("policy:proposal_words", args=[1, "slurs"]): {},
        reverse("policy:proposal_routes", args=[1]): {},
        reverse("policy:release", args=[1]): {},
        reverse("appoint", args=[cast.con.pk]): {"team": cast.wick.pk, "role": "mentor", "yes": "1"},
        reverse("appoint_urgently", args=[cast.con.pk]): {"team": cast.wick.pk, "role": "mentor", "yes": "1"},
        reverse("confirm_urgent", args=[1]): {},
        reverse("hand_over", args=[cast.ada.pk]): {"to": cast.mel.pk},
        reverse("sign_gate", args=[cast.x.pk, "training"]): {"evidence": "Seen."},
        reverse("accounts:move_life", args=[cast.x.pk, "resume"]): {"reason": "Settled."},
    }
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        for address, body in asked.items():
            assert client.get(address).status_code in (200, 404, 405), address
            assert client.post(address, body).headers["location"].startswith(AGAIN), address
