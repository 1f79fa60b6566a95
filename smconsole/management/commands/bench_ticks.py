"""`manage.py bench_ticks`: what a tick of the clock costs, on the database as it is."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from publishing.models import Delivery
from smconsole.proving import ticks


class Command(BaseCommand):
    help = "Asks what the clock asks each second, and rolls back what it did. Fill a database with seed_scale first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ticks", type=int, default=200, help="how many")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["ticks"] < 1:
            raise CommandError("At least one tick.")
        found = {"sent": Delivery.objects.filter(state=Delivery.State.PUBLISHED).count()}
        found |= ticks.measure(ticks=options["ticks"], clock=timezone.now)
        line = "{sent} sent: a tick takes {median_ms} ms at the median, {p95_ms} ms at p95, {queries} queries"
        self.stdout.write(json.dumps(found) if options["json"] else line.format(**found))
