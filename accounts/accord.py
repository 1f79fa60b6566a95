"""Whether guardian's rows are what the appointments say, row for row, and how to make them so.

`accounts.rights` writes them equal; this proves it over the whole force in a fixed number of queries, and finds what
came about in any other way: by hand in the database, through another group, or in a restored backup.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import groupby

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from guardian.models import GroupObjectPermission, UserObjectPermission

from accounts import audit, notices, rights
from accounts.held import Membership
from accounts.models import Appointment, Role, Team, User
from accounts.rights import Ground, Place, Right

DIFFER = "rights.differ"
NAMED = 50  # rows that an audit entry names; the counts are always whole


@dataclass(frozen=True)
class Difference:
    """One row that should be there or should not: who, on what ("accounts.channel:12"), which right ("submit_for").

    A role over a team is a group: its own rows read "group: sergeant@E05009376"; and who is in it, or should be, is
    "member" on that group.
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


Rows = set[Difference]


@dataclass(frozen=True)
class _Look:
    """missing, extra: every row that is apart. users, groups: whom they are about, for who mends them."""

    people: int
    rows: int
    missing: Rows = field(default_factory=set)
    extra: Rows = field(default_factory=set)
    users: set[int] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)

    @property
    def holds(self) -> bool:
        return not self.missing and not self.extra


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
        rights.sync_people(look.users, now=now)
        names, over = _names(), rights.ground()
        ours = rights.places(names, over)
        for group in look.groups & ours.keys():
            rights.fill(group, ours[group], over)
        foreign = look.groups - ours.keys()
        GroupObjectPermission.objects.filter(group__in=foreign).delete()
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
    """What differs is looked at a second time, under the lock of `rights.sync_people`: whoever was being appointed
    just then does not count."""
    labels = _Labels()
    look = _look(now, labels)
    if look.holds:
        return look
    with transaction.atomic():
        list(User.objects.select_for_update(no_key=True).filter(pk__in=look.users).order_by("pk").values("pk"))
        again = _look(now, labels)
    missing, extra = look.missing & again.missing, look.extra & again.extra
    return replace(again, missing=missing, extra=extra)


def _told(look: _Look) -> Accord:
    missing, extra = (sorted(rows, key=_order) for rows in (look.missing, look.extra))
    return Accord(look.people, look.rows, missing, extra)


def _look(now: datetime, labels: _Labels) -> _Look:
    names, over = _names(), rights.ground()
    count, present = _rows_of_groups(names, rights.places(names, over), over, labels)
    inside, people, members = _members(now, names)
    parts = (present, members, _by_hand(labels))
    return _Look(
        people,
        count + inside,
        {row for part in parts for row in part.missing},
        {row for part in parts for row in part.extra},
        {pk for part in parts for pk in part.users},
        {pk for part in parts for pk in part.groups},
    )


def _names() -> dict[int, str]:
    return dict(Group.objects.values_list("pk", "name"))


def _rows_of_groups(names: dict[int, str], ours: dict[int, Place], over: Ground, labels: _Labels) -> tuple[int, _Look]:
    """Each group of a role over a team against the table of roles, one group's rows in memory at a time. A group in
    which nobody was ever put may have none."""
    found, count, seen = _Look(0, 0), 0, set()
    kept = GroupObjectPermission.objects.order_by("group")
    rows = kept.values_list("group", "content_type", "permission", "object_pk")
    for group, theirs in groupby(rows.iterator(chunk_size=5000), key=lambda row: row[0]):
        has = {Right(*row[1:]) for row in theirs}
        count += len(has)
        seen.add(group)
        said = rights.wanted(ours[group], over) if group in ours else set()
        _apart(found, f"group: {names[group]}", said - has, has - said, labels)
        if said != has:
            found.groups.add(group)
    for group in ours.keys() - seen:
        if said := rights.wanted(ours[group], over):
            _apart(found, f"group: {names[group]}", said, set(), labels)
            found.groups.add(group)
    return count, found


def _members(now: datetime, names: dict[int, str]) -> tuple[int, int, _Look]:
    """Who is in which group, against the appointments: how many memberships, of how many people, and what is apart."""
    active = Appointment.objects.active(now).values_list("user", "role", "team__code")
    said = {(user, Place(role, code).group) for user, role, code in active}
    has = {(user, names[group]) for user, group in Membership.objects.values_list("user", "group")}
    who = dict(User.objects.filter(pk__in={user for user, _ in said ^ has}).values_list("pk", "username"))
    rows = [
        {Difference(who[user], f"group: {name}", "member") for user, name in part} for part in (said - has, has - said)
    ]
    people = {user for user, _ in said | has}
    return len(has), len(people), _Look(0, 0, *rows, users={user for user, _ in said ^ has})


def _by_hand(labels: _Labels) -> _Look:
    """A right given to a person and not to a role is nobody's."""
    found = _Look(0, 0)
    rows = UserObjectPermission.objects.values_list("user", "user__username", "content_type", "permission", "object_pk")
    for user, name, *right in rows:
        _apart(found, name, set(), {Right(*right)}, labels)
        found.users.add(user)
    return found


class _Labels:
    """What the keys of content types and permissions are called. Two queries, once something is apart."""

    @cached_property
    def kinds(self) -> dict[int, str]:
        return {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}

    @cached_property
    def codes(self) -> dict[int, str]:
        return dict(Permission.objects.values_list("pk", "codename"))


def _apart(found: _Look, who: str, missing: set[Right], extra: set[Right], labels: _Labels) -> None:
    for rows, into in ((missing, found.missing), (extra, found.extra)):
        into |= {
            Difference(who, f"{labels.kinds[row.content_type]}:{row.object}", labels.codes[row.permission])
            for row in rows
        }


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
