"""Real processes for one test: broker, sandbox, clock and a worker that is killed. Only the networks are simulated."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from sandbox import launch
from sandbox.seed import Keys
from smconsole import broker
from tests.platforms.control import ask

ROOT = Path(__file__).resolve().parents[2]
CELERY = [sys.executable, "-m", "celery", "-A", "smconsole"]
FINAL = {"published", "failed", "missed", "cancelled"}


@dataclass
class Rig:
    folder: Path
    env: dict[str, str]
    running: launch.Running
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)
    kills: int = 0

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "processes.log").open("ab") as log:
            child = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True)
        self.children.append(child)
        return child

    def run(self, *arguments: str) -> Any:
        """One step of the crew (`tests.publishing.crew`), whose last line is JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.publishing.crew", *arguments],
            cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self.start(*CELERY, "worker", "--concurrency=2", "--without-mingle", "--without-gossip", "-l", "ERROR")

    def start_beat(self) -> None:
        self.start(*CELERY, "beat", "-l", "ERROR", "-s", str(self.folder / "beat"))

    def start_web(self) -> str:
        """The console's address, once it answers."""
        url = self.env["BASE_URL"]
        bind = url.removeprefix("http://")
        self.start(sys.executable, "-m", "gunicorn", "smconsole.wsgi", "-b", bind, "-w", "1", "--threads", "8")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                with urlopen(f"{url}/healthz", timeout=2):
                    return url
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the console did not come up")

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """The whole worker at once, as a machine that loses power."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.kills += 1

    def kill_one_child(self, worker: subprocess.Popen[bytes], chance: random.Random) -> bool:
        """One of the worker's own children, in the middle of whatever it does."""
        listed = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
        if not listed:
            return False
        os.kill(int(chance.choice(listed)), signal.SIGKILL)
        self.kills += 1
        return True

    def deliveries(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = self.run("report")
        return told

    def wait_until_final(self, seconds: float) -> list[dict[str, Any]]:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            told = self.deliveries()
            if told and all(row["state"] in FINAL for row in told):
                return told
            time.sleep(0.5)
        raise AssertionError(f"not final: {[row for row in told if row['state'] not in FINAL]}")

    def live(self) -> list[dict[str, Any]]:
        """The sandbox's ground truth."""
        return [post for post in ask(self.running, "posts")["posts"] if not post["deleted"]]

    def stop(self) -> None:
        for child in self.children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


@contextmanager
def rig(folder: Path, **settings: str) -> Iterator[Rig]:
    """A console of its own in `folder`, with a broker and a sandbox; everything is gone afterwards."""
    port = _free_port()
    with launch.start(folder / "sandbox") as running:
        env = {
            **os.environ,
            "SMCONSOLE_DATA": str(folder / "data"),
            "DATABASE_URL": f"sqlite:///{folder / 'console.sqlite3'}",
            "MEDIA_ROOT": str(folder / "media"),
            "REDIS_URL": f"redis://:rig@127.0.0.1:{port}/0",
            "SANDBOX_URL": running.url,
            "BASE_URL": f"http://127.0.0.1:{_free_port()}",
            **running.env(),
            **asdict(Keys()),
            **settings,
        }
        made = Rig(folder, env, running)
        server = broker.program(folder / "broker", port, "rig", env)
        made.start(*[str(part) for part in server.argv])
        try:
            yield made
        finally:
            made.stop()


def prove(command: str, *order: str) -> subprocess.CompletedProcess[str]:
    """One of the proving commands, on a database and a broker of its own; those of one run of tests migrate once."""
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env |= {"NO_BOOTSTRAP": "1", "PROVING_KEEPS": os.environ["SMCONSOLE_DATA"]}
    argv = [sys.executable, "manage.py", command, *order]
    return subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
