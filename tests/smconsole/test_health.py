from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis
import time_machine
from django.db import DatabaseError
from django.test import Client
from pytest_django import Settings

from smconsole import broker, embedded, health, pulse, tasks
from smconsole.celery import app
from tests.smconsole.conftest import Broker

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def _seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.fixture
def answered(settings: Settings, broker_server: Broker) -> Any:
    """Ask /readyz at noon, signed out, with a broker that answers."""
    settings.REDIS_URL = broker_server.url

    def ask() -> tuple[int, dict[str, Any]]:
        with time_machine.travel(NOON, tick=False):
            response = Client().get("/readyz")
        return response.status_code, json.loads(response.content)

    return ask


def test_anybody_may_ask_whether_the_console_is_alive(client: Client) -> None:
    # No database fixture here: the question must not need one.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")
    assert "no-store" in response["Cache-Control"]


def test_a_console_whose_clock_and_worker_were_just_seen_is_ready(db: None, answered: Any) -> None:
    pulse.leave(sent_at=NOON - _seconds(2), now=NOON - _seconds(1))
    status, told = answered()
    assert (status, told["ready"], told["reasons"]) == (200, True, [])
    assert told["signs"]["beat"]["age"] == 2
    assert told["signs"]["worker"]["age"] == 1


def test_a_console_on_its_first_second_says_that_nobody_was_seen_yet(db: None, answered: Any) -> None:
    status, told = answered()
    assert status == 503
    assert told["reasons"] == ["The clock has not been seen yet.", "A worker has not been seen yet."]


@pytest.mark.parametrize(("age", "status"), [(0, 200), (10, 200), (10.5, 503), (600, 503)])
def test_an_old_tick_makes_it_unready(db: None, answered: Any, age: float, status: int) -> None:
    pulse.leave(sent_at=NOON - _seconds(age), now=NOON)
    assert answered()[0] == status


def test_a_clock_that_stopped_is_told_from_a_worker_that_stopped(db: None, answered: Any) -> None:
    pulse.leave(sent_at=NOON - _seconds(45), now=NOON - _seconds(1))
    assert answered()[1]["reasons"] == ["The clock was last seen 45 seconds ago."]
    pulse.leave(sent_at=NOON - _seconds(1), now=NOON - _seconds(45))
    assert answered()[1]["reasons"] == ["A worker was last seen 45 seconds ago."]


def test_a_silent_broker_makes_it_unready(db: None, answered: Any, settings: Settings) -> None:
    pulse.leave(sent_at=NOON, now=NOON)
    settings.REDIS_URL = f"redis://127.0.0.1:{embedded.pick_port(0)}/0"
    status, told = answered()
    assert (status, told["reasons"]) == (503, ["The broker does not answer."])


def test_a_silent_database_makes_it_unready_and_gives_nothing_away(
    answered: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone:
        def cursor(self) -> None:
            raise DatabaseError("could not connect to db.internal as console")

    def gone(*, now: datetime) -> None:
        raise DatabaseError("could not connect to db.internal as console")

    monkeypatch.setattr(health, "connection", Gone())
    monkeypatch.setattr(pulse, "read", gone)
    status, told = answered()
    assert status == 503
    assert "The database does not answer." in told["reasons"]
    assert "internal" not in json.dumps(told)


def test_the_tick_carries_the_moment_it_was_sent_at(broker_server: Broker) -> None:
    with app.connection_for_write(broker_server.url) as connection, time_machine.travel(NOON, tick=False):
        tasks.tick.apply_async(connection=connection)
    with redis.Redis.from_url(broker_server.url) as server:
        [queue] = [key for key in server.keys("celery*") if server.type(key) == b"list"]
        message = server.lpop(queue)
    assert json.loads(message)["headers"]["stamped_at"] == NOON.isoformat()


def test_a_worker_that_takes_a_late_tick_does_not_hide_that_the_clock_is_old(db: None) -> None:
    with time_machine.travel(NOON, tick=False):
        tasks.tick.apply(headers={"stamped_at": (NOON - _seconds(30)).isoformat()})
    assert {sign.name: sign.age for sign in pulse.read(now=NOON)} == {"beat": 30, "worker": 0, "queue": 0}


def test_the_embedded_broker_answers_only_to_its_password(broker_server: Broker) -> None:
    assert broker.ask(broker_server.port, broker_server.password) == ""
    assert "password" in broker.ask(broker_server.port, "guess")
    assert "does not answer" in broker.ask(embedded.pick_port(0), "guess")


def test_the_password_of_the_broker_is_for_its_owner_alone(tmp_path: Path) -> None:
    program = broker.program(tmp_path, 1, "secret-word", {})
    assert "secret-word" not in " ".join(program.argv)
    assert (tmp_path / "valkey.conf").stat().st_mode & 0o077 == 0
