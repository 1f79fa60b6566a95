"""A real sandbox, and a browser's way through its connect pages."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import connecting
from accounts.models import Channel, Team
from platforms.facebook_connect import SCOPES
from sandbox.launch import Running, start
from tests.conftest import Cast
from tests.platforms.control import decide, tell
from tests.platforms.wire import sandbox_config

NUMBERS = itertools.count(1)
RUNS_PAGES = "122000000000001"


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@dataclass
class World:
    """The networks, simulated, and the console pointed at them."""

    running: Running
    client_for: Callable[..., Client]

    def account(self, network: str, handle: str, name: str = "A ward") -> str:
        """The network's id of a fresh account or Page."""
        return str(tell(self.running, "accounts", {"network": network, "handle": handle, "name": name})["id"])

    def begin(self, client: Client, channel: Channel, connector: str) -> str:
        """Press the button; the address of the network's page."""
        answer = client.post(reverse("accounts:connect", args=[channel.pk]), {"connector": connector})
        assert answer.status_code == 302, answer.content
        leaving = client.get(answer["Location"])
        assert leaving.status_code == 200
        return str(leaving["Refresh"].removeprefix("0; url="))

    def come_back(self, client: Client, params: dict[str, str]) -> HttpResponse:
        return client.get(reverse("accounts:connected"), params, follow=True)

    def allow_x(self, client: Client, channel: Channel, account: str, *, connector: str = "x") -> HttpResponse:
        url = self.begin(client, channel, connector)
        return self.come_back(client, decide(url, account=account, decision="allow"))

    def allow_pages(
        self, client: Client, channel: Channel, *pages: str, scopes: tuple[str, ...] = SCOPES
    ) -> HttpResponse:
        url = self.begin(client, channel, "facebook")
        answer = {"account": RUNS_PAGES, "pages": list(pages), "permissions": list(scopes), "decision": "allow"}
        return self.come_back(client, decide(url, **answer))


@pytest.fixture
def world(running: Running, settings: Settings, client_for: Callable[..., Client]) -> World:
    settings.PLATFORMS = sandbox_config(running.url)
    return World(running, client_for)


@pytest.fixture
def fresh(cast: Cast, now: datetime) -> Callable[..., Channel]:
    """A channel that nobody has connected yet, with a handle no other test uses."""

    def opened(network: str, team: Team | None = None) -> Channel:
        handle = f"MPSWick{next(NUMBERS)}"
        return connecting.open_channel(
            team=team or cast.wick, network=network, handle=handle, name="Wick Police", by=cast.sam, now=now
        )

    return opened
