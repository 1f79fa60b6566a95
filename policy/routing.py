"""Where a post of a trusted author goes next, from what layer 1 and the rules say (domain.md B.2, C.2). No Django."""

from __future__ import annotations

from collections.abc import Iterable

from policy.check import Judgement
from policy.content import Severity
from policy.route_table import Route

# Findings of these rules want a second person at the DMC: what slips through there cannot be taken back
# (docs/decisions/0014-two-people-at-the-dmc.md). CONDUCT includes every death after contact with the police.
SECOND_PERSON = frozenset(("SEXANY", "CT", "CONDUCT"))

# fmt: off
ROUTES: dict[Severity | None, Route] = {
    # worst finding      a trusted author's post goes to
    Severity.BLOCK_A:    Route.BLOCKED,
    Severity.BLOCK:      Route.BLOCKED,
    Severity.DMC:        Route.DMC,      # or DMC_SECOND
    Severity.ADVISE:     Route.NONE,     # or MENTOR, when layer 1 says so
    Severity.ROUTE:      Route.NONE,     # inbox: a message to us is answered, not published
    None:                Route.NONE,     # or MENTOR, when layer 1 says so
}
# fmt: on


def route_of(judgement: Judgement) -> Route:
    """The route of a trusted author's post, before any declaration."""
    return route_by(judgement.outcome, (finding.rule for finding in judgement.findings), layer1=judgement.layer1.hit)


def route_by(outcome: Severity | None, rules: Iterable[str], *, layer1: bool) -> Route:
    """The same from what was kept of a judgement."""
    route = ROUTES[outcome]
    if route is Route.DMC and not SECOND_PERSON.isdisjoint(rules):
        return Route.DMC_SECOND
    return Route.MENTOR if route is Route.NONE and layer1 else route
