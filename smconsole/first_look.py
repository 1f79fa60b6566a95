"""A bare clone needs no step before its commands: the embedded database is made when the first of ours asks for it."""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connection

OURS = ("accounts", "posts", "policy", "publishing", "engagement")


def supply_database(command: str) -> None:
    """Migrate an embedded database that does not exist yet, before one of our own commands. Says so on stderr."""
    django.setup()
    if get_commands().get(command) not in OURS:
        return
    path = Path(connection.settings_dict["NAME"])
    if settings.EMBEDDED and not path.exists():
        print(f"Making a new database at {path}", file=sys.stderr)
        path.parent.mkdir(parents=True, exist_ok=True)
        call_command("migrate", interactive=False, verbosity=0)
