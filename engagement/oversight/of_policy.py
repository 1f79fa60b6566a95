"""What the policy check found, what the DMC let through, and what was held."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.db.models import Q, QuerySet

from engagement import wording
from engagement.oversight.figures import Answer, Book, Scope, chapter, of_all
from policy import editions, findings
from policy.content import Severity
from policy.models import Hold, Override, Verdict

BOOK: Book = []
policy, holding = chapter(BOOK, "Policy check"), chapter(BOOK, "Holds")
SHOWN = 10


@policy(
    "policy.clear",
    "Sent for review without a finding",
    "Times an update was sent on its way and the policy check found nothing, of all times.",
)
def clear(scope: Scope) -> Answer:
    outcomes = Counter(_verdicts(scope).values_list("outcome", flat=True))
    answer = of_all(outcomes[""], sum(outcomes.values()))
    rows = [(_weighed(outcome), number) for outcome, number in sorted(outcomes.items())]
    return Answer(answer.value, answer.words, rows, answer.why)


@policy(
    "policy.rules",
    "Findings",
    "Findings of the check when updates were sent on their way; the rules that found most, each once an update.",
)
def rules(scope: Scope) -> Answer:
    count: Counter[str] = Counter()
    for found in _verdicts(scope).values_list("findings", flat=True).iterator():
        count.update({finding["rule"] for finding in found})
    law = editions.in_force(scope.end)
    rows = [(f"{rule.title} ({key})" if (rule := law.setting(key)) else key, n) for key, n in count.most_common(SHOWN)]
    return Answer(sum(count.values()), f"{sum(count.values()):,}", rows)


@policy(
    "policy.overrides",
    "Let through by the DMC",
    "Findings that an author asked the DMC to look at and that it let through, of all it decided.",
)
def overrides(scope: Scope) -> Answer:
    decided = Override.objects.filter(
        submission__post__team__in=scope.teams, decided_at__gte=scope.since, decided_at__lt=scope.until
    )
    decisions = Counter(decided.values_list("decision", flat=True))
    return of_all(decisions[Override.Decision.GRANTED], sum(decisions.values()))


@holding(
    "holds.opened",
    "Holds opened",
    "Holds opened in the period that stopped at least a part of the area, by level; those over the whole force too.",
)
def opened(scope: Scope) -> Answer:
    found = _holds(scope).filter(opened_at__gte=scope.since)
    count = Counter(found.values_list("level", flat=True))
    return Answer(
        sum(count.values()), f"{sum(count.values()):,}", [(level.label, count[level]) for level in Hold.Level]
    )


@holding(
    "holds.time",
    "Time on hold",
    "Hours of the period in which at least one hold of level 2 or above was in force for a part of the area.",
)
def time_held(scope: Scope) -> Answer:
    spans = _holds(scope).filter(level__gte=Hold.Level.LOCAL).order_by("opened_at")
    held, reached = timedelta(), scope.since
    for begun, released in spans.values_list("opened_at", "released_at"):
        start, end = max(begun, reached), min(released or scope.until, scope.until)
        if end > start:
            held, reached = held + (end - start), end
    hours = held.total_seconds() / 3600
    return Answer(hours, wording.minutes(hours * 60) if hours else "none")


def _weighed(outcome: str) -> str:
    """What the worst finding meant for its author, in their words."""
    return findings.WEIGHTS[Severity(outcome)].words if outcome else "Nothing found"


def _verdicts(scope: Scope) -> QuerySet[Verdict]:
    return Verdict.objects.filter(
        moment=Verdict.Moment.SUBMIT,
        version__post__team__in=scope.teams,
        at__gte=scope.since,
        at__lt=scope.until,
    ).order_by()


def _holds(scope: Scope) -> QuerySet[Hold]:
    """In force at any time of the period over any part of the area: its own, those above it and those below."""
    above = [team.pk for team in scope.team.covering()]
    reach = Q(team__isnull=True) | Q(team__in=[*scope.teams, *above])
    still = Q(released_at__isnull=True) | Q(released_at__gt=scope.since)
    return Hold.objects.filter(reach & still, opened_at__lt=scope.until)
