"""Who must agree, in one table that a superintendent can read (domain.md B.2, C.2).

Nobody is ever asked to agree to their own post, whatever stands here (policy.review).
"""

from __future__ import annotations

from accounts.models import Stage
from policy.check import Judgement
from policy.content import Severity
from policy.models import Needs

# fmt: off
ROUTES: dict[Severity | None, dict[Stage, Needs]] = {
    # worst finding         author on probation               trusted author
    Severity.BLOCK_A:     {Stage.PROBATION: Needs.CHANGE,     Stage.TRUSTED: Needs.CHANGE},
    Severity.BLOCK:       {Stage.PROBATION: Needs.CHANGE,     Stage.TRUSTED: Needs.CHANGE},
    Severity.DMC:         {Stage.PROBATION: Needs.DMC,        Stage.TRUSTED: Needs.DMC},
    Severity.ADVISE:      {Stage.PROBATION: Needs.MENTOR,     Stage.TRUSTED: Needs.NOBODY},
    None:                 {Stage.PROBATION: Needs.MENTOR,     Stage.TRUSTED: Needs.NOBODY},
}
# fmt: on


def needs(judgement: Judgement, *, stage: Stage) -> Needs:
    """Who must agree to a draft of an author at `stage`, given what the rules found."""
    return ROUTES[judgement.outcome][stage]
