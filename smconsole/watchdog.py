"""The last one out: when the supervisor is gone, however it went, nothing it started stays.

Standard library only, run as a file. Reads `+PGID` and `-PGID` lines from the supervisor; at the end of that pipe every
process group still noted is killed. It also holds the instance lock, so a new run waits until the old one has gone.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress

SECONDS_TO_DIE = 2.0  # the killed linger as zombies until init looks


def watch(lines: Iterable[str]) -> None:
    groups: set[int] = set()
    for line in lines:
        change, group = line[0], int(line[1:])
        groups.add(group) if change == "+" else groups.discard(group)
    until = time.monotonic() + SECONDS_TO_DIE
    while groups and time.monotonic() < until:
        groups = {group for group in groups if kill(group)}
        time.sleep(0.02)


def kill(group: int) -> bool:
    """Kill a process group. False when nobody of it is left."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
        return True
    return False


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    watch(sys.stdin)
