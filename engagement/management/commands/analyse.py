"""Asks one question of the figures and prints what they can bear (domain.md D.7)."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement import analyses, wording_analysis
from engagement.analysis import table
from engagement.exposures import EXPOSURES
from engagement.models import Analysis, Measure

METHODS = ("association", "panel", "launch")
SETTINGS = ("errors", "seed", "lag", "scale", "draws", "placebos")


def _between(least: int, most: int) -> Callable[[str], int]:
    def number(written: str) -> int:
        if not written.strip().isdecimal() or not least <= int(written) <= most:
            raise ArgumentTypeError(f"{written} is not a whole number from {least:,} to {most:,}.")
        return int(written)

    return number


class Command(BaseCommand):
    help = "Hold a survey measure beside what teams did. From the console's own figures, or from a plain table (--csv)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--outcome", help="code of a survey measure, such as informed")
        parser.add_argument("--exposure", help=f"one of {', '.join(EXPOSURES)}")
        parser.add_argument("--method", choices=METHODS, default="panel")
        parser.add_argument("--csv", type=Path, help="a table with the columns borough, year, outcome, exposure")
        parser.add_argument("--rerun", type=int, metavar="ID", help="work out a kept analysis again, to the digit")
        parser.add_argument("--seed", type=_between(0, 2**32 - 1), help="of every draw by chance")
        parser.add_argument("--lag", type=_between(0, 5), help="years by which the exposure comes before (1)")
        parser.add_argument("--scale", choices=["log1p", "raw"], help="how the exposure enters the panel model (log1p)")
        parser.add_argument("--errors", choices=["CR2", "CR2 G-1", "CR1", "CR0"], help="of the panel model (CR2)")
        parser.add_argument("--draws", type=_between(50, 100_000), help="of the bootstrap")
        parser.add_argument("--placebos", type=_between(20, 20_000), help="shuffles of who began when (1000)")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, **options: Any) -> None:
        settings = {name: options[name] for name in SETTINGS if options[name] is not None}
        if options["rerun"] is not None:
            result = self._again(options["rerun"])
        elif options["csv"]:
            result = self._plain(options["csv"], options["method"], settings)
        else:
            result = self._asked(options["method"], options["outcome"], options["exposure"], settings)
        self.stdout.write(json.dumps(result) if options["json"] else "\n".join(wording_analysis.lines(result)))

    def _plain(self, path: Path, method: str, settings: dict[str, Any]) -> dict[str, Any]:
        """From a file alone: nothing is kept."""
        try:
            rows = table.read(path.read_text(encoding="utf-8-sig")).rows()
        except OSError as trouble:
            raise CommandError(f"The table cannot be read: {trouble.strerror}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{path.name}: This is not a text file.") from None
        except table.Unusable as problem:
            raise CommandError(f"{path.name}: {problem}") from None
        return analyses.work_out(method, {"seed": analyses.SEED, **settings}, {"table": rows})

    def _asked(
        self, method: str, outcome: str | None, exposure: str | None, settings: dict[str, Any]
    ) -> dict[str, Any]:
        measure = Measure.objects.filter(code=outcome or "").first()
        if measure is None:
            known = ", ".join(Measure.objects.values_list("code", flat=True))
            raise CommandError(f"--outcome must be a measure: {known}.")
        if exposure not in EXPOSURES:
            raise CommandError(f"--exposure must be one of {', '.join(EXPOSURES)}.")
        now = timezone.now()
        asked = analyses.ask(
            method=method, outcome=measure, exposure=str(exposure), settings=settings, by=None, now=now
        )
        return self._work(asked)

    def _again(self, pk: int) -> dict[str, Any]:
        kept = Analysis.objects.filter(pk=pk).first()
        if kept is None or not kept.is_over:
            raise CommandError(f"There is no finished analysis {pk}.")
        again = analyses.ask_again(analysis=kept, by=None, now=timezone.now())
        result = self._work(again)
        again.refresh_from_db()
        if not again.same:
            self.stderr.write(f"Not the same digits: then {kept.code_version}; now {again.code_version}.")
        return result | {"same": again.same, "again_of": pk}

    def _work(self, asked: Analysis) -> dict[str, Any]:
        done = analyses.work(analysis_id=asked.pk, now=timezone.now())
        if done is None:
            raise CommandError("A worker took this analysis first. Ask for it again with --rerun once it is done.")
        return done.result | {"id": done.pk, "code": done.code_version, "data": done.data_version["table"]}
