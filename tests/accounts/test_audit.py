from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from accounts import audit, sealing
from accounts.models import AuditEntry, AuditSeal
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TABLES = ["accounts_auditentry", "accounts_auditseal"]


@pytest.fixture
def written(cast: Cast, now: datetime) -> AuditEntry:
    entry = audit.record(cast.sam, "channel.opened", cast.x, now=now, handle="MPSHomerton")
    sealing.seal(now=now)
    return entry


@contextmanager
def refused() -> Iterator[None]:
    with pytest.raises(IntegrityError, match=r"append-only"), transaction.atomic():
        yield


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def test_an_entry_says_who_did_what_to_what_and_when(cast: Cast, now: datetime) -> None:
    entry = audit.record(cast.sam, "channel.opened", cast.x, now=now, handle="MPSHomerton")
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert (kept.by, kept.action, kept.subject) == (cast.sam, "channel.opened", f"accounts.channel:{cast.x.pk}")
    assert (kept.at, kept.facts) == (now, {"handle": "MPSHomerton"})


def test_an_entry_goes_when_its_change_is_rolled_back(cast: Cast, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(None, "channel.broken", cast.x, now=now)
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_the_database_refuses_changes_and_removals(written: AuditEntry, table: str, sql: str) -> None:
    with refused():
        run(sql.format(table))
    assert AuditEntry.objects.get() == written
    assert AuditSeal.objects.count() == 1


def test_the_orm_is_refused_too(written: AuditEntry) -> None:
    with refused():
        AuditEntry.objects.filter(pk=written.pk).update(action="nothing")
    with refused():
        AuditSeal.objects.filter(entry=written).delete()


@pytest.mark.parametrize("table", TABLES)
def test_emptying_the_whole_table_is_refused(written: AuditEntry, table: str) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE.")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with refused():
        run(f"TRUNCATE {table} CASCADE")


def test_replacing_a_row_under_its_own_id_is_refused(written: AuditEntry, now: datetime) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite has INSERT OR REPLACE.")
    columns = "id, at, action, subject, facts"
    with refused():
        run(
            f"INSERT OR REPLACE INTO accounts_auditentry ({columns}) VALUES (%s, %s, 'other', 'a:1', '{{}}')",
            written.pk,
            now,
        )
    with refused():
        run("INSERT OR REPLACE INTO accounts_auditseal VALUES (99, 1, 'a', 'b', %s)", written.pk)
    assert AuditEntry.objects.get().action == "channel.opened"
