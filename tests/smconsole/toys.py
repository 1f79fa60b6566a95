"""Toy programs for the supervisor, and ways to see whether a process is still there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from smconsole.child import Program

SLEEP = "import time; time.sleep(120)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); open(sys.argv[1], 'w'); " + SLEEP
WITH_CHILD = (
    "import subprocess; child = subprocess.Popen([sys.executable, '-S', '-c', 'import time; time.sleep(120)']); "
    "open(sys.argv[1] + '.new', 'w').write(str(child.pid)); os.rename(sys.argv[1] + '.new', sys.argv[1]); " + SLEEP
)
SIGNS_OFF = (
    "import signal\n"
    "def leave(*_):\n"
    "    with open(sys.argv[1], 'a') as book: book.write(sys.argv[2] + ' ')\n"
    "    os._exit(0)\n"
    "signal.signal(signal.SIGTERM, leave)\n"
    "open(sys.argv[1] + '.' + sys.argv[2], 'w')\n" + SLEEP
)


def toy(name: str, code: str = SLEEP, *arguments: object, **shape: Any) -> Program:
    argv = [sys.executable, "-S", "-c", f"import os, sys\n{code}", *map(str, arguments)]
    return Program(name, argv, {"PATH": os.environ.get("PATH", "")}, **shape)


def until(fact: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something to become true; fails the test when it does not."""
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    """There and not a zombie."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] not in ("Z", "X")


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def descendants(pid: int) -> set[int]:
    """Every process below this one, grandchildren included."""
    parents = _parents()
    found, fresh = set[int](), {pid}
    while fresh:
        fresh = {child for child, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return found


def _parents() -> Mapping[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                found[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found
