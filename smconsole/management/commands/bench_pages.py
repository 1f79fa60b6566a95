"""`manage.py bench_pages`: how long the pages take through the real server, on the database as it is."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from smconsole.proving import pages
from smconsole.proving.ground import Broken


class Command(BaseCommand):
    help = (
        "Opens home, dashboards, queue, calendar, channels and a post's history as each role, over HTTP from "
        "one gunicorn process. Changes nothing but for sessions, which it ends. Fill a database with seed_scale first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=40, help="how often each page is opened")
        parser.add_argument("--only", default="", help='only pages with these words in their name, "dashboard"')
        parser.add_argument("--json", action="store_true", help="print a line of JSON for each page")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rounds"] < 1:
            raise CommandError("At least one round.")
        try:
            for timing in pages.measure(rounds=options["rounds"], now=timezone.now(), only=options["only"]):
                found = dataclasses.asdict(timing)
                line = "{page:36} {median_ms:8} ms {p95_ms:8} ms {queries:4} queries".format(**found)
                self.stdout.write(json.dumps(found) if options["json"] else line)
                self.stdout.flush()
        except Broken as sorry:
            raise CommandError(str(sorry)) from None
