"""`manage.py test`: what CI runs, byte for byte. With arguments, pytest alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand

from smconsole import secrets
from smconsole.preparation import ROOT, say

ROOMS = ["platforms", "accounts", "posts", "policy", "publishing", "engagement", "smconsole"]
NOTHING_COLLECTED = 5  # pytest's own exit code
POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = "redis://127.0.0.1:6379/0"


@dataclass(frozen=True)
class Check:
    name: str
    argv: list[str]
    env: dict[str, str] = field(default_factory=dict)
    fine: tuple[int, ...] = (0,)


class Command(BaseCommand):
    help = (
        "Lint, types, import contracts, migrations, deployment check and the whole suite; with arguments only pytest."
    )
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> NoReturn:
        if argv[2:] in (["-h"], ["--help"]):
            raise SystemExit(f"{self.help}\n\nusage: manage.py test [pytest arguments]")
        raise SystemExit(run(argv[2:]))


def run(arguments: list[str]) -> int:
    """Run every check until one fails. Returns the exit code of the failed one, or 0."""
    signal.signal(signal.SIGTERM, _leave)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="smconsole-tests-") as folder:
        base = {**os.environ, "SMCONSOLE_DATA": folder, "NO_BOOTSTRAP": "1", "PYTHONUNBUFFERED": "1"}
        checks = iter([pytest("pytest", arguments)]) if arguments else every_check(Path(folder))
        for check in checks:
            if code := _run(check, base):
                say(f"FAILED: {check.name}. Nothing after it was run.")
                return code
    say(f"Everything passed in {time.monotonic() - began:.0f} s.")
    return 0


def every_check(folder: Path) -> Iterator[Check]:
    python, tools = sys.executable, Path(sys.executable).parent
    service = _service_environment(folder)
    manage = [python, "manage.py"]
    yield Check("ruff check", [python, "-m", "ruff", "check", "."])
    yield Check("ruff format", [python, "-m", "ruff", "format", "--check", "."])
    yield Check("import contracts", [str(tools / "lint-imports")])
    yield Check("types", [python, "-m", "mypy"])
    yield Check(
        "templates",
        [python, "-m", "djlint", "--lint", "--quiet", *_template_folders()],
    )
    yield Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"])
    yield Check("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], service | {"SECURE": "1"})
    # One more than processors: the long tests (journey, killed workers, demo) wait for the clock half the time.
    workers = ["-n", str(min(2, os.cpu_count() or 1) + 1), "--dist", "worksteal"]
    yield pytest("suite on SQLite", workers)
    yield from _on_postgres(service, workers)


def pytest(name: str, arguments: list[str], env: dict[str, str] | None = None) -> Check:
    return Check(name, [sys.executable, "-m", "pytest", *arguments], {"SECURE": "0"} | (env or {}))


def _template_folders() -> list[str]:
    return [f"{room}/templates" for room in ROOMS if (ROOT / room / "templates").is_dir()]


def _on_postgres(service: dict[str, str], workers: list[str]) -> Iterator[Check]:
    """Claims, locks and triggers once more on PostgreSQL; a machine without one says so instead of staying silent."""
    url, broker = os.environ.get("TEST_DATABASE_URL", POSTGRES), os.environ.get("REDIS_URL", REDIS)
    if not answers(url, 5432):
        say("SKIPPED: no PostgreSQL answers at TEST_DATABASE_URL, so the tests marked postgres ran on SQLite only.")
        return
    if not answers(broker, 6379):
        say("NOTE: no Redis answers at REDIS_URL; tests that need one skip.")
    check = pytest("claims, locks and triggers on PostgreSQL", [*workers, "-m", "postgres"], service)
    yield Check(check.name, check.argv, check.env | {"DATABASE_URL": url}, fine=(0, NOTHING_COLLECTED))


def _service_environment(folder: Path) -> dict[str, str]:
    """What a force's service must have in its environment, with throw-away secrets."""
    return secrets.load(folder) | {
        "DATABASE_URL": POSTGRES,
        "BASE_URL": "https://console.example",
        "ALLOWED_HOSTS": "console.example,localhost,127.0.0.1",
    }


def answers(url: str, port: int) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", parts.port or port), timeout=2).close()
    except OSError:
        return False
    return True


def _run(check: Check, base: dict[str, str]) -> int:
    say(f"== {check.name}")
    began = time.monotonic()
    child = subprocess.Popen(check.argv, cwd=ROOT, env=base | check.env)  # noqa: S603
    try:
        code = child.wait()
    finally:
        child.terminate()
        child.wait()
    say(
        f"== {check.name}: {'passed' if code in check.fine else f'failed ({code})'} in {time.monotonic() - began:.1f} s"
    )
    return 0 if code in check.fine else code


def _leave(signum: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signum)
