"""Puts together what a borough's and the force's pages show, from the rows by day. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from accounts.models import Team
from engagement import charts, cover, events, pages, periods, process, sums, survey_view, wording
from engagement.charts import Bars, Column
from engagement.charts import Line as Drawing
from engagement.cover import Place
from engagement.dashboard import Stretch
from engagement.events import Event
from engagement.models import Measure
from engagement.pages import SHORT, Page
from engagement.periods import Period
from engagement.sums import Span
from engagement.survey_view import Reading


@dataclass(frozen=True, kw_only=True)
class AreaPage(Page):
    """A borough or the force: what its teams told people, and the survey beside it. Neither explains the other."""

    months: list[Stretch]
    posts_chart: list[Bars]
    answers_chart: list[Bars]
    places: list[Place]
    reading: Reading
    measures: Sequence[Measure]
    drawing: Sequence[Drawing]
    events: Sequence[Event]

    @property
    def sentences(self) -> list[str]:
        said = [cover.speaking(self.places)]
        if self.summed.posts:
            said += [wording.answers(self.summed.numbers), wording.still_to_come(self.summed.silent)]
        return [sentence for sentence in said if sentence]

    @property
    def gaps(self) -> list[str]:
        return cover.gaps(self.places)

    @property
    def figure(self) -> str:
        return survey_view.sentence(self.reading)

    @property
    def london(self) -> str:
        return survey_view.beside_london(self.reading)

    @property
    def detectable(self) -> str:
        return survey_view.detectable(self.reading)


class Asked(NamedTuple):
    """The question of the survey that is shown, of all there are."""

    measure: Measure
    measures: Sequence[Measure]


@dataclass(frozen=True)
class Part:
    """One borough on the force's page, by name: never by how much it brought."""

    team: Team
    updates: int
    speaking: int
    teams: int


@dataclass(frozen=True, kw_only=True)
class ForcePage(AreaPage):
    parts: Sequence[Part]


def borough(
    team: Team, asked: Asked, period: Period, *, seen: Sequence[int], network: str = "", force: Team | None = None
) -> AreaPage:
    """asked: the question of the survey. seen: keys of the teams whose own page the reader may open. force: whose posts
    stand beside the borough's.
    """
    teams = [team, *team.children.select_related("parent")]
    return AreaPage(**_area(team, period, network, _places(teams, period, seen), force), **_survey(asked, team))


def force(team: Team, asked: Asked, period: Period, *, network: str = "") -> ForcePage:
    # Not select_related: a join would build each borough once for every ward.
    teams = list(team.covered().prefetch_related("parent__parent"))
    places = _places(teams, period, None)
    area = _area(team, period, network, places, None)
    return ForcePage(**area, **_survey(asked, team), parts=_parts(teams, places, period, network))


def _survey(asked: Asked, team: Team) -> dict[str, Any]:
    reading = survey_view.read(asked.measure, team)
    happened = events.between(reading.points[0].wave, reading.points[-1].wave) if reading.points else []
    return {
        "reading": reading,
        "measures": asked.measures,
        "drawing": charts.confidence(reading.points, name=reading.name, events=happened),
        "events": happened,
    }


def _places(teams: Sequence[Team], period: Period, seen: Sequence[int] | None) -> list[Place]:
    """Cover is a matter of the last weeks, whatever period is looked at."""
    since = periods.last(SHORT, now=period.until).since
    return [one for one in cover.places(teams, period_since=since, now=period.until, seen=seen) if cover.counts(one)]


def _area(team: Team, period: Period, network: str, places: list[Place], beside: Team | None) -> dict[str, Any]:
    """What both pages have. The year of the charts and the stretch before the period come in one read."""
    year = periods.day_of(periods.months_since(period.until))
    every = sums.of_area(team, _spans(period, year), today=period.last, network=network)
    days = [one for one in every if one.day >= period.first]
    months = sums.stretches(
        [one for one in every if one.day >= year],
        since=year,
        until=period.last,
        start_of=periods.month_of,
        after=periods.month_after,
    )
    summed = sums.add(days)
    return {
        "team": team,
        "period": period,
        "network": network,
        "summed": summed,
        "networks": sums.heard(days),
        "months": months,
        "posts_chart": charts.columns([_month(one) for one in months]) if any(one.posts for one in months) else [],
        "answers_chart": charts.columns([_month_answers(one) for one in months]) if beside else [],
        "answers": pages.answers(team.name, every, period, sums.of_force(beside, period, network) if beside else []),
        "process": process.measures(summed, places if period.days == SHORT else ()),
        "places": places,
        "now": period.until,
    }


def _spans(period: Period, year: date) -> list[Span]:
    """The period with its topics, the time before it, and before that as far as the charts of a year reach.

    Cut where the time before begins: a month across that day would come as one row, of which no part could be told.
    """
    begun, ended = period.before
    rest = [Span(year, begun - timedelta(days=1))] if year < begun else []
    return [*rest, Span(begun, ended), Span(period.first, period.last, topics=True)]


def _parts(teams: Sequence[Team], places: Sequence[Place], period: Period, network: str) -> list[Part]:
    told = sums.updates_by_borough(since=period.first, until=period.last, network=network)
    inside: dict[int, list[Place]] = defaultdict(list)
    for one in places:
        inside[one.team.pk if one.team.kind == Team.Kind.BOROUGH else one.team.parent_id or 0].append(one)
    boroughs = sorted((team for team in teams if team.kind == Team.Kind.BOROUGH), key=lambda team: team.name)
    return [
        Part(team, told.get(team.pk, 0), sum(one.posts > 0 for one in inside[team.pk]), len(inside[team.pk]))
        for team in boroughs
    ]


def _month(month: Stretch) -> Column:
    words = f"{month.start:%B %Y}: {wording.updates(month.posts).lower()}{pages.so_far(month)}"
    return Column(f"{month.start:%b}", month.posts, words, month.growing)


def _month_answers(month: Stretch) -> Column:
    known = "not known" if month.responses is None else f"{month.responses:g} answers to the typical post"
    words = f"{month.start:%B %Y}: {known if month.posts else 'no updates'}{pages.so_far(month)}"
    return Column(f"{month.start:%b}", month.responses, words, month.growing, idle=not month.posts)
