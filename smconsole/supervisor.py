"""Keep the processes of the embedded console alive, and stop them together.

Standard library only and one thread. A child that dies is started again after a short, growing pause; the stop goes
from the highest rank to the lowest; a watchdog beside it removes everything should the supervisor itself be killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from smconsole import watchdog
from smconsole.child import CannotTell, Child, Program, adopt_orphans, bury

TICK = 0.1  # seconds between two looks
TRIM_EVERY = 10.0  # seconds
TIME_TO_RECOVER = 3.5  # seconds for a child to show itself after what it leans on has died; kombu takes two
DEATHS_AT_START = 3  # a child that dies this often before it was ever ready will not get better by itself


class Asked(Exception):
    """Somebody asked the supervisor to stop while it was waiting for something."""


class CannotStart(Exception):
    """A child does not come up, or a step failed; the message carries the last lines of its log."""


class Supervisor:
    def __init__(self, logs: Path, say: Callable[[str], None], held: Iterable[int] = ()) -> None:
        """`held` are file descriptors (the instance lock) that the watchdog keeps open until all is gone."""
        logs.mkdir(parents=True, exist_ok=True)
        self.logs, self.say, self.held = logs, say, tuple(held)
        self.children: dict[str, Child] = {}
        self.leaving: list[Child] = []
        self.asked = 0
        self.changed: Callable[[], None] = lambda: None
        self._trimmed = time.monotonic()
        self._watchdog = self._start_watchdog()

    def listen(self) -> None:
        """From here on SIGTERM, SIGINT and SIGHUP ask for the ordered stop; a second one for the short one."""
        adopt_orphans()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, signum: int, frame: FrameType | None) -> None:
        self.asked += 1

    # ---- starting -------------------------------------------------------------------------------

    def start(self, program: Program) -> None:
        child = self.children[program.name] = Child(program, self.logs / f"{program.name}.log")
        self._bring_up(child)

    def _bring_up(self, child: Child) -> None:
        child.start()
        self._tell_watchdog(f"+{child.pid}")
        self.changed()

    def wait_until_ready(self, names: Iterable[str], seconds: float) -> None:
        """Return when each answers its probe. Raises CannotStart, or Asked when told to stop meanwhile."""
        until, waiting = time.monotonic() + seconds, list(names)
        while waiting:
            self.tick()
            reason = _why_not(self.children[waiting[0]])
            if not reason:
                waiting.pop(0)
                continue
            self._give_up_on(waiting, reason, late=time.monotonic() > until)
            self._pause()

    def _give_up_on(self, waiting: list[str], reason: str, late: bool) -> None:
        for child in (self.children[name] for name in waiting):
            if late or child.deaths >= DEATHS_AT_START:
                why = reason if late else f"it ended {child.deaths} times"
                raise CannotStart(f"{child.program.name} does not start: {why}\n{child.tail()}")

    def run_once(self, program: Program, seconds: float) -> None:
        """Run a step to its end while the others are looked after. Raises CannotStart or Asked."""
        step = Child(program, self.logs / f"{program.name}.log")
        self._bring_up(step)
        pid, process = step.pid, step.process
        try:
            while not step.has_died():
                if time.monotonic() - step.started > seconds:
                    raise CannotStart(f"{program.name} took longer than {seconds:.0f} s\n{step.tail()}")
                self.tick()
                self._pause()
        finally:
            if process is not None and step.process is process:
                bury(process.pid)
            self._tell_watchdog(f"-{pid}")
        if process is None or process.returncode:
            raise CannotStart(f"{program.name} failed\n{step.tail()}")

    # ---- running --------------------------------------------------------------------------------

    def run(self) -> None:
        """Look after the children until asked to stop."""
        while not self.asked:
            self.tick()
            time.sleep(TICK)

    def tick(self) -> None:
        """One look: bury and replace the dead, press those asked to leave, keep logs short."""
        for child in list(self.children.values()):  # a look may put another in a place
            self._look_at(child)
        self.leaving = [child for child in self.leaving if not self._has_left(child)]
        if self._watchdog.poll() is not None:
            self._watchdog = self._start_watchdog()
        if time.monotonic() - self._trimmed > TRIM_EVERY:
            self._trimmed = time.monotonic()
            for child in self.children.values():
                child.trim_log()

    def _look_at(self, child: Child) -> None:
        if self._has_left(child):
            self.say(f"{child.program.name} has ended; starting it again in {child.delay:.1f} s")
            for other in self.children.values():
                if child.program.name in other.program.leans_on:
                    other.doubted_at = time.monotonic()
        if child.process is None and time.monotonic() >= child.start_at:
            self._bring_up(child)
        if child.doubted_at is not None and time.monotonic() > child.doubted_at + TIME_TO_RECOVER:
            self._ask_again(child, child.doubted_at)

    def _ask_again(self, child: Child, since: float) -> None:
        with suppress(CannotTell):  # then it is asked again at the next look
            reason = child.program.ready(since)
            child.doubted_at = None
            if not reason:
                return
            self.say(f"{child.program.name} has not recovered ({reason}); replacing it")
            self._replace(child)

    def _has_left(self, child: Child) -> bool:
        pid = child.pid
        child.press()
        if not child.has_died():
            return False
        self._tell_watchdog(f"-{pid}")
        return True

    def _replace(self, child: Child) -> None:
        """Start another at once and let the old one finish what it has in hand."""
        child.ask_to_leave()
        self.leaving.append(child)
        self.start(child.program)

    def _pause(self) -> None:
        if self.asked:
            raise Asked
        time.sleep(TICK)

    # ---- stopping -------------------------------------------------------------------------------

    def stop(self) -> None:
        """Rank by rank from the highest, each bounded by its grace; at once when asked twice."""
        everybody = [*self.children.values(), *self.leaving]
        for rank in sorted({child.program.rank for child in everybody}, reverse=True):
            self._stop_together([child for child in everybody if child.program.rank == rank and child.process])
        self.children.clear()
        if self._watchdog.stdin is not None:
            self._watchdog.stdin.close()
        self._watchdog.wait()

    def _stop_together(self, leaving: list[Child]) -> None:
        for child in leaving:
            child.ask_to_leave()
        while leaving:
            for child in leaving:
                if self.asked > 1 and child.pid is not None:
                    watchdog.kill(child.pid)
            leaving = [child for child in leaving if not self._has_left(child)]
            time.sleep(TICK / 5)

    # ---- the watchdog ---------------------------------------------------------------------------

    def _start_watchdog(self) -> subprocess.Popen[bytes]:
        dog = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-S", watchdog.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=self.held,
            cwd="/",
        )
        pids = [child.pid for child in [*self.children.values(), *self.leaving] if child.pid is not None]
        _write(dog, "".join(f"+{pid}\n" for pid in pids))
        return dog

    def _tell_watchdog(self, line: str) -> None:
        _write(self._watchdog, f"{line}\n")


def _why_not(child: Child) -> str:
    try:
        return child.program.ready(child.started)
    except CannotTell as unknown:
        return str(unknown)


def _write(dog: subprocess.Popen[bytes], text: str) -> None:
    assert dog.stdin is not None
    with suppress(BrokenPipeError):  # it has died; the next look starts another and tells it everything
        os.write(dog.stdin.fileno(), text.encode())
