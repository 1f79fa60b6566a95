"""A stop at one of four levels: of the whole force, a borough, a ward, a unit, a channel, or of a topic in one of them.

One person opens it, a second confirms it within the hour (unconfirmed it stays on and keeps alerting), two release it.
`policy.clearances` says what still goes out; publishing asks that at the claim. What came due meanwhile is never sent
late: it asks for a new time (domain.md B.6).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, Q, QuerySet, When

from accounts import audit, notices, revoking
from accounts.channels import channels_for, teams_for
from accounts.errors import Conflict
from accounts.models import Appointment, Channel, Team, User
from accounts.statements import Exists, Question, Value
from policy.keeping import may_keep
from policy.models import Hold

Level = Hold.Level
REVIEW_AFTER = timedelta(minutes=60)
CONFIRM_WITHIN = timedelta(hours=1)
CONFIRM, REVIEW = "hold.confirm", "hold.review"
# The whole force before a borough, a borough before a ward, a ward before one of its channels.
_WIDTH = Case(
    When(team__isnull=True, then=0), When(team__kind=Team.Kind.BOROUGH, then=1), When(channel__isnull=True, then=2),
    default=3,
)  # fmt: skip


def in_force(team: Team, *, now: datetime) -> Hold | None:
    """The widest hold that stops `team` as a whole now, or None: no watch, no single channel, no topic. One query."""
    whole = Hold.objects.filter(channel__isnull=True, topic="", level__gt=Level.WATCH)
    return _reaching(team, now).filter(pk__in=whole).order_by(_WIDTH, "opened_at").first()


def question(*, now: datetime) -> Question:
    """What `reaching` asks first."""
    return _ANY.of(now=now)


def reaching(channel: Channel, *, now: datetime) -> list[Hold]:
    """Every hold that may stop a post of this channel, the strictest first; topics are not read here. Two queries, or
    one small one at the usual moment, when there is no hold anywhere.
    """
    if not question(now=now).answer():
        return []
    ours = Q(channel__isnull=True) | Q(channel=channel)
    return list(_reaching(channel.team, now).filter(ours).order_by("-level", _WIDTH, "opened_at"))


def concerning(teams: Collection[Team], *, now: datetime) -> list[Hold]:
    """Every hold in force that touches one of `teams`, from above or from below; widest and oldest first."""
    keys = [team.pk for team in teams]
    above = Q(team__in=keys) | Q(team__children__in=keys) | Q(team__children__children__in=keys)
    below = Q(team__parent__in=keys) | Q(team__parent__parent__in=keys)
    found = _open(now).filter(Q(team__isnull=True) | above | below).select_related(*_SHOWN)
    return list(found.order_by(_WIDTH, "opened_at", "pk").distinct()) if keys else []


def concerns(hold: Hold, teams: Collection[Team]) -> bool:
    """Whether `hold` touches one of `teams`, from above or from below; also when it has been released."""
    if hold.team is None:
        return bool(teams)
    above = {covering.pk for covering in hold.team.covering()}
    return any(team.pk in above or hold.team_id in {up.pk for up in team.covering()} for team in teams)


def stops(hold: Hold, team: Team) -> bool:
    """Whether `hold` stops everything of `team`."""
    whole = hold.channel_id is None and not hold.topic and hold.level > Level.WATCH
    return whole and (hold.team_id is None or hold.team_id in {covering.pk for covering in team.covering()})


@transaction.atomic
def open_hold(
    *,
    team: Team | None,
    reason: str,
    level: int = Level.LOCAL,
    channel: Channel | None = None,
    topic: str = "",
    message: str = "",
    planned: bool = False,
    by: User,
    now: datetime,
) -> Hold:
    """Stop `team` and everything below it (None or the force's own team: everybody), or one channel; by one person.

    topic: only posts that hold one of these words, set apart by commas. Level 4 revokes the logins in its scope.
    Stopping is easy, letting go is not. Raises PermissionDenied; ValidationError without a reason; Conflict when the
    same scope is already held as strictly. planned: a watch for an event of the calendar, which its keeper may open.
    """
    scope = channel.team if channel else None if team is not None and team.kind == Team.Kind.FORCE else team
    topic = ", ".join(word.strip() for word in topic.split(",") if word.strip())
    held = channels_in(scope, channel)
    if not (planned and level == Level.WATCH and may_keep(by)):
        _require_opening(by, level, scope, held)
    if not reason.strip():
        raise ValidationError({"reason": "Say why: everybody who is stopped will read it."})
    if _open(now).filter(team=scope, channel=channel, topic=topic, level__gte=level).exists():
        raise Conflict("This is already held. Nothing was changed: what you wanted to stop is stopped.")
    opened = {"owner": by, "opened_by": by, "opened_at": now, "review_at": now + REVIEW_AFTER, "alarm_at": now}
    said = {"reason": reason.strip(), "message": message.strip(), "topic": topic}
    hold = Hold.objects.create(level=level, team=scope, channel=channel, **said, **opened)
    audit.record(by, "hold.opened", hold, now=now, **_facts(hold))
    if level == Level.STOP and not topic:
        revoking.revoke(channels=held, reason=f"Stopped by a hold: {hold.reason}", by=by, now=now)
    return hold


@transaction.atomic
def confirm(*, hold: Hold, by: User, now: datetime) -> Hold:
    """The second person: this hold is right. Raises PermissionDenied to the one who opened it, Conflict."""
    hold = _locked(hold, now)
    _require_deciding(by, hold)
    if hold.confirmed_by_id is not None:
        raise Conflict(f"{hold.confirmed_by} has confirmed this already. Nothing was changed.")
    if hold.opened_by_id == by.pk:
        raise PermissionDenied("You opened it, so somebody else must confirm it.")
    hold.confirmed_by, hold.confirmed_at, hold.alarm_at = by, now, hold.review_at
    hold.save(update_fields=["confirmed_by", "confirmed_at", "alarm_at"])
    notices.settle(about=hold, kinds=[CONFIRM], now=now)
    audit.record(by, "hold.confirmed", hold, now=now)
    return hold


@transaction.atomic
def review(*, hold: Hold, again_in: timedelta = REVIEW_AFTER, message: str = "", by: User, now: datetime) -> Hold:
    """It was looked at and stays; whoever looked owns it from now on. message: a new one for those it stops.

    Raises PermissionDenied, Conflict.
    """
    hold = _locked(hold, now)
    _require_deciding(by, hold)
    hold.owner, hold.review_at, hold.message = by, now + again_in, message.strip() or hold.message
    if hold.confirmed_by_id is not None:
        hold.alarm_at = hold.review_at
    hold.save(update_fields=["owner", "review_at", "message", "alarm_at"])
    notices.settle(about=hold, kinds=[REVIEW], now=now)
    audit.record(by, "hold.reviewed", hold, now=now, review_at=hold.review_at.isoformat(), message=hold.message)
    return hold


@transaction.atomic
def ask_release(*, hold: Hold, by: User, now: datetime) -> Hold:
    """The first of the two: this hold should end. It stays in force. Raises PermissionDenied, Conflict."""
    hold = _locked(hold, now)
    _require_release(hold, by)
    if hold.release_asked_by_id is not None:
        raise Conflict(f"{hold.release_asked_by} has already asked for this. A second person can release it now.")
    hold.release_asked_by = by
    hold.save(update_fields=["release_asked_by"])
    audit.record(by, "hold.release_asked", hold, now=now)
    return hold


@transaction.atomic
def release(*, hold: Hold, by: User, now: datetime) -> Hold:
    """The second of the two: it ends now. Raises PermissionDenied to the one who asked; Conflict when nobody has.

    Of level 3 and 4 one of the two must be somebody who could have opened it.
    """
    hold = _locked(hold, now)
    _require_release(hold, by)
    if hold.release_asked_by_id is None:
        raise Conflict("Nobody has asked for this release yet. Two people release a hold: ask first.")
    if hold.release_asked_by_id == by.pk:
        raise PermissionDenied("Two people release a hold. You asked, so somebody else must agree.")
    if not any(may_open(person, hold.level, hold.team) for person in (by, hold.release_asked_by)):
        raise PermissionDenied(f"One of the two who release “{hold.get_level_display()}” must be the head of the DMC.")
    hold.released_by, hold.released_at, hold.alarm_at = by, now, None
    hold.save(update_fields=["released_by", "released_at", "alarm_at"])
    notices.settle(about=hold, kinds=[CONFIRM, REVIEW], now=now)
    audit.record(by, "hold.released", hold, now=now, asked_by=hold.release_asked_by_id)
    return hold


# ---- who may, and where -------------------------------------------------------------------------


def may_open(user: User, level: int = Level.LOCAL, team: Team | None = None) -> bool:
    """Whether this person may open a hold of this level: over `team`, or anywhere where it is None.

    Whoever decides for the DMC opens 1 and 2; 3 and 4 are the head's (domain.md B.6).
    """
    if level <= Level.LOCAL:
        return channels_for(user, "review_dmc").filter(_within(team)).exists()
    over = Q(pk=team.pk) if team else Q()
    return teams_for(user, "stop_all").filter(over).exists()


def may_decide(user: User, hold: Hold) -> bool:
    """Whether this person confirms, keeps and clears for this hold."""
    held = channels_in(hold.team, hold.channel).values("pk")
    return channels_for(user, "review_dmc").filter(pk__in=held).exists()


def all_in_force(*, now: datetime) -> list[Hold]:
    """Every hold there is, widest and oldest first."""
    return list(_open(now).select_related(*_SHOWN).order_by(_WIDTH, "opened_at", "pk"))


def scopes_for(user: User) -> QuerySet[Team]:
    """What this person may stop, the whole force first: every team with a channel on which they decide for the DMC."""
    voices = channels_for(user, "review_dmc").values("team")
    return (
        Team.objects.filter(Q(pk__in=voices) | Q(children__in=voices) | Q(children__children__in=voices))
        .select_related("parent")
        .annotate(narrow=~Q(kind=Team.Kind.FORCE))
        .order_by("narrow", "kind", "name", "code")
        .distinct()
    )


def teams_of(user: User, *, now: datetime) -> list[Team]:
    """The teams of this person's appointments."""
    held = Appointment.objects.active(now).filter(user=user)
    return list(Team.objects.filter(pk__in=held.values("team")))


def channels_in(team: Team | None, channel: Channel | None = None) -> QuerySet[Channel]:
    """The channels a scope holds."""
    return Channel.objects.filter(pk=channel.pk) if channel else Channel.objects.filter(_within(team))


_SHOWN = ("team__parent", "channel", "owner", "opened_by", "confirmed_by", "release_asked_by")


def _open(now: datetime | Value) -> QuerySet[Hold]:
    # Not "opened by now": two machines' clocks differ, and a hold counts from its commit.
    return Hold.objects.filter(Q(released_at__isnull=True) | Q(released_at__gt=now))


_ANY = Exists(lambda: _open(Value("now", Hold, "opened_at")))


def _reaching(team: Team, now: datetime) -> QuerySet[Hold]:
    covering = Team.objects.filter(Q(pk=team.pk) | Q(children=team.pk) | Q(children__children=team.pk))
    return _open(now).filter(Q(team__isnull=True) | Q(team__in=covering)).select_related("team__parent", "channel")


def _within(scope: Team | None) -> Q:
    return Q() if scope is None else Q(team__in=scope.covered())


def _facts(hold: Hold) -> dict[str, str | int | None]:
    where = {"team": hold.team.code if hold.team else None, "channel": hold.channel_id, "topic": hold.topic}
    return {"level": hold.level, **where, "reason": hold.reason, "message": hold.message}


def _locked(hold: Hold, now: datetime) -> Hold:
    # Lock only the hold's own row: the people and the team are joined by nullable keys.
    locked = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if locked.released_at is not None and locked.released_at <= now:
        raise Conflict(f"{locked.released_by} has already released this hold.")
    return locked


def _require_opening(by: User, level: int, scope: Team | None, held: QuerySet[Channel]) -> None:
    if level not in Level.values:
        raise ValidationError({"level": "Choose a level."})
    if level > Level.LOCAL:
        if not may_open(by, level, scope):
            raise PermissionDenied("Only the head of the DMC opens a hold of level 3 or 4.")
    elif not channels_for(by, "review_dmc").filter(pk__in=held.values("pk")).exists():
        raise PermissionDenied("Only the DMC opens a hold.")


def _require_deciding(by: User, hold: Hold) -> None:
    if not may_decide(by, hold):
        raise PermissionDenied("Only the DMC decides on holds.")


def _require_release(hold: Hold, by: User) -> None:
    """Letting go asks for the DMC's right over every channel that would speak again."""
    held = channels_in(hold.team, hold.channel).exclude(state=Channel.State.CLOSED)
    if not held.exists() or held.exclude(pk__in=channels_for(by, "review_dmc").values("pk")).exists():
        raise PermissionDenied("Only the DMC releases a hold.")
