from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    outside = ("DATABASE_URL", "MEDIA_ROOT")
    env = {name: value for name, value in os.environ.items() if name not in outside}
    env |= {"SMCONSOLE_DATA": str(folder), "NO_BOOTSTRAP": "1"}
    manage = [sys.executable, "manage.py", *command]
    return subprocess.run(manage, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


def test_a_command_of_ours_makes_the_database_it_needs_and_keeps_its_answer_clean(tmp_path: Path) -> None:
    done = run(tmp_path / "new", "verify_audit", "--json")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1), done.stderr
    assert '"ok": true' in done.stdout
    assert "Making a new database" in done.stderr


def test_djangos_own_commands_are_left_alone(tmp_path: Path) -> None:
    assert run(tmp_path / "new", "help").returncode == 0
    assert not (tmp_path / "new" / "console.sqlite3").exists()
