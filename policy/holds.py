"""A stop: of the whole force, a borough or a ward. One person opens it; two different people release it.

Publishing asks `in_force` at the claim, so a post already queued is stopped too. What came due meanwhile is never
sent late: it asks for a new time (domain.md B.6).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, Q, QuerySet, When

from accounts import audit
from accounts.channels import channels_for
from accounts.errors import Conflict
from accounts.models import Appointment, Channel, Team, User
from policy.models import Hold

# The whole force before a borough, a borough before a ward.
_WIDTH = Case(When(team__isnull=True, then=0), When(team__kind=Team.Kind.BOROUGH, then=1), default=2)


def in_force(team: Team, *, now: datetime) -> Hold | None:
    """The widest hold that stops `team` now, or None. One query."""
    covering = Team.objects.filter(Q(pk=team.pk) | Q(children=team.pk) | Q(children__children=team.pk))
    holds = _open(now).filter(Q(team__isnull=True) | Q(team__in=covering))
    return holds.order_by(_WIDTH, "opened_at").first()


def concerning(teams: Collection[Team], *, now: datetime) -> list[Hold]:
    """Every hold in force that touches one of `teams`, from above or from below; widest and oldest first."""
    keys = [team.pk for team in teams]
    above = Q(team__in=keys) | Q(team__children__in=keys) | Q(team__children__children__in=keys)
    below = Q(team__parent__in=keys) | Q(team__parent__parent__in=keys)
    found = _open(now).filter(Q(team__isnull=True) | above | below).select_related("team__parent", "opened_by")
    return list(found.order_by(_WIDTH, "opened_at", "pk").distinct())


def stops(hold: Hold, team: Team) -> bool:
    """Whether `hold` reaches `team`."""
    return hold.team_id is None or hold.team_id in {covering.pk for covering in team.covering()}


@transaction.atomic
def open_hold(*, team: Team | None, reason: str, by: User, now: datetime) -> Hold:
    """Stop `team` and everything below it; None or the force's own team: everybody.

    Anybody who decides for the DMC on one channel in that scope may: stopping is easy, letting go is not.
    Raises PermissionDenied; ValidationError without a reason; Conflict when the same scope is already held.
    """
    scope = None if team is not None and team.kind == Team.Kind.FORCE else team
    if not channels_for(by, "review_dmc").filter(_within(scope)).exists():
        raise PermissionDenied("Only the DMC opens a hold.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why: everybody who is stopped will read it."})
    if _open(now).filter(team=scope).exists():
        raise Conflict("This is already held. Nothing was changed: what you wanted to stop is stopped.")
    hold = Hold.objects.create(team=scope, reason=reason.strip(), opened_by=by, opened_at=now)
    audit.record(by, "hold.opened", hold, now=now, team=scope.code if scope else None, reason=hold.reason)
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
    """The second of the two: it ends now. Raises PermissionDenied to the one who asked; Conflict when nobody has."""
    hold = _locked(hold, now)
    _require_release(hold, by)
    if hold.release_asked_by_id is None:
        raise Conflict("Nobody has asked for this release yet. Two people release a hold: ask first.")
    if hold.release_asked_by_id == by.pk:
        raise PermissionDenied("Two people release a hold. You asked, so somebody else must agree.")
    hold.released_by, hold.released_at = by, now
    hold.save(update_fields=["released_by", "released_at"])
    audit.record(by, "hold.released", hold, now=now, asked_by=hold.release_asked_by_id)
    return hold


def may_open(user: User) -> bool:
    """Whether this person decides for the DMC anywhere."""
    return channels_for(user, "review_dmc").exists()


def all_in_force(*, now: datetime) -> list[Hold]:
    """Every hold there is, widest and oldest first."""
    people = ("opened_by", "release_asked_by")
    return list(_open(now).select_related("team__parent", *people).order_by(_WIDTH, "opened_at", "pk"))


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


def _open(now: datetime) -> QuerySet[Hold]:
    return Hold.objects.filter(Q(released_at__isnull=True) | Q(released_at__gt=now), opened_at__lte=now)


def _within(scope: Team | None) -> Q:
    return Q() if scope is None else Q(team__in=scope.covered())


def _locked(hold: Hold, now: datetime) -> Hold:
    # Lock only the hold's own row: the people and the team are joined by nullable keys.
    locked = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if locked.released_at is not None and locked.released_at <= now:
        raise Conflict(f"{locked.released_by} has already released this hold.")
    return locked


def _require_release(hold: Hold, by: User) -> None:
    """Letting go asks for the DMC's right over every channel that would speak again."""
    held = Channel.objects.exclude(state=Channel.State.CLOSED).filter(_within(hold.team))
    if not held.exists() or held.exclude(pk__in=channels_for(by, "review_dmc").values("pk")).exists():
        raise PermissionDenied("Only the DMC releases a hold.")
