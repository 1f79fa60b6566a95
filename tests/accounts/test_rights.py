from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from guardian.models import GroupObjectPermission
from guardian.shortcuts import assign_perm
from pytest_django import DjangoAssertNumQueries

from accounts import appointing, channels, held, rights
from accounts.errors import Conflict
from accounts.models import Appointment, AuditEntry, Channel, Role, Stage, Team, User
from accounts.roles import ROLE_MAY
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

PERMS = [
    "view_channel",
    "see_posts",
    "draft_for",
    "submit_for",
    "review_peer",
    "review_for",
    "review_dmc",
    "take_down",
    "connect",
]
TEAM_PERMS = [
    "view_team",
    "provision",
    "read_audit",
    "keep_policy",
    "stop_all",
    "sign_borough",
    "sign_dmc",
    "sign_records",
    "keep_security",
    "end_sessions",
    "export_audit",
]
HOMERTON = ["ada", "tess", "con", "rex", "dee", "sam", "hana", "olu", "cora"]


@pytest.mark.parametrize("who", HOMERTON)
def test_each_role_may_on_its_channels_what_the_table_says_and_no_more(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    role = user.appointments.get().role
    held = {perm for perm in PERMS if user.has_perm(f"accounts.{perm}", cast.x)}
    assert held == ROLE_MAY[role].channel


@pytest.mark.parametrize("who", HOMERTON)
def test_each_role_may_on_its_teams_what_the_table_says_and_no_more(cast: Cast, who: str) -> None:
    user = getattr(cast, who)
    held = {perm for perm in TEAM_PERMS if user.has_perm(f"accounts.{perm}", cast.homerton)}
    assert held == ROLE_MAY[user.appointments.get().role].team
    assert ("read_audit" in held) == (who in ("hana", "cora"))
    assert ("stop_all" in held) == (who == "hana")


def test_information_security_sees_which_channels_there_are_and_no_word_of_theirs(cast: Cast, now: datetime) -> None:
    ines = User.objects.create(username="ines")
    appointing.appoint(user=ines, role=Role.INFOSEC, team=cast.force, starts_on=now.date(), by=cast.sam, now=now)
    assert {perm for perm in PERMS if ines.has_perm(f"accounts.{perm}", cast.x)} == {"view_channel"}
    held = {perm for perm in TEAM_PERMS if ines.has_perm(f"accounts.{perm}", cast.homerton)}
    assert held == {"view_team", "keep_security", "end_sessions"}


@pytest.mark.parametrize("perm", PERMS)
def test_a_sergeant_has_no_right_on_another_wards_channel(cast: Cast, perm: str) -> None:
    assert not cast.mel.has_perm(f"accounts.{perm}", cast.x)
    assert not cast.ada.has_perm(f"accounts.{perm}", cast.kilburn_x)


def test_lists_and_single_questions_agree(cast: Cast) -> None:
    for who in [*HOMERTON, "mel"]:
        user = getattr(cast, who)
        for perm in PERMS:
            asked = {one for one in Channel.objects.all() if user.has_perm(f"accounts.{perm}", one)}
            assert set(channels.channels_for(user, perm)) == asked


def test_a_boroughs_appointment_covers_its_wards_and_no_others(cast: Cast) -> None:
    assert set(channels.visible_to(cast.rex)) == {cast.x, cast.page}
    assert set(channels.teams_for(cast.olu, "view_team")) == {cast.hackney, cast.homerton, cast.wick}


def test_require_refuses_in_words_and_allows_in_silence(cast: Cast) -> None:
    rights.require(cast.ada, "submit_for", cast.x)
    with pytest.raises(PermissionDenied, match="appointments"):
        rights.require(cast.mel, "submit_for", cast.x)


def test_ending_an_appointment_ends_its_rights_the_same_minute(cast: Cast, now: datetime) -> None:
    appointing.end(appointment=cast.ada.appointments.get(), by=cast.sam, now=now)
    assert not cast.ada.has_perm("accounts.view_channel", cast.x)
    assert not channels.visible_to(cast.ada).exists()
    assert cast.tess.has_perm("accounts.submit_for", cast.x)
    with pytest.raises(Conflict):
        appointing.end(appointment=cast.ada.appointments.get(), by=cast.sam, now=now)


def test_what_another_appointment_gives_stays_when_one_ends(cast: Cast, now: datetime) -> None:
    second = appointing.appoint(
        user=cast.ada, role=Role.CONTRIBUTOR, team=cast.hackney, starts_on=now.date(), by=cast.sam, now=now
    )
    appointing.end(appointment=second, by=cast.sam, now=now)
    assert cast.ada.has_perm("accounts.submit_for", cast.x)


def test_an_appointment_gives_rights_from_its_first_to_its_last_day_in_london(cast: Cast, now: datetime) -> None:
    monday, friday = date(2026, 3, 30), date(2026, 4, 3)
    appointing.appoint(
        user=cast.mel, role=Role.SERGEANT, team=cast.homerton, starts_on=monday, ends_on=friday, by=cast.sam, now=now
    )
    assert not cast.mel.has_perm("accounts.submit_for", cast.x)
    # Summer time began on the Sunday: London's Monday starts at 23:00 UTC.
    begins = datetime.fromisoformat("2026-03-29T23:00:00+00:00")
    assert rights.sync_due(now=begins - timedelta(minutes=1)) == 0
    assert rights.sync_due(now=begins) == 1
    assert cast.mel.has_perm("accounts.submit_for", cast.x)
    ends = datetime.fromisoformat("2026-04-03T23:00:00+00:00")
    assert rights.sync_due(now=ends - timedelta(minutes=1)) == 0
    assert rights.sync_due(now=ends) == 1
    assert not cast.mel.has_perm("accounts.submit_for", cast.x)
    assert cast.mel.has_perm("accounts.submit_for", cast.kilburn_x)


def test_a_change_missed_for_days_is_still_applied(cast: Cast, now: datetime) -> None:
    Appointment.objects.filter(user=cast.ada).update(ends_on=date(2026, 3, 10))
    assert rights.sync_due(now=now + timedelta(days=60)) == 1
    assert not cast.ada.has_perm("accounts.submit_for", cast.x)
    assert rights.sync_due(now=now + timedelta(days=60)) == 0


def test_a_right_that_no_appointment_gives_is_taken_away(cast: Cast, now: datetime) -> None:
    assign_perm("accounts.submit_for", cast.mel, cast.x)
    assert cast.mel.has_perm("accounts.submit_for", cast.x)
    rights.sync(cast.mel, now=now)
    assert not User.objects.get(pk=cast.mel.pk).has_perm("accounts.submit_for", cast.x)


def test_someone_who_may_not_sign_in_holds_nothing(cast: Cast) -> None:
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    assert not User.objects.get(pk=cast.ada.pk).has_perm("accounts.view_channel", cast.x)


@pytest.mark.parametrize("who", ["ada", "rex", "dee", "olu", "cora"])
def test_only_an_administrator_appoints(cast: Cast, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        appointing.appoint(
            user=cast.mel,
            role=Role.SERGEANT,
            team=cast.homerton,
            starts_on=now.date(),
            by=getattr(cast, who),
            now=now,
        )


def test_nobody_appoints_themselves(cast: Cast, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        appointing.appoint(
            user=cast.sam, role=Role.MENTOR, team=cast.homerton, starts_on=now.date(), by=cast.sam, now=now
        )


@pytest.mark.parametrize(
    ("role", "starts", "ends"),
    [("emperor", date(2026, 3, 2), None), (Role.MENTOR, date(2026, 3, 2), date(2026, 3, 1))],
)
def test_an_appointment_that_makes_no_sense_is_refused(
    cast: Cast, now: datetime, role: str, starts: date, ends: date | None
) -> None:
    with pytest.raises(ValidationError):
        appointing.appoint(
            user=cast.mel, role=role, team=cast.wick, starts_on=starts, ends_on=ends, by=cast.sam, now=now
        )


def test_the_same_appointment_twice_is_refused_but_may_follow_on(cast: Cast, now: datetime) -> None:
    def again(starts: date) -> Appointment:
        return appointing.appoint(
            user=cast.ada, role=Role.SERGEANT, team=cast.homerton, starts_on=starts, by=cast.sam, now=now
        )

    with pytest.raises(ValidationError):
        again(now.date())
    Appointment.objects.filter(user=cast.ada).update(ends_on=date(2026, 3, 31))
    assert again(date(2026, 4, 1)).pk


def test_appointments_are_in_the_audit(cast: Cast, now: datetime) -> None:
    made = appointing.appoint(
        user=cast.mel, role=Role.MENTOR, team=cast.wick, starts_on=now.date(), by=cast.sam, now=now
    )
    appointing.end(appointment=made, by=cast.sam, now=now)
    entries = AuditEntry.objects.filter(subject=f"accounts.appointment:{made.pk}")
    assert [entry.action for entry in entries] == ["appointment.made", "appointment.ended"]
    assert entries[0].facts["team"] == cast.wick.code


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([], "probation"),
        (["trusted"], "trusted"),
        (["trusted", "probation"], "probation"),
        (["ready", "trusted"], "trusted"),
        (["probation", "practice"], "practice"),
    ],
)
def test_the_lowest_stage_of_an_author_counts(cast: Cast, now: datetime, stages: list[str], expected: str) -> None:
    for stage, team, role in zip(stages, [cast.wick, cast.hackney], [Role.SERGEANT, Role.CONTRIBUTOR], strict=False):
        appointing.appoint(user=cast.mel, role=role, team=team, starts_on=now.date(), stage=stage, by=None, now=now)
    assert channels.stage_of(cast.mel, cast.wick, now) == expected


def test_a_stage_as_mentor_or_elsewhere_does_not_count(cast: Cast, now: datetime) -> None:
    appointing.appoint(
        user=cast.mel,
        role=Role.MENTOR,
        team=cast.wick,
        starts_on=now.date(),
        stage=Stage.TRUSTED,
        by=None,
        now=now,
    )
    assert channels.stage_of(cast.mel, cast.wick, now) == Stage.PROBATION
    assert channels.stage_of(cast.mel, cast.kilburn, now) == Stage.TRUSTED


@pytest.fixture
def whole_force(cast: Cast, now: datetime) -> int:
    """679 wards and a channel on each network for nearly all; returns how many teams there are."""
    wards = Team.objects.bulk_create(
        Team(kind=Team.Kind.WARD, code=f"E0599{n:04}", name=f"Ward {n}", parent=cast.brent) for n in range(676)
    )
    Channel.objects.bulk_create(
        Channel(network=network, team=ward, handle=f"W{ward.pk}", name=ward.name, created_at=now)
        for ward in wards
        for network in Channel.Network.values
    )
    return Team.objects.count()


def test_a_force_wide_appointment_is_written_in_a_few_queries(
    cast: Cast, now: datetime, whole_force: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(60):
        rights.sync(cast.dee, now=now)
    assert channels.visible_to(cast.dee).count() == 3 + 676 * 2
    assert channels.teams_for(cast.dee, "view_team").count() == whole_force
    with django_assert_max_num_queries(12):
        rights.sync(cast.dee, now=now)


def test_a_second_person_in_the_same_place_is_one_row(
    cast: Cast, now: datetime, whole_force: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rights.sync(cast.dee, now=now)
    rows, eve = GroupObjectPermission.objects.count(), User.objects.create(username="eve")
    with django_assert_max_num_queries(30):
        appointing.appoint(user=eve, role=Role.DMC_EDITOR, team=cast.force, starts_on=now.date(), by=None, now=now)
    assert GroupObjectPermission.objects.count() == rows
    assert channels.channels_for(eve, "review_dmc").count() == 3 + 676 * 2


def test_those_appointed_before_the_right_was_there_get_it_with_the_next_tick(cast: Cast, now: datetime) -> None:
    audited = GroupObjectPermission.objects.filter(permission__codename="read_audit")
    audited.delete()
    import_module("accounts.migrations.0005_read_audit").write_again(apps, None)
    assert rights.sync_due(now=now) == 2
    assert set(held.people(audited)) == {cast.hana, cast.cora}
