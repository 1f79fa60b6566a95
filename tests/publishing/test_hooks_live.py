"""From end to end: the sandbox's process, the real client, and its webhooks at the console's own door."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts import logins
from accounts.models import Channel
from platforms import facebook_connect
from platforms.base import Credentials, Identity
from publishing import due, proof, reconcile
from publishing.models import Delivery, Proof
from sandbox.launch import Running
from tests.conftest import Cast
from tests.platforms.control import ask, tell
from tests.platforms.wire import sandbox_config
from tests.publishing.conftest import Desk, ScriptedNetwork

pytestmark = pytest.mark.django_db(transaction=True)
State = Delivery.State
WORD = "sbx_our_word"


@dataclass
class Street:
    """A Page of the console that is a Page of the sandbox, connected and subscribed."""

    desk: Desk
    channel: Channel
    running: Running

    def hooks(self, **action: Any) -> None:
        """What happens to the next delivery of a webhook."""
        tell(self.running, "faults", {"platform": "facebook", "action": {"kind": "webhook", **action}})

    def in_doubt(self) -> Delivery:
        """Public, and its answer is lost."""
        rule = {"platform": "facebook", "match": {"path_regex": "/feed$", "method": "POST"}}
        tell(self.running, "faults", {**rule, "action": {"kind": "reset_after"}})
        self.desk.moment = timezone.now()
        delivery = self.desk.deliver(self.desk.released(channels=[self.channel]))
        assert delivery.state == State.UNCONFIRMED, delivery.reason
        return delivery

    def flush(self) -> int:
        return int(tell(self.running, "webhooks/flush", {})["delivered"])

    def outcomes(self) -> list[tuple[str, int]]:
        """Of each delivery what became of it and how the console answered, once none is outstanding."""
        deadline = time.monotonic() + 30
        while (told := ask(self.running, "webhooks"))["outstanding"] and time.monotonic() < deadline:
            time.sleep(0.05)
        return [(letter["outcome"], letter["status"]) for letter in told["deliveries"]]

    def look(self, delivery: Delivery) -> Delivery:
        for pk in due.deliveries_to_look_for(now=timezone.now()):
            reconcile.reconcile(delivery_id=pk, now=timezone.now())
        delivery.refresh_from_db()
        return delivery

    def on_the_page(self) -> list[str]:
        return [post["id"] for post in ask(self.running, "posts")["posts"] if not post["deleted"]]


@pytest.fixture
def street(cast: Cast, running: Running, settings: Settings, live_server: LiveServer) -> Street:
    tell(running, "reset", {})
    settings.PLATFORMS, settings.FACEBOOK_WEBHOOK_TOKEN = sandbox_config(running.url), WORD
    channel, moment = cast.page, timezone.now()
    facts = {"network": "facebook", "handle": channel.handle, "name": channel.name, "id": channel.external_id}
    tell(running, "accounts", facts)
    url = f"{live_server.url}/hooks/facebook/"
    tell(running, "webhooks", {"network": "facebook", "url": url, "verify_token": WORD})
    minted = tell(running, "tokens", {"network": "facebook", "account": channel.external_id})
    credentials = Credentials("page", minted["token"])
    identity = Identity(channel.external_id, channel.handle, channel.name)
    facts = {"channel": channel, "identity": identity, "credentials": credentials, "by": cast.sam, "now": moment}
    logins.keep_credentials(**facts)
    facebook_connect.subscribe(settings.PLATFORMS, credentials, page=channel.external_id)
    return Street(Desk(cast, ScriptedNetwork(now=lambda: moment), moment), channel, running)


def test_a_doubt_is_settled_in_the_second_in_which_facebook_tells(street: Street) -> None:
    delivery = street.in_doubt()
    assert street.outcomes() == [("delivered", 200)]
    assert street.look(delivery).state == State.PUBLISHED, "half a minute before the first planned look"
    assert [delivery.remote_id] == street.on_the_page()


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ({"drop": True}, [("dropped", None)]),
        ({"bad_signature": True}, [("given up", 403)]),
        ({"delay_s": 3600}, []),
    ],
    ids=["lost", "forged", "late"],
)
def test_without_a_delivery_that_counts_the_plan_settles_it(
    street: Street, action: dict[str, Any], told: list[tuple[str, int]]
) -> None:
    street.hooks(**action)
    delivery = street.in_doubt()
    for _ in range(4 if "bad_signature" in action else 0):
        street.flush()
    assert not told or street.outcomes() == told
    planned = delivery.look_at
    assert street.look(delivery).look_at == planned
    Delivery.objects.filter(pk=delivery.pk).update(look_at=timezone.now())  # half a minute later
    assert street.look(delivery).state == State.PUBLISHED


def test_a_doubled_delivery_settles_it_once(street: Street) -> None:
    street.hooks(duplicate=3)
    delivery = street.in_doubt()
    assert street.outcomes() == [("delivered", 200)]
    assert street.look(delivery).state == State.PUBLISHED
    assert (street.flush(), delivery.copies, street.on_the_page()) == (0, 1, [delivery.remote_id])


def test_what_somebody_removes_on_the_page_by_hand_is_noticed(street: Street) -> None:
    delivery = street.in_doubt()
    street.outcomes()
    street.look(delivery)
    long_ago = timezone.now() - proof.APART * 1000
    Delivery.objects.filter(pk=delivery.pk).update(published_at=long_ago, prove_at=None)
    by_hand = f"{street.running.url}/_sandbox/posts/{delivery.remote_id}"
    assert requests.delete(by_hand, timeout=10).ok
    assert street.outcomes() == [("delivered", 200)] * 2
    for pk in due.deliveries_to_prove(now=timezone.now()):
        proof.prove(delivery_id=pk, now=timezone.now())
    assert Proof.objects.get(delivery=delivery).differences == [proof.NOT_SEEN]
