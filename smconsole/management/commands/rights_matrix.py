"""`manage.py rights_matrix`: who may what at every address, found out by asking, in a throw-away database."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from smconsole.proving import judgement, matrix, throwaway
from smconsole.proving.matrix_sides import Row


class Command(BaseCommand):
    help = (
        "Requests every address by every method as every role, about things of the person's own team and of another's, "
        "and prints the statuses. --json: one array. Ends with an error where a cell says what it must not. "
        "The console's own database is left alone and nothing is sent out."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON array")
        parser.add_argument("--only", action="append", default=[], help="this address alone; may be given again")

    def handle(self, *args: Any, **options: Any) -> None:
        only = frozenset(options["only"])
        if unknown := only - set(matrix.names()):
            raise CommandError(f"There is no address called {', '.join(sorted(unknown))}.")
        with throwaway.database():
            rows = list(matrix.build(now=timezone.now(), only=only))
        if options["json"]:
            self.stdout.write(json.dumps([dataclasses.asdict(row) for row in rows], indent=1))
        else:
            self.stdout.write("\n".join(_lines(rows)))
        if found := judgement.offences(rows):
            raise CommandError("\n".join(["The matrix says what it must not:", *found]))


def _lines(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        cells = "  ".join(f"{role} {asked['own']}/{asked['other']}" for role, asked in row.roles.items())
        yield f"{row.method:6} {row.url:32} nobody {row.anonymous}  {cells}"
