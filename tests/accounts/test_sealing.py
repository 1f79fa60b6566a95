from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO
from threading import Event, Thread

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts import audit, sealing
from accounts.models import AuditEntry, AuditSeal
from tests.conftest import Cast, audit_unlocked

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def five(cast: Cast, now: datetime) -> list[AuditEntry]:
    return [audit.record(cast.sam, f"step.{n}", cast.x, now=now, number=n, word="naïve & “so”") for n in range(5)]


@pytest.fixture
def sealed(five: list[AuditEntry], now: datetime) -> list[AuditEntry]:
    assert sealing.seal(now=now) == 5
    return five


def tamper(sql: str, *values: object) -> None:
    with audit_unlocked(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def verify(*options: str) -> tuple[int, dict[str, object]]:
    out = StringIO()
    try:
        call_command("verify_audit", "--json", *options, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_every_entry_is_sealed_once_and_the_chain_holds(sealed: list[AuditEntry], now: datetime) -> None:
    assert sealing.seal(now=now) == 0
    status, answer = verify()
    assert status == 0
    assert (answer["ok"], answer["entries"], answer["sealed"], answer["unsealed"]) == (True, 5, 5, 0)
    assert answer["first_broken"] is None


def test_entries_not_sealed_yet_are_counted_and_are_no_fault(
    sealed: list[AuditEntry], cast: Cast, now: datetime
) -> None:
    audit.record(None, "step.late", cast.x, now=now)
    status, answer = verify()
    assert (status, answer["entries"], answer["unsealed"]) == (0, 6, 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [("action", "step.other"), ("subject", "accounts.channel:999"), ("facts", '{"number": 7}'), ("by_id", None)],
)
def test_a_changed_entry_is_named(sealed: list[AuditEntry], column: str, value: object) -> None:
    tamper(f"UPDATE accounts_auditentry SET {column} = %s WHERE id = %s", value, sealed[2].pk)
    status, answer = verify()
    assert (status, answer["ok"]) == (1, False)
    assert answer["first_broken"] == {
        "entry": sealed[2].pk,
        "why": "The entry is not what was sealed, or it was sealed with another key.",
    }


def test_a_moment_moved_by_a_microsecond_is_noticed(sealed: list[AuditEntry], now: datetime) -> None:
    tamper("UPDATE accounts_auditentry SET at = %s WHERE id = %s", now + timedelta(microseconds=1), sealed[0].pk)
    assert verify()[1]["first_broken"]["entry"] == sealed[0].pk  # type: ignore[index]


def test_an_entry_taken_out_with_its_seal_is_noticed(sealed: list[AuditEntry]) -> None:
    tamper("DELETE FROM accounts_auditseal WHERE entry_id = %s", sealed[1].pk)
    tamper("DELETE FROM accounts_auditentry WHERE id = %s", sealed[1].pk)
    broken = verify()[1]["first_broken"]
    assert broken["entry"] == sealed[2].pk  # type: ignore[index]
    assert "no seal number 2" in broken["why"]  # type: ignore[index]


def test_a_chain_written_anew_after_a_change_needs_the_key(
    sealed: list[AuditEntry], settings: Settings, now: datetime
) -> None:
    with audit_unlocked():
        AuditSeal.objects.all().delete()
        AuditEntry.objects.filter(pk=sealed[0].pk).update(action="step.forged")
    settings.AUDIT_KEY = "a guess"
    sealing.seal(now=now)
    settings.AUDIT_KEY = "only-for-tests"
    assert verify()[0] == 1


def test_a_cut_off_end_is_noticed_by_the_head_that_was_written_down(sealed: list[AuditEntry]) -> None:
    head = str(verify()[1]["head"])
    assert verify("--head", head)[0] == 0
    tamper("DELETE FROM accounts_auditseal WHERE entry_id = %s", sealed[4].pk)
    tamper("DELETE FROM accounts_auditentry WHERE id = %s", sealed[4].pk)
    assert verify()[0] == 0
    status, answer = verify("--head", head)
    assert status == 1
    assert "cut off" in answer["first_broken"]["why"]  # type: ignore[index]


def write(cast: Cast, now: datetime, *ids: int) -> None:
    for pk in ids:
        AuditEntry(pk=pk, at=now, by=cast.sam, action=f"step.{pk}", subject="a.b:1").save(force_insert=True)


def test_an_entry_that_commits_after_higher_ones_takes_the_next_place(cast: Cast, now: datetime) -> None:
    write(cast, now, 8001, 8003)
    assert sealing.seal(now=now) == 2
    write(cast, now, 8002)
    assert sealing.seal(now=now) == 1
    assert AuditSeal.objects.get(entry=8002).position == 3
    assert verify()[0] == 0


def test_the_sealer_looks_far_back_once_an_hour(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "REACH", 2)
    write(cast, now, 8001, 8003, 8004)
    sealing.seal(now=now)
    write(cast, now, 8002)
    assert sealing.seal(now=now.replace(minute=17)) == 0
    assert sealing.seal(now=now.replace(minute=0)) == 1


def test_a_long_queue_is_sealed_in_one_go(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    for number in range(7):
        audit.record(None, f"step.{number}", cast.x, now=now)
    assert sealing.seal(now=now) == 7
    assert verify()[0] == 0


def test_the_second_of_two_sealers_writes_nothing(sealed: list[AuditEntry], cast: Cast, now: datetime) -> None:
    waiting = [audit.record(None, "step.new", cast.x, now=now)]
    assert sealing._append(waiting)
    assert not sealing._append(waiting)
    assert AuditSeal.objects.count() == 6
    assert verify()[0] == 0


def test_the_command_speaks_to_people_without_json(sealed: list[AuditEntry]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().startswith("The chain holds. 5 entries, 5 sealed, 0 waiting")


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_what_the_chain_does_not_prove_is_said(five: list[AuditEntry], now: datetime, options: list[str]) -> None:
    err = StringIO()
    call_command("verify_audit", *options, stdout=StringIO(), stderr=err)
    assert "5 entries are not sealed yet, so the chain does not prove them." in err.getvalue()
    sealing.seal(now=now)
    err = StringIO()
    call_command("verify_audit", *options, stdout=StringIO(), stderr=err)
    assert err.getvalue() == ""


@pytest.mark.django_db(transaction=True)
def test_a_slow_transaction_is_sealed_when_it_commits(cast: Cast, now: datetime) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("On SQLite writers follow one another, so no lower id can commit late.")
    written, may_commit = Event(), Event()

    def slowly() -> None:
        with transaction.atomic():
            audit.record(None, "step.slow", cast.x, now=now)
            written.set()
            assert may_commit.wait(10)
        connection.close()

    writer = Thread(target=slowly)
    writer.start()
    assert written.wait(10)
    audit.record(None, "step.quick", cast.x, now=now)
    assert sealing.seal(now=now) == 1
    may_commit.set()
    writer.join(10)
    assert sealing.seal(now=now) == 1
    assert list(AuditSeal.objects.values_list("entry__action", flat=True)) == ["step.quick", "step.slow"]
    assert verify()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_sealers_at_work_together_make_one_chain(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("The suite's SQLite lives in memory, where threads share one cache and lock each other out.")
    monkeypatch.setattr(sealing, "BATCH", 3)
    for number in range(30):
        audit.record(None, f"step.{number}", cast.x, now=now)

    def work() -> None:
        while AuditEntry.objects.filter(seal=None).exists():
            sealing.seal(now=now)
        connection.close()

    sealers = [Thread(target=work) for _ in range(3)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join(20)
    assert AuditSeal.objects.count() == 30
    assert verify()[0] == 0


json_facts = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(facts=st.dictionaries(st.text(max_size=8), json_facts, max_size=4))
def test_the_canonical_form_does_not_depend_on_the_order_of_facts(facts: dict[str, object]) -> None:
    moment = datetime.fromisoformat("2026-03-02T10:00:00+00:00")
    one = AuditEntry(pk=1, at=moment, action="a", subject="b", facts=facts)
    other = AuditEntry(pk=1, at=moment, action="a", subject="b", facts=dict(reversed(facts.items())))
    assert sealing.canonical(one) == sealing.canonical(other)
    assert json.loads(sealing.canonical(one))["facts"] == facts
