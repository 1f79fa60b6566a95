"""Which channels and teams a person sees, and how far an author has come. Reads only."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from guardian.shortcuts import get_objects_for_user

from accounts.models import Appointment, Channel, Role, Stage, Team, User

AUTHORS = (Role.SERGEANT, Role.CONTRIBUTOR)


def visible_to(user: User) -> QuerySet[Channel]:
    """Every channel this person may know of."""
    return channels_for(user, "view_channel")


def channels_for(user: User, perm: str) -> QuerySet[Channel]:
    """The channels on which this person holds `perm` ("submit_for")."""
    allowed = get_objects_for_user(user, f"accounts.{perm}", Channel, use_groups=False, accept_global_perms=False)
    return allowed.select_related("team__parent")


def teams_for(user: User, perm: str) -> QuerySet[Team]:
    """The teams on which this person holds `perm` ("provision")."""
    allowed = get_objects_for_user(user, f"accounts.{perm}", Team, use_groups=False, accept_global_perms=False)
    return allowed.select_related("parent")


def stage_of(user: User, team: Team, now: datetime) -> str:
    """The lowest stage among this author's active appointments that cover the team; probation when there is none."""
    covering = [above.pk for above in team.covering()]
    held = Appointment.objects.active(now).filter(user=user, team__in=covering, role__in=AUTHORS)
    stages = set(held.values_list("stage", flat=True))
    return Stage.TRUSTED if stages == {Stage.TRUSTED} else Stage.PROBATION
