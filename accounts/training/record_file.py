"""Records of training from elsewhere, as CSV: person,part,on. All of a file comes in, or none of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts import audit, people
from accounts.models import Completion, Part, User
from accounts.training import records

COLUMNS = ("person", "part", "on")
MOST = 5_000
SHOWN = 20


@dataclass(frozen=True)
class Line:
    number: int
    user: User
    part: str
    on: date


@transaction.atomic
def bring_in(*, text: str, by: User, now: datetime) -> int:
    """Keep what the file says; what is kept already stays. Returns how many lines there were.

    person: their sign-in name or e-mail address, of those whom `by` looks after; part: as in Part; on: YYYY-MM-DD or
    DD/MM/YYYY. Raises PermissionDenied for who is no trainer, or a line about oneself; ValidationError with every line
    that is wrong.
    """
    records.require_trainer(by)
    lines = read(text, among=people.everyone(by, now=now), today=records.london_day(now))
    if by.pk in {line.user.pk for line in lines}:
        raise PermissionDenied("Somebody else must bring your own records in.")
    list(User.objects.select_for_update(no_key=True).filter(pk__in={line.user.pk for line in lines}).order_by("pk"))
    for line in lines:
        records.keep(user=line.user, part=line.part, on=line.on, origin=Completion.Origin.FILE, by=by, now=now)
    audit.record(by, "training.brought_in", by, now=now, lines=len(lines))
    return len(lines)


def read(text: str, *, among: QuerySet[User], today: date) -> list[Line]:
    """The lines of a file about some of these. Raises ValidationError, a sentence to each line that is wrong, at most
    twenty."""
    try:
        rows = list(csv.DictReader(StringIO(text.lstrip("\ufeff"), newline="")))
    except csv.Error as broken:
        raise ValidationError("This is no CSV file that can be read. Save it again as CSV in UTF-8.") from broken
    if not rows or not set(COLUMNS) <= set(rows[0]):
        raise ValidationError("The first line must be: person,part,on. At least one more must follow.")
    if len(rows) > MOST:
        raise ValidationError(f"At most {MOST:,} lines at once. This has {len(rows):,}.")
    known = _people({(row["person"] or "").strip().lower() for row in rows}, among)
    found: list[Line] = []
    wrong: list[str] = []
    for number, row in enumerate(rows, start=2):
        problems = list(_wrong(row, known, today))
        if problems:
            wrong.append(f"Line {number}: {' '.join(problems)}")
            continue
        user = known[(row["person"] or "").strip().lower()]
        found.append(Line(number, user, _part(row), _day(row["on"]) or today))
    if wrong:
        more = [f"And {len(wrong) - SHOWN} more lines."] if len(wrong) > SHOWN else []
        raise ValidationError([*wrong[:SHOWN], *more])
    return found


def _people(names: set[str], among: QuerySet[User]) -> dict[str, User]:
    """Sign-in name or address, in small letters -> the person; an address that two share names nobody."""
    found: dict[str, list[User]] = {}
    asked = among.filter(is_active=True).order_by().prefetch_related(None)
    for user in asked.only("pk", "username", "email", "first_name", "last_name", "rank"):
        for name in {user.username.lower(), user.email.lower()} - {""}:
            if name in names:
                found.setdefault(name, []).append(user)
    return {name: those[0] for name, those in found.items() if len(those) == 1}


def _wrong(row: dict[str, str | None], known: dict[str, User], today: date) -> Iterator[str]:
    if (row["person"] or "").strip().lower() not in known:
        yield f"nobody whom you look after is called “{(row['person'] or '')[:60]}”."
    if _part(row) not in Part.values:
        yield f"“{(row['part'] or '')[:30]}” is no part of the training ({', '.join(Part.values)})."
    on = _day(row["on"])
    if on is None:
        yield "the day is written like 2026-03-02 or 02/03/2026."
    elif on > today:
        yield "that day is still to come."


def _part(row: dict[str, str | None]) -> str:
    return (row["part"] or "").strip().lower()


def _day(written: str | None, forms: Sequence[str] = ("%Y-%m-%d", "%d/%m/%Y")) -> date | None:
    for form in forms:
        try:
            return datetime.strptime((written or "").strip(), form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None
