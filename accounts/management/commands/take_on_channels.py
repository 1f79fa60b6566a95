"""Bring in the accounts that the force already runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.provisioning.taking_on import COLUMNS, take_on


class Command(BaseCommand):
    help = f"Accounts that the force already runs, from a CSV file with {', '.join(COLUMNS)}. All of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            with transaction.atomic():
                made = take_on(text=file.read_text(encoding="utf-8"), now=timezone.now())
                transaction.set_rollback(dry_run)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        would = "would be" if dry_run else "are"
        self.stdout.write(f"{len(made)} accounts {would} taken on. Connect each on its page.")
