"""Ward priorities as the open police data interface publishes them (data.police.uk, "neighbourhood priorities").

A list of {"issue", "issue-date", "action", "action-date"}; issue and action are HTML, an action may be missing. The
interface's own wrapper of this console's examples ({"sourceUrl", "raw": {…}}) is read too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit, priorities
from accounts.models import Priority, PriorityStep, Team, User
from accounts.models.people import LONDON

SOURCE = "data.police.uk"
_BLOCKS = {"p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}
_UNREAD = {"script", "style", "template", "noscript"}
_CODE = re.compile(r"[EW]\d{8}")


@dataclass(frozen=True)
class Entry:
    """One published priority, its text without markup. action: "" where none is published."""

    place: int
    issue: str
    issue_on: date
    action: str = ""
    action_on: date | None = None

    @property
    def origin(self) -> str:
        """What the same priority is known by when it comes again: its words, without case or spaces, and its day."""
        plain = " ".join(self.issue.casefold().split())
        return hashlib.sha256(f"{SOURCE}\n{self.issue_on}\n{plain}".encode()).hexdigest()


@dataclass(frozen=True)
class Read:
    """rejected: (entry, counted from one; why). wards: codes that the file itself names."""

    entries: tuple[Entry, ...]
    rejected: tuple[tuple[int, str], ...]
    wards: tuple[str, ...]


@dataclass
class Imported:
    """created, updated (a new action of a known one), unchanged; gone: open ones from this source it no longer has."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: list[str] = field(default_factory=list)


def read(content: bytes, *, now: datetime) -> Read:
    """Raises ValidationError, in words, for a file that is no such list. Nothing is written here."""
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValidationError("The file is not JSON.") from None
    wrapped = list(told) if isinstance(told, list) else [told]
    if not all(isinstance(one, dict) for one in wrapped):
        raise ValidationError("The file is not a list of priorities.")
    entries, rejected = [], []
    for place, one in enumerate(wrapped, 1):
        try:
            entries.append(_entry(place, one.get("raw", one), now))
        except ValidationError as wrong:
            rejected.append((place, " ".join(wrong.messages)))
    wards = {code for one in wrapped for code in _CODE.findall(str(one.get("sourceUrl", "")))}
    return Read(tuple(entries), tuple(rejected), tuple(sorted(wards)))


@transaction.atomic
def bring_in(entries: Sequence[Entry], *, team: Team, by: User | None, now: datetime) -> Imported:
    """Set what is new, add new actions to what is known; a second time changes nothing. What is gone stays open."""
    done = Imported()
    known = {one.origin: one for one in Priority.objects.filter(team=team).exclude(origin="")}
    steps = {
        (step.priority_id, step.words)
        for step in PriorityStep.objects.filter(priority__team=team, kind=PriorityStep.Kind.ACTION)
    }
    for entry in {one.origin: one for one in entries}.values():
        priority = known.get(entry.origin)
        fresh = priority or priorities.create(
            team=team, words=entry.issue, set_on=entry.issue_on, source=SOURCE, origin=entry.origin, by=by, now=now
        )
        acted = bool(entry.action) and (fresh.pk, entry.action) not in steps
        if acted:
            on, kind = entry.action_on or entry.issue_on, PriorityStep.Kind.ACTION
            priorities.create_step(priority=fresh, kind=kind, words=entry.action, on=on, by=by, now=now)
        _count(done, is_new=priority is None, acted=acted)
    there = {one.origin for one in entries}
    done.gone = [str(one) for origin, one in known.items() if one.is_open and origin not in there]
    if done.created or done.updated:
        audit.record(by, "priorities.imported", team, now=now, created=done.created, updated=done.updated)
    return done


def _count(done: Imported, *, is_new: bool, acted: bool) -> None:
    if is_new:
        done.created += 1
    elif acted:
        done.updated += 1
    else:
        done.unchanged += 1


def _entry(place: int, told: Any, now: datetime) -> Entry:
    if not isinstance(told, dict):
        raise ValidationError("It is not a priority.")
    issue, action = _words(told.get("issue"), "issue"), _words(told.get("action"), "action")
    if not issue:
        raise ValidationError("It has no issue.")
    issue_on = _day(told.get("issue-date"), "issue-date", now)
    if issue_on is None:
        raise ValidationError("It has no issue-date.")
    acted = _day(told.get("action-date"), "action-date", now) if action else None
    return Entry(place, issue, issue_on, action, acted)


def _words(told: Any, name: str) -> str:
    if told is None:
        return ""
    if not isinstance(told, str):
        raise ValidationError(f"Its {name} is not text.")
    plain = text_of(told)
    return priorities.clean(plain, name) if plain else ""


def _day(told: Any, name: str, now: datetime) -> date | None:
    if told in (None, ""):
        return None
    try:
        day = datetime.fromisoformat(str(told)).date()
    except ValueError:
        raise ValidationError(f"Its {name} “{str(told)[:30]}” is not a date.") from None
    if not date(1990, 1, 1) <= day <= now.astimezone(LONDON).date():
        raise ValidationError(f"Its {name} {day} is still to come, or too long ago to be true.")
    return day


# ---- out of HTML -------------------------------------------------------------------------------------


class _Plain(HTMLParser):
    """Keeps the words: no tag, no attribute, nothing of a script or a style."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.kept: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in _UNREAD
        if tag in _BLOCKS:
            self.kept.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unread = max(0, self.unread - (tag in _UNREAD))
        if tag in _BLOCKS:
            self.kept.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.kept.append(data)


def text_of(html: str) -> str:
    """The words of a piece of HTML, a line for each paragraph; markup that was escaped twice goes too."""
    said = html
    for _ in range(2):
        parser = _Plain()
        parser.feed(said)
        parser.close()
        said = "".join(parser.kept)
    return "\n".join(_lines(said))


def _lines(said: str) -> Iterator[str]:
    for line in said.replace("\u00a0", " ").splitlines():
        if plain := " ".join(line.split()):
            yield plain
