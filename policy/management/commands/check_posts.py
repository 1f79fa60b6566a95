"""What the policy says of many texts, a line of JSON each."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from functools import cache
from typing import Any

import django
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.module_loading import import_string

from policy.content import Context
from policy.questions import Unclear, answer, read_line


class Command(BaseCommand):
    help = (
        "Read one JSON object a line from standard input and print one line each: findings, layer1 and the route of a "
        "trusted author. Nothing is written or sent. Exit status 1 when a line could not be read."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jsonl", action="store_true", help="Lines of JSON: the only form there is.")

    def handle(self, *args: Any, **options: Any) -> None:
        unclear, registered = False, cache(_registered)
        for line in sys.stdin.buffer:
            try:
                said = answer(read_line(line), registered)
            except Unclear as why:
                unclear, said = True, {"error": str(why)}
            self.stdout.write(json.dumps(said))
            self.stdout.flush()
        if unclear:
            raise SystemExit(1)


def _registered(channel: str, platform: str, at: datetime | None) -> tuple[Context, str]:
    """The console's registers. This command starts without Django; only a line that names a channel needs it."""
    django.setup()
    found: tuple[Context, str] = import_string("policy.voices.world")(channel, platform, at or timezone.now())
    return found
