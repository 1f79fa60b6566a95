"""Imports a published file of the Public Attitude Survey."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement import confidence
from engagement.confidence import Outcome
from engagement.survey import Rejected, Unreadable

SHOWN = 10


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they load every page, which takes longer than reading the file
    help = "Import a survey file (CSV or workbook). All of it or nothing; the same file again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as one line of JSON")

    def handle(self, *, file: Path, **options: bool) -> None:
        try:
            content = file.read_bytes()
            outcome = confidence.import_file(
                name=file.name, content=content, by=None, now=timezone.now(), dry_run=options["dry_run"]
            )
        except OSError as trouble:
            self._refuse(f"The file cannot be read: {trouble.strerror}.", 0, as_json=options["json"])
        except Unreadable as problem:
            self._refuse(f"{file.name}: {problem}", problem.line, as_json=options["json"], why=str(problem))
        else:
            self._answer(outcome, options)

    def _answer(self, outcome: Outcome, options: dict[str, bool]) -> None:
        self._counts(outcome, as_json=options["json"])
        self._tell(outcome, dry_run=options["dry_run"])

    def _refuse(self, words: str, line: int, *, as_json: bool, why: str = "") -> NoReturn:
        """line 0: of no line."""
        if as_json:
            self._counts(Outcome(rejected=[Rejected(line, why or words)]), as_json=True)
        raise CommandError(f"{words} Nothing was imported.")

    def _counts(self, outcome: Outcome, *, as_json: bool) -> None:
        counts = {
            "rows": outcome.rows,
            "created": outcome.created,
            "unchanged": outcome.unchanged,
            "corrected": outcome.corrected,
            "rejected": len(outcome.rejected),
            "boroughs": len(outcome.boroughs),
            "measures": len(outcome.measures),
            "waves": len(outcome.waves),
        }
        lines = [{"line": r.line, "reason": r.why} | ({"sheet": r.sheet} if r.sheet else {}) for r in outcome.rejected]
        said = json.dumps(counts | {"rejected_rows": lines, "dialect": outcome.dialect}, ensure_ascii=False)
        self.stdout.write(said if as_json else "\n".join(f"{name}: {count}" for name, count in counts.items()))

    def _tell(self, outcome: Outcome, *, dry_run: bool) -> None:
        if dry_run:
            self.stderr.write("This was a dry run: nothing was written.")
        elif outcome.corrected:
            self.stderr.write(f"{outcome.corrected} figures differed from before and were corrected; both are kept.")
        for rejected in outcome.rejected[:SHOWN]:
            self.stderr.write(f"{rejected.sheet} line {rejected.line}: {rejected.why}".strip())
        if outcome.rejected:
            raise CommandError("Nothing was imported: every line must be understood. Mend the lines and import again.")
