from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from smconsole import child as children
from smconsole import supervisor as module
from smconsole.child import CannotTell, Program
from smconsole.preparation import ROOT
from smconsole.supervisor import Asked, CannotStart, Supervisor
from tests.smconsole.toys import SIGNS_OFF, STUBBORN, WITH_CHILD, command_line, descendants, is_alive, toy, until


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    made = Supervisor(tmp_path / "logs", said.append)
    yield made
    made.asked = 2
    made.stop()


def _pid(supervisor: Supervisor, name: str) -> int:
    pid = supervisor.children[name].pid
    assert pid is not None
    return pid


def _looks_until(supervisor: Supervisor, fact: object) -> None:
    def looked() -> bool:
        supervisor.tick()
        return bool(fact()) if callable(fact) else False

    until(looked)


def test_a_killed_child_comes_back_as_another_process(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start(toy("web"))
    old = _pid(supervisor, "web")
    os.kill(old, signal.SIGKILL)
    _looks_until(supervisor, lambda: supervisor.children["web"].pid not in (old, None))
    assert any(sentence.startswith("web has ended") for sentence in said)


def test_what_a_killed_child_had_started_goes_with_it(supervisor: Supervisor, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    supervisor.start(toy("worker", WITH_CHILD, note))
    until(note.exists)
    grandchild = int(note.read_text())
    assert is_alive(grandchild)
    os.kill(_pid(supervisor, "worker"), signal.SIGKILL)
    _looks_until(supervisor, lambda: not is_alive(grandchild))


def test_a_child_that_keeps_dying_is_restarted_ever_more_slowly(supervisor: Supervisor) -> None:
    supervisor.start(toy("web", "sys.exit(1)"))
    child = supervisor.children["web"]
    _looks_until(supervisor, lambda: child.deaths == 3)
    assert child.delay == pytest.approx(children.FIRST_DELAY * 8)


def test_the_pause_before_a_restart_stays_well_under_ten_seconds() -> None:
    assert children.LONGEST_DELAY <= 5


def test_the_stop_goes_from_the_highest_rank_to_the_lowest(supervisor: Supervisor, tmp_path: Path) -> None:
    book = tmp_path / "book"
    for name, rank in (("broker", 0), ("worker", 2), ("web", 3), ("sandbox", 1)):
        supervisor.start(toy(name, SIGNS_OFF, book, name, rank=rank))
        until(Path(f"{book}.{name}").exists)
    supervisor.stop()
    assert book.read_text().split() == ["web", "worker", "sandbox", "broker"]


def test_a_child_that_will_not_leave_is_killed_when_its_grace_has_passed(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    supervisor.start(toy("web", STUBBORN, tmp_path / "up", grace=0.2))
    until((tmp_path / "up").exists)
    pid = _pid(supervisor, "web")
    supervisor.stop()
    assert not is_alive(pid)


def test_asked_twice_it_waits_for_nobody(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(toy("web", STUBBORN, tmp_path / "up", grace=600))
    until((tmp_path / "up").exists)
    pid = _pid(supervisor, "web")
    supervisor.asked = 2
    supervisor.stop()
    assert not is_alive(pid)


def test_a_child_that_never_gets_up_is_shown_with_its_last_words(supervisor: Supervisor) -> None:
    supervisor.start(toy("web", "sys.exit('no such module: pages')", ready=lambda since: "it does not answer"))
    with pytest.raises(CannotStart, match=r"(?s)web does not start.*no such module: pages"):
        supervisor.wait_until_ready(["web"], 30)


def test_a_child_that_is_late_is_reported_with_the_reason_of_its_probe(supervisor: Supervisor) -> None:
    supervisor.start(toy("web", ready=lambda since: "it answers 500"))
    with pytest.raises(CannotStart, match="it answers 500"):
        supervisor.wait_until_ready(["web"], 0)


def test_waiting_ends_when_every_probe_is_content(supervisor: Supervisor, tmp_path: Path) -> None:
    up = tmp_path / "up"
    supervisor.start(toy("web", STUBBORN, up, ready=lambda since: "" if up.exists() else "not yet"))
    supervisor.wait_until_ready(["web"], 30)
    assert up.exists()


def test_somebody_who_asks_for_the_stop_during_the_start_is_heard(supervisor: Supervisor) -> None:
    supervisor.start(toy("web", ready=lambda since: "not yet"))
    supervisor.asked = 1
    with pytest.raises(Asked):
        supervisor.wait_until_ready(["web"], 30)


def test_a_step_runs_once_to_its_end(supervisor: Supervisor, tmp_path: Path) -> None:
    done = tmp_path / "done"
    supervisor.run_once(toy("migrate", "open(sys.argv[1], 'a').write('x')", done), 30)
    assert done.read_text() == "x"
    assert "migrate" not in supervisor.children


def test_a_failed_step_shows_its_last_words(supervisor: Supervisor) -> None:
    with pytest.raises(CannotStart, match=r"(?s)migrate failed.*table is missing"):
        supervisor.run_once(toy("migrate", "sys.exit('table is missing')"), 30)


def test_a_step_that_takes_too_long_is_ended(supervisor: Supervisor) -> None:
    with pytest.raises(CannotStart, match="took longer"):
        supervisor.run_once(toy("migrate"), 0)


def _leaning(recovers: bool) -> Program:
    return toy("worker", leans_on=("broker",), grace=0.2, ready=lambda since: "" if recovers else "not seen since")


@pytest.mark.parametrize("recovers", [True, False])
def test_who_leans_on_the_dead_is_replaced_only_when_it_does_not_recover(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch, recovers: bool
) -> None:
    monkeypatch.setattr(module, "TIME_TO_RECOVER", 0.0)
    supervisor.start(toy("broker"))
    supervisor.start(_leaning(recovers))
    worker = _pid(supervisor, "worker")
    os.kill(_pid(supervisor, "broker"), signal.SIGKILL)
    _looks_until(supervisor, lambda: supervisor.children["broker"].deaths)
    _looks_until(supervisor, lambda: supervisor.children["worker"].doubted_at is None and not supervisor.leaving)
    assert (_pid(supervisor, "worker") == worker) is recovers
    assert is_alive(worker) is recovers


def test_nobody_is_replaced_while_nobody_can_tell(supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIME_TO_RECOVER", 0.0)
    asked: list[float] = []

    def ready(since: float) -> str:
        asked.append(since)
        if len(asked) < 3:
            raise CannotTell("nobody there to ask")
        return ""

    supervisor.start(toy("broker"))
    supervisor.start(toy("worker", leans_on=("broker",), ready=ready))
    worker = _pid(supervisor, "worker")
    os.kill(_pid(supervisor, "broker"), signal.SIGKILL)
    _looks_until(supervisor, lambda: len(asked) == 3)
    assert _pid(supervisor, "worker") == worker


def test_a_log_that_grows_too_long_is_cut_and_its_last_piece_kept(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "LOG_LIMIT", 10)
    supervisor.start(toy("web"))
    child = supervisor.children["web"]
    child.log.write_text("the beginning, the end")
    child.trim_log()
    assert child.log.read_text() == ""
    assert child.log.with_suffix(".log.1").read_text() == "g, the end"


ALONE = """
import sys, time
from pathlib import Path
from smconsole.supervisor import Supervisor
from tests.smconsole.toys import STUBBORN, WITH_CHILD, toy
folder = Path(sys.argv[1])
supervisor = Supervisor(folder / "logs", print)
supervisor.listen()
supervisor.start(toy("worker", WITH_CHILD, folder / "grandchild", grace=0.5))
supervisor.start(toy("web", STUBBORN, folder / "up", grace=0.5))
print(*[child.pid for child in supervisor.children.values()], flush=True)
supervisor.run()
supervisor.stop()
"""


@contextmanager
def _alone(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A supervisor in a process of its own, and the pids of its two children and of its grandchild."""
    argv = [sys.executable, "-c", ALONE, str(folder)]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as alone:
        assert alone.stdout is not None
        pids = [int(word) for word in alone.stdout.readline().split()]
        until(lambda: (folder / "up").exists() and (folder / "grandchild").exists())
        pids.append(int((folder / "grandchild").read_text()))
        assert all(is_alive(pid) for pid in pids)
        yield alone, pids


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda number: number.name)
def test_nothing_outlives_the_supervisor_however_it_ends(tmp_path: Path, number: signal.Signals) -> None:
    with _alone(tmp_path) as (alone, pids):
        alone.send_signal(number)
        until(lambda: not any(is_alive(pid) for pid in pids))
    assert alone.returncode == (0 if number != signal.SIGKILL else -signal.SIGKILL)


def test_a_killed_watchdog_is_replaced_by_one_that_knows_the_children(tmp_path: Path) -> None:
    with _alone(tmp_path) as (alone, pids):

        def watchdogs() -> set[int]:
            return {pid for pid in descendants(alone.pid) if b"watchdog.py" in command_line(pid)}

        old = watchdogs()
        os.kill(*old, signal.SIGKILL)
        until(lambda: watchdogs() - old)
        alone.kill()
        until(lambda: not any(is_alive(pid) for pid in pids))
