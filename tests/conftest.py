"""The standing cast: the same people, teams and channels in every test that asks for `cast`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management.commands.migrate import Command
from django.db import connection, connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client, override_settings

from accounts import recent, rights
from accounts.models import Appointment, Channel, Role, Stage, Team, User
from tests.database import migrate_once, refill

PASSWORD = "a-long-pass-phrase-1"
LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=LONDON).astimezone(ZoneInfo("UTC"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long tests begin first, shared out evenly: they start consoles of their own and touch no test database."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("live")]
    short = [item for item in items if not item.get_closest_marker("live")]
    share = -(-len(short) // workers)
    items[:] = [
        item
        for worker in range(workers)
        for item in (*long[worker::workers], *short[worker * share : (worker + 1) * share])
    ]


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A slow hash protects people, not tests."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """pytest-django's own place to change how the test database comes about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Command, "handle", migrate_once)
        yield


@contextmanager
def audit_unlocked() -> Iterator[None]:
    """For as long as it takes: no trigger of the audit or of the law stands in the way, as for an intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            for _, sql in triggers:
                cursor.execute(sql)


@pytest.fixture(scope="session", autouse=True)
def emptying_may_clear_the_audit() -> Iterator[None]:
    """Django empties every table after a transactional test; the audit would refuse."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        assert self.connection is connections["default"]
        with audit_unlocked():
            empty(self, sql_list)
        refill()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", execute_sql_flush)
        yield


@pytest.fixture
def london() -> ZoneInfo:
    return LONDON


@pytest.fixture
def now() -> datetime:
    """A Monday, ten in the morning in London (and, in March, in UTC)."""
    return MONDAY


@dataclass(frozen=True)
class Cast:
    force: Team
    hackney: Team
    homerton: Team
    wick: Team
    brent: Team
    kilburn: Team
    ada: User
    tess: User
    con: User
    rex: User
    dee: User
    sam: User
    hana: User
    olu: User
    cora: User
    mel: User
    x: Channel
    page: Channel
    kilburn_x: Channel


PEOPLE = {
    #        first name, last name, rank, role, team, stage
    "ada": ("Ada", "Okafor", "Sgt", Role.SERGEANT, "homerton", Stage.PROBATION),
    "tess": ("Tess", "Lindqvist", "Sgt", Role.SERGEANT, "homerton", Stage.TRUSTED),
    "con": ("Con", "Meredith", "PC", Role.CONTRIBUTOR, "homerton", Stage.PROBATION),
    "rex": ("Rex", "Adeyemi", "", Role.MENTOR, "hackney", Stage.PROBATION),
    "dee": ("Dee", "Marlowe", "", Role.DMC_EDITOR, "force", Stage.PROBATION),
    "sam": ("Sam", "Whitcombe", "", Role.DMC_ADMIN, "force", Stage.PROBATION),
    "hana": ("Hana", "Iqbal", "", Role.HEAD, "force", Stage.PROBATION),
    "olu": ("Olu", "Bankole", "Ch Insp", Role.MANAGER, "hackney", Stage.PROBATION),
    "cora": ("Cora", "Pryce", "", Role.COMPLIANCE, "force", Stage.PROBATION),
    "mel": ("Mel", "Ferreira", "Sgt", Role.SERGEANT, "kilburn", Stage.TRUSTED),
}


def _teams() -> dict[str, Team]:
    kinds = Team.Kind
    force = Team.objects.create(kind=kinds.FORCE, code="MPS", name="Metropolitan Police Service")
    hackney = Team.objects.create(kind=kinds.BOROUGH, code="E09000012", name="Hackney", parent=force)
    brent = Team.objects.create(kind=kinds.BOROUGH, code="E09000005", name="Brent", parent=force)
    homerton, wick, kilburn = Team.objects.bulk_create(
        [
            Team(kind=kinds.WARD, code="E05009376", name="Homerton", parent=hackney),
            Team(kind=kinds.WARD, code="E05009374", name="Hackney Wick", parent=hackney),
            Team(kind=kinds.WARD, code="E05013503", name="Kilburn", parent=brent),
        ]
    )
    return {
        "force": force,
        "hackney": hackney,
        "homerton": homerton,
        "wick": wick,
        "brent": brent,
        "kilburn": kilburn,
    }


def _people(teams: dict[str, Team]) -> dict[str, User]:
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(username=key, first_name=first, last_name=last, rank=rank, password=password)
        for key, (first, last, rank, *_) in PEOPLE.items()
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, role=role, team=teams[team], stage=stage, starts_on=date(2026, 1, 5), made_at=MONDAY)
        for user, (_, _, _, role, team, stage) in zip(users, PEOPLE.values(), strict=True)
    )
    return {user.username: user for user in users}


def _channels(teams: dict[str, Team]) -> dict[str, Channel]:
    x, facebook = Channel.Network.X, Channel.Network.FACEBOOK
    rows = {
        "x": (x, "homerton", "MPSHomerton", "Homerton Police", "1000000000000000001"),
        "page": (facebook, "homerton", "MPSHomerton", "Homerton Police", "100000000000001"),
        "kilburn_x": (x, "kilburn", "MPSKilburnBrent", "Kilburn Police", "1000000000000000002"),
    }
    made = Channel.objects.bulk_create(
        Channel(
            network=network,
            team=teams[team],
            handle=handle,
            name=name,
            external_id=external_id,
            state=Channel.State.LIVE,
            verified_at=MONDAY,
            created_at=MONDAY,
        )
        for network, team, handle, name, external_id in rows.values()
    )
    return dict(zip(rows, made, strict=True))


@pytest.fixture
def cast(db: None, now: datetime) -> Cast:
    """Ten people in post, six teams, three live channels (with ids of the network, without a login to it)."""
    teams = _teams()
    people, channels = _people(teams), _channels(teams)
    rights.sync_people([user.pk for user in people.values()], now=now)
    return Cast(**teams, **people, **channels)


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        recent.prove(client, user)
        return client

    return signed_in
