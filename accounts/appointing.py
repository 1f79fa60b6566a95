"""Put people in post and end it. The rights follow in the same transaction."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from accounts import audit, peers, renewal, rights
from accounts.channels import AUTHORS
from accounts.errors import Conflict
from accounts.models import Appointment, Role, Stage, Team, User
from accounts.roles import ROLE_MAY

UNCONFIRMED = "Your own urgent appointment waits for a second person. Once it is confirmed, you may do this."


@transaction.atomic
def appoint(
    *,
    user: User,
    role: str,
    team: Team,
    starts_on: date,
    ends_on: date | None = None,
    stage: str = Stage.PROBATION,
    by: User | None,
    now: datetime,
) -> Appointment:
    """Put `user` in `role` over `team` and everything below it, from and to London days, both included.

    by: None is the console itself (setting up, the demonstration). stage: practice or probation; two people decide on
    more (`accounts.stages`), and whoever practises goes on practising. Raises ValidationError for an unknown role, a
    stage to be come to, dates the wrong way round or an appointment the person already holds; PermissionDenied
    without `provision` over the team, with it by an unconfirmed urgent appointment alone, or for oneself.
    """
    if by is not None:
        _may_appoint(by, user, team, now)
    return make(
        user=user, role=role, team=team, starts_on=starts_on, ends_on=ends_on, stage=stage, by=by, now=now
    )  # fmt: skip


@transaction.atomic
def make(
    *,
    user: User,
    role: str,
    team: Team,
    starts_on: date,
    ends_on: date | None = None,
    stage: str = Stage.PROBATION,
    by: User | None,
    now: datetime,
) -> Appointment:
    """As `appoint`, for verbs that have asked already whether `by` may. Raises ValidationError."""
    # Opening a channel takes the same lock, so that neither overlooks the other (`connecting.open_channel`).
    team = Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    _check(user, role, team, starts_on, ends_on)
    if by is not None:
        stage = _beginning(user, role, stage)
        _require_ready(user, role, team, now)
    made = Appointment.objects.create(
        user=user, role=role, team=team, stage=stage, stage_until=renewal.last_day(stage, starts_on),
        starts_on=starts_on, ends_on=ends_on, made_by=by, made_at=now,
    )  # fmt: skip
    audit.record(by, "appointment.made", made, now=now, **_facts(made))
    rights.sync(user, now=now)
    return made


@transaction.atomic
def end(*, appointment: Appointment, by: User | None, now: datetime) -> Appointment:
    """End it this minute, whatever its last day was to be. Raises Conflict when it has already ended."""
    # The person first, as in `rights.sync_people`: two ways of ending at once must not wait for each other.
    User.objects.select_for_update(no_key=True).get(pk=appointment.user_id)
    if by is not None:
        _may_appoint(by, appointment.user, appointment.team, now)
    open_ones = Appointment.objects.filter(pk=appointment.pk, ended_at__isnull=True)
    if not open_ones.update(ended_at=now):
        raise Conflict(f"{appointment} has already ended. Nothing was changed.")
    appointment.refresh_from_db()
    audit.record(by, "appointment.ended", appointment, now=now, **_facts(appointment))
    rights.sync(appointment.user, now=now)
    return appointment


def end_peers(*, now: datetime) -> int:
    """End every peer reviewer's appointment whose holder is no longer mentor-ready there. Returns how many. One query
    when there is none.
    """
    standing = Appointment.objects.active(now).filter(role=Role.PEER).select_related("user", "team__parent")
    over = [one for one in standing if not peers.may_review_for(one.user, one.team, now=now)]
    for appointment in over:
        with suppress(Conflict):  # somebody else has just ended it
            end(appointment=appointment, by=None, now=now)
    return len(over)


def is_unconfirmed(user: User, perm: str, team: Team, *, now: datetime) -> bool:
    """Whether this person holds `perm` over the team by nothing but an urgent appointment that still waits for a second
    person. It makes nobody else's: else one who is let in in a hurry could let in the next."""
    roles = [role for role, may in ROLE_MAY.items() if perm in may.team]
    giving = Appointment.objects.active(now).filter(user=user, role__in=roles, team__in=team.covering())
    waits = Q(urgent__isnull=False, urgent__confirmed_at__isnull=True)
    return giving.filter(waits).exists() and not giving.exclude(waits).exists()


def _may_appoint(by: User, user: User, team: Team, now: datetime) -> None:
    rights.require(by, "provision", team)
    if by == user:
        raise PermissionDenied("Somebody else must make or end your own appointments.")
    if is_unconfirmed(by, "provision", team, now=now):
        raise PermissionDenied(UNCONFIRMED)


def _beginning(user: User, role: str, stage: str) -> Stage:
    """Where an appointment made by a person begins: nobody comes further by being appointed again."""
    if Stage(stage).is_trusted:
        raise ValidationError(
            {"stage": "An appointment begins in practice or on probation. Two people decide on more."}
        )
    last = Appointment.objects.filter(user=user, role__in=AUTHORS).order_by("-pk").first()
    practises = last is not None and last.stage == Stage.PRACTICE and role in AUTHORS
    return Stage.PRACTICE if practises else Stage(stage)


def _require_ready(user: User, role: str, team: Team, now: datetime) -> None:
    if role == Role.PEER and not peers.may_review_for(user, team, now=now):
        raise ValidationError({"role": peers.NOT_READY})


def _check(user: User, role: str, team: Team, starts_on: date, ends_on: date | None) -> None:
    if role not in Role.values:
        raise ValidationError({"role": "There is no such role."})
    if ends_on is not None and ends_on < starts_on:
        raise ValidationError({"ends_on": "The last day must not be before the first."})
    same = Appointment.objects.filter(user=user, role=role, team=team, ended_at__isnull=True)
    same = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on is not None:
        same = same.filter(starts_on__lte=ends_on)
    if same.exists():
        raise ValidationError(f"{user} already holds this appointment for {team} in those days.")


def _facts(appointment: Appointment) -> dict[str, audit.JSON]:
    return {
        "user": appointment.user_id,
        "role": appointment.role,
        "team": appointment.team.code,
        "stage": appointment.stage,
        "starts_on": appointment.starts_on.isoformat(),
        "ends_on": appointment.ends_on.isoformat() if appointment.ends_on else None,
    }
