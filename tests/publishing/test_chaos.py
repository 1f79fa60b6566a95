"""Real workers killed with -9, networks that fail by a seed: nothing twice, nothing lost, and what is said is true."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from accounts.models import Team
from publishing.models import Pause
from smconsole.proving import chaos, crew_paying
from tests.publishing.rig import prove

KEYS = ["posts", "live_once", "live_twice", "lost", "review", "missed", "kills", "seconds"]
SENT = {"account": "1", "text": "Hello", "pictures": [["abc", "A street"]], "state": "published", "remote_id": "9"}
LIVE = {
    "account": "1",
    "text": "Hello",
    "id": "9",
    "deleted": False,
    "pictures": [{"sha256": "abc", "alt": "A street"}],
}


@pytest.mark.live
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_workers_and_failing_networks_neither_double_nor_lose(seed: int) -> None:
    order = ["--posts", "12", "--channels", "6", "--kills", "2", "--faults", "mixed", "--seed", str(seed), "--json"]
    done = prove("chaos", *order)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert list(found) == KEYS
    assert (found["posts"], found["kills"], found["live_twice"], found["lost"]) == (12, 2, 0, 0)
    assert found["live_once"] >= 8, "hardly anything was published, so hardly anything was shown"


@pytest.mark.parametrize(
    ("said", "truth", "wrong"),
    [
        ({}, [LIVE], {}),
        ({}, [LIVE, {**LIVE, "id": "10"}], {"live_twice": 1}),
        ({}, [], {"lost": 1}),
        ({}, [{**LIVE, "deleted": True}], {"lost": 1}),
        ({}, [{**LIVE, "id": "10"}], {"lost": 1}),
        ({}, [{**LIVE, "pictures": [{"sha256": "abc", "alt": ""}]}], {"lost": 1}),
        ({"state": "missed"}, [LIVE], {"lost": 1}),
        ({"state": "missed"}, [], {"missed": 1}),
        ({"state": "waiting"}, [], {"lost": 1}),
        ({"state": "unconfirmed"}, [LIVE], {"review": 1}),
    ],
)
def test_the_verdict_is_the_networks_own(said: dict, truth: list[dict], wrong: dict[str, int]) -> None:
    found = chaos.verdict([{**SENT, **said}], truth, posts=1)
    assert {name: found[name] for name in ("live_twice", "lost", "review", "missed") if found[name]} == wrong


def test_a_post_that_the_console_never_heard_of_is_lost() -> None:
    assert chaos.verdict([], [], posts=1)["lost"] == 1


@pytest.mark.django_db
def test_the_administrator_of_the_story_pays_and_tries_again_while_the_network_refuses(
    monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    Team.objects.create(kind=Team.Kind.FORCE, code="FORCE", name="The force")
    crew_paying.appoint_administrator()
    pause = Pause.objects.create(network="x", reason="The credits are used up.", since=now)
    assert crew_paying.top_up() == {"resumed": 0}, "no channel answers yet"
    monkeypatch.setattr("publishing.pausing._probe", lambda pause, now: None)
    assert crew_paying.top_up() == {"resumed": 1}
    pause.refresh_from_db()
    assert pause.resumed_by.username == crew_paying.NAME
    assert crew_paying.top_up() == {"resumed": 0}
