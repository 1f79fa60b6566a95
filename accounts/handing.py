"""A writer moves: one person's channels, updates and open matters go to a named successor, in one transaction.

This room moves appointments and what waits for the person's answer. Each higher room offers its own part (`Part`),
and the console hands them in: so nothing down here knows what a post is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import appointing, audit, rights
from accounts.channels import AUTHORS
from accounts.errors import Conflict
from accounts.models import Appointment, Channel, Notice, Role, Stage, Team, User
from accounts.models.people import LONDON


@dataclass(frozen=True)
class Thing:
    """One thing that changes hands. kind: what the page groups by ("Drafts"); subject: as in the audit; link: a path.

    words are for the page alone and may be a draft's: they go into no audit row and no notice.
    """

    kind: str
    subject: str
    words: str
    detail: str = ""
    link: str = ""


@dataclass(frozen=True)
class Part:
    """What one room hands over.

    held(user): what is theirs, in a fixed number of queries. move(leaver=, to=, by=, now=): gives all of it over,
    inside the transaction; may raise ValidationError when `to` cannot have it. freeze(leaver=, by=, now=): stops what
    is theirs and would go on by itself, where they write no more; gives back the subjects. unowned(now=): what
    is nobody's who may see to it.
    """

    held: Callable[[User], list[Thing]]
    move: Callable[..., None]
    freeze: Callable[..., list[str]] = lambda **_: []
    unowned: Callable[..., list[Thing]] = lambda **_: []


def nothing_held(user: User) -> list[Thing]:
    return []


def nothing_moves(**_: object) -> None:
    pass


@dataclass(frozen=True)
class Plan:
    """Exactly what would move. appointments: those that end. seal: a digest of it all, to be shown and given back."""

    leaver: User
    appointments: list[Appointment]
    channels: list[Channel]
    things: list[Thing]
    notices: int

    @property
    def is_empty(self) -> bool:
        return not self.appointments and not self.things and not self.notices

    @property
    def groups(self) -> list[tuple[str, list[Thing]]]:
        """The things by their kind, in the order the rooms gave them."""
        kinds = dict.fromkeys(thing.kind for thing in self.things)
        return [(kind, [thing for thing in self.things if thing.kind == kind]) for kind in kinds]

    @property
    def seal(self) -> str:
        rows = [
            *(f"appointment:{one.pk}" for one in self.appointments),
            *(f"channel:{one.pk}" for one in self.channels),
            *(f"{one.kind}|{one.subject}" for one in self.things),
        ]
        return sha256("\n".join(rows).encode()).hexdigest()


def plan(*, leaver: User, parts: Sequence[Part], now: datetime) -> Plan:
    """What this person holds as a writer, today and from a later day on. Reads only."""
    held = list(writing(leaver, now).select_related("team__parent").order_by("team__name", "pk"))
    teams = {team.pk for one in held for team in one.team.covered()}
    channels = (
        Channel.objects.filter(team__in=teams)
        .exclude(state=Channel.State.CLOSED)
        .select_related("team__parent")
        .order_by("team__name", "-network")
    )
    things = [thing for part in parts for thing in part.held(leaver)]
    return Plan(leaver, held, list(channels), things, _unanswered(leaver).count())


@transaction.atomic
def hand_over(
    *,
    leaver: User,
    to: User,
    until: date | None,
    seen: str,
    parts: Sequence[Part],
    by: User,
    planned: bool = False,
    now: datetime,
) -> Plan:
    """Give everything of `leaver` the writer to `to`, and end their access this minute. Gives back what moved.

    until: the last day of somebody who only covers. seen: the seal of what was confirmed. planned: `by` was asked for
    their rights when it was planned (accounts.planned). Raises PermissionDenied
    without `provision` over every team, or where `by` is one of the two; ValidationError for a successor who cannot
    be; Conflict when what moves is no longer what was seen.
    """
    # In one order, as everywhere: two handovers at once follow one another.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[leaver.pk, to.pk]).order_by("pk"))
    check(leaver, to, until, by, now)
    moving = plan(leaver=leaver, parts=parts, now=now)
    for appointment in moving.appointments:
        if not planned:
            rights.require(by, "provision", appointment.team)
    if moving.is_empty:
        raise Conflict(f"{leaver} has nothing to hand over. Nothing was changed.")
    if moving.seal != seen:
        raise Conflict(f"What {leaver} holds has changed since you looked. Nothing was moved: look at it again.")
    for appointment in moving.appointments:
        succeed(appointment, to, until, by=None if planned else by, now=now)
    # The highest room first, while what lies below is still the leaver's.
    for part in reversed(parts):
        part.move(leaver=leaver, to=to, by=by, now=now)
    for appointment in moving.appointments:
        appointing.end(appointment=appointment, by=None if planned else by, now=now)
    _pass_on(leaver, to, now)
    audit.record(by, "person.handed_over", leaver, now=now, to=to.pk, **_facts(moving, until))
    return moving


@transaction.atomic
def end_at_once(*, appointment: Appointment, parts: Sequence[Part], by: User | None, now: datetime) -> list[str]:
    """A sudden absence: the access ends this minute, and what of theirs would still go out is a draft again until
    somebody takes it over. Gives back the subjects of what was frozen. Raises as `appointing.end` does."""
    ended = appointing.end(appointment=appointment, by=by, now=now)
    leaver = User.objects.get(pk=ended.user_id)
    frozen = [subject for part in reversed(parts) for subject in part.freeze(leaver=leaver, by=by, now=now)]
    audit.record(by, "person.ended_at_once", leaver, now=now, appointment=ended.pk, frozen=frozen)
    return frozen


def voiceless(*, now: datetime) -> list[Channel]:
    """Channels that nobody may send for today. Two queries."""
    teams = Appointment.objects.active(now).filter(role=Role.SERGEANT, user__is_active=True).values("team")
    spoken = Q(team__in=teams) | Q(team__parent__in=teams) | Q(team__parent__parent__in=teams)
    life = Channel.Life
    ours = Channel.objects.exclude(life__in=[life.APPLIED, life.PREPARING, *Channel.OVER])
    standing = ours.exclude(state=Channel.State.CLOSED).exclude(spoken)
    return list(standing.select_related("team__parent").order_by("team__name", "-network"))


def writes_for(team: str, *, now: datetime) -> Q:
    """Of a row with an author: whether they write today for its team. team: the path to it ("post__team")."""
    held = Appointment.objects.active(now).filter(role__in=AUTHORS, user=OuterRef(_author(team)), user__is_active=True)
    over = Q(team=OuterRef(team)) | Q(team=OuterRef(f"{team}__parent")) | Q(team=OuterRef(f"{team}__parent__parent"))
    return Q(Exists(held.filter(over)))


def _author(team: str) -> str:
    return f"{team.rpartition('team')[0]}author"


def writing(user: User, now: datetime) -> QuerySet[Appointment]:
    today = now.astimezone(LONDON).date()
    standing = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return Appointment.objects.filter(standing, user=user, role__in=AUTHORS, ended_at__isnull=True)


def _unanswered(user: User) -> QuerySet[Notice]:
    """What waits for this person's own answer. What the duty desk shares stays with the desk."""
    return Notice.objects.filter(to=user, closed_at__isnull=True, needs_answer=True, desk=False)


def check(leaver: User, to: User, until: date | None, by: User, now: datetime) -> None:
    if by in (leaver, to):
        raise PermissionDenied("Somebody else must hand over what is yours, or what becomes yours.")
    if to == leaver:
        raise ValidationError({"to": "Choose somebody else: this is the person who leaves."})
    if not to.is_active:
        raise ValidationError({"to": "This person may not sign in."})
    if until is not None and until < now.astimezone(LONDON).date():
        raise ValidationError({"until": "The last day of cover must not have passed."})


def succeed(appointment: Appointment, to: User, until: date | None, *, by: User | None, now: datetime) -> None:
    """The successor may send for the team, by an appointment of their own. One who may already gets no second."""
    today = now.astimezone(LONDON).date()
    above: list[Team] = appointment.team.covering()
    if Appointment.objects.active(now).filter(user=to, role=Role.SERGEANT, team__in=above).exists():
        return
    appointing.appoint(
        user=to, role=Role.SERGEANT, team=appointment.team, starts_on=today, ends_on=until, stage=Stage.PROBATION,
        by=by, now=now,
    )  # fmt: skip


def _pass_on(leaver: User, to: User, now: datetime) -> None:
    """What waits for an answer waits for the successor; what they were told of already is not said twice."""
    for notice in _unanswered(leaver):
        known = Notice.objects.filter(to=to, kind=notice.kind, subject=notice.subject, closed_at__isnull=True)
        if known.exists():
            Notice.objects.filter(pk=notice.pk).update(closed_at=now, mail_at=None)
        else:
            Notice.objects.filter(pk=notice.pk).update(to=to)


def _facts(moved: Plan, until: date | None) -> dict[str, audit.JSON]:
    return {
        "appointments": [one.pk for one in moved.appointments],
        "channels": [one.pk for one in moved.channels],
        "moved": [one.subject for one in moved.things],
        "notices": moved.notices,
        "until": until.isoformat() if until else None,
    }
