"""`manage.py bench_rights`: proving and applying rights at the size of a force, in a throw-away database."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from smconsole.proving import rights_bench, throwaway
from smconsole.proving.ground import Broken


class Command(BaseCommand):
    help = (
        "Measure check_rights and one appointment in a force of invented people. The console's database is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--channels", type=int, default=1400, help="two to a ward")
        parser.add_argument("--people", type=int, default=2500)
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["channels"] < 2 or options["people"] < options["channels"] // 2 + 400:
            raise CommandError("At least two channels, and 400 people more than there are wards.")
        try:
            with throwaway.database():
                timing = rights_bench.measure(
                    channels=options["channels"], people=options["people"], now=timezone.now()
                )
        except Broken as sorry:
            raise CommandError(str(sorry)) from None
        found = dataclasses.asdict(timing)
        self.stdout.write(json.dumps(found) if options["json"] else "\n".join(f"{k:14} {v}" for k, v in found.items()))
