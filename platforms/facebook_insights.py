"""Facebook's insights, with the names that exist since June 2026 (platforms.md 2.6).

One name that Facebook has retired makes a whole call fail: after an error the names are asked one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from platforms.base import Insights
from platforms.errors import LoginExpired, Refused
from platforms.facebook_outcomes import PERMISSION

POST = ("post_media_view", "post_total_media_view_unique", "post_clicks", "post_reactions_by_type_total")
PAGE = (
    "page_media_view",
    "page_total_media_view_unique",
    "page_post_engagements",
    "page_follows",
    "page_daily_follows_unique",
)
# No such object, or none that this login may see; and no such alias.
NOT_THERE = ("100/33", "803")
RETIRED = "valid insights metric"
DAY = timedelta(days=1)

Values = Mapping[str, int | None]


def read(ask: Callable[[Sequence[str]], Values], names: Sequence[str]) -> Insights:
    """All names in one call; one by one after a refusal. Raises Refused when it is the object that is not there.

    A login without the permission to read insights tells nothing: publishing does not need it, so it stays alive.
    """
    try:
        return Insights(ask(names))
    except LoginExpired as lost:
        if lost.code.partition("/")[0] not in map(str, PERMISSION):
            raise
        return Insights(dict.fromkeys(names))
    except Refused as refusal:
        if refusal.code in NOT_THERE:
            raise
        if len(names) == 1:
            gone = RETIRED in refusal.reason
            return Insights({}, {names[0]: refusal.reason}) if gone else Insights({names[0]: None})
    alone = [read(ask, [name]) for name in names]
    return Insights(
        {name: value for one in alone for name, value in one.values.items()},
        {name: words for one in alone for name, words in one.retired.items()},
    )


def values(answer: Mapping[str, Any], names: Sequence[str], *, day: date | None = None) -> Values:
    """The number for each name, None where Facebook gives none: a small Page has empty insights.

    day: that whose value is wanted; None for a number that counts from the beginning. Raises KeyError, TypeError or
    ValueError for an answer of another shape.
    """
    said = {str(row["name"]): _number(row["values"], day) for row in answer["data"]}
    return {name: said.get(name) for name in names}


def _number(rows: Sequence[Mapping[str, Any]], day: date | None) -> int | None:
    wanted = [row.get("value") for row in rows if day is None or _day_of(row) == day]
    return _whole(wanted[-1]) if wanted else None


def _day_of(row: Mapping[str, Any]) -> date:
    """A day's value carries the moment at which that day ended on the Pacific coast."""
    return (datetime.strptime(row["end_time"], "%Y-%m-%dT%H:%M:%S%z") - DAY).date()


def _whole(value: object) -> int | None:
    """A count; what comes split (paid and organic, kinds of reactions) is added up. An empty object: nobody did it."""
    if isinstance(value, dict):
        parts = [_whole(part) for part in value.values()]
        return None if None in parts else sum(part for part in parts if part is not None)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
