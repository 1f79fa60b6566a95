"""A whole console in a folder of its own: database, broker, sandbox, workers and clock as real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.request import Request, urlopen

from smconsole import embedded, secrets
from smconsole.child import Child, Program, bury
from smconsole.preparation import ROOT
from smconsole.proving import stores

PYTHON = [sys.executable, "-m"]
CELERY = [*PYTHON, "celery", "-A", "smconsole"]
ALONE = ["--without-mingle", "--without-gossip", "--without-heartbeat"]


class Broken(Exception):
    """Something of the ground itself did not work; the message carries the end of its log."""


@dataclass
class Ground:
    folder: Path
    env: dict[str, str]
    children: list[Child] = field(default_factory=list)
    hand: subprocess.Popen[str] | None = None

    def start(self, name: str, *argv: str) -> Child:
        program = Program(name, list(argv), self.env, cwd=ROOT)
        child = Child(program, self.folder / f"{name}.log")
        child.start()
        self.children.append(child)
        return child

    def start_worker(self, name: str, concurrency: int) -> Child:
        shape = ["-c", str(concurrency), "-n", f"{name}@proving", *ALONE, "-l", "WARNING"]
        return self.start(name, *CELERY, "worker", *shape)

    def start_clock(self, name: str) -> Child:
        return self.start(name, *CELERY, "beat", "-S", "celery.beat:Scheduler", "--pidfile", "", "-l", "WARNING")

    def crew(self, verb: str, **arguments: Any) -> Any:
        """A step inside the console (`proving.crew`), in a process that is asked again and again. Raises Broken."""
        if self.hand is None:
            with (self.folder / "crew.log").open("ab") as log:
                self.hand = subprocess.Popen(  # noqa: S603
                    [*PYTHON, "smconsole.proving.crew"], cwd=ROOT, env=self.env,
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                )  # fmt: skip
        assert self.hand.stdin is not None and self.hand.stdout is not None
        print(json.dumps([verb, arguments]), file=self.hand.stdin, flush=True)
        answer = self.hand.stdout.readline()
        if not answer:
            raise Broken(f"{verb} failed:\n{(self.folder / 'crew.log').read_text()[-3000:]}")
        return json.loads(answer)

    def sandbox(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Its control interface: what no client of a network can do or know."""
        url = f"{self.env['SANDBOX_URL']}/_sandbox/{path}"
        data = json.dumps(body).encode() if body is not None else None
        request = Request(url, data, {"content-type": "application/json"})  # noqa: S310  loopback
        with urlopen(request, timeout=60) as answer:  # noqa: S310
            return dict(json.load(answer))

    def stop(self, child: Child) -> None:
        if child.pid:
            bury(child.pid)
            child.process = None

    def stop_all(self) -> None:
        for child in self.children:
            self.stop(child)
        if self.hand is not None:
            self.hand.kill()
            self.hand.wait()

    def tail(self) -> str:
        return "\n".join(child.tail(5) for child in self.children)


@contextmanager
def ground(**settings: str) -> Iterator[Ground]:
    """Everything but workers and clock stands when this is entered, and nothing when it is left."""
    signal.signal(signal.SIGTERM, _leave)
    with tempfile.TemporaryDirectory(prefix="smconsole-proving-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with stores.database(folder) as database, stores.queue(folder) as queue:
            made = Ground(folder, {**_environment(folder, database, queue), **settings})
            try:
                _start_sandbox(made)
                yield made
            finally:
                made.stop_all()


def _environment(folder: Path, database: str, queue: str) -> dict[str, str]:
    """Of the console outside only the servers' addresses are used: no key, no secret, no data of it."""
    sandbox = f"http://127.0.0.1:{embedded.pick_port(0)}"
    return {
        **os.environ,
        **secrets.load(folder),
        "NO_BOOTSTRAP": "1",
        "DJANGO_SETTINGS_MODULE": "smconsole.settings",
        "SMCONSOLE_DATA": str(folder),
        "DATABASE_URL": database,
        "REDIS_URL": queue,
        "CACHE_URL": queue,
        "MEDIA_ROOT": str(folder / "media"),
        "BASE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE": "0",
        "DEBUG": "0",
        "SANDBOX_URL": sandbox,
        "X_API_BASE_URL": f"{sandbox}/x",
        "X_WWW_BASE_URL": f"{sandbox}/x-www",
        "FACEBOOK_GRAPH_BASE_URL": f"{sandbox}/fb",
        "FACEBOOK_WWW_BASE_URL": f"{sandbox}/fb-www",
    }


def _start_sandbox(made: Ground) -> None:
    port = made.env["SANDBOX_URL"].rpartition(":")[2]
    made.start("sandbox", *PYTHON, "sandbox", "--port", port, "--data", str(made.folder / "sandbox"))
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(OSError):
            made.sandbox("health")
            return
        time.sleep(0.05)
    raise Broken(f"The sandbox does not answer.\n{made.tail()}")


def _leave(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signum)
