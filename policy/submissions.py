"""What another table of who must agree would have meant for what was really sent. Reads only; for a trial."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from policy import declarations, periods, review, route_table, routes
from policy.content import Severity
from policy.law import Law
from policy.models import Period, Verdict
from policy.routing import route_by

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
    people = ("version__post__team__parent__parent", "version__post__author", "version__made_by")
    verdicts = list(sent.select_related(*people)[:MOST])
    told = [(verdict, _asked(verdict, before), _asked(verdict, after)) for verdict in verdicts]
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


def _asked(verdict: Verdict, law: Law) -> str:
    """Whom this table would have asked then, in words."""
    version, at = verdict.version, verdict.at
    standing = [kept for kept in verdict.findings if "override" not in kept]
    outcome = Severity(verdict.outcome) if verdict.outcome else None
    needs = routes.of_route(
        route_by(outcome, (kept["rule"] for kept in standing), layer1=verdict.layer1),
        law=law,
        stage=review.lowest_stage(version, at),
        team=version.post.team,
        periods=frozenset(_times(verdict)),
        declared=declarations.clears(version, version.fingerprint),
    )
    return route_table.AGREEMENTS.get(needs, "It had to change")


def _times(verdict: Verdict) -> set[str]:
    """The times that were on where and when it was to go out."""
    version = verdict.version
    at = max(version.publish_at or verdict.at, verdict.at)
    weighty: set[str] = {str(kind) for kind in Period.WEIGHTY}
    return weighty & periods.kinds_over(version.post.team, at=at, now=verdict.at)
