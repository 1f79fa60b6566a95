"""Prove that guardian's rows are what the appointments say, and mend them on demand."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts import accord
from accounts.accord import Accord, Difference

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Compare every object permission with what the active appointments say. Exit status 1 when they differ and "
        "were not mended. Reads only, unless --fix is given; that is audited person by person."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fix", action="store_true", help="Make the rows equal to the appointments.")
        parser.add_argument("--json", action="store_true", help="Print one line of JSON, with every difference.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        found = accord.fix(by=None, now=now) if options["fix"] else accord.check(now=now)
        self.stdout.write(json.dumps(asdict(found)) if options["json"] else _words(found))
        if not found.holds:
            raise SystemExit(1)


def _words(found: Accord) -> str:
    counts = f"{found.people} people, {found.rows} rows."
    if not found.missing and not found.extra:
        return f"Rights are what the appointments say. {counts}"
    lines = [*_some("missing", found.missing), *_some("too many", found.extra)]
    mended = f"{found.fixed} mended." if found.fixed else "Nothing was changed: --fix mends it."
    return "\n".join(
        [f"DIFFERENT: {len(found.missing)} missing, {len(found.extra)} too many. {counts}", *lines, mended]
    )


def _some(what: str, rows: list[Difference]) -> list[str]:
    shown = [f"  {what}: {row.who}, {row.right} on {row.on}" for row in rows[:SHOWN]]
    return [*shown, f"  {what}: and {len(rows) - SHOWN} more (--json names all)"] if len(rows) > SHOWN else shown
