"""A change of the law as data: laid over a set, compared with it, told in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from policy import route_table
from policy.content import Severity
from policy.law import Law, Setting, as_delivered
from policy.rules import ENGINE

Changes = Mapping[str, Any]
FIELDS = {
    "severity": "severity",
    "title": "title",
    "message": "message",
    "source": "source",
    "owner": "owner",
    "enabled": "on or off",
    "in_force_from": "first day",
    "in_force_until": "last day",
    "last_reviewed": "last reviewed",
}


@dataclass(frozen=True)
class Difference:
    """One thing that two sets have otherwise, in words. rule: its id, or "" for a word list."""

    rule: str
    what: str
    before: str
    after: str


def laid_over(base: Law, changes: Changes) -> Law:
    """The set that would follow `base`: its settings changed, new rules of the code taken in, vanished ones dropped."""
    delivered = {setting.id: setting for setting in as_delivered().settings}
    signed = {setting.id: setting for setting in base.settings}
    wanted = changes.get("rules", {})
    settings = tuple(
        _changed(signed.get(rule_id, delivered[rule_id]), wanted.get(rule_id, {})) for rule_id in delivered
    )
    words = tuple((name, _list(kept, changes.get("words", {}).get(name, {}))) for name, kept in base.words)
    routes = route_table.laid_over(base.routes, changes.get("routes", {}))
    return Law(base.number + 1, settings, words, ENGINE, routes)


def differences(before: Law, after: Law) -> list[Difference]:
    """What `after` has otherwise than `before`, rule by rule, then the word lists."""
    found: list[Difference] = []
    old = {setting.id: setting for setting in before.settings}
    for setting in after.settings:
        if setting.id not in old:
            found.append(Difference(setting.id, "new rule", "", f"{setting.title} ({setting.severity})"))
        else:
            found += _of_one(old[setting.id], setting)
    there = {setting.id for setting in after.settings}
    found += [Difference(one.id, "dropped", one.title, "") for one in before.settings if one.id not in there]
    for name, words in after.lists.items():
        gone, come = before.lists.get(name, frozenset()) - words, words - before.lists.get(name, frozenset())
        if gone or come:
            found.append(Difference("", f"word list {name}", _listed("without", gone), _listed("with", come)))
    return [*found, *_of_routes(before.routes, after.routes)]


def _of_routes(before: route_table.Lines, after: route_table.Lines) -> list[Difference]:
    old, new = ({line.key: line for line in lines} for lines in (before, after))
    return [
        Difference("", f"Who must agree: {(new.get(key) or old[key]).words}", *(
            said[key].agreement_words if key in said else "" for said in (old, new)
        ))
        for key in {**old, **new}
        if old.get(key) != new.get(key)
    ]  # fmt: skip


def touched(before: Law, after: Law) -> frozenset[str]:
    """The rules that the two sets could judge otherwise by."""
    rules = {difference.rule for difference in differences(before, after) if difference.rule}
    return frozenset(rules | ({"SLUR"} if before.lists.get("slurs") != after.lists.get("slurs") else set()))


def only(law: Law, rules: frozenset[str]) -> Law:
    """The set with these rules alone."""
    return replace(law, settings=tuple(setting for setting in law.settings if setting.id in rules))


def timeless(law: Law) -> Law:
    """The set as it judges within its rules' dates: the cases have a day of their own."""
    opened = tuple(replace(one, in_force_from=None, in_force_until=None) for one in law.settings)
    return replace(law, settings=opened)


def told(value: object) -> str:
    """One value of a setting, for people."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, Severity):
        return str(value)
    return value.strftime("%-d %B %Y") if isinstance(value, date) else str(value or "none")


def _of_one(old: Setting, new: Setting) -> list[Difference]:
    return [
        Difference(new.id, words, told(getattr(old, name)), told(getattr(new, name)))
        for name, words in FIELDS.items()
        if getattr(old, name) != getattr(new, name)
    ]


def _changed(setting: Setting, wanted: Changes) -> Setting:
    read: dict[str, Any] = {}
    for name, value in wanted.items():
        if name == "severity":
            read[name] = Severity(value)
        elif name in ("in_force_from", "in_force_until", "last_reviewed"):
            read[name] = date.fromisoformat(value) if value else None
        else:
            read[name] = value
    return replace(setting, **read)


def _list(kept: tuple[str, ...], wanted: Changes) -> tuple[str, ...]:
    return tuple(sorted(set(kept) - set(wanted.get("remove", ())) | set(wanted.get("add", ()))))


def _listed(word: str, phrases: frozenset[str]) -> str:
    return f"{word} {', '.join(f'“{phrase}”' for phrase in sorted(phrases))}" if phrases else ""
