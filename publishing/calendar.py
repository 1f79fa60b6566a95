"""What goes out where and when: a week, a month or a list. Reads only, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate

from accounts.channels import channels_for
from accounts.models import Team, User
from accounts.models.people import LONDON
from platforms.text import canonical
from policy.models import Hold, Period
from posts.models import Post
from posts.schedule import holiday_on
from publishing.models import Delivery

WEEK, MONTH, LIST = "week", "month", "list"
VIEWS = {WEEK: "Week", MONTH: "Month", LIST: "List"}
SHOWN = {WEEK: 40, MONTH: 3, LIST: 100}  # posts a day; the rest is counted
NEAR = timedelta(minutes=60)
ALIKE = 0.8  # of the words two posts share
COMPARED = 150  # beyond so many posts only equal words are found
_TROUBLE = (Delivery.State.FAILED, Delivery.State.MISSED, Delivery.State.UNCONFIRMED, Delivery.State.TAKING_DOWN)


@dataclass
class Entry:
    """One post at its time. trouble: the delivery that needs somebody. notes: clashes and near-duplicates, in words."""

    post: Post
    at: datetime
    trouble: Delivery | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def movable(self) -> bool:
        return self.post.state in (Post.State.DRAFT, Post.State.IN_REVIEW, Post.State.APPROVED)


@dataclass
class Day:
    """One London day. more: posts of it that are not shown."""

    date: date
    here: bool
    holiday: str
    entries: list[Entry]
    count: int
    periods: list[Period]
    holds: list[Hold]

    @property
    def more(self) -> int:
        return self.count - len(self.entries)


@dataclass(frozen=True)
class Span:
    """What is asked for. first, last: London days, both shown; the week's Monday to its Sunday."""

    view: str
    day: date
    first: date
    last: date
    earlier: date
    later: date

    @property
    def begin(self) -> datetime:
        return datetime.combine(self.first, time(), LONDON)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), LONDON)


def span(view: str, day: date) -> Span:
    """The days that a view of `day` shows."""
    monday = day - timedelta(days=day.weekday())
    if view == MONTH:
        first = day.replace(day=1)
        following = (first + timedelta(days=32)).replace(day=1)
        last = following - timedelta(days=1)
        grid = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
        return Span(view, day, *grid, (first - timedelta(days=1)).replace(day=1), following)
    days = timedelta(days=13 if view == LIST else 6)
    return Span(view, day, monday, monday + days, monday - days - timedelta(days=1), monday + days + timedelta(days=1))


def days(user: User, asked: Span, team: Team | None) -> list[Day]:
    """Every day of the span with what this person may see of it, in `team` and below it where one is named."""
    first, counts = _first_of_each_day(_planned(user, asked, team), SHOWN[asked.view])
    entries = [
        Entry(post, post.current.publish_at) for post in _shown(first) if post.current and post.current.publish_at
    ]
    _mark_trouble(entries)
    _mark_clashes(entries)
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.at.astimezone(LONDON).date()].append(entry)
    periods, holds = _periods(asked, team), _holds(asked, team)
    return [
        Day(
            date=day,
            here=asked.view != MONTH or day.month == asked.day.month,
            holiday=holiday_on(day),
            entries=by_day[day],
            count=counts.get(day, 0),
            periods=[one for one in periods if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on)],
            holds=[one for one in holds if _on(one, day)],
        )
        for day in _each(asked)
    ]


def teams(user: User) -> list[Team]:
    """What the calendar may be narrowed to: the force, the boroughs and the wards whose posts this person sees."""
    voices = channels_for(user, "see_posts").values("team")
    seen = Q(pk__in=voices) | Q(children__in=voices) | Q(children__children__in=voices)
    found = Team.objects.filter(seen).select_related("parent").distinct()
    order = {Team.Kind.FORCE: 0, Team.Kind.BOROUGH: 1}
    return sorted(found, key=lambda team: (order.get(team.kind, 2), team.full_name))


def _planned(user: User, asked: Span, team: Team | None) -> QuerySet[Post]:
    posts = Post.objects.visible_to(user).filter(
        current__publish_at__gte=asked.begin, current__publish_at__lt=asked.end
    )
    if team is not None:
        posts = posts.filter(team__in=team.covered().values("pk"))
    return posts.annotate(at=F("current__publish_at")).order_by()


def _first_of_each_day(planned: QuerySet[Post], most: int) -> tuple[list[int], dict[date, int]]:
    """The keys of the first posts of each day, and how many each day has.

    Of keys and times alone: a month of a whole force is 30,000 posts, whose words would have to be sorted along.
    """
    day = TruncDate("at", tzinfo=LONDON)
    place = Window(RowNumber(), partition_by=day, order_by=[F("at").asc(), F("pk").asc()])
    placed = planned.annotate(on=day, place=place, whole=Window(Count("pk"), partition_by=day))
    rows = list(placed.filter(place__lte=most).values_list("pk", "on", "whole"))
    return [key for key, _, _ in rows], {on: whole for _, on, whole in rows}


def _shown(keys: Iterable[int]) -> QuerySet[Post]:
    """In order of their times."""
    posts = Post.objects.filter(pk__in=keys).select_related("current", "team__parent")
    return posts.prefetch_related("targets__channel").order_by("current__publish_at", "pk")


def _mark_trouble(entries: list[Entry]) -> None:
    by_post = {entry.post.pk: entry for entry in entries}
    wrong = Delivery.objects.filter(target__post__in=by_post, state__in=_TROUBLE).select_related("target", "channel")
    for delivery in wrong.order_by("pk"):
        entry = by_post[delivery.target.post_id]
        if delivery.version_id == entry.post.current_id:
            entry.trouble = delivery


def _mark_clashes(entries: list[Entry]) -> None:
    """Two of one team within the hour; and words that two posts share, whose networks may take them for spam."""
    by_team: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_team[entry.post.team_id].append(entry)
    for of_team in by_team.values():
        for one, other in pairwise(of_team):
            if other.at - one.at < NEAR:
                minutes = round((other.at - one.at).total_seconds() / 60)
                said = f"{minutes} minutes" if minutes != 1 else "1 minute"
                other.notes.append(f"{said} after another of this team" if minutes else "At the same time as another")
    for one, other in _alike(entries):
        where = one.post.team.full_name if one.post.team_id != other.post.team_id else "an earlier one"
        other.notes.append(f"Nearly the same words as {where}")


def _alike(entries: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry with the first earlier one that says nearly the same."""
    read = [(entry, canonical(entry.post.current.opening).casefold()) for entry in entries if entry.post.current]
    equal: dict[str, Entry] = {}
    words = [frozenset(text.split()) for _, text in read]
    for place, (entry, text) in enumerate(read):
        if text and text in equal:
            yield equal[text], entry
            continue
        equal.setdefault(text, entry)
        if text and len(read) <= COMPARED:
            near = (read[before][0] for before in range(place) if _share(words[before], words[place]) >= ALIKE)
            if (found := next(near, None)) is not None:
                yield found, entry


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if min(len(one), len(other)) > 4 else 0.0


def _touching(team: Team | None) -> Q:
    """Of the whole force, of `team`, above it or below it; everywhere where no team is named."""
    if team is None:
        return Q()
    above = [covering.pk for covering in team.covering()]
    return Q(team__isnull=True) | Q(team__in=above) | Q(team__in=team.covered().values("pk"))


def _periods(asked: Span, team: Team | None) -> list[Period]:
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=asked.first)
    standing = Period.objects.filter(lasting, _touching(team), starts_on__lte=asked.last, closed_at__isnull=True)
    return list(standing.exclude(agreed_at__isnull=True).select_related("team__parent").order_by("starts_on", "pk"))


def _holds(asked: Span, team: Team | None) -> list[Hold]:
    lasting = Q(released_at__isnull=True) | Q(released_at__gte=asked.begin)
    found = Hold.objects.filter(lasting, _touching(team), opened_at__lt=asked.end)
    return list(found.select_related("team__parent", "channel").order_by("-level", "opened_at"))


def _on(hold: Hold, day: date) -> bool:
    """A hold in force has no end in sight; it is drawn up to its next review."""
    until = hold.released_at or hold.review_at
    opened = hold.opened_at.astimezone(LONDON).date()
    return opened <= day <= max(opened, until.astimezone(LONDON).date())


def _each(asked: Span) -> Iterable[date]:
    return (asked.first + timedelta(days=number) for number in range((asked.last - asked.first).days + 1))
