"""How long it takes to prove the rights of a whole force, to apply one appointment in it, and to open its lists."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection
from guardian.models import GroupObjectPermission

from accounts import accord, appointing, rights
from accounts.models import Appointment, Channel, Role, Team, User
from engagement.scale import force
from smconsole.proving import rights_pages
from smconsole.proving.ground import Broken

# Beside a sergeant for each ward: who else, and over what. Contributors take whatever is left.
CREW = [
    (Role.MENTOR, Team.Kind.BOROUGH, 240),
    (Role.MANAGER, Team.Kind.BOROUGH, 64),
    (Role.DMC_EDITOR, Team.Kind.FORCE, 24),
    (Role.DMC_ADMIN, Team.Kind.FORCE, 12),
    (Role.HEAD, Team.Kind.FORCE, 6),
    (Role.COMPLIANCE, Team.Kind.FORCE, 12),
]
AT_ONCE = 100
APPLIED = 20


@dataclass(frozen=True)
class Timing:
    """check_s: nothing differs. check_apart_s: one row in thousands is away. *_ms: one appointment, the median.
    pages: what `rights_pages.measure` found."""

    wards: int
    channels: int
    people: int
    rows: int
    check_s: float
    check_apart_s: float
    fix_s: float
    ward_ms: float
    force_ms: float
    pages: rights_pages.Found


def measure(*, channels: int, people: int, now: datetime) -> Timing:
    """Fills the database, which must be empty, and measures. Raises Broken when what is mended does not hold."""
    _fill(channels=channels, people=people, now=now)
    wards = Team.objects.filter(kind=Team.Kind.WARD)
    check_s, found = _timed(lambda: accord.check(now=now))
    if not found.holds:
        raise Broken(f"{len(found.missing)} missing and {len(found.extra)} too many from the start.")
    spoilt = list(
        GroupObjectPermission.objects.order_by("pk").values_list("pk", flat=True)[:: max(1, found.rows // 25)]
    )
    rights.remove(spoilt)
    check_apart_s, apart = _timed(lambda: accord.check(now=now))
    fix_s, mended = _timed(lambda: accord.fix(by=None, now=now))
    if len(apart.missing) != len(spoilt) or not mended.holds:
        raise Broken("What was taken away was not found, or not mended.")
    return Timing(
        wards.count(), Channel.objects.count(), found.people, found.rows,
        round(check_s, 2), round(check_apart_s, 2), round(fix_s, 2),
        ward_ms=_applying(Role.CONTRIBUTOR, list(wards[:APPLIED]), now),
        force_ms=_applying(Role.DMC_EDITOR, [Team.objects.get(kind=Team.Kind.FORCE)] * APPLIED, now),
        pages=rights_pages.measure(now=now),
    )  # fmt: skip


def _fill(*, channels: int, people: int, now: datetime) -> None:
    made = force.build(channels=channels, now=now)
    fresh = [User(username=f"bench-{number:04d}") for number in range(people - User.objects.count())]
    for person in fresh:
        person.set_unusable_password()
    spare = iter(User.objects.bulk_create(fresh))
    held = []
    for role, kind, many in CREW:
        teams = list(Team.objects.filter(kind=kind))
        held += [(person, role, teams[n % len(teams)]) for n, person in enumerate(islice(spare, many))]
    wards = [ward for ward, *_ in made.wards]
    held += [(person, Role.CONTRIBUTOR, wards[n % len(wards)]) for n, person in enumerate(spare)]
    first = (now - timedelta(days=30)).date()
    Appointment.objects.bulk_create(
        Appointment(user=person, role=role, team=team, starts_on=first, made_at=now) for person, role, team in held
    )
    everybody = list(User.objects.values_list("pk", flat=True))
    for start in range(0, len(everybody), AT_ONCE):
        rights.sync_people(everybody[start : start + AT_ONCE], now=now)
    _know_the_tables()


def _know_the_tables() -> None:
    """As the database does by itself within minutes: it plans badly for tables that it takes to be empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _applying(role: str, teams: list[Team], now: datetime) -> float:
    """The median of the milliseconds that `appoint`, with its rights, takes somebody new."""
    took = []
    for number, team in enumerate(teams):
        person = User.objects.create(username=f"fresh-{role}-{number}")
        seconds, _ = _timed(
            lambda person=person, team=team: appointing.appoint(  # type: ignore[misc]
                user=person, role=role, team=team, starts_on=now.date(), by=None, now=now
            )
        )
        took.append(seconds)
    return round(sorted(took)[len(took) // 2] * 1000, 1)


def _timed(job):  # type: ignore[no-untyped-def]
    begun = time.perf_counter()
    answer = job()
    return time.perf_counter() - begun, answer
