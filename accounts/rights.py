"""Appointments say who may do what; here they become rights on channels and teams, and cease to be.

A role over a team is one group of guardian's, whose rows say what the role may do on everything that the team covers;
an active appointment puts its person into it (docs/decisions/0037). Nothing else grants a right, so nothing else is
kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, Model, OuterRef, Q
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts import sessions
from accounts.held import Membership
from accounts.models import Appointment, Channel, Role, Team, User
from accounts.roles import ROLE_MAY, May

CHUNK = 500
BETWEEN = "@"


class Right(NamedTuple):
    """One group's permission on one channel or team, as guardian keeps it."""

    content_type: int
    permission: int
    object: str


class Place(NamedTuple):
    """A role over a team: whoever is appointed to it is in the group of this name."""

    role: str
    code: str

    @property
    def group(self) -> str:
        return f"{self.role}{BETWEEN}{self.code}"


def require(user: User, perm: str, obj: Model) -> None:
    """Raise PermissionDenied unless this person holds `perm` (without its room: "submit_for") on `obj`."""
    if not user.has_perm(f"{obj._meta.app_label}.{perm}", obj):
        raise PermissionDenied(f"Your appointments do not allow this for {obj}.")


def may(user: User, perm: str, objects: Iterable[Model]) -> bool:
    """Whether this person holds `perm` on each of these, asked afresh: guardian remembers rights on the user."""
    asked = User.objects.get(pk=user.pk)
    found = list(objects)
    return bool(found) and all(asked.has_perm(f"{one._meta.app_label}.{perm}", one) for one in found)


def sync(user: User, *, now: datetime) -> None:
    """Make this person's rights equal to what their active appointments say."""
    sync_people([user.pk], now=now)


@transaction.atomic
def sync_team(team: Team, *, now: datetime) -> None:
    """Give everyone whose appointment covers the team their rights on it and on its channels. Call it once a channel
    of the team exists."""
    above = {one.code for one in team.covering()}
    names = [Place(role, code).group for role in Role.values for code in above]
    groups = list(Group.objects.filter(name__in=names))
    covered = list(team.covered().values_list("pk", flat=True))
    voices = list(Channel.objects.filter(team__in=covered).values_list("pk", flat=True))
    keys = _permissions()
    _add(
        (group.pk, right) for group in groups for right in _of(ROLE_MAY[_place(group.name).role], voices, covered, keys)
    )


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
    """Put these people into the groups of their appointments and out of every other, in a handful of queries."""
    # Locked in one order: two syncs of the same person follow one another, and the second sees what the first wrote.
    locked = User.objects.select_for_update(no_key=True).filter(pk__in=set(people)).order_by("pk")
    users = list(locked.values_list("pk", flat=True))
    if not users:
        return
    rows = _standing(users, now)
    places = {(row.user_id, Place(row.role, row.team.code)) for row in rows if row.stands}
    groups = keep({place for _, place in places})
    said = {(user, groups[place]) for user, place in places}
    inside = Membership.objects.filter(user__in=users)
    present = {(user, group): pk for pk, user, group in inside.values_list("pk", "user", "group")}
    _leave([pk for pair, pk in present.items() if pair not in said])
    Membership.objects.bulk_create(
        [Membership(user_id=user, group_id=group) for user, group in said - present.keys()], ignore_conflicts=True
    )
    UserObjectPermission.objects.filter(user__in=users).delete()
    ended = _end_applied(rows)
    sessions.end_of_all(ended - {user for user, _ in places}, now=now)


# ---- groups --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """What appointments stretch over: each team with those above it by code, each team's channels, the permissions."""

    teams: list[tuple[int, str, str | None, str | None]]
    channels: Mapping[int, list[int]]
    permissions: Mapping[tuple[str | None, str], tuple[int, int]]

    def below(self, code: str) -> tuple[list[int], list[int]]:
        """The teams that a team covers, itself included, and their channels."""
        covered = [row[0] for row in self.teams if code in row[1:]]
        return covered, [channel for team in covered for channel in self.channels.get(team, ())]


def ground() -> Ground:
    """As it stands now. Four queries, or three once the content types are known."""
    channels: dict[int, list[int]] = defaultdict(list)
    for pk, team in Channel.objects.order_by().values_list("pk", "team"):
        channels[team].append(pk)
    teams = Team.objects.order_by().values_list("pk", "code", "parent__code", "parent__parent__code")
    return Ground(list(teams), channels, _permissions())


def places(names: Mapping[int, str], over: Ground) -> dict[int, Place]:
    """Every group that stands for a role over a team, by its key. names: of all groups."""
    codes = {code for _, code, *_ in over.teams}
    named = {pk: _place(name) for pk, name in names.items()}
    return {pk: place for pk, place in named.items() if place.role in Role.values and place.code in codes}


def wanted(place: Place, over: Ground) -> set[Right]:
    """The rows of this group, as the table of roles says."""
    covered, voices = over.below(place.code)
    return set(_of(ROLE_MAY[place.role], voices, covered, over.permissions))


def keep(asked: Collection[Place]) -> dict[Place, int]:
    """The groups of these places by key: made where they are missing, filled where their rows are too few or many.

    Whether it is the right rows, `accord.check` knows: counting them is what an appointment can afford.
    """
    if not asked:
        return {}
    names = [place.group for place in asked]
    known = dict(Group.objects.filter(name__in=names).values_list("name", "pk"))
    if missing := [Group(name=name) for name in sorted(set(names) - known.keys())]:
        Group.objects.bulk_create(missing, ignore_conflicts=True)
        known = dict(Group.objects.filter(name__in=names).values_list("name", "pk"))
    groups = {place: known[place.group] for place in asked}
    rows = GroupObjectPermission.objects.filter(group__in=groups.values()).order_by().values_list("group")
    counts, over = dict(rows.annotate(number=Count("pk"))), ground()
    for place, pk in groups.items():
        if counts.get(pk, 0) != _how_many(place, over):
            fill(pk, place, over)
    return groups


def fill(group: int, place: Place, over: Ground) -> None:
    """Make the rows of this group what they should be. Call it in a transaction."""
    Group.objects.select_for_update(no_key=True).get(pk=group)
    rows = GroupObjectPermission.objects.filter(group=group)
    present = {Right(*right): pk for *right, pk in rows.values_list("content_type", "permission", "object_pk", "pk")}
    said = wanted(place, over)
    remove([pk for right, pk in present.items() if right not in said])
    _add((group, right) for right in said - present.keys())


def remove(rows: list[int]) -> None:
    """Take these rows of guardian's away, by their keys."""
    for start in range(0, len(rows), CHUNK):
        GroupObjectPermission.objects.filter(pk__in=rows[start : start + CHUNK]).delete()


def _place(name: str) -> Place:
    role, _, code = name.partition(BETWEEN)
    return Place(role, code)


def _how_many(place: Place, over: Ground) -> int:
    covered, voices = over.below(place.code)
    may = ROLE_MAY[place.role]
    return len(may.channel) * len(voices) + len(may.team) * len(covered)


def _of(
    may: May, voices: Iterable[int], teams: Iterable[int], keys: Mapping[tuple[str | None, str], tuple[int, int]]
) -> Iterable[Right]:
    for model, names, objects in ((Channel, may.channel, voices), (Team, may.team, teams)):
        for kind, key in (keys[model._meta.model_name, name] for name in names):
            for pk in objects:
                yield Right(kind, key, str(pk))


def _permissions() -> dict[tuple[str | None, str], tuple[int, int]]:
    """(model, codename) -> (content type, permission)."""
    kinds = ContentType.objects.get_for_models(Channel, Team).values()
    names = {kind.pk: kind.model for kind in kinds}
    rows = Permission.objects.filter(content_type__in=names).values_list("content_type", "pk", "codename")
    return {(names[kind], codename): (kind, pk) for kind, pk, codename in rows}


def _add(rows: Iterable[tuple[int, Right]]) -> None:
    GroupObjectPermission.objects.bulk_create(
        [
            GroupObjectPermission(
                group_id=group,
                content_type_id=right.content_type,
                permission_id=right.permission,
                object_pk=right.object,
            )
            for group, right in rows
        ],
        ignore_conflicts=True,
    )


def _leave(memberships: list[int]) -> None:
    for start in range(0, len(memberships), CHUNK):
        Membership.objects.filter(pk__in=memberships[start : start + CHUNK]).delete()


def _standing(users: list[int], now: datetime) -> list[Any]:
    """What counts at `now` (`stands`) and what counted when it was last applied."""
    active = Appointment.objects.active(now).filter(pk=OuterRef("pk"))
    marked = Appointment.objects.filter(user__in=users).annotate(stands=Exists(active)).select_related("team")
    return list(marked.filter(Q(stands=True) | Q(applied=True)).order_by("pk"))


def _end_applied(rows: Iterable[Any]) -> set[int]:
    """Write which of these are applied now. Returns whose appointments have ended since the last time."""
    begun = [row.pk for row in rows if row.stands and not row.applied]
    over = [row for row in rows if row.applied and not row.stands]
    for keys, applied in ((begun, True), ([row.pk for row in over], False)):
        if keys:
            Appointment.objects.filter(pk__in=keys).update(applied=applied)
    return {row.user_id for row in over}
