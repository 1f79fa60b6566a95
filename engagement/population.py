"""How many people live in each borough, from the published table of years (columns Code, Year, Population)."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from django.db import transaction

from accounts import audit, boroughs
from accounts.models import Team
from engagement.models import Population

NEEDED = ("code", "year", "population")
YEARS, PEOPLE = range(1900, 2201), range(1, 50_000_000)


class Unreadable(ValueError):
    """The file is not such a table. The message says where and why; nothing was imported."""


@transaction.atomic
def import_file(*, content: bytes, now: datetime) -> dict[str, int]:
    """Bring the boroughs' figures in, whole or not at all. Returns counts. Other areas of the file are left out."""
    found = _read(content)
    teams = boroughs.ensure(now=now)
    known = {(p.team_id, p.year): p for p in Population.objects.all()}
    fresh, changed = [], []
    for (code, year), (people, source) in found.items():
        kept = known.get((teams[code], year))
        if kept is None:
            fresh.append(Population(team_id=teams[code], year=year, people=people, source=source))
        elif (kept.people, kept.source) != (people, source):
            kept.people, kept.source = people, source
            changed.append(kept)
    Population.objects.bulk_create(fresh, batch_size=500)
    Population.objects.bulk_update(changed, ["people", "source"], batch_size=500)
    counts = {"created": len(fresh), "changed": len(changed), "unchanged": len(found) - len(fresh) - len(changed)}
    audit.record(None, "population.imported", Team.objects.get(code=boroughs.FORCE), now=now, **counts)
    return counts


def _read(content: bytes) -> dict[tuple[str, int], tuple[int, str]]:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline=""))
    header = [name.strip().casefold() for name in next(lines, [])]
    if missing := [name for name in NEEDED if name not in header]:
        raise Unreadable(f"The table has no column {', '.join(missing)}.")
    found = {}
    for cells in lines:
        named = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if named.get("code") in boroughs.BOROUGHS:
            year, people = (
                _whole(named, "year", YEARS, lines.line_num),
                _whole(named, "population", PEOPLE, lines.line_num),
            )
            found[named["code"], year] = people, named.get("source", "")[:60]
    if not found:
        raise Unreadable("No line of the table is one of the force's 32 boroughs.")
    return found


def _whole(named: dict[str, str], name: str, within: range, line: int) -> int:
    written = named.get(name, "").replace(",", "")
    if not written.isdecimal() or int(written) not in within:
        raise Unreadable(f"Line {line}: “{written[:20]}” is no {name}.")
    return int(written)
