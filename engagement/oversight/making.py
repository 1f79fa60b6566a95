"""Makes a report: every figure of the book for its period and the one before, one after the other."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from accounts.models import Team
from engagement.oversight import of_accounts, of_policy, of_posts, of_survey
from engagement.oversight.figures import Answer, Figure, Scope

BOOK: tuple[Figure, ...] = (*of_accounts.BOOK, *of_posts.BOOK, *of_policy.BOOK, *of_survey.BOOK)


def make(team: Team, first: date, last: date, step: Callable[[], object]) -> dict[str, Any]:
    """What a Report keeps as `figures`. step: called after each figure, for the progress."""
    begin, end = before(first, last)
    scope, previous = scope_of(team, first, last), scope_of(team, begin, end)
    return {
        "period": [first.isoformat(), last.isoformat()],
        "previous": [begin.isoformat(), end.isoformat()],
        "figures": list(_figures(scope, previous, step)),
        "months": of_posts.months(scope),
        "survey": _survey(scope),
    }


def scope_of(team: Team, first: date, last: date) -> Scope:
    """The area and everything below it. One query."""
    below = list(team.covered().values_list("pk", "kind"))
    wards = tuple(pk for pk, kind in below if kind == Team.Kind.WARD)
    return Scope(team, tuple(pk for pk, _ in below), wards, first, last)


def before(first: date, last: date) -> tuple[date, date]:
    """The period to hold it against: as many whole months, or as many days, straight before. Pure."""
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if not whole:
        return first - (last - first) - timedelta(days=1), first - timedelta(days=1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    place = first.year * 12 + first.month - 1 - months
    return date(place // 12, place % 12 + 1, 1), first - timedelta(days=1)


def _figures(scope: Scope, previous: Scope, step: Callable[[], object]) -> Iterator[dict[str, Any]]:
    for figure in BOOK:
        now = figure.make(scope)
        then = Answer() if figure.standing or now.why else figure.make(previous)
        yield {
            "key": figure.key,
            "group": figure.group,
            "title": figure.title,
            "definition": figure.definition,
            "source": figure.source,
            "standing": figure.standing,
            **_answer(now),
            "previous_value": then.value,
            "previous": then.words if not then.why else "not measured",
        }
        step()


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "value": answer.value,
        "words": answer.words,
        "rows": [list(row) for row in answer.rows],
        "why": answer.why,
    }


def _survey(scope: Scope) -> dict[str, Any]:
    if scope.team.kind not in (Team.Kind.FORCE, Team.Kind.BOROUGH):
        return {"questions": [], "boroughs": []}
    wide = of_survey.borough_readings(scope) if scope.team.kind == Team.Kind.FORCE else []
    return {"questions": of_survey.as_json(of_survey.readings(scope)), "boroughs": of_survey.as_json(wide)}
