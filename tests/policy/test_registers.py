from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.test import Client

from accounts.errors import Conflict
from accounts.models import AuditEntry, User
from policy import registers
from policy.models import RegisterEntry
from policy.register_kinds import REGISTERS
from tests.conftest import Cast
from tests.policy.migrations import migration

pytestmark = pytest.mark.django_db


def add(cast: Cast, now: datetime, kind: str, value: str, **more: Any) -> RegisterEntry:
    return registers.add(kind=kind, value=value, **more, by=cast.dee, now=now)


GOOD = [
    ("partner", "@HackneyCouncil", "HackneyCouncil"),
    ("number", "+44 20 7946 0000", "+44 20 7946 0000"),
    ("operation", "Operation  Larchwood", "Larchwood"),
    ("school", " Cardinal  Pole School ", "Cardinal Pole School"),
    ("street", "Chatsworth Road", "Chatsworth Road"),
    ("place", "King’s Park", "King’s Park"),
]


@pytest.mark.parametrize(("kind", "written", "kept"), GOOD)
def test_a_line_is_kept_as_people_would_write_it(cast: Cast, now: datetime, kind: str, written: str, kept: str) -> None:
    entry = add(cast, now, kind, written)
    assert (entry.value, entry.added_by, entry.retired_at) == (kept, cast.dee, None)
    assert AuditEntry.objects.filter(action="register.added", subject=f"policy.registerentry:{entry.pk}").exists()


MALFORMED = [
    ("partner", "two words"), ("partner", "@"), ("partner", "https://x.com/hackney"), ("number", "ring us"),
    ("number", "12"), ("number", "7" * 16), ("operation", "Operation"), ("operation", "Op "), ("school", "7"),
    ("street", "42 Glyn Road"), ("street", "Flat 3, Glyn Road"), ("venue", "https://example.org"), ("venue", "   "),
    ("place", "a" * 121), ("template", "two words"), ("template", "-act"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), MALFORMED)
def test_a_malformed_line_is_refused_in_words(cast: Cast, now: datetime, kind: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add(cast, now, kind, value, note="A note")
    assert all(message.endswith((".", "ACT.")) for message in refused.value.message_dict["value"])
    assert not RegisterEntry.objects.filter(added_by__isnull=False).exists()


TWICE = [
    ("partner", "@HackneyCouncil", "hackneycouncil"),
    ("number", "020 7946 0000", "+44 (0)20 79460000"),
    ("place", "King’s Park", "kings park"),
    ("operation", "Larchwood", "OPERATION LARCHWOOD"),
]


@pytest.mark.parametrize(("kind", "first", "second"), TWICE)
def test_what_means_the_same_does_not_stand_twice(
    cast: Cast, now: datetime, kind: str, first: str, second: str
) -> None:
    add(cast, now, kind, first)
    with pytest.raises(ValidationError, match="already"):
        add(cast, now, kind, second)


@pytest.mark.postgres
def test_the_database_refuses_the_same_key_twice_and_takes_it_again_after_retirement(cast: Cast, now: datetime) -> None:
    entry = add(cast, now, "venue", "Homerton Library")
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.create(kind="venue", value="Homerton library", key=entry.key, added_at=now)
    registers.retire(entry=entry, why="It closed.", by=cast.sam, now=now)
    assert add(cast, now, "venue", "Homerton Library").pk != entry.pk


def test_our_own_handles_and_what_looks_like_them_are_no_partners(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError, match="one of our own"):
        add(cast, now, "partner", "@mpshomerton")
    with pytest.raises(ValidationError, match="impostor"):
        add(cast, now, "partner", "@MPSHomertom")


def test_a_consent_needs_its_proof_its_scope_and_its_last_day(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError) as refused:
        add(cast, now, "consent", "Marguerite Adeoye")
    assert set(refused.value.message_dict) == {"note", "reference", "ends_on"}
    with pytest.raises(ValidationError, match="passed"):
        add(cast, now, "consent", "Marguerite Adeoye", note="Name", reference="F1", ends_on=now.date() - timedelta(1))
    with pytest.raises(ValidationError, match="surname"):
        add(cast, now, "consent", "Marguerite", note="Name", reference="F1", ends_on=now.date())


def test_a_line_that_ran_out_makes_room_for_its_successor(cast: Cast, now: datetime) -> None:
    facts = {"note": "Name", "reference": "F1"}
    old = add(cast, now, "consent", "Marguerite Adeoye", ends_on=now.date(), **facts)
    later = now + timedelta(days=3)
    new = add(cast, later, "consent", "Marguerite Adeoye", ends_on=later.date(), **facts)
    old.refresh_from_db()
    assert (old.retired_why, old.retired_at) == (registers.REPLACED, later)
    assert registers.known(later)["consent"] == {new.value}


@pytest.mark.parametrize("who", ["ada", "rex", "olu", "cora", "mel"])
def test_only_the_dmc_keeps_registers(cast: Cast, now: datetime, who: str) -> None:
    entry = add(cast, now, "venue", "Homerton Library")
    with pytest.raises(PermissionDenied):
        registers.add(kind="venue", value="The Annexe", by=getattr(cast, who), now=now)
    with pytest.raises(PermissionDenied):
        registers.retire(entry=entry, why="It closed.", by=getattr(cast, who), now=now)


def test_a_line_is_retired_once_and_with_a_reason(cast: Cast, now: datetime) -> None:
    entry = add(cast, now, "venue", "Homerton Library")
    with pytest.raises(ValidationError):
        registers.retire(entry=entry, why=" ", by=cast.sam, now=now)
    registers.retire(entry=entry, why="It closed.", by=cast.sam, now=now)
    with pytest.raises(Conflict):
        registers.retire(entry=entry, why="It closed.", by=cast.hana, now=now)
    assert list(registers.listed("venue")) == []
    assert list(registers.listed("venue", retired=True)) == [entry]


@pytest.mark.parametrize("words", ["library", "homer lib", "folder 14", "7946", "@library"])
def test_a_line_is_found_by_its_words_its_note_its_proof_or_its_figures(cast: Cast, now: datetime, words: str) -> None:
    add(cast, now, "venue", "Homerton Library")
    add(cast, now, "number", "020 7946 0000", note="Library of Homerton, see folder 14")
    add(cast, now, "place", "Mabley Green")
    assert "Mabley Green" not in {entry.value for entry in registers.listed("", words)}
    assert registers.listed("", words)


def _lines() -> QuerySet[RegisterEntry]:
    """Without the templates that ship approved."""
    return RegisterEntry.objects.exclude(kind="template")


def test_keys_of_older_lines_are_made_and_doubles_retired(cast: Cast, now: datetime) -> None:
    rows = [("partner", "@hackneycouncil"), ("number", "+44 20 7946 0000"), ("number", "020 7946 0000")]
    for place, (kind, value) in enumerate(rows):
        RegisterEntry.objects.create(kind=kind, value=value, key=f"old{place}", added_at=now)
    migration("0004_keys_of_the_registers").write(apps, None)
    found = [(one.value, one.key, one.retired_at is None) for one in _lines().order_by("pk")]
    assert found == [
        ("hackneycouncil", "hackneycouncil", True),
        ("+44 20 7946 0000", "02079460000", True),
        ("020 7946 0000", "02079460000", False),
    ]
    assert {entry.key == REGISTERS[entry.kind].key(entry.value) for entry in _lines()} == {True}


# ---- pages -------------------------------------------------------------------------------------


def test_the_pages_add_find_and_retire(cast: Cast, now: datetime, client_for: Callable[[User], Client]) -> None:
    dee = client_for(cast.dee)
    answer = dee.post("/policy/registers/venue/", {"value": "Homerton Library"}, follow=True)
    assert "Homerton Library is in the register" in answer.content.decode()
    again = dee.post("/policy/registers/venue/", {"value": "homerton library"})
    assert again.status_code == 422
    assert "in this register already" in again.content.decode()
    assert "Homerton Library" in dee.get("/policy/registers/?q=homerton").content.decode()
    pk = RegisterEntry.objects.get(kind="venue").pk
    assert dee.post(f"/policy/registers/lines/{pk}/retire/", {"why": ""}).status_code == 422
    gone = dee.post(f"/policy/registers/lines/{pk}/retire/", {"why": "It closed."}, follow=True)
    assert "is retired" in gone.content.decode()
    assert "It closed." in dee.get("/policy/registers/venue/?retired=1").content.decode()


def test_compliance_reads_and_a_sergeant_does_not(cast: Cast, client_for: Callable[[User], Client]) -> None:
    page = client_for(cast.cora).get("/policy/registers/consent/")
    assert (page.status_code, b"Add a line" in page.content) == (200, False)
    assert client_for(cast.cora).post("/policy/registers/venue/", {"value": "A Hall"}).status_code == 403
    assert client_for(cast.ada).get("/policy/registers/").status_code == 403
    assert client_for(cast.dee).get("/policy/registers/nothing/").status_code == 404
