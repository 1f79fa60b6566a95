"""The migrated database, made once: migrating takes fifteen seconds, copying what was migrated a moment.

On SQLite alone, which the suite keeps in memory. The copy is named after the text of every migration and of the
policy, whose first edition a migration writes, so it is never stale; whoever comes first makes it while the other
workers wait for it.
"""

from __future__ import annotations

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django
from django.core.management.commands.migrate import Command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "databases"

_migrate = Command.handle


def migrate_once(command: Command, *args: Any, **options: Any) -> Any:
    """In place of `Command.handle`: the whole of an empty SQLite database comes from the copy, everything else runs."""
    if connection.vendor != "sqlite" or options["app_label"] or connection.introspection.table_names():
        return _migrate(command, *args, **options)
    with _one_at_a_time():
        kept = KEPT / _name()
        if kept.exists():
            with closing(sqlite3.connect(kept)) as copy:
                copy.backup(connection.connection)
            return None
        answer = _migrate(command, *args, **options)
        _keep(kept)
        return answer


def refill() -> None:
    """After a test that emptied every table: what the migrations themselves put in is there again. On SQLite alone."""
    kept = KEPT / _name()
    if connection.vendor == "sqlite" and kept.exists() and not connection.in_atomic_block:
        connection.ensure_connection()
        with closing(sqlite3.connect(kept)) as copy:
            copy.backup(connection.connection)


def _keep(kept: Path) -> None:
    for stale in KEPT.glob("*.sqlite3*"):
        stale.unlink()
    half = kept.with_suffix(".sqlite3-half")
    with closing(sqlite3.connect(half)) as copy:
        connection.connection.backup(copy)
    half.rename(kept)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _name() -> str:
    said = hashlib.sha256(f"{django.__version__} {version('django-guardian')} {sqlite3.sqlite_version}".encode())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        said.update(path.name.encode() + path.read_bytes())
    # The first edition is the code's own law on the day it is installed.
    for path in sorted((ROOT / "policy").rglob("*.py")):
        if path.parent.name in ("policy", "rules", "reading", "vocabulary"):
            said.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{said.hexdigest()[:32]}.sqlite3"
