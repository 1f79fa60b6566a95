"""Puts together what each page shows. Reads only; the views hand in who asks and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Team, User
from engagement import charts, cover, dashboard, periods, survey_view, wording
from engagement.charts import Bars, Column
from engagement.charts import Line as Drawing
from engagement.cover import Group, Place
from engagement.dashboard import Heard, Numbers, Stretch, Told
from engagement.models import Measure
from engagement.periods import Period
from engagement.survey_view import Reading
from posts.models import Post

SHORT = 30
UNFOLDED = 60  # so many teams are read at a glance; more are folded by borough


@dataclass(frozen=True)
class WardPage:
    """A team that speaks for itself: what it told residents and what came back."""

    team: Team
    period: Period
    posts: list[Told]
    numbers: Numbers
    networks: list[Heard]
    weeks: list[Stretch]
    chart: list[Bars]
    place: Place
    now: datetime

    @property
    def headline(self) -> str:
        return f"{wording.updates(len(self.posts))} in {wording.span(self.period.days)}"

    @property
    def sentences(self) -> list[str]:
        if not self.posts:
            return (
                [f"Residents last heard from this team {wording.since(self.place.last, self.now)}."]
                if self.place.last
                else []
            )
        said = [wording.answers(self.numbers), wording.views(self.networks), wording.still_to_come(self.posts)]
        return [sentence for sentence in said if sentence]

    @property
    def typical(self) -> str:
        return wording.typical(dashboard.typical(self.posts))

    @property
    def last(self) -> str:
        return wording.since(self.place.last, self.now)


@dataclass(frozen=True)
class BoroughPage:
    """A borough: what its teams told people and, beside it, what the survey says. Neither explains the other."""

    team: Team
    reading: Reading
    measures: list[Measure]
    drawing: list[Drawing]
    places: list[Place]
    recent: list[Told]
    months: list[Stretch]
    posts_chart: list[Bars]
    answers_chart: list[Bars]
    now: datetime

    @property
    def headline(self) -> str:
        return f"{wording.updates(len(self.recent))} in {wording.span(SHORT)}"

    @property
    def sentences(self) -> list[str]:
        said = [cover.speaking(self.places)]
        if self.recent:
            said += [wording.answers(dashboard.total(self.recent)), wording.still_to_come(self.recent)]
        return [sentence for sentence in said if sentence]

    @property
    def figure(self) -> str:
        return survey_view.sentence(self.reading)

    @property
    def london(self) -> str:
        return survey_view.beside_london(self.reading)

    @property
    def detectable(self) -> str:
        return survey_view.detectable(self.reading)

    @property
    def gaps(self) -> list[str]:
        return cover.gaps(self.places)


@dataclass(frozen=True)
class PatchPage:
    """Every team a person may look at, by borough."""

    groups: list[Group]
    places: list[Place]
    folded: bool
    now: datetime

    @property
    def posts(self) -> int:
        return sum(place.posts for place in self.places)

    @property
    def headline(self) -> str:
        return f"{wording.updates(self.posts)} in {wording.span(SHORT)}"

    @property
    def sentence(self) -> str:
        return cover.speaking(self.places)

    @property
    def gaps(self) -> list[str]:
        return cover.gaps(self.places)


def ward(team: Team, period: Period) -> WardPage:
    every = dashboard.told([team], since=period.weeks_since, until=period.until)
    posts = [post for post in every if post.at >= period.since]
    weeks = dashboard.by_week(every, since=period.weeks_since, until=period.until)
    return WardPage(
        team=team,
        period=period,
        posts=posts,
        numbers=dashboard.total(posts),
        networks=dashboard.by_network(posts),
        weeks=weeks,
        chart=charts.columns([_week(week) for week in weeks]) if every else [],
        place=cover.places([team], period_since=period.since, now=period.until)[0],
        now=period.until,
    )


def borough(team: Team, measure: Measure, *, seen: Sequence[int], now: datetime) -> BoroughPage:
    """seen: keys of the teams whose own page the reader may open."""
    short = periods.last(SHORT, now=now)
    teams = [team, *team.children.select_related("parent")]
    year = dashboard.told(teams, since=periods.months_since(now), until=now)
    months = dashboard.by_month(year, since=periods.months_since(now), until=now)
    reading = survey_view.read(measure, team)
    places = cover.places(teams, period_since=short.since, now=now, seen=seen)
    return BoroughPage(
        team=team,
        reading=reading,
        measures=list(Measure.objects.all()),
        drawing=charts.confidence(reading.points, name=team.name),
        places=[place for place in places if cover.counts(place)],
        recent=[post for post in year if post.at >= short.since],
        months=months,
        posts_chart=charts.columns([_month(month) for month in months]) if year else [],
        answers_chart=charts.columns([_month_answers(month) for month in months]),
        now=now,
    )


def patch(teams: Sequence[Team], *, now: datetime) -> PatchPage:
    places = cover.places(teams, period_since=periods.last(SHORT, now=now).since, now=now)
    groups = cover.grouped(places)
    return PatchPage(groups, [place for place in places if cover.counts(place)], folded=len(places) > UNFOLDED, now=now)


def visible_posts(user: User, posts: Sequence[Told]) -> set[int]:
    """Of these, the posts whose own page this person may open."""
    keys = [post.post_id for post in posts]
    return set(Post.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))


def _week(week: Stretch) -> Column:
    end = week.start + timedelta(days=6)
    words = f"{week.start:%-d %B} to {end:%-d %B %Y}: {wording.updates(week.posts).lower()}{_so_far(week)}"
    return Column(f"{week.start:%-d %b}", week.posts, words, week.growing)


def _month(month: Stretch) -> Column:
    words = f"{month.start:%B %Y}: {wording.updates(month.posts).lower()}{_so_far(month)}"
    return Column(f"{month.start:%b}", month.posts, words, month.growing)


def _month_answers(month: Stretch) -> Column:
    known = "not known" if month.responses is None else f"{month.responses:g} answers to the typical update"
    words = f"{month.start:%B %Y}: {known if month.posts else 'no updates'}{_so_far(month)}"
    return Column(f"{month.start:%b}", month.responses, words, month.growing, idle=not month.posts)


def _so_far(stretch: Stretch) -> str:
    return " so far" if stretch.growing else ""
