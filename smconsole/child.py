"""One process of the embedded console: started in a group of its own, and never left behind."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from smconsole.watchdog import kill

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
LOG_LIMIT = 5 * 1024 * 1024
FIRST_DELAY, LONGEST_DELAY, SETTLED_AFTER = 0.1, 4.0, 10.0  # seconds

_prctl: Callable[..., int] | None = getattr(ctypes.CDLL(None), "prctl", None)


class CannotTell(Exception):
    """A probe could not ask; the message says why. That is no sign of anything."""


@dataclass(frozen=True)
class Program:
    """What to run.

    `ready` is given a monotonic moment and answers "" when the program has shown itself since then, else why not, in
    words; it may raise CannotTell. `rank` orders the stop, highest first; `grace` is in seconds between SIGTERM and
    SIGKILL. When one of `leans_on` dies, this one must show itself within a few seconds, or it is replaced.
    """

    name: str
    argv: list[str]
    env: dict[str, str]
    ready: Callable[[float], str] = lambda since: ""
    rank: int = 0
    grace: float = 3.0
    leans_on: tuple[str, ...] = ()
    cwd: Path | None = None


@dataclass
class Child:
    """A program and, most of the time, its process. Moments are monotonic seconds."""

    program: Program
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    delay: float = FIRST_DELAY
    deaths: int = 0
    kill_at: float | None = None
    doubted_at: float | None = None

    def start(self) -> None:
        parent = os.getpid()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603
                self.program.argv,
                env=self.program.env,
                cwd=self.program.cwd,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: _die_with(parent),  # the supervisor has one thread, so this is safe
            )
        self.started, self.kill_at, self.doubted_at = time.monotonic(), None, None

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process else None

    def has_died(self) -> bool:
        """True once for each death: what is left of its group goes with it, and the next start is planned."""
        if self.process is None or self.process.poll() is None:
            return False
        bury(self.process.pid)
        self.process = None
        self.deaths += 1
        settled = time.monotonic() - self.started > SETTLED_AFTER
        self.delay = FIRST_DELAY if settled else min(self.delay * 2, LONGEST_DELAY)
        self.start_at = time.monotonic() + self.delay
        return True

    def ask_to_leave(self) -> None:
        """SIGTERM now, SIGKILL to the whole group when its grace has passed (`press`)."""
        if self.process is not None and self.kill_at is None:
            self.kill_at = time.monotonic() + self.program.grace
            with suppress(ProcessLookupError):
                self.process.terminate()

    def press(self) -> None:
        if self.process is not None and self.kill_at is not None and time.monotonic() >= self.kill_at:
            kill(self.process.pid)

    def kill_one_of_its_own(self, chance: random.Random) -> bool:
        """Kill -9 one of the processes that it started (Linux). False when there is none."""
        with suppress(OSError):
            listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            if listed:
                os.kill(int(chance.choice(listed)), signal.SIGKILL)
                return True
        return False

    def trim_log(self) -> None:
        """Keep the log and one older piece, each of at most LOG_LIMIT bytes or so."""
        with suppress(OSError):
            if self.log.stat().st_size > LOG_LIMIT:
                self.log.with_suffix(".log.1").write_bytes(self.log.read_bytes()[-LOG_LIMIT:])
                os.truncate(self.log, 0)  # the child appends, so it goes on at the new end

    def tail(self, lines: int = 20) -> str:
        with suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return ""


def bury(group: int) -> None:
    """Kill what is left of a process group and take the dead off the process table."""
    kill(group)
    with suppress(ChildProcessError):
        while os.waitpid(-group, 0)[0]:
            pass


def adopt_orphans() -> None:
    """Grandchildren of a killed child become ours, so that we can bury them (Linux)."""
    if _prctl is not None:
        _prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _die_with(parent: int) -> None:
    if _prctl is not None:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)
