"""Imports how many people live in each borough, by year."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement import population


class Command(BaseCommand):
    help = "Import a table with the columns Code (ONS), Year and Population. All of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            counts = population.import_file(content=file.read_bytes(), now=timezone.now())
        except OSError as trouble:
            raise CommandError(f"The file cannot be read: {trouble.strerror}. Nothing was imported.") from None
        except population.Unreadable as problem:
            raise CommandError(f"{file.name}: {problem} Nothing was imported.") from None
        self.stdout.write("\n".join(f"{name}: {count}" for name, count in counts.items()))
