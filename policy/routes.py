"""Who must agree, in one table that a superintendent can read (domain.md B.2, C.2).

`policy.routing` says where a trusted author's post goes by the worst finding and layer 1; this says who that is.
Nobody is ever asked to agree to their own post, whatever stands here (policy.review).
"""

from __future__ import annotations

from accounts.models import Stage
from policy.check import Judgement
from policy.models import Needs
from policy.routing import Route, route_of

# fmt: off
_PRACTICE = {Stage.PRACTICE: Needs.CHANGE}  # nobody can agree: what is practised with is never public
ROUTES: dict[Route, dict[Stage, Needs]] = {
    # route                 author on probation                        trusted author
    Route.BLOCKED:     _PRACTICE | {Stage.PROBATION: Needs.CHANGE,     Stage.TRUSTED: Needs.CHANGE},
    Route.DMC_SECOND:  _PRACTICE | {Stage.PROBATION: Needs.DMC_SECOND, Stage.TRUSTED: Needs.DMC_SECOND},
    Route.DMC:         _PRACTICE | {Stage.PROBATION: Needs.DMC,        Stage.TRUSTED: Needs.DMC},
    Route.MENTOR:      _PRACTICE | {Stage.PROBATION: Needs.MENTOR,     Stage.TRUSTED: Needs.MENTOR},  # or none
    Route.NONE:        _PRACTICE | {Stage.PROBATION: Needs.MENTOR,     Stage.TRUSTED: Needs.NOBODY},
}
# fmt: on


def needs(judgement: Judgement, *, stage: Stage, declared: bool = False) -> Needs:
    """Who must agree to a draft of an author at `stage`. declared: a trusted author said that nobody is at risk, which
    answers layer 1 and nothing else.
    """
    route = route_of(judgement)
    if route is Route.MENTOR and stage.is_trusted and declared:
        return Needs.NOBODY
    return ROUTES[route][Stage.TRUSTED if stage.is_trusted else stage]
