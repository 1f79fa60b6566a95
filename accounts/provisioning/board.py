"""Every channel by its stage of life, with what waits for whom since when. Reads only, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts import held
from accounts.channels import channels_for, teams_for, visible_to
from accounts.models import Appointment, Channel, Role, Stage, Team, User, Waiting
from accounts.provisioning.gates import APPLICANT, GATES, SEATS

Life, State = Channel.Life, Channel.State
ON_ITS_WAY = Channel.BEFORE_LAUNCH
TRUSTED = (Stage.TRUSTED, Stage.READY)
# The worst first, then what is on its way, then what simply runs.
_WORST = (Life.COMPROMISED, Life.SUSPENDED, Life.APPLIED, Life.PREPARING, Life.CLOSING, Life.HANDOVER, Life.DORMANT)


class Column(NamedTuple):
    """One stage of the board. trusted: None where it makes no difference."""

    key: str
    label: str
    life: str
    trusted: bool | None = None


COLUMNS = (
    Column("applied", "Applied for", Life.APPLIED),
    Column("preparing", "Being made ready", Life.PREPARING),
    Column("probation", "Live, on probation", Life.LIVE, trusted=False),
    Column("trusted", "Live, trusted", Life.LIVE, trusted=True),
    Column("dormant", "Dormant", Life.DORMANT),
    Column("handover", "Being handed over", Life.HANDOVER),
    Column("suspended", "Suspended", Life.SUSPENDED),
    Column("compromised", "Compromised", Life.COMPROMISED),
    Column("closing", "Closing", Life.CLOSING),
    Column("closed", "Closed", Life.CLOSED),
    Column("refused", "Not granted", Life.REFUSED),
)
BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True)
class Wait:
    """One thing that waits. whom: in words; since: None where nobody knows."""

    what: str
    whom: str
    since: datetime | None
    mine: bool = False


@dataclass(frozen=True)
class Card:
    """One channel as the board shows it."""

    channel: Channel
    column: Column
    owner: User | None
    waits: list[Wait]

    @property
    def is_mine(self) -> bool:
        return any(wait.mine for wait in self.waits)


class Hands(NamedTuple):
    """Which rights a person holds anywhere, and where."""

    user: User
    held: frozenset[str]

    def teams(self, right: str) -> QuerySet[Team]:
        return teams_for(self.user, right).order_by().values("pk")

    def channels(self, right: str) -> QuerySet[Channel]:
        return channels_for(self.user, right).order_by().values("pk")


def hands(user: User) -> Hands:
    return Hands(user, held.anywhere(user))


def on_board(user: User, *, now: datetime) -> QuerySet[Channel]:
    """What this person may see, marked with `turn` (it waits for them) and `trusted` (who speaks has come so far)."""
    trusted = Appointment.objects.active(now).filter(team=OuterRef("team"), role=Role.SERGEANT, stage__in=TRUSTED)
    marked = visible_to(user).annotate(trusted=Exists(trusted))
    mine = _turns(hands(user))
    if mine is None:
        return marked.annotate(turn=Value(0, output_field=IntegerField()))
    return marked.annotate(turn=Case(When(mine, then=1), default=0, output_field=IntegerField()))


def to_sign(user: User) -> QuerySet[Channel]:
    """On their way, and waiting for this person's signature or answer; the longest first."""
    turns = _any(_gate_turns(hands(user)))
    since = Waiting.objects.filter(application__channel=OuterRef("pk")).order_by("since").values("since")[:1]
    on_their_way = visible_to(user).filter(life__in=ON_ITS_WAY)  # said first: they are few, and the turns ask much
    return on_their_way.filter(turns).annotate(waits_since=Subquery(since)).order_by("waits_since", "pk")


def in_column(channels: QuerySet[Channel], column: Column) -> QuerySet[Channel]:
    found = channels.filter(life=column.life)
    return found if column.trusted is None else found.filter(trusted=column.trusted)


def of_borough(channels: QuerySet[Channel], code: str) -> QuerySet[Channel]:
    """Those of a borough and of its wards."""
    return channels.filter(Q(team__code=code) | Q(team__parent__code=code))


def in_order(channels: QuerySet[Channel]) -> QuerySet[Channel]:
    """What waits for this person first, then the worst, then the oldest."""
    worst = Case(*(When(life=life, then=place) for place, life in enumerate(_WORST)), default=len(_WORST))
    broken = Case(When(state=State.BROKEN, then=0), default=1)
    return channels.order_by("-turn", worst, broken, "life_since", "team__name", "pk")


def counts(channels: QuerySet[Channel]) -> dict[str, int]:
    """How many there are in each column; columns without a channel are left out. One query."""
    found: Counter[str] = Counter()
    rows = channels.order_by().values_list("life", "trusted").annotate(number=Count("pk", distinct=True))
    for life, trusted, number in rows:
        found[_column(life, trusted).key] += number
    return dict(found)


def cards(channels: Sequence[Channel], user: User, *, now: datetime) -> list[Card]:
    """The channels of one page, each with its owner and what waits. Three queries, however many."""
    keys = [channel.pk for channel in channels]
    rows: dict[int, list[Waiting]] = defaultdict(list)
    shown = Waiting.objects.filter(application__channel__in=keys).select_related(
        "application__made_by", "application__owner"
    )
    for row in shown.order_by("since", "pk"):
        rows[row.application.channel_id].append(row)
    owners = _owners(channels, now)
    may = hands(user)
    return [
        Card(
            channel,
            _column(channel.life, channel.trusted),  # type: ignore[attr-defined]
            _owner(owners.get(channel.team_id), rows[channel.pk]),
            [*_gate_waits(rows[channel.pk], channel, may), *_other_waits(channel, may)],
        )
        for channel in channels
    ]


def _column(life: str, trusted: bool) -> Column:
    return next(one for one in COLUMNS if one.life == life and one.trusted in (None, trusted))


def _owners(channels: Sequence[Channel], now: datetime) -> dict[int, User]:
    """Who sends for each team today, the longest in post first."""
    held = Appointment.objects.active(now).filter(
        team__in={channel.team_id for channel in channels}, role=Role.SERGEANT, user__is_active=True
    )
    found: dict[int, User] = {}
    for one in held.select_related("user").order_by("starts_on", "pk"):
        found.setdefault(one.team_id, one.user)
    return found


def _owner(in_post: User | None, rows: list[Waiting]) -> User | None:
    """On its way it is whoever is to keep it; then whoever sends for the team."""
    return rows[0].application.owner if rows else in_post


def _gate_waits(rows: list[Waiting], channel: Channel, may: Hands) -> list[Wait]:
    turn = bool(channel.turn)  # type: ignore[attr-defined]
    found = []
    for row in rows if channel.life in ON_ITS_WAY else ():
        gate = GATES[row.gate]
        whom = str(row.application.made_by) if row.seat == APPLICANT else SEATS[row.seat].signatory
        what = "A question to answer" if row.seat == APPLICANT else f"Gate {gate.number}, {gate.name.lower()}"
        theirs = (
            row.application.made_by_id == may.user.pk if row.seat == APPLICANT else SEATS[row.seat].right in may.held
        )
        found.append(Wait(what, whom, row.since, mine=turn and theirs))
    return found


def _other_waits(channel: Channel, may: Hands) -> list[Wait]:
    """What waits without a gate: a stopped channel, a dead login, a long silence."""
    since, turn = channel.life_since, bool(channel.turn)  # type: ignore[attr-defined]
    if channel.life == Life.COMPROMISED:
        return [Wait("To be made safe and connected anew", "Information security", since, mine=turn)]
    if channel.life == Life.SUSPENDED:
        return [Wait("To be let go on", "The DMC", since, mine=turn)]
    found = []
    if channel.life in Channel.MAY_SPEAK and channel.state in (State.BROKEN, State.NEW):
        what = "To be reconnected" if channel.state == State.BROKEN else "To be connected"
        found.append(Wait(what, "DMC administrator", None, mine=turn and "connect" in may.held))
    if channel.life == Life.DORMANT and channel.quiet_told >= 120:
        found.append(Wait("To be closed or merged", "Borough and DMC", since, mine=turn and "provision" in may.held))
    return found


def _turns(may: Hands) -> Q | None:
    """Which channels wait for this person; None when none can."""
    turns = [*_gate_turns(may), *_other_turns(may)]
    return None if not turns else _any(turns)


def _any(conditions: Sequence[Q]) -> Q:
    found = conditions[0]
    for one in conditions[1:]:
        found |= one
    return found


def _gate_turns(may: Hands) -> list[Q]:
    rows = Waiting.objects.filter(application__channel=OuterRef("pk"), application__channel__life__in=ON_ITS_WAY)
    theirs = rows.exclude(
        Q(application__made_by=may.user)
        | Q(application__owner=may.user)
        | Q(application__deputy=may.user)
        | Q(application__cover=may.user)
    )
    seats: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for seat in SEATS.values():
        if seat.right in may.held:
            seats[seat.right, seat.of_channel].append(seat.key)
    turns = [Q(Exists(rows.filter(seat=APPLICANT, application__made_by=may.user)))]
    for (right, of_channel), keys in seats.items():
        where = Q(pk__in=may.channels(right)) if of_channel else Q(team__in=may.teams(right))
        turns.append(where & Q(Exists(theirs.filter(seat__in=keys))))
    return turns


def _other_turns(may: Hands) -> list[Q]:
    turns = []
    if "connect" in may.held:
        dead = Q(life__in=Channel.MAY_SPEAK, state__in=[State.BROKEN, State.NEW])
        turns.append(dead & Q(pk__in=may.channels("connect")))
    if "keep_security" in may.held:
        turns.append(Q(life=Life.COMPROMISED, team__in=may.teams("keep_security")))
    if "provision" in may.held:
        stuck = Q(life=Life.SUSPENDED) | Q(life=Life.DORMANT, quiet_told__gte=120)
        turns.append(stuck & Q(team__in=may.teams("provision")))
    return turns
