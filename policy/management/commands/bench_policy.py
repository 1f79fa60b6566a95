"""How long the policy takes over a post."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from policy.pace import measure


class Command(BaseCommand):
    help = "Measure how long a check takes, over posts as people write them and over texts made to be slow."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print one line of JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        pace = measure()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(pace)))
            return
        self.stdout.write(
            f"{pace.posts} texts. Half of ordinary posts within {pace.p50_ms} ms, 95 in 100 within {pace.p95_ms} ms. "
            f"The slowest of all took {pace.max_ms} ms and has {pace.worst_text_chars:,} characters."
        )
