"""Which law is in force, now and on any day. Reads only; `policy.proposals` publishes."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from accounts.statements import Question, Rows, Value
from policy import law
from policy.law import DELIVERED, Law
from policy.models import RuleSet


def in_force(now: datetime) -> Law:
    """The law at `now`; a moment in the past is answered as it was then. One small query."""
    rows = question(now).answer()
    return _law(*rows[0]) if rows else before_any()


def question(now: datetime) -> Question:
    """What `in_force` asks."""
    return _IN_FORCE.of(now=now)


_IN_FORCE = Rows(
    lambda: (
        RuleSet.objects.filter(starts_at__lte=Value("now", RuleSet, "starts_at"))
        .order_by("-number")
        .values_list("number", "digest")[:1]
    )
)


def before_any() -> Law:
    """Before the first edition the console judged as that edition says; without one, by the code's defaults."""
    row = RuleSet.objects.order_by("number").values_list("number", "digest").first()
    return _law(*row) if row else DELIVERED


def law_of(edition: RuleSet) -> Law:
    return law.from_body(edition.number, edition.engine, edition.body)


def edition_at(moment: datetime) -> RuleSet | None:
    """The edition in force at a moment, None before the first."""
    return RuleSet.objects.filter(starts_at__lte=moment).order_by("-number").first()


def newest() -> RuleSet:
    """The edition with the highest number, whether it has begun or not. Raises DoesNotExist without any."""
    return RuleSet.objects.order_by("-number")[:1].get()


@lru_cache(maxsize=16)
def _law(number: int, digest: str) -> Law:
    # An edition never changes, so what was read once is true for as long as the process lives.
    return law_of(RuleSet.objects.get(number=number, digest=digest))
