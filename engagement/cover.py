"""Which teams speak, how often, and where cover has gaps. Process measures only: nobody is ranked. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Max, OuterRef, Q, Subquery, Sum

from accounts.channels import launched
from accounts.models import Appointment, Channel, Team
from accounts.roles import ROLE_MAY
from engagement.models import ChannelDay
from engagement.periods import day_of
from engagement.wording import listed, updates

SENDERS = tuple(role for role, may in ROLE_MAY.items() if "submit_for" in may.channel)


@dataclass(frozen=True)
class Place:
    """A team as somebody who looks after it sees it. posts: in the period; last: when residents last heard of it."""

    team: Team
    posts: int
    last: datetime | None
    channels: tuple[Channel, ...]
    staffed: bool
    seen: bool = True

    @property
    def name(self) -> str:
        """A borough's name is also that of its account, so that says which it is."""
        return f"{self.team.name} (borough account)" if self.team.kind == Team.Kind.BOROUGH else self.team.name

    @cached_property
    def lacks(self) -> str:
        """What cover lacks here, in words; empty when nothing does."""
        if not self.channels:
            return "no account of its own" if self.team.kind == Team.Kind.WARD else ""
        return "; ".join(said for said in (self.trouble, "" if self.posts else "told residents nothing") if said)

    @cached_property
    def trouble(self) -> str:
        """What keeps this team from speaking, in words; empty when nothing does."""
        unwell = [channel.get_network_display() for channel in self.channels if not channel.is_live]
        said = [f"{listed(unwell)} {'needs' if len(unwell) == 1 else 'need'} connecting"] if unwell else []
        if self.channels and not self.staffed:
            said.append("nobody is appointed to send updates")
        return "; ".join(said)


@dataclass(frozen=True)
class Group:
    """A borough with its teams, or (head None) the teams that belong to the force itself."""

    head: Team | None
    places: tuple[Place, ...]

    @property
    def speaking(self) -> list[Place]:
        return [place for place in self.places if place.channels]

    @property
    def silent(self) -> list[Place]:
        """Teams without an account of their own."""
        return [place for place in self.places if not place.channels]

    @property
    def sentence(self) -> str:
        """ "14 updates from 2 of 6 teams"."""
        posts, active = sum(place.posts for place in self.places), sum(place.posts > 0 for place in self.places)
        everybody = "1 team" if len(self.places) == 1 else f"{len(self.places)} teams"
        return f"{updates(posts)} from {f'{active} of ' if active else ''}{everybody}"


def places(
    teams: Collection[Team], *, period_since: datetime, now: datetime, seen: Iterable[int] | None = None
) -> list[Place]:
    """The teams by name. Four queries at most. seen: keys of the teams whose own page may be opened (None: all)."""
    keys = [team.pk for team in teams]
    sent, voices, staffed = activity(keys, period_since, now), _voices(keys), _staffed(now)
    open_to = set(keys if seen is None else seen)
    return [
        Place(
            team=team,
            posts=sent.get(team.pk, (0, None))[0],
            last=sent.get(team.pk, (0, None))[1],
            channels=tuple(voices[team.pk]),
            staffed=bool(staffed & {team.pk, team.parent_id, team.parent.parent_id if team.parent else None}),
            seen=team.pk in open_to,
        )
        for team in sorted(teams, key=lambda team: (team.name, team.code))
    ]


def grouped(found: Sequence[Place]) -> list[Group]:
    """By borough, boroughs by name; what belongs to the force itself comes last."""
    heads: dict[Team | None, list[Place]] = defaultdict(list)
    for place in found:
        heads[_head(place.team)] += [place] if counts(place) else []
    groups = [Group(head, tuple(inside)) for head, inside in heads.items() if head or inside]
    return sorted(groups, key=lambda group: (group.head is None, group.head.name if group.head else ""))


def counts(place: Place) -> bool:
    """A borough or the force is a team to hear from only where it has an account itself."""
    return bool(place.channels) or place.team.kind not in (Team.Kind.BOROUGH, Team.Kind.FORCE)


def speaking(found: Sequence[Place]) -> str:
    """ "They came from 2 of 6 teams." Empty when no update went out."""
    active = sum(place.posts > 0 for place in found)
    everybody = "1 team" if len(found) == 1 else f"{len(found):,} teams"
    return f"They came from {active:,} of {everybody}." if active else ""


def gaps(found: Sequence[Place]) -> list[str]:
    """A line for each team that lacks something: what can be mended today first, then silence, then no account."""
    lacking = sorted((place for place in found if place.lacks), key=_pressing)
    several = len({place.team.parent_id for place in lacking if place.team.kind == Team.Kind.WARD}) > 1
    return [f"{_name(place, with_borough=several)}: {place.lacks}" for place in lacking]


def _pressing(place: Place) -> int:
    return 0 if place.trouble else 1 if place.channels else 2


def _name(place: Place, *, with_borough: bool) -> str:
    """A ward's name alone is not unique: eleven occur in two boroughs."""
    borough = place.team.parent if with_borough and place.team.kind == Team.Kind.WARD else None
    return f"{place.name} ({borough.name})" if borough else place.name


def _head(team: Team) -> Team | None:
    if team.kind == Team.Kind.BOROUGH:
        return team
    return team.parent if team.parent and team.parent.kind == Team.Kind.BOROUGH else None


def activity(keys: Collection[int], period_since: datetime, now: datetime) -> dict[int, tuple[int, datetime | None]]:
    """(updates since then, when the last one was), by team: from the rows by day, never from the posts."""
    told: dict[int, int] = defaultdict(int)
    days = ChannelDay.objects.filter(channel__team__in=keys, day__gte=day_of(period_since), day__lte=day_of(now))
    by_team = (
        days.order_by()
        .values("channel__team")
        .annotate(told=Sum("updates"), at=Max("last_at", filter=Q(last_at__lte=now)))
    )
    last: dict[int, datetime | None] = {}
    for team, updates_of_it, at in by_team.values_list("channel__team", "told", "at"):
        told[team] = updates_of_it
        last |= {team: at} if at else {}
    # Only who told nothing lately is looked up in the years before.
    quiet = [team for team in keys if team not in last]
    newest = ChannelDay.objects.filter(channel=OuterRef("pk"), last_at__lte=now).order_by("-day").values("last_at")[:1]
    for team, at in Channel.objects.filter(team__in=quiet).order_by().values_list("team", Subquery(newest)):
        before = last.get(team)
        last[team] = max(at, before) if at and before else at or before
    return {team: (told[team], last.get(team)) for team in {*told, *last}}


def _voices(keys: Collection[int]) -> dict[int, list[Channel]]:
    """Of each open channel what a place shows: a force has 1,400, and reading their moments too takes far longer."""
    voices: dict[int, list[Channel]] = defaultdict(list)
    met = launched(Channel.objects.filter(team__in=keys))
    open_ones = met.exclude(state=Channel.State.CLOSED).order_by("-network")
    for channel in open_ones.only("team", "network", "handle", "name", "state"):
        voices[channel.team_id].append(channel)
    return voices


def _staffed(now: datetime) -> set[int]:
    """Teams that have somebody who may send a post; a borough's appointment covers its wards."""
    held = Appointment.objects.active(now).filter(role__in=SENDERS, user__is_active=True)
    return set(held.order_by().values_list("team", flat=True))
