"""The law the check judges by: for every rule what the DMC has signed, and the word lists it keeps. Pure values.

The code brings the detectors; a rule set says which of them count, how much, in which words and from when to when.
A rule that no set names does not judge, whatever the code holds: it waits for two signatures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from policy import route_table
from policy.content import Context, Severity
from policy.rules import ENGINE, RULES
from policy.rules.registry import Rule
from policy.rules.tone import SLURS

# Word lists that the DMC keeps: name -> what it is, for people. The name is a field of Context.
WORD_LISTS = {"slurs": "Words that are never said about people (rule SLUR)"}


@dataclass(frozen=True)
class Setting:
    """What is signed of one rule. Dates are inclusive, None is open; enabled: the kill switch."""

    id: str
    severity: Severity
    title: str
    message: str
    source: str
    owner: str
    last_reviewed: date
    in_force_from: date | None = None
    in_force_until: date | None = None
    enabled: bool = True


@dataclass(frozen=True)
class Law:
    """A rule set, and who must agree by it (`routes`). number: of the edition, 0 for the code's own defaults, which
    nobody signed. engine: the fingerprint of the code it was signed with.
    """

    number: int
    settings: tuple[Setting, ...]
    words: tuple[tuple[str, tuple[str, ...]], ...]
    engine: str
    routes: route_table.Lines = route_table.DELIVERED

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The code's rules as this set has them, in the order of the code."""
        signed = {setting.id: setting for setting in self.settings}
        return tuple(_under(rule, signed[rule.id]) for rule in RULES if rule.id in signed)

    @cached_property
    def lists(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(words) for name, words in self.words}

    @property
    def version(self) -> str:
        """The number of the set and the fingerprint of the code at work, as a verdict keeps them."""
        return f"{self.number}.{ENGINE}"

    def in_force(self, on: date) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.in_force(on))

    def lay(self, context: Context) -> Context:
        """The context with this set's word lists."""
        return replace(context, slurs=self.lists["slurs"])

    def setting(self, rule_id: str) -> Setting | None:
        return next((setting for setting in self.settings if setting.id == rule_id), None)

    @property
    def unsigned(self) -> tuple[Rule, ...]:
        """Rules that the code has and this set does not name: they judge nothing yet."""
        named = {setting.id for setting in self.settings}
        return tuple(rule for rule in RULES if rule.id not in named)

    @property
    def orphans(self) -> tuple[Setting, ...]:
        """Signed rules that the code no longer has: they cannot judge."""
        there = {rule.id for rule in RULES}
        return tuple(setting for setting in self.settings if setting.id not in there)

    @property
    def is_of_this_engine(self) -> bool:
        return self.engine == ENGINE


def as_delivered() -> Law:
    """The code's own defaults, as the first edition signs them."""
    words = {"slurs": SLURS}
    return Law(0, tuple(map(_setting, RULES)), tuple((name, tuple(sorted(words[name]))) for name in WORD_LISTS), ENGINE)


def to_body(law: Law) -> dict[str, Any]:
    """As JSON keeps it."""
    rules = [{**asdict(setting), **_dates(setting)} for setting in law.settings]
    words = {name: list(words) for name, words in law.words}
    return {"rules": rules, "words": words, "routes": route_table.to_body(law.routes)}


def digest_of(body: Mapping[str, Any]) -> str:
    """SHA-256 of a body, however its keys are ordered."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def from_body(number: int, engine: str, body: Mapping[str, Any]) -> Law:
    return Law(
        number,
        tuple(read_setting(kept) for kept in body["rules"]),
        tuple((name, tuple(body["words"].get(name, ()))) for name in WORD_LISTS),
        engine,
        # Before the table was signed, the delivered one stood in the code.
        route_table.from_body(body["routes"]) if "routes" in body else route_table.DELIVERED,
    )


def read_setting(kept: Mapping[str, Any]) -> Setting:
    """One rule of a body."""
    days = {name: _day(kept[name]) for name in ("in_force_from", "in_force_until")}
    return Setting(
        id=kept["id"],
        severity=Severity(kept["severity"]),
        title=kept["title"],
        message=kept["message"],
        source=kept["source"],
        owner=kept["owner"],
        last_reviewed=date.fromisoformat(kept["last_reviewed"]),
        enabled=kept["enabled"],
        **days,
    )


def _under(rule: Rule, signed: Setting) -> Rule:
    return replace(rule, **{name: value for name, value in vars(signed).items() if name != "id"})


def _setting(rule: Rule) -> Setting:
    return Setting(**{name: getattr(rule, name) for name in Setting.__dataclass_fields__})


def _dates(setting: Setting) -> dict[str, str | None]:
    names = ("last_reviewed", "in_force_from", "in_force_until")
    return {name: day.isoformat() if (day := getattr(setting, name)) else None for name in names}


def _day(kept: str | None) -> date | None:
    return date.fromisoformat(kept) if kept else None


DELIVERED = as_delivered()
