"""Who must agree to one draft: the table that the DMC signs (policy.route_table), asked with what is known of it.

Nobody is ever asked to agree to their own post, whatever the table says (policy.review).
"""

from __future__ import annotations

from accounts.models import Stage, Team
from policy import route_table
from policy.check import Judgement
from policy.content import Context
from policy.law import Law
from policy.models import Needs
from policy.route_table import Route
from policy.routing import route_of


def needs(
    judgement: Judgement, *, law: Law, stage: Stage, team: Team, around: Context, declared: bool = False
) -> Needs:
    """Who must agree to a draft of an author at `stage` for `team`. declared: a trusted author said that nobody is at
    risk, which answers layer 1 and nothing else. No query: the law is read already, and the times are in `around`.
    """
    periods = {name for name, on in (("election", around.pre_election), ("mourning", around.mourning)) if on}
    return of_route(route_of(judgement), law=law, stage=stage, team=team, periods=frozenset(periods), declared=declared)


def is_routine(asked: Needs, judgement: Judgement, *, law: Law, team: Team, around: Context) -> bool:
    """Whether one reader is asked for because of the author's stage alone: of a trusted author nobody would be."""
    return (
        asked == Needs.MENTOR
        and needs(judgement, law=law, stage=Stage.TRUSTED, team=team, around=around) == Needs.NOBODY
    )


def of_route(
    route: Route, *, law: Law, stage: Stage, team: Team, periods: frozenset[str], declared: bool = False
) -> Needs:
    """The same where only the route is known. Nobody can agree to what is practised with: it is never public."""
    if stage == Stage.PRACTICE:
        return Needs.CHANGE
    if route is Route.MENTOR and stage.is_trusted and declared:
        route = Route.NONE
    place = {"stage": "trusted" if stage.is_trusted else "probation", "kind": _kind(team)}
    return Needs(route_table.ask(law.routes, route=route, periods=periods, **place))


def _kind(team: Team) -> str:
    return str(Team.Kind.CORPORATE if team.kind == Team.Kind.FORCE else team.kind)
