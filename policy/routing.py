"""Where a post of a trusted author goes next, from what layer 1 and the rules say (domain.md B.2, C.2). No Django."""

from __future__ import annotations

from enum import StrEnum

from policy.check import Judgement
from policy.content import Severity


class Route(StrEnum):
    """To whom, by weight."""

    NONE = "none"
    MENTOR = "mentor"
    DMC = "dmc"
    DMC_SECOND = "dmc_second"
    BLOCKED = "blocked"


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
    route = ROUTES[judgement.outcome]
    if route is Route.DMC and any(finding.rule in SECOND_PERSON for finding in judgement.findings):
        return Route.DMC_SECOND
    if route is Route.NONE and judgement.layer1.hit:
        return Route.MENTOR
    return route
