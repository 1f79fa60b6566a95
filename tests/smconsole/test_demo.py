"""The folder and the ports of a demo; and, marked live, the real demo from start to nothing left."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from smconsole import embedded, secrets
from smconsole.embedded import PortTaken
from smconsole.folder import Folder, Unusable
from smconsole.preparation import ROOT
from tests.smconsole.toys import descendants, is_alive, until

CHILDREN = ("broker", "sandbox", "web", "worker", "beat")
SECONDS_TO_COME_BACK = 10
SECONDS_TO_ANSWER = 45  # 3 on an idle machine; the rest of the suite may keep this one busy


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_text("")
    with pytest.raises(Unusable, match="holds something else"):
        Folder(tmp_path).claim()


def test_a_reset_empties_our_folder_and_nothing_that_a_link_in_it_points_to(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("")
    folder = Folder(tmp_path / "demo")
    secrets.load(folder.path)
    (folder.path / "console.sqlite3").write_text("")
    (folder.path / "media").mkdir()
    (folder.path / "link").symlink_to(elsewhere)
    folder.claim()
    folder.wipe()
    assert [entry.name for entry in folder.path.iterdir()] == ["demo.lock"]
    assert (elsewhere / "kept").exists()


def test_a_folder_in_use_says_by_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smconsole.folder.PATIENCE", 0)
    first = Folder(tmp_path / "demo")
    first.claim()
    first.write("run.json", {"pid": 4711, "url": "http://127.0.0.1:8000"})
    secrets.load(first.path)
    with pytest.raises(Unusable, match=r"already runs.*http://127.0.0.1:8000 \(process 4711\)"):
        Folder(tmp_path / "demo").claim()


def test_stamps_and_logins_survive_and_rubbish_counts_as_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert not folder.is_stamped("seed", "1")
    folder.stamp("migrations", "abc")
    folder.stamp("seed", "1")
    assert folder.is_stamped("migrations", "abc")
    assert folder.is_stamped("seed", "1")
    (tmp_path / "stamps.json").write_text("{half")
    assert not folder.is_stamped("seed", "1")
    assert folder.logins() == []


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_refused_in_words(taken_port: int) -> None:
    with pytest.raises(PortTaken, match=f"Port {taken_port} is not free"):
        embedded.pick_port(taken_port)
    assert embedded.pick_port(0) != taken_port


def test_the_sandbox_keeps_its_port_from_run_to_run(tmp_path: Path, taken_port: int) -> None:
    folder = Folder(tmp_path)
    free = embedded.pick_port(0)
    folder.write("run.json", {"sandbox_port": free})
    assert embedded.plan(folder, 0).sandbox_port == free
    folder.write("run.json", {"sandbox_port": taken_port})
    assert embedded.plan(folder, 0).sandbox_port != taken_port


def test_the_demo_speaks_to_the_sandbox_alone_and_with_keys_that_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("X_CONSUMER_KEY", "a-real-key")
    monkeypatch.setenv("X_API_BASE_URL", "https://api.x.com")
    monkeypatch.setenv("DATABASE_URL", "postgres://force/console")
    plan = embedded.plan(Folder(tmp_path), 0)
    env = embedded.environment(plan)
    assert all(env[name].startswith("sbx_") for name in secrets.SANDBOX_NAMES)
    assert all(env[name].startswith(plan.sandbox_url) for name in env if name.endswith("_BASE_URL"))
    assert env["DATABASE_URL"] == f"sqlite:///{tmp_path / 'console.sqlite3'}"


def test_a_server_given_by_redis_url_is_used_instead_of_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere:6379/3")
    plan = embedded.plan(Folder(tmp_path), 0)
    assert embedded.environment(plan)["REDIS_URL"] == "redis://elsewhere:6379/3"
    assert "broker" not in [program.name for program in embedded.programs(plan)]
    monkeypatch.delenv("REDIS_URL")
    assert [program.name for program in embedded.programs(embedded.plan(Folder(tmp_path), 0))] == list(CHILDREN)


def test_secrets_never_stand_on_a_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    plan = embedded.plan(Folder(tmp_path), 0)
    lines = " ".join(word for program in embedded.programs(plan) for word in program.argv)
    assert not [name for name, value in plan.secrets.items() if value in lines]


# ---- the real thing ------------------------------------------------------------------------------


class Demo:
    """`manage.py demo --json` in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder.with_suffix(".err")
        env = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "SMCONSOLE_DATA")}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--json", "--port", "0", "--data", str(folder)],
            cwd=ROOT,
            env={**env, "NO_BOOTSTRAP": "1"},
            stdout=subprocess.PIPE,
            stderr=self.log.open("a"),
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        self.told: dict[str, Any] = json.loads(line)

    def children(self) -> dict[str, int]:
        return {
            str(name): int(pid) for name, pid in json.loads((self.folder / "run.json").read_text())["children"].items()
        }

    def is_ready_since(self, moment: float) -> bool:
        """/readyz is content, and clock and worker were seen after this monotonic moment."""
        connection = http.client.HTTPConnection(urlsplit(self.told["url"]).netloc, timeout=3)
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            signs = json.loads(answer.read())["signs"]
        except (OSError, http.client.HTTPException, ValueError):
            return False
        ages = [signs[name]["age"] for name in ("beat", "worker")]
        return answer.status == 200 and all(age < time.monotonic() - moment for age in ages)

    def end(self, number: signal.Signals) -> set[int]:
        """End it; answers the pids of everything it had started."""
        everything = descendants(self.process.pid)
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        return everything


@pytest.fixture
def demo_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "demo"
    yield folder
    run = folder / "run.json"
    if run.exists() and is_alive(pid := json.loads(run.read_text())["pid"]):
        os.kill(pid, signal.SIGKILL)


def _a_second_one(folder: Path) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "manage.py", "demo", "--port", "0", "--data", str(folder)]
    env = {**os.environ, "NO_BOOTSTRAP": "1"}
    return subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.live
def test_the_demo_from_its_first_start_to_nothing_left(demo_folder: Path) -> None:
    demo = Demo(demo_folder)
    assert set(demo.told) == {"url", "sandbox_url", "pid", "logins"}
    assert demo.told["pid"] == demo.process.pid
    assert set(demo.children()) == set(CHILDREN)

    second = _a_second_one(demo_folder)
    assert (second.returncode, second.stdout) == (1, "")
    assert "already runs" in second.stderr

    for name in CHILDREN:
        old, moment = demo.children()[name], time.monotonic()
        os.kill(old, signal.SIGKILL)
        until(lambda name=name, old=old: demo.children().get(name, old) != old, SECONDS_TO_COME_BACK)
        until(lambda moment=moment: demo.is_ready_since(moment), SECONDS_TO_ANSWER)

    everything = demo.end(signal.SIGTERM)
    assert demo.process.returncode == 0
    assert len(everything) > len(CHILDREN)
    assert not [pid for pid in everything if is_alive(pid)]

    began = time.monotonic()
    again = Demo(demo_folder)
    assert time.monotonic() - began < SECONDS_TO_ANSWER
    assert again.told["sandbox_url"] == demo.told["sandbox_url"]
    everything = again.end(signal.SIGKILL)
    until(lambda: not [pid for pid in everything if is_alive(pid)])
