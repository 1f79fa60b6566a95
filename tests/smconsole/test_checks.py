"""`manage.py test` itself: what it runs, where it stops, what it says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smconsole import embedded
from smconsole.management.commands import test as command
from smconsole.management.commands.test import NOTHING_COLLECTED, Check
from smconsole.preparation import ROOT


def _ends(name: str, code: int, fine: tuple[int, ...] = (0,)) -> Check:
    return Check(name, [sys.executable, "-S", "-c", f"raise SystemExit({code})"], fine=fine)


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[Check]:
    """The checks that the command will find."""
    found: list[Check] = []

    def every_check(folder: Path) -> Iterator[Check]:
        yield from found

    monkeypatch.setattr(command, "every_check", every_check)
    monkeypatch.setattr(command.signal, "signal", lambda *_: None)
    return found


def test_the_first_failure_ends_it_and_is_named(listed: list[Check], capsys: pytest.CaptureFixture[str]) -> None:
    listed += [_ends("types", 0), _ends("contracts", 3), _ends("suite", 0)]
    assert command.run([]) == 3
    said = capsys.readouterr().err
    assert "types: passed in" in said
    assert "FAILED: contracts" in said
    assert "suite" not in said


def test_when_everything_passes_it_says_how_long_it_took(
    listed: list[Check], capsys: pytest.CaptureFixture[str]
) -> None:
    listed += [_ends("types", 0), _ends("nothing marked", NOTHING_COLLECTED, fine=(0, NOTHING_COLLECTED))]
    assert command.run([]) == 0
    assert "Everything passed in" in capsys.readouterr().err


def test_with_arguments_only_pytest_runs(listed: list[Check], capsys: pytest.CaptureFixture[str]) -> None:
    listed.append(_ends("never", 1))
    assert command.run(["--version"]) == 0
    assert "== pytest: passed" in capsys.readouterr().err


def test_the_suite_is_linted_typed_and_run_in_that_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "answers", lambda url, port: True)
    names = [check.name for check in command.every_check(tmp_path)]
    assert names[:4] == ["ruff check", "ruff format", "import contracts", "types"]
    assert names[-2:] == ["suite on SQLite", "claims, locks and triggers on PostgreSQL"]


def test_a_machine_without_postgresql_says_that_it_skips(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", f"postgres://nobody@127.0.0.1:{embedded.pick_port(0)}/none")
    assert [check.name for check in command.every_check(tmp_path)][-1] == "suite on SQLite"
    assert "SKIPPED: no PostgreSQL answers" in capsys.readouterr().err


def test_ci_asks_for_nothing_bash_cannot_read() -> None:
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci/run")]).returncode == 0
