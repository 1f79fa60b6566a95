"""Ward priorities from a file of the open police data interface."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts import priority_file
from accounts.models import Team
from accounts.priority_file import Imported, Read


class Command(BaseCommand):
    help = (
        "Bring in a ward's priorities (JSON, as data.police.uk gives them). All of them or none; twice changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--ward", required=True, metavar="CODE", help="The ward's ONS code.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and do nothing.")
        parser.add_argument("--json", action="store_true", help="Print one line of JSON.")

    def handle(self, *, file: Path, ward: str, **options: Any) -> None:
        now = timezone.now()
        team = Team.objects.filter(code=ward, kind=Team.Kind.WARD).first()
        if team is None:
            raise CommandError(f"There is no ward {ward} in the console. Nothing was imported.")
        try:
            found = priority_file.read(file.read_bytes(), now=now)
        except OSError as trouble:
            raise CommandError(f"The file cannot be read: {trouble.strerror}. Nothing was imported.") from None
        except ValidationError as trouble:
            raise CommandError(f"{file.name}: {' '.join(trouble.messages)} Nothing was imported.") from None
        done = Imported()
        if not found.rejected:
            with transaction.atomic():
                done = priority_file.bring_in(found.entries, team=team, by=None, now=now)
                transaction.set_rollback(options["dry_run"])
        self._tell(team, found, done, **options)

    def _tell(self, team: Team, found: Read, done: Imported, **options: Any) -> None:
        counts = {"created": done.created, "updated": done.updated, "unchanged": done.unchanged}
        facts = {"ward": team.code, "read": len(found.entries) + len(found.rejected), **counts}
        rejected = [{"entry": place, "reason": why} for place, why in found.rejected]
        if options["json"]:
            self.stdout.write(json.dumps({**facts, "rejected": rejected, "dry_run": options["dry_run"]}))
        else:
            self.stdout.write(", ".join(f"{name}: {value}" for name, value in facts.items()))
        if others := [code for code in found.wards if code != team.code]:
            self.stderr.write(f"The file's address names {', '.join(others)}, and you named {team.code}. Look again.")
        for gone in done.gone:
            self.stderr.write(f"Still open here and no longer in the file: {gone}")
        for one in rejected:
            self.stderr.write(f"entry {one['entry']}: {one['reason']}")
        if rejected:
            raise CommandError("Nothing was imported: every entry must be understood.")
