"""Puts together what a ward's page and a patch show. Reads only; the views hand in who asks and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.models import Team, User
from engagement import beside, charts, cover, dashboard, periods, process, sums, wording
from engagement.beside import Beside
from engagement.charts import Bars, Column
from engagement.cover import Group, Place
from engagement.dashboard import Heard, Numbers, Stretch, Told
from engagement.periods import Period
from engagement.process import NOT_YET, Process
from engagement.sums import Day, Kind, Summed
from posts.models import Post
from publishing.models import Delivery

SHORT = 30
UNFOLDED = 60  # so many teams are read at a glance; more are folded by borough


@dataclass(frozen=True)
class Answers:
    """What posts had brought at a week's age: beside the time before and the force, and by what they were.

    fresh: posts too young to be compared. unknown: older ones of which no network said what they had brought then.
    """

    networks: list[Beside]
    forms: list[Kind]
    subjects: list[Kind]
    named: str  # whose they are: "Homerton"
    fresh: int = 0
    unknown: int = 0

    @property
    def kinds(self) -> list[list[Kind]]:
        return [self.forms, self.subjects]

    @property
    def left_out(self) -> str:
        return wording.left_out(self.fresh, self.unknown)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What the pages of a ward, a borough and the force have in common. network empty: all of them."""

    team: Team
    period: Period
    network: str
    summed: Summed
    networks: list[Heard]
    answers: Answers
    process: list[Process]
    now: datetime
    not_yet: tuple[str, ...] = NOT_YET

    @property
    def address(self) -> str:
        """What of the address a link keeps."""
        return periods.address(self.period, self.network)

    @property
    def headline(self) -> str:
        return f"{wording.updates(self.summed.updates)} in {wording.span(self.period.days)}"


@dataclass(frozen=True, kw_only=True)
class WardPage(Page):
    """A team that speaks for itself: what it told residents and what came back."""

    weeks: list[Stretch]
    chart: list[Bars]
    place: Place

    @property
    def numbers(self) -> Numbers:
        return self.summed.numbers

    @property
    def sentences(self) -> list[str]:
        if not self.summed.posts:
            return (
                [f"Residents last heard from this team {wording.since(self.place.last, self.now)}."]
                if self.place.last
                else []
            )
        said = [
            wording.answers(self.numbers),
            wording.views(self.networks),
            wording.still_to_come(self.summed.silent),
        ]
        return [sentence for sentence in said if sentence]

    @property
    def last(self) -> str:
        return wording.since(self.place.last, self.now)


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


def ward(team: Team, period: Period, *, network: str = "", force: Team | None = None) -> WardPage:
    """force: whose posts the ward's stand beside; None where there is none."""
    every = sums.of_teams([team.pk], since=period.before[0], until=period.last, network=network)
    days = [one for one in every if one.day >= period.first]
    monday = periods.monday_of(period.first)
    weeks = sums.stretches(
        [one for one in every if one.day >= monday],
        since=monday,
        until=period.last,
        start_of=periods.monday_of,
        after=periods.week_after,
    )
    summed = sums.add(days)
    return WardPage(
        team=team,
        period=period,
        network=network,
        summed=summed,
        networks=sums.heard(days),
        weeks=weeks,
        chart=charts.columns([_week(week) for week in weeks]) if any(week.posts for week in weeks) else [],
        answers=answers(team.name, every, period, sums.of_force(force, period, network) if force else []),
        process=process.measures(summed),
        place=cover.places([team], period_since=period.since, now=period.until)[0],
        now=period.until,
    )


def answers(named: str, every: Sequence[Day], period: Period, force: Sequence[Day]) -> Answers:
    """every: the days of the period and of the stretch before it."""
    first, last = period.before
    now = [one for one in every if one.day >= period.first]
    before = [one for one in every if first <= one.day <= last]
    fresh, forms = sums.waiting(now, today=period.last), beside.forms(now)
    unknown = sum(one.counts["posts"] for one in now) - fresh - sum(kind.posts for kind in forms)
    return Answers(beside.networks(now, before, force), forms, beside.subjects(now), named, fresh, unknown)


def posts_of(page: WardPage) -> QuerySet[Delivery]:
    """The posts of a ward's page, to be shown a few at a time."""
    since, until = page.period.since, page.period.until
    return dashboard.published_by(page.team, since=since, until=until, network=page.network)


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
    words = f"{week.start:%-d %B} to {end:%-d %B %Y}: {wording.updates(week.posts).lower()}{so_far(week)}"
    return Column(f"{week.start:%-d %b}", week.posts, words, week.growing)


def so_far(stretch: Stretch) -> str:
    return " so far" if stretch.growing else ""
