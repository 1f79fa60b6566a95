"""Who keeps the policy: the registers, the rules and the word lists belong to the whole force."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from accounts import held
from accounts.channels import teams_for
from accounts.models import Team, User


def may_keep(user: User) -> bool:
    """Whether this person changes registers, and proposes and signs rules, for the whole force."""
    return teams_for(user, "keep_policy").filter(kind=Team.Kind.FORCE).exists()


def may_inspect(user: User) -> bool:
    """Whether this person reads everything the policy holds: those who keep it, and those who read the record."""
    return may_keep(user) or teams_for(user, "read_audit").filter(kind=Team.Kind.FORCE).exists()


def keepers() -> QuerySet[User]:
    """Everybody who keeps the policy and may sign in."""
    force = [str(pk) for pk in Team.objects.filter(kind=Team.Kind.FORCE).values_list("pk", flat=True)]
    found = held.rows(Team, "keep_policy").filter(object_pk__in=force)
    return held.people(found).order_by("last_name", "first_name", "pk")


def require_keeper(user: User) -> None:
    if not may_keep(user):
        raise PermissionDenied("Only the DMC keeps the posting policy.")


def require_inspector(user: User) -> None:
    if not may_inspect(user):
        raise PermissionDenied("This part of the posting policy is read by the DMC and by compliance.")
