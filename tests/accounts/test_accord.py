"""Guardian's rows are what the appointments say, and where they are not it is found, told and mended."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from guardian.models import GroupObjectPermission
from guardian.shortcuts import assign_perm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts import accord, appointing, handing, rights
from accounts.accord import Difference
from accounts.errors import Conflict
from accounts.models import Appointment, AuditEntry, Notice, Role
from accounts.roles import ROLE_MAY
from tests.conftest import MONDAY, PEOPLE, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def _spoil(cast: Cast) -> tuple[Difference, Difference]:
    """Take one right away from a role and give one to a person by hand, past every verb."""
    group = f"sergeant@{cast.homerton.code}"
    GroupObjectPermission.objects.filter(
        group__name=group, permission__codename="submit_for", object_pk=str(cast.x.pk)
    ).delete()
    assign_perm("accounts.review_for", cast.mel, cast.x)
    on = f"accounts.channel:{cast.x.pk}"
    return Difference(f"group: {group}", on, "submit_for"), Difference("mel", on, "review_for")


def test_all_is_well_after_appointing(cast: Cast, now: datetime) -> None:
    found = accord.check(now=now)
    assert found.holds and not found.missing and not found.extra
    reach = {"homerton": (2, 1), "hackney": (2, 3), "kilburn": (1, 1), "force": (3, 6)}  # channels, teams
    places = {(role, team) for _, _, _, role, team, _ in PEOPLE.values()}
    rows = [(len(ROLE_MAY[role].channel), len(ROLE_MAY[role].team), *reach[team]) for role, team in places]
    said = sum(channel * channels + over * teams for channel, over, channels, teams in rows)
    assert (found.people, found.rows) == (10, said + 10), "each role's rows once, and ten people in their groups"


def test_what_is_missing_and_what_is_too_many_is_named(cast: Cast, now: datetime) -> None:
    missing, extra = _spoil(cast)
    found = accord.check(now=now)
    assert (found.missing, found.extra, found.holds) == ([missing], [extra], False)


def test_the_given_moment_decides_what_appointments_say(cast: Cast, now: datetime) -> None:
    tomorrow = now + timedelta(days=1)
    appointing.appoint(
        user=cast.mel, role=Role.CONTRIBUTOR, team=cast.wick, starts_on=tomorrow.date(), by=cast.sam, now=now
    )
    assert accord.check(now=now).holds
    (missing,) = accord.check(now=tomorrow).missing
    assert missing == Difference("mel", f"group: contributor@{cast.wick.code}", "member")


def test_a_right_through_a_group_is_too_many(cast: Cast, now: datetime) -> None:
    assign_perm("accounts.see_posts", Group.objects.create(name="friends"), cast.x)
    found = accord.check(now=now)
    assert [row.who for row in found.extra] == ["group: friends"]
    assert accord.fix(by=None, now=now).holds
    assert not GroupObjectPermission.objects.filter(group__name="friends").exists()


def test_who_was_put_into_a_group_without_an_appointment_is_taken_out(cast: Cast, now: datetime) -> None:
    cast.mel.groups.add(Group.objects.get(name=f"sergeant@{cast.homerton.code}"))
    (extra,) = accord.check(now=now).extra
    assert extra == Difference("mel", f"group: sergeant@{cast.homerton.code}", "member")
    assert accord.fix(by=None, now=now).holds
    assert not cast.mel.has_perm("accounts.view_channel", cast.x)


def test_mending_makes_them_equal_and_is_audited_person_by_person(cast: Cast, now: datetime) -> None:
    missing, extra = _spoil(cast)
    found = accord.fix(by=None, now=now)
    assert (found.missing, found.extra, found.fixed) == ([missing], [extra], 2)
    assert accord.check(now=now).missing == accord.check(now=now).extra == []
    assert cast.ada.has_perm("accounts.submit_for", cast.x)
    entries = AuditEntry.objects.filter(action="rights.mended").order_by("pk")
    group = Group.objects.get(name=f"sergeant@{cast.homerton.code}")
    assert [(entry.subject, entry.facts["missing_count"], entry.facts["extra_count"]) for entry in entries] == [
        (f"auth.group:{group.pk}", 1, 0),
        (f"accounts.user:{cast.mel.pk}", 0, 1),
    ]
    assert not AuditEntry.objects.filter(action="rights.mended", pk__gt=entries.last().pk).exists()


def test_mending_what_is_well_writes_nothing(cast: Cast, now: datetime) -> None:
    before = AuditEntry.objects.count()
    assert accord.fix(by=None, now=now).fixed == 0
    assert AuditEntry.objects.count() == before


def test_the_clock_tells_the_administrator_once_and_takes_it_back_when_mended(cast: Cast, now: datetime) -> None:
    _spoil(cast)
    for _ in range(2):
        assert not accord.watch(now=now).holds
    told = Notice.objects.filter(kind="rights.differ", closed_at__isnull=True)
    assert set(told.values_list("to", flat=True)) == {cast.sam.pk, cast.hana.pk}
    accord.fix(by=None, now=now)
    assert accord.watch(now=now).holds
    assert not told.exists()


def test_the_clock_applies_what_is_due_before_it_complains(cast: Cast, now: datetime) -> None:
    appointment = cast.ada.appointments.get()
    appointment.ends_on = now.date()
    appointment.save(update_fields=["ends_on"])
    assert accord.watch(now=now + timedelta(days=1)).holds
    assert not cast.ada.has_perm("accounts.view_channel", cast.x)


def test_the_command_prints_the_difference_and_fails_until_it_is_mended(cast: Cast) -> None:
    missing, _ = _spoil(cast)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_rights", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert set(told) == {"people", "rows", "missing", "extra", "fixed"}
    assert told["missing"] == [{"who": missing.who, "on": missing.on, "right": "submit_for"}]
    assert (told["extra"][0]["who"], told["fixed"]) == ("mel", 0)
    out = StringIO()
    call_command("check_rights", "--fix", stdout=out)
    assert "2 mended" in out.getvalue()
    out = StringIO()
    call_command("check_rights", stdout=out)
    assert "Rights are what the appointments say" in out.getvalue()


def test_it_takes_the_same_few_queries_however_many_people_there_are(
    cast: Cast, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        accord.check(now=now)
    _spoil(cast)
    with django_assert_max_num_queries(22):
        accord.check(now=now)


STEPS = ("appoint", "cover", "end", "move", "tomorrow")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.integers(0, 2**32), min_size=3, max_size=12))
def test_whatever_the_verbs_do_in_whatever_order_nothing_is_left_to_fix(cast: Cast, numbers: list[int]) -> None:
    outer = transaction.savepoint()
    now = MONDAY
    for number in numbers:
        chance = Random(number)
        step = chance.choice(STEPS)
        now += timedelta(days=chance.randint(1, 3)) if step == "tomorrow" else timedelta(minutes=7)
        if step == "tomorrow":
            rights.sync_due(now=now)
        with suppress(ValidationError, Conflict, PermissionDenied), transaction.atomic():
            _step(cast, step, chance, now)
        found = accord.check(now=now)
        assert not found.missing and not found.extra, step
    transaction.savepoint_rollback(outer)


def _step(cast: Cast, step: str, chance: Random, now: datetime) -> None:
    people = [cast.ada, cast.tess, cast.con, cast.rex, cast.mel, cast.olu]
    who, other = chance.sample(people, 2)
    team = chance.choice([cast.force, cast.hackney, cast.homerton, cast.wick, cast.kilburn])
    role = chance.choice(Role.values)
    today = now.date()
    if step == "appoint":
        starts = today + timedelta(days=chance.randint(0, 2))
        appointing.appoint(user=who, role=role, team=team, starts_on=starts, by=cast.sam, now=now)
    elif step == "cover":
        last = today + timedelta(days=chance.randint(0, 3))
        appointing.appoint(user=who, role=role, team=team, starts_on=today, ends_on=last, by=cast.sam, now=now)
    elif step == "end":
        standing = Appointment.objects.filter(user=who, ended_at__isnull=True).order_by("pk")
        if standing:
            appointing.end(appointment=chance.choice(list(standing)), by=cast.sam, now=now)
    elif step == "move":
        seen = handing.plan(leaver=who, parts=(), now=now).seal
        until = today + timedelta(days=2) if chance.random() < 0.5 else None
        handing.hand_over(leaver=who, to=other, until=until, seen=seen, parts=(), by=cast.sam, now=now)
