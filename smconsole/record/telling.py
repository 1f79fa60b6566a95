"""Entries of the audit in words, and which of them somebody asked for. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import AuditEntry, User
from engagement import periods

# What a reader calls the kinds of rows that entries are about.
NAMES = {
    "filedcase": "filed case", "livecase": "live case", "media": "picture", "post": "update",
    "removaldate": "removal date", "target": "place on a channel",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One item of the timeline. facts: (name, value) as the entry keeps them."""

    title: str
    about: str
    by: str
    at: datetime
    facts: list[tuple[str, str]]


class Filter(forms.Form):
    """kind, who, since, until: all of them may be empty. Days are London days, both included."""

    kind = forms.ChoiceField(label="What", required=False)
    who = forms.ChoiceField(label="Who", required=False)
    since = forms.DateField(label="From", required=False, error_messages={"invalid": "Write the day as 27/03/2027."})
    until = forms.DateField(label="To", required=False, error_messages={"invalid": "Write the day as 27/03/2027."})

    def __init__(self, data: Any, *, entries: QuerySet[AuditEntry]) -> None:
        super().__init__(data)
        actions = {
            action.partition(".")[0] for action in entries.order_by().values_list("action", flat=True).distinct()
        }
        people = User.objects.filter(pk__in=list(entries.order_by().values_list("by", flat=True).distinct()))
        self.fields["kind"].choices = [("", "Everything"), *((kind, _plain(kind)) for kind in sorted(actions))]
        named = [(str(user.pk), user.display_name) for user in people.order_by("last_name", "pk")]
        self.fields["who"].choices = [("", "Everybody"), *named, ("console", "The console itself")]

    def narrow(self, entries: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """Those that fit. What could not be read narrows nothing, and the page says so."""
        asked = getattr(self, "cleaned_data", {}) if self.is_valid() or self.is_bound else {}
        if asked.get("kind"):
            entries = entries.filter(action__startswith=f"{asked['kind']}.")
        if who := asked.get("who"):
            entries = entries.filter(by=None) if who == "console" else entries.filter(by=int(who))
        if asked.get("since"):
            entries = entries.filter(at__gte=periods.midnight(asked["since"]))
        if asked.get("until"):
            entries = entries.filter(at__lt=periods.midnight(asked["until"] + timedelta(days=1)))
        return entries


def tell(entries: Iterable[AuditEntry]) -> list[Told]:
    return [_told(entry) for entry in entries]


def _told(entry: AuditEntry) -> Told:
    group, _, verb = entry.action.partition(".")
    room, _, key = entry.subject.partition(":")
    name = NAMES.get(room.partition(".")[2], room.partition(".")[2])
    by = entry.by.display_name if entry.by else "the console"
    facts = [(_plain(fact), _value(value)) for fact, value in entry.facts.items() if value not in ("", None, [], {})]
    return Told(f"{_plain(group)}: {verb.replace('_', ' ')}", f"{name} {key}", by, entry.at, facts)


def _plain(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_value(one)}" for name, one in value.items())
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
