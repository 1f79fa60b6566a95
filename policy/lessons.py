"""A short lesson on one rule: what it says, why, and how others put it, from the cases the rule is held to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy import casebook
from policy.content import Severity
from policy.law import Law, Setting

EXAMPLES = 3
_LONGEST = 200


@dataclass(frozen=True)
class Lesson:
    """instead: texts that the rule bites on. fine: texts of the same kind that it lets be."""

    rule: Setting
    instead: Sequence[str]
    fine: Sequence[str]


def on(rule_id: str, law: Law) -> Lesson | None:
    """The lesson on an advice as `law` words it; None for what is none: what stops a post is not practised on."""
    rule = law.setting(rule_id)
    if rule is None or rule.severity != Severity.ADVISE:
        return None
    cases = casebook.of_rule(rule.id, casebook.cases())
    plain = [case for case in cases if not case.ctx and len(case.text) <= _LONGEST]
    bites, lets_be = ([case.text for case in plain if case.fires is fires][:EXAMPLES] for fires in (True, False))
    return Lesson(rule, bites, lets_be)
