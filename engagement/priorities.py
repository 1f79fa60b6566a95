""" "You said, we did, result": which priorities of a ward are worked on, and whether residents were told. Reads only.

Process measures of domain.md D.7, point 6. Told means: an update that says which priority it is about became public.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import Priority, PriorityStep, Team
from engagement import periods, tables, wording
from engagement.periods import LONDON
from publishing.models import Delivery

DID, RESULT = PriorityStep.Kind.ACTION, PriorityStep.Kind.RESULT


@dataclass(frozen=True)
class Complete:
    """Which of the three parts a priority has. What residents said is there as soon as it is set."""

    did: bool
    result: bool
    told: bool

    @property
    def whole(self) -> bool:
        """Problem, action and result are written down (Wuensch and Hohl 2009, domain.md D.5)."""
        return self.did and self.result

    @property
    def missing(self) -> tuple[str, ...]:
        """What comes next, in words: nothing once residents were told of all of it."""
        lacks = (
            ("what you did", self.did),
            ("what came of it", self.result),
            ("an update that tells residents", self.told),
        )
        return tuple(words for words, there in lacks if not there)


@dataclass(frozen=True)
class Counted:
    """A set of priorities in figures. told: those an update spoke to in the period; every one is at most `number`."""

    number: int
    did: int
    result: int
    whole: int
    told: int

    @property
    def told_share(self) -> float | None:
        """None where there is no priority to tell of."""
        return self.told / self.number if self.number else None


@dataclass(frozen=True)
class Kept:
    """One priority with its steps and the moments at which updates about it became public, newest first."""

    priority: Priority
    steps: tuple[PriorityStep, ...]
    told_at: tuple[datetime, ...]
    since: datetime

    @property
    def complete(self) -> Complete:
        return complete((step.kind for step in self.steps), told=bool(self.told_recently))

    @property
    def told_recently(self) -> list[datetime]:
        return [at for at in self.told_at if at >= self.since]

    @property
    def last_told(self) -> datetime | None:
        return self.told_at[0] if self.told_at else None


def complete(kinds: Iterable[str], *, told: bool) -> Complete:
    """kinds: of the steps that stand. told: an update about it became public in the period. Pure."""
    there = set(kinds)
    return Complete(DID in there, RESULT in there, told)


def counted(found: Iterable[Complete]) -> Counted:
    """The sums over any number of priorities. Pure."""
    rows = list(found)
    return Counted(
        number=len(rows),
        did=sum(row.did for row in rows),
        result=sum(row.result for row in rows),
        whole=sum(row.whole for row in rows),
        told=sum(row.told for row in rows),
    )


def of_teams(teams: Collection[int], *, since: datetime, until: datetime, closed_too: bool = False) -> list[Kept]:
    """The priorities open at `until`, or at any time of the span with `closed_too`. Three queries.

    teams: keys. Told in the span means from `since` to `until`; steps after `until` are left out.
    """
    last, first = periods.day_of(until), periods.day_of(since)
    still = Q(closed_on__isnull=True) | (Q(closed_on__gte=first) if closed_too else Q(closed_on__gt=last))
    wanted = Priority.objects.filter(still, team__in=teams, set_on__lte=last).exclude(ending=Priority.Ending.DROPPED)
    found = list(wanted.select_related("team__parent"))
    return _kept(found, since, until)


def all_of(team: Team, *, since: datetime, until: datetime) -> list[Kept]:
    """Every priority of one team, open ones first, the dropped ones too. Three queries."""
    found = Priority.objects.filter(team=team).select_related("team__parent").order_by("-set_on", "pk")
    return sorted(_kept(list(found), since, until), key=lambda kept: not kept.priority.is_open)


def by_team(found: Iterable[Kept]) -> dict[int, Counted]:
    """Key of the team -> its priorities in figures. Teams without any are left out."""
    together: dict[int, list[Complete]] = defaultdict(list)
    for kept in found:
        together[kept.priority.team_id].append(kept.complete)
    return {team: counted(rows) for team, rows in together.items()}


def sentence(count: Counted, days: int) -> str:
    """ "3 priorities are open. 2 of them came up in updates of the last 28 days; 1 has all three parts." """
    if not count.number:
        return "No priority is written down here."
    many = "1 priority is open" if count.number == 1 else f"{count.number} priorities are open"
    told = f"{count.told or 'None'} of them came up in updates of {wording.span(days)}"
    if count.number == 1:
        told = f"It {'came' if count.told else 'has not come'} up in updates of {wording.span(days)}"
    whole = "none has" if not count.whole else f"{count.whole} {'has' if count.whole == 1 else 'have'}"
    return f"{many}. {told}; {whole} all three parts: you said, we did, result."


def table(found: Iterable[Kept]) -> str:
    """CSV, a row for each priority."""
    header = ["Ward", "Code", "You said", "Set on", "Source", "We did", "Result", "Updates in the period", "Last told"]
    return tables.write([*header, "Closed on", "Ending"], (_row(kept) for kept in found))


def _row(kept: Kept) -> Sequence[tables.Cell]:
    one = kept.priority
    said = {kind: " / ".join(step.words for step in kept.steps if step.kind == kind) for kind in (DID, RESULT)}
    last = f"{kept.last_told.astimezone(LONDON):%Y-%m-%d}" if kept.last_told else ""
    closed = str(one.closed_on) if one.closed_on else ""
    return [
        one.team.full_name,
        one.team.code,
        one.words,
        str(one.set_on),
        one.source,
        said[DID],
        said[RESULT],
        len(kept.told_recently),
        last,
        closed,
        one.get_ending_display() if one.ending else "",
    ]


def _kept(found: Sequence[Priority], since: datetime, until: datetime) -> list[Kept]:
    keys = [priority.pk for priority in found]
    steps, told = _steps(keys, until), _told(keys, until)
    return [
        Kept(priority, tuple(steps.get(priority.pk, ())), tuple(told.get(priority.pk, ())), since) for priority in found
    ]


def _steps(keys: Collection[int], until: datetime) -> Mapping[int, list[PriorityStep]]:
    found: dict[int, list[PriorityStep]] = defaultdict(list)
    standing = Q(struck_at__isnull=True) | Q(struck_at__gt=until)
    for step in PriorityStep.objects.filter(standing, priority__in=keys, on__lte=periods.day_of(until)):
        found[step.priority_id].append(step)
    return found


def _told(keys: Collection[int], until: datetime) -> Mapping[int, list[datetime]]:
    """The moment each update about a priority first became public: once an update, however many networks."""
    public = Delivery.objects.filter(
        target__post__priority__in=keys, published_at__isnull=False, published_at__lte=until
    ).exclude(state__in=[Delivery.State.TAKEN_DOWN, Delivery.State.TAKING_DOWN])
    rows = public.order_by("published_at").values_list("target__post__priority", "target__post", "published_at")
    first: dict[int, dict[int, datetime]] = defaultdict(dict)
    for priority, post, at in rows:
        first[priority].setdefault(post, at)
    return {priority: sorted(moments.values(), reverse=True) for priority, moments in first.items()}
