"""How far second looks agree with first decisions: in all, by rule, by reason, and one mentor at a time. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from accounts.channels import holding_anywhere, teams_for
from accounts.models import Team, User
from policy import kappa
from policy.kappa import Kappa
from policy.models import Review, SecondLook, Verdict

LAST = timedelta(days=365)
MOST = 2000


@dataclass(frozen=True)
class Pair:
    """One decision judged twice. ready: whether each would let it out; rules: what the check had found."""

    look: SecondLook
    ready: tuple[bool, bool]
    reasons: tuple[str, str]
    rules: frozenset[str]


@dataclass(frozen=True)
class Row:
    name: str
    kappa: Kappa


def pairs(*, now: datetime, reviewer: User | None = None) -> list[Pair]:
    """The newest double judgements of the last year; reviewer: of first decisions by this person. Three queries."""
    verdicts = Prefetch("review__version__verdicts", Verdict.objects.filter(moment__in=Verdict.ASKED).order_by("pk"))
    looks = SecondLook.objects.exclude(decision="").filter(at__gte=now - LAST)
    if reviewer is not None:
        looks = looks.filter(review__by=reviewer)
    looks = looks.select_related("review__version__post__team__parent").prefetch_related(verdicts)
    return [_pair(look) for look in looks.order_by("-pk")[:MOST]]


def in_all(known: Sequence[Pair]) -> Kappa:
    return _of(known, lambda pair: pair.ready)


def by_reason(known: Sequence[Pair]) -> list[Row]:
    """For each reason whether both gave it, those that somebody gave, in the order of the codes."""
    given = {reason for pair in known for reason in pair.reasons if reason}
    return [
        Row(reason.label, _of(known, lambda pair, reason=reason: tuple(said == reason for said in pair.reasons)))
        for reason in Review.Reason
        if reason in given
    ]


def by_rule(known: Sequence[Pair]) -> list[Row]:
    """For each rule that had found something: whether both let those updates out. By name."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for pair in known:
        for rule in pair.rules:
            found[rule].append(pair)
    return [Row(rule, in_all(found[rule])) for rule in sorted(found)]


def sees_everybody(user: User) -> bool:
    """The head of the DMC alone sees another person's agreement."""
    return teams_for(user, "stop_all").filter(kind=Team.Kind.FORCE).exists()


def reviewers() -> list[User]:
    """Whom the head can ask about, by name: one at a time, and in no other order."""
    people = User.objects.filter(pk__in=holding_anywhere("review_for", "review_dmc"))
    return list(people.order_by("last_name", "first_name", "pk"))


def _pair(look: SecondLook) -> Pair:
    first = look.review
    verdict = next(reversed([one for one in first.version.verdicts.all() if one.at <= first.at]), None)
    rules = frozenset(kept["rule"] for kept in verdict.findings) if verdict else frozenset()
    ready = (first.decision == Review.Decision.APPROVE, look.decision == SecondLook.Decision.READY)
    return Pair(look, ready, (first.reason, look.reason), rules)


def _of(known: Iterable[Pair], said: Callable[[Pair], Sequence[bool]]) -> Kappa:
    table = [[0, 0], [0, 0]]
    for pair in known:
        first, second = said(pair)
        table[first][second] += 1
    return kappa.of(table)
