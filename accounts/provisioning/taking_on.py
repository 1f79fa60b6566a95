"""Accounts that the force already runs when its console is set up, from a file: each begins its life as live.

A new account is asked for instead (`applying`). Whoever runs the command answers for the file; the audit keeps each.
"""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Channel, Team
from accounts.opening import open_channel

COLUMNS = ("team_code", "network", "handle", "name")


@transaction.atomic
def take_on(*, text: str, now: datetime) -> list[Channel]:
    """All of the file or nothing. text: CSV with COLUMNS.

    Raises ValidationError with a sentence for each line that cannot be, by its number.
    """
    try:
        reader = csv.DictReader(StringIO(text.lstrip("\ufeff"), newline=""), restval="")
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as broken:
        raise ValidationError("This is no CSV file that can be read. Save it again as CSV in UTF-8.") from broken
    if not rows or not set(COLUMNS) <= set(rows[0][1]):
        raise ValidationError(f"The first line must name these columns: {', '.join(COLUMNS)}.")
    teams = {team.code: team for team in Team.objects.filter(code__in={row["team_code"] for _, row in rows})}
    wrong: list[str] = []
    made = [channel for number, row in rows for channel in _one(number, row, teams, wrong, now)]
    if wrong:
        raise ValidationError(wrong)
    return made


def _one(number: int, row: dict[str, str], teams: dict[str, Team], wrong: list[str], now: datetime) -> list[Channel]:
    """The channel of this line, or nothing and a sentence in `wrong`."""
    if lacking := [name for name in COLUMNS if not row[name].strip()]:
        wrong.append(f"Line {number}: it lacks {', '.join(lacking)}.")
        return []
    team = teams.get(row["team_code"])
    if team is None:
        wrong.append(f"Line {number}: there is no team {row['team_code'][:20]}.")
        return []
    facts = {name: row[name] for name in ("network", "handle", "name")}
    try:
        with transaction.atomic():
            return [open_channel(team=team, **facts, by=None, now=now)]
    except ValidationError as refusal:
        wrong.append(f"Line {number}: {' '.join(refusal.messages)}")
        return []
