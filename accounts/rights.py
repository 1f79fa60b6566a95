"""Appointments say who may do what; here they become rights on channels and teams, and cease to be.

Guardian's rows are made equal to what the active appointments say: nothing else grants a right, so nothing
else is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, Q
from guardian.models import UserObjectPermission

from accounts.models import Appointment, Channel, Team, User
from accounts.roles import ROLE_MAY

CHUNK = 500


class Right(NamedTuple):
    """One person's permission on one channel or team, as guardian keeps it."""

    user: int
    content_type: int
    permission: int
    object: str


def require(user: User, perm: str, obj: Model) -> None:
    """Raise PermissionDenied unless this person holds `perm` (without its room: "submit_for") on `obj`."""
    if not user.has_perm(f"{obj._meta.app_label}.{perm}", obj):
        raise PermissionDenied(f"Your appointments do not allow this for {obj}.")


def sync(user: User, *, now: datetime) -> None:
    """Make this person's rights equal to what their active appointments say."""
    sync_people([user.pk], now=now)


def sync_team(team: Team, *, now: datetime) -> None:
    """The same for everyone whose appointment covers the team. Call it once a channel of the team exists."""
    covering = [above.pk for above in team.covering()]
    sync_people(Appointment.objects.filter(team__in=covering).values_list("user", flat=True), now=now)


def sync_due(*, now: datetime) -> int:
    """Sync those whose appointments have begun or ended since their rights were last written. Returns how many."""
    active = Appointment.objects.active(now).values("pk")
    late = Appointment.objects.filter(Q(applied=False, pk__in=active) | Q(applied=True) & ~Q(pk__in=active))
    people = set(late.values_list("user", flat=True))
    if people:
        sync_people(people, now=now)
    return len(people)


@transaction.atomic
def sync_people(people: Iterable[int], *, now: datetime) -> None:
    """Write the difference between wanted and present rights of these users, in a handful of queries."""
    # Locked in one order: two syncs of the same person follow one another, and the second sees what the first wrote.
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=set(people)).order_by("pk")
    users = list(locked.values_list("pk", flat=True))
    if not users:
        return
    active = list(Appointment.objects.active(now).filter(user__in=users).select_related("team"))
    said, present = wanted(active, ground()), _present(users)
    remove([row for right, row in present.items() if right not in said])
    _add(said - present.keys())
    _mark_applied(users, [appointment.pk for appointment in active])


@dataclass(frozen=True)
class Ground:
    """What appointments stretch over: each team with those above it, each team's channels, the permissions by name."""

    teams: list[tuple[int, int | None, int | None]]
    channels: Mapping[int, list[int]]
    permissions: Mapping[tuple[str | None, str], tuple[int, int]]


def ground() -> Ground:
    """As it stands now. Four queries, or three once the content types are known."""
    channels: dict[int, list[int]] = defaultdict(list)
    for pk, team in Channel.objects.order_by().values_list("pk", "team"):
        channels[team].append(pk)
    return Ground(list(Team.objects.values_list("pk", "parent", "parent__parent")), channels, _permissions())


def wanted(appointments: Iterable[Appointment], over: Ground) -> set[Right]:
    """What these appointments, taken as active, say."""
    found: set[Right] = set()
    for one in appointments:
        covered = [row[0] for row in over.teams if one.team_id in row]
        voices = [channel for team in covered for channel in over.channels.get(team, ())]
        may = ROLE_MAY[one.role]
        for model, names, objects in ((Channel, may.channel, voices), (Team, may.team, covered)):
            keys = [over.permissions[model._meta.model_name, name] for name in names]
            found |= {Right(one.user_id, kind, key, str(pk)) for kind, key in keys for pk in objects}
    return found


def _permissions() -> dict[tuple[str | None, str], tuple[int, int]]:
    """(model, codename) -> (content type, permission)."""
    rows = Permission.objects.filter(content_type__in=_kinds()).values_list("content_type", "pk", "codename")
    names = {kind.pk: kind.model for kind in _kinds()}
    return {(names[kind], codename): (kind, pk) for kind, pk, codename in rows}


def _kinds() -> list[ContentType]:
    return list(ContentType.objects.get_for_models(Channel, Team).values())


def _present(users: list[int]) -> dict[Right, int]:
    rows = UserObjectPermission.objects.filter(user__in=users)
    fields = rows.values_list("user", "content_type", "permission", "object_pk", "pk")
    return {Right(*right): pk for *right, pk in fields.iterator(chunk_size=2000)}


def remove(rows: list[int]) -> None:
    """Take these rows of guardian's away, by their keys."""
    for start in range(0, len(rows), CHUNK):
        UserObjectPermission.objects.filter(pk__in=rows[start : start + CHUNK]).delete()


def _add(rights: Iterable[Right]) -> None:
    UserObjectPermission.objects.bulk_create(
        [
            UserObjectPermission(
                user_id=right.user,
                content_type_id=right.content_type,
                permission_id=right.permission,
                object_pk=right.object,
            )
            for right in rights
        ],
        ignore_conflicts=True,
    )


def _mark_applied(users: list[int], active: list[int]) -> None:
    of_these = Appointment.objects.filter(user__in=users)
    of_these.filter(pk__in=active, applied=False).update(applied=True)
    of_these.filter(applied=True).exclude(pk__in=active).update(applied=False)
