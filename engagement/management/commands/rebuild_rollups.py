"""`manage.py rebuild_rollups`: counts every day again, of every channel and area, from the posts and their numbers."""

from __future__ import annotations

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from engagement import rollups
from engagement.models import AreaDay, ChannelDay


class Command(BaseCommand):
    help = "Count every day of every channel and area again. Safe while the console runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        begun, days = time.monotonic(), 0
        for day in rollups.rebuild(now=timezone.now()):
            days += 1
            if days % 100 == 0:
                self.stderr.write(f"{days:,} days, up to {day}")
        found = {
            "days": days,
            "channel_days": ChannelDay.objects.count(),
            "area_days": AreaDay.objects.count(),
            "seconds": round(time.monotonic() - begun, 1),
        }
        self.stdout.write(json.dumps(found) if options["json"] else f"Added up {days:,} days in {found['seconds']} s.")
