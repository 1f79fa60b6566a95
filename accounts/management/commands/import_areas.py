"""Boroughs and wards from the ONS ward file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts import areas, outlines


class Command(BaseCommand):
    help = "Bring in boroughs and wards from the ward file (GeoJSON) of the Office for National Statistics."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The GeoJSON file, of any year.")
        parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            read = areas.read(options["file"])
            shapes = outlines.draw(areas.outlines_in(areas.features(options["file"])), read)
            with transaction.atomic():
                done = areas.bring_in(read, by=None, now=timezone.now())
                drawn = outlines.keep(shapes, now=timezone.now())
                transaction.set_rollback(options["dry_run"])
        except ValidationError as trouble:
            raise CommandError(f"{' '.join(trouble.messages)} Nothing was imported.") from None
        for place, wards in read.left_out.items():
            self.stderr.write(f"Left out: {wards} wards of {place}, which another force polices.")
        if not drawn:
            self.stderr.write("The file draws no area, so the maps go on as they were.")
        if done.missing:
            self.stderr.write(f"Kept although not in this file: {', '.join(sorted(done.missing)[:20])}.")
        self.stdout.write(self._answer(read, done, as_json=options["json"]))

    def _answer(self, read: areas.Areas, done: areas.Imported, *, as_json: bool) -> str:
        facts = {
            "boroughs": len(read.boroughs),
            "wards": len(read.wards),
            "skipped": sum(read.left_out.values()),
            "created": done.created,
            "updated": done.updated,
        }
        return json.dumps(facts) if as_json else ", ".join(f"{name}: {number}" for name, number in facts.items())
