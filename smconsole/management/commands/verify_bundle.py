"""`manage.py verify_bundle`: is this exported record exactly what the console signed?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from smconsole.record import container, signing


class Command(BaseCommand):
    help = (
        "Proves an exported record from the console's public key, without a database or a network, and names the first "
        "file that is wrong. Exit status 1 when there is one."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", default="", help="the public key in hexadecimal; without it, this console's own")
        parser.add_argument("--json", action="store_true", help='{"ok", "wrong", "why", "files", "about", "made_at"}')

    def handle(self, *args: Any, **options: Any) -> None:
        key = options["key"] or signing.public_key()
        if len(key) != 64 or set(key.lower()) - set("0123456789abcdef"):
            raise CommandError("A public key is 64 letters and digits from 0 to f.")
        found = container.verify(options["file"], key=key)
        facts = {"about": found.facts.get("about"), "made_at": found.facts.get("made_at")}
        if options["json"]:
            self.stdout.write(
                json.dumps({"ok": found.ok, "wrong": found.wrong, "why": found.why, "files": found.files} | facts)
            )
        elif found.ok:
            self.stdout.write(
                f"Every one of {found.files} files is as it was signed on {facts['made_at']}: {facts['about']}."
            )
        if not found.ok:
            raise CommandError(f"{found.wrong}: {found.why}")
