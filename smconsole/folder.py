"""The folder of an embedded console: one run at a time, wiped only when it is ours, and what it remembers."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from smconsole import secrets
from smconsole.preparation import ROOT

LOCK, RUN, STAMPS, LOGINS = "demo.lock", "run.json", "stamps.json", "logins.json"
PATIENCE = 4.0  # seconds for a run that is just ending, watchdog included


class Unusable(Exception):
    """The folder cannot be used; the message says why and what to do."""


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.lock = -1

    def claim(self) -> None:
        """Make the folder where it is missing and hold it until this process and its watchdog end. Raises Unusable."""
        if not self.is_ours():
            raise Unusable(f"{self.path} holds something else. Choose another folder with --data.")
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.lock = os.open(self.path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        until = time.monotonic() + PATIENCE
        while not self._locks():
            if time.monotonic() > until:
                raise Unusable(self._who_has_it())
            time.sleep(0.1)

    def is_ours(self) -> bool:
        """Not there, empty, or made by us: then it has our secrets, or the lock of a first start that broke off."""
        if not self.path.exists():
            return True
        if not self.path.is_dir():
            return False
        names = {entry.name for entry in self.path.iterdir()}
        return names <= {LOCK} or self._has_our_secrets()

    def _has_our_secrets(self) -> bool:
        with suppress(OSError, ValueError):
            return set(secrets.NAMES) <= set(json.loads((self.path / "secrets.json").read_text()))
        return False

    def _locks(self) -> bool:
        with suppress(BlockingIOError):
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False

    def _who_has_it(self) -> str:
        run = self.read(RUN)
        where = f" at {run['url']} (process {run['pid']})" if "url" in run and "pid" in run else ""
        return f"A demo already runs on {self.path}{where}. Stop it first, or give this one its own folder with --data."

    def wipe(self) -> None:
        """Empty the folder. Only after `claim`."""
        for entry in self.path.iterdir():
            if entry.name == LOCK:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()

    # ---- what it remembers ----------------------------------------------------------------------

    def read(self, name: str) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            found = json.loads((self.path / name).read_text())
            return found if isinstance(found, dict) else {}
        return {}

    def write(self, name: str, facts: dict[str, Any]) -> None:
        aside = self.path / f".{name}.new"
        aside.write_text(json.dumps(facts, indent=1))
        aside.replace(self.path / name)

    def is_stamped(self, name: str, value: str) -> bool:
        return self.read(STAMPS).get(name) == value

    def stamp(self, name: str, value: str) -> None:
        self.write(STAMPS, {**self.read(STAMPS), name: value})

    def logins(self) -> list[dict[str, str]]:
        """What `seed_demo` left: `[{"role", "username", "password"}]`."""
        with suppress(OSError, ValueError):
            return [dict(login) for login in json.loads((self.path / LOGINS).read_text())]
        return []


def fingerprint_of_migrations(root: Path = ROOT) -> str:
    """Changes when a migration of ours or the list of packages does."""
    digest = hashlib.sha256()
    for path in [root / "requirements.txt", *sorted(root.glob("*/migrations/*.py"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
