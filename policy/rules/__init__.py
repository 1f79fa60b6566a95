"""Every rule the code has, from the families beside this file. Which of them count is signed (policy.law).

To add a rule: one detector and one `Rule` entry in its family, its words in policy/vocabulary/, its cases in
policy/cases/. Nothing else knows the list.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from policy.rules import (
    appeals,
    complainants,
    contact,
    corporate,
    court,
    craft,
    display,
    facts,
    harm,
    identity,
    inbox_harm,
    inbox_people,
    inbox_rights,
    legible,
    live,
    missing,
    operations,
    origin,
    outcomes,
    pictures,
    placing,
    plain,
    privacy,
    protected,
    reputation,
    times,
    tone,
    victims,
)
from policy.rules.registry import Rule

RULES: tuple[Rule, ...] = (
    *complainants.RULES,
    *protected.RULES,
    *court.RULES,
    *harm.RULES,
    *identity.RULES,
    *live.RULES,
    *missing.RULES,
    *times.RULES,
    *origin.RULES,
    *outcomes.RULES,
    *victims.RULES,
    *privacy.RULES,
    *operations.RULES,
    *corporate.RULES,
    *tone.RULES,
    *reputation.RULES,
    *display.RULES,
    *contact.RULES,
    *appeals.RULES,
    *facts.RULES,
    *placing.RULES,
    *plain.RULES,
    *pictures.RULES,
    *craft.RULES,
    *legible.RULES,
    *inbox_harm.RULES,
    *inbox_people.RULES,
    *inbox_rights.RULES,
)


def _written_law() -> bytes:
    room = Path(__file__).resolve().parent.parent
    files = sorted(path for folder in ("rules", "reading", "vocabulary") for path in (room / folder).rglob("*.py"))
    engine = [room / "check.py", room / "law.py", room / "route_table.py", *sorted(room.glob("gate*.*"))]
    return b"\0".join(path.read_bytes() for path in [*engine, *files])


# The fingerprint of the code that judges: it moves whenever a detector, a word list or the reading of texts changes.
ENGINE = hashlib.sha256(_written_law()).hexdigest()[:12]


def rule_by_id(rule_id: str) -> Rule:
    """The rule of that id. Raises KeyError when there is none."""
    return {rule.id: rule for rule in RULES}[rule_id]
