"""Whether guardian's rows are what the appointments say, row for row, and how to make them so.

`accounts.rights` writes them equal; this proves it over the whole force in a fixed number of queries, and finds what
came about in any other way: by hand in the database, through a group, or in a restored backup.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts import audit, notices, rights
from accounts.models import Appointment, Role, Team, User
from accounts.rights import Right

DIFFER = "rights.differ"
NAMED = 50  # rows that an audit entry names; the counts are always whole


@dataclass(frozen=True)
class Difference:
    """One row that should be there or should not: who, on what ("accounts.channel:12"), which right ("submit_for").

    A group's row reads "group: <name>": no appointment gives a right to a group.
    """

    who: str
    on: str
    right: str


@dataclass(frozen=True)
class Accord:
    """people: who holds an appointment or a row. rows: those guardian keeps. missing: said and not kept; extra: kept
    and not said. fixed: how many of the two were mended."""

    people: int
    rows: int
    missing: list[Difference]
    extra: list[Difference]
    fixed: int = 0

    @property
    def holds(self) -> bool:
        return self.fixed == len(self.missing) + len(self.extra)


@dataclass(frozen=True)
class _Look:
    """people -> (missing, extra) for those who differ; group rows by their key."""

    people: int
    rows: int
    apart: dict[int, tuple[set[Right], set[Right]]]
    groups: list[tuple[int, int, int, str]]


def check(*, now: datetime) -> Accord:
    """Compare every row with the appointments that are active at `now`. Changes nothing."""
    return _told(_examine(now))


def fix(*, by: User | None, now: datetime) -> Accord:
    """Make the rows equal to the appointments; what was wrong is in the answer and, person by person, in the audit."""
    look = _examine(now)
    found = _told(look)
    if found.holds:
        return found
    with transaction.atomic():
        rights.sync_people(look.apart, now=now)
        GroupObjectPermission.objects.all().delete()
        _record(found, by=by, now=now)
    left = check(now=now)
    return replace(found, fixed=len(found.missing) + len(found.extra) - len(left.missing) - len(left.extra))


def watch(*, now: datetime) -> Accord:
    """The clock's look: what is due is applied first, then a difference is told to the administrators, or settled."""
    rights.sync_due(now=now)
    found, force = check(now=now), Team.objects.filter(kind=Team.Kind.FORCE).first()
    if force is None:
        return found
    if found.holds:
        notices.settle(about=force, kinds=[DIFFER], now=now)
        return found
    words = (
        f"Rights are not what the appointments say: {len(found.missing)} missing, {len(found.extra)} too many. "
        "Look with manage.py check_rights, then mend with --fix."
    )
    facts = {"kind": DIFFER, "about": force, "words": words, "urgency": notices.Urgency.NOW}
    with transaction.atomic():
        notices.give(desk=_administrators(now), **facts, needs_answer=True, again=True, now=now)
    return found


def _administrators(now: datetime) -> Iterable[User]:
    """By their appointments, and not by the rows that are in doubt."""
    active = Appointment.objects.active(now).filter(role__in=[Role.DMC_ADMIN, Role.HEAD])
    return User.objects.filter(pk__in=active.values("user"), is_active=True).order_by("pk")


def _examine(now: datetime) -> _Look:
    """Who differs is looked at a second time, under the lock of `rights.sync_people`: whoever was being appointed
    just then does not count."""
    look = _look(now, None)
    if not look.apart:
        return look
    with transaction.atomic():
        suspects = User.objects.select_for_update(no_key=True).filter(pk__in=list(look.apart)).order_by("pk")
        return replace(look, apart=_look(now, list(suspects.values_list("pk", flat=True))).apart)


def _told(look: _Look) -> Accord:
    missing = [right for lacks, _ in look.apart.values() for right in lacks]
    extra = [right for _, has in look.apart.values() for right in has]
    named = _named([*missing, *extra])
    return Accord(
        look.people,
        look.rows + len(look.groups),
        sorted((named[right] for right in missing), key=_order),
        [*sorted((named[right] for right in extra), key=_order), *_named_groups(look.groups)],
    )


def _look(now: datetime, people: list[int] | None) -> _Look:
    active, kept = Appointment.objects.active(now), UserObjectPermission.objects.all()
    if people is not None:
        active, kept = active.filter(user__in=people), kept.filter(user__in=people)
    over, said = rights.ground(), defaultdict(list)
    for appointment in active.order_by("user").only("user", "role", "team"):
        said[appointment.user_id].append(appointment)
    apart: dict[int, tuple[set[Right], set[Right]]] = {}
    count, seen = 0, set()
    for person, has in _by_person(kept):
        count += len(has)
        seen.add(person)
        _compare(person, rights.wanted(said.get(person, ()), over), has, apart)
    for person in said.keys() - seen:
        _compare(person, rights.wanted(said[person], over), set(), apart)
    groups = GroupObjectPermission.objects.values_list("group", "content_type", "permission", "object_pk")
    return _Look(len(seen | said.keys()), count, apart, list(groups))


def _by_person(kept: Iterable[UserObjectPermission]) -> Iterator[tuple[int, set[Right]]]:
    """One person's rows at a time, so that a force's half a million are never in memory together."""
    rows = kept.order_by("user").values_list("user", "content_type", "permission", "object_pk")
    for person, theirs in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[0]):
        yield person, {Right(*row) for row in theirs}


def _compare(person: int, said: set[Right], has: set[Right], apart: dict[int, tuple[set[Right], set[Right]]]) -> None:
    if said != has:
        apart[person] = (said - has, has - said)


def _named(found: Iterable[Right]) -> dict[Right, Difference]:
    found = list(found)
    users = {user.pk: user.username for user in User.objects.filter(pk__in={right.user for right in found})}
    kinds, codes = _kinds_and_codes({right.permission for right in found})
    return {
        right: Difference(users[right.user], f"{kinds[right.content_type]}:{right.object}", codes[right.permission])
        for right in found
    }


def _named_groups(rows: list[tuple[int, int, int, str]]) -> list[Difference]:
    groups = dict(Group.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "name"))
    kinds, codes = _kinds_and_codes({row[2] for row in rows})
    return [Difference(f"group: {groups[who]}", f"{kinds[kind]}:{pk}", codes[code]) for who, kind, code, pk in rows]


def _kinds_and_codes(permissions: set[int]) -> tuple[dict[int, str], dict[int, str]]:
    kinds = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}
    return kinds, dict(Permission.objects.filter(pk__in=permissions).values_list("pk", "codename"))


def _order(one: Difference) -> tuple[str, str, str]:
    return one.who, one.on, one.right


def _record(found: Accord, *, by: User | None, now: datetime) -> None:
    whose: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"missing": [], "extra": []})
    for kind, rows in (("missing", found.missing), ("extra", found.extra)):
        for row in rows:
            whose[row.who][kind].append(f"{row.right} on {row.on}")
    users = {user.username: user for user in User.objects.filter(username__in=whose)}
    for who, lines in whose.items():
        subject: Model = users.get(who) or Group.objects.get(name=who.removeprefix("group: "))
        counts = {f"{kind}_count": len(rows) for kind, rows in lines.items()}
        first = {kind: rows[:NAMED] for kind, rows in lines.items()}
        audit.record(by, "rights.mended", subject, now=now, **counts, **first)
