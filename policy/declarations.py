"""The three taps of a trusted author (domain.md B.3, C.2): they stand in for a mentor where nothing is at risk.

They are bound to what was looked at: change a word, and they say nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from accounts import audit
from accounts.models import User
from policy.models import Declaration
from posts.models import Version

QUESTIONS = (
    ("arrested", "Is anyone arrested or charged?"),
    ("identifiable", "Could anyone be identified?"),
    ("finished", "Is it finished?"),
)


@dataclass(frozen=True)
class Answers:
    """To QUESTIONS, in their order."""

    arrested: bool
    identifiable: bool
    finished: bool


def declare(*, version: Version, answers: Answers, by: User, now: datetime) -> Declaration:
    """Keep the answers with the closed version. Call it in the transaction of the sending."""
    said = vars(answers)
    declared = Declaration.objects.create(version=version, fingerprint=version.fingerprint, by=by, at=now, **said)
    audit.record(by, "post.declared", version.post, now=now, version=version.number, **said)
    return declared


def standing(version: Version, seen: str) -> Declaration | None:
    """The last declaration on what has the fingerprint `seen`, or None."""
    return version.declarations.filter(fingerprint=seen).select_related("by").last()


def clears(version: Version, seen: str) -> bool:
    """Whether its author has declared of exactly this that nobody is at risk."""
    declared = standing(version, seen)
    return declared is not None and not declared.says_risk


def clearing(versions: Collection[int]) -> set[int]:
    """Those of these versions, by key, that `clears` would say yes of as they were closed. One query."""
    said = Declaration.objects.filter(version__in=versions, fingerprint=F("version__fingerprint"))
    last = {one.version_id: one for one in said}  # as they are ordered, so the last one stays
    return {version for version, one in last.items() if not one.says_risk}


def in_words(declared: Declaration) -> list[tuple[str, str, bool]]:
    """Each question, its answer, and whether the answer says risk."""
    answers = [(question, bool(getattr(declared, name)), name == "finished") for name, question in QUESTIONS]
    return [(question, "Yes" if said else "No", said is not good) for question, said, good in answers]
