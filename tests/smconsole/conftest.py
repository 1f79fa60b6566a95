from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from smconsole import broker, embedded
from smconsole.supervisor import Supervisor


@dataclass(frozen=True)
class Broker:
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"


@pytest.fixture(scope="session")
def broker_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """A real Valkey or Redis of our own, as the demo starts it."""
    folder: Path = tmp_path_factory.mktemp("broker")
    found = Broker(embedded.pick_port(0), "a-password-for-the-tests")
    supervisor = Supervisor(folder / "logs", print)
    supervisor.start(broker.program(folder / "run", found.port, found.password, dict(os.environ)))
    try:
        supervisor.wait_until_ready(["broker"], 30)
        yield found
    finally:
        supervisor.stop()
