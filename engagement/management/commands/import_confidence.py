"""Imports a published file of the Public Attitude Survey."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement import confidence
from engagement.confidence import Outcome
from engagement.survey import Unreadable

SHOWN = 10


class Command(BaseCommand):
    help = "Import a survey file (CSV). All of it or nothing; the same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print the counts as one line of JSON")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            outcome = confidence.import_file(name=file.name, content=file.read_bytes(), by=None, now=timezone.now())
        except OSError as trouble:
            raise CommandError(f"The file cannot be read: {trouble.strerror}. Nothing was imported.") from None
        except Unreadable as problem:
            raise CommandError(f"{file.name}: {problem} Nothing was imported.") from None
        self._tell(outcome, as_json=bool(options["json"]))

    def _tell(self, outcome: Outcome, *, as_json: bool) -> None:
        counts = {
            "rows": outcome.rows,
            "created": outcome.created,
            "unchanged": outcome.unchanged,
            "rejected": len(outcome.rejected),
            "boroughs": len(outcome.boroughs),
            "measures": len(outcome.measures),
            "waves": len(outcome.waves),
        }
        self.stdout.write(json.dumps(counts) if as_json else "\n".join(f"{k}: {v}" for k, v in counts.items()))
        if outcome.corrected:
            self.stderr.write(f"{outcome.corrected} figures differed from before and were corrected (see the audit).")
        for rejected in outcome.rejected[:SHOWN]:
            self.stderr.write(f"line {rejected.line}: {rejected.why}")
        if outcome.rejected:
            raise CommandError("Nothing was imported: every line must be understood. Mend the lines and import again.")
