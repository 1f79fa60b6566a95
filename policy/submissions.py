"""What another table of who must agree would have meant for what was really sent. Reads only; for a trial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts import stages_then
from accounts.models import Stage, Team
from accounts.stages_then import Then
from policy import declarations, periods, route_table, routes
from policy.content import Severity
from policy.law import Law
from policy.models import Period, Verdict
from policy.reading.dates import london_day
from policy.routing import route_by
from posts.models import Version

LAST = timedelta(days=28)
MOST, SHOWN = 500, 60


def on_routes(before: Law, after: Law, *, now: datetime) -> dict[str, Any]:
    """The updates sent in the last four weeks, at most the newest 500: whom each table asks, by what was found then.

    {"tried", "differ", "moves": [{"before", "after", "count"}], "differences": [{"post", "team", "before", "after"}]}.
    Nothing is tried where the two tables are the same.
    """
    if before.routes == after.routes:
        return {"tried": 0, "differ": 0, "moves": [], "differences": []}
    sent = Verdict.objects.filter(moment=Verdict.Moment.SUBMIT, at__gte=now - LAST).order_by("-pk")
    verdicts = list(sent.select_related("version__post__team__parent__parent")[:MOST])
    known = _read(verdicts, now)
    told = [(verdict, _asked(verdict, before, known), _asked(verdict, after, known)) for verdict in verdicts]
    moved = [one for one in told if one[1] != one[2]]
    moves = Counter((old, new) for _, old, new in moved)
    return {
        "tried": len(told),
        "differ": len(moved),
        "moves": [{"before": old, "after": new, "count": count} for (old, new), count in moves.most_common()],
        "differences": [
            {"post": one.version.post_id, "team": one.version.post.team.full_name, "before": old, "after": new}
            for one, old, new in moved[:SHOWN]
        ],
    }


@dataclass(frozen=True)
class _Known:
    """What `_asked` asks of every verdict. declared: versions whose author's three taps say that nobody is at risk."""

    then: Then
    declared: Collection[int]
    times: Collection[Period]

    def lowest_stage(self, version: Version, at: datetime) -> Stage:
        """As review.lowest_stage."""
        people = {version.post.author_id, version.made_by_id}
        return min((self.then.stage_of(user, version.post.team, at) for user in people), key=lambda stage: stage.rank)

    def periods(self, team: Team, *, at: datetime, now: datetime) -> frozenset[str]:
        """As periods.kinds_over, of those that are weighty."""
        covering, day = {None, *(above.pk for above in team.covering())}, london_day(at)
        return frozenset(str(one.kind) for one in self.times if one.team_id in covering and one.is_on(day, now))


def _read(verdicts: Collection[Verdict], now: datetime) -> _Known:
    """Four queries, however many verdicts."""
    versions = [verdict.version for verdict in verdicts]
    people = {user for version in versions for user in (version.post.author_id, version.made_by_id)}
    declared = declarations.clearing([version.pk for version in versions])
    return _Known(stages_then.read(people), declared, periods.weighty_since(now - LAST))


def _asked(verdict: Verdict, law: Law, known: _Known) -> str:
    """Whom this table would have asked then, in words."""
    version, at = verdict.version, verdict.at
    standing = [kept for kept in verdict.findings if "override" not in kept]
    outcome = Severity(verdict.outcome) if verdict.outcome else None
    needs = routes.of_route(
        route_by(outcome, (kept["rule"] for kept in standing), layer1=verdict.layer1),
        law=law,
        stage=known.lowest_stage(version, at),
        team=version.post.team,
        periods=known.periods(version.post.team, at=max(version.publish_at or at, at), now=at),
        declared=version.pk in known.declared,
    )
    return route_table.AGREEMENTS.get(needs, "It had to change")
