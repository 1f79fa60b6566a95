"""Where people are signed in, and that signing them out is felt at their next click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts import appointing, rights, sessions
from accounts.models import AuditEntry, Notice, User
from tests.conftest import PASSWORD, Cast

ClientFor = Callable[[User], Client]
PHONE = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(cast: Cast) -> None:
    cache.clear()
    rights.sync_people(User.objects.values_list("pk", flat=True), now=timezone.now())


def sign_in(name: str, browser: str = PHONE) -> Client:
    client = Client(headers={"user-agent": browser})
    assert client.post("/sign-in/", {"login": name, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/notices/").status_code == 200


def test_the_list_names_device_and_address_and_marks_this_one(cast: Cast) -> None:
    sign_in("ada")
    here = sign_in("ada", "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
    text = here.get("/sessions/").text
    assert "Firefox on Windows" in text and "Chrome on Android" in text and "127.0.0.1" in text
    assert text.index("Firefox on Windows") < text.index("This one") < text.index("Chrome on Android")


def test_signing_out_everywhere_else_keeps_this_one(cast: Cast) -> None:
    there, here = sign_in("ada"), sign_in("ada")
    here.post("/sessions/")
    assert is_in(here) and not is_in(there)
    assert AuditEntry.objects.get(action="sessions.ended").facts["places"] == 1


def test_nobody_ends_a_session_of_somebody_else_by_its_number(cast: Cast) -> None:
    ada, rex = sign_in("ada"), sign_in("rex")
    number = UserSession.objects.get(user=cast.ada).pk
    assert rex.post(reverse("accounts:end_session", args=[number])).status_code == 404
    assert is_in(ada)


def test_an_administrator_signs_somebody_out_with_a_reason_that_they_read(cast: Cast, client_for: ClientFor) -> None:
    ada, sam = sign_in("ada"), client_for(cast.sam)
    address = reverse("accounts:sessions_of", args=[cast.ada.pk])
    assert "Chrome on Android" in sam.get(address).text
    refused = sam.post(address, {"reason": ""})
    assert refused.status_code == 422 and "Say why" in refused.text and is_in(ada)
    sam.post(address, {"reason": "Your phone was found in a taxi."})
    assert not is_in(ada)
    assert "found in a taxi" in Notice.objects.get(to=cast.ada, kind="sign_in.changed").words


def test_who_looks_after_no_sign_ins_neither_sees_nor_ends_them(cast: Cast, client_for: ClientFor) -> None:
    for who in (cast.rex, cast.hana, cast.dee):
        client = client_for(who)
        assert client.get(reverse("accounts:signed_in")).status_code == 403
        assert client.get(reverse("accounts:sessions_of", args=[cast.ada.pk])).status_code == 404
        with pytest.raises(PermissionDenied):
            sessions.end(user=cast.ada, by=who, reason="For no reason.", now=timezone.now())


def test_a_lost_second_factor_is_taken_away_by_somebody_else_alone(cast: Cast, client_for: ClientFor) -> None:
    Authenticator.objects.create(user=cast.ada, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
    sam = client_for(cast.sam)
    sam.post(reverse("accounts:take_factor", args=[cast.ada.pk]), {"reason": "Phone and codes are lost."})
    assert not Authenticator.objects.filter(user=cast.ada).exists()
    assert AuditEntry.objects.get(action="second_factor.taken_away").facts["reason"] == "Phone and codes are lost."
    with pytest.raises(PermissionDenied):
        sessions.take_factor_away(user=cast.sam, by=cast.sam, reason="I lost it.", now=timezone.now())


def test_a_factor_that_guards_more_than_ones_own_teams_is_not_ones_own_to_take(
    cast: Cast, client_for: ClientFor
) -> None:
    """An administrator of one borough, and somebody of that borough who also decides for the whole force."""
    now = timezone.now()
    appointing.appoint(user=cast.mel, role="dmc_admin", team=cast.hackney, starts_on=now.date(), by=cast.sam, now=now)
    beside = appointing.appoint(
        user=cast.ada, role="dmc_editor", team=cast.force, starts_on=now.date(), by=cast.sam, now=now
    )
    Authenticator.objects.create(user=cast.ada, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone"})
    told = {"user": cast.ada, "reason": "Phone and codes are lost.", "now": now}
    page, address = (
        reverse("accounts:sessions_of", args=[cast.ada.pk]),
        reverse("accounts:take_factor", args=[cast.ada.pk]),
    )
    shown = client_for(cast.mel).get(page).text
    assert address not in shown and "teams that you do not look after" in shown
    assert address in client_for(cast.sam).get(page).text
    with pytest.raises(PermissionDenied, match="other teams"):
        sessions.take_factor_away(by=cast.mel, **told)
    assert Authenticator.objects.filter(user=cast.ada).exists()
    appointing.end(appointment=beside, by=cast.sam, now=now)
    sessions.take_factor_away(by=cast.mel, **told)
    assert not Authenticator.objects.filter(user=cast.ada).exists()


def test_the_end_of_the_last_appointment_signs_out_and_of_one_of_two_does_not(cast: Cast) -> None:
    now = timezone.now()
    ada, tess = sign_in("ada"), sign_in("tess")
    appointing.appoint(user=cast.tess, role="contributor", team=cast.wick, starts_on=now.date(), by=cast.sam, now=now)
    for who in (cast.ada, cast.tess):
        appointing.end(appointment=who.appointments.get(role="sergeant"), by=cast.sam, now=now)
    assert not is_in(ada) and is_in(tess)


def test_an_appointment_that_runs_out_by_its_date_signs_out_too(cast: Cast) -> None:
    ada = sign_in("ada")
    cast.ada.appointments.update(ends_on=timezone.now().date())
    rights.sync_due(now=timezone.now() + timedelta(days=1))
    assert not is_in(ada)


def test_when_somebody_was_last_seen_is_known_to_five_minutes(cast: Cast) -> None:
    client, now = sign_in("ada"), timezone.now()
    for minutes, noted in ((3, 0), (12, 12), (14, 12)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            client.get("/notices/")
        seen = UserSession.objects.get(user=cast.ada).last_seen_at
        assert round((seen - now).total_seconds() / 60) == noted


def test_where_nobody_is_signed_in_any_more_no_address_is_kept(cast: Cast) -> None:
    sign_in("ada")
    gone = sign_in("rex")
    gone.post("/sign-in/out/")
    Session.objects.filter(session_key=UserSession.objects.get(user=cast.ada).session_key).update(
        expire_date=timezone.now()
    )
    sessions.forget(now=timezone.now())
    assert not UserSession.objects.exists()


def test_the_list_of_everybody_costs_the_same_however_many_are_in(
    cast: Cast, client_for: ClientFor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sam = client_for(cast.sam)
    for who in ("ada", "rex", "mel", "tess"):
        sign_in(who)
    with django_assert_max_num_queries(14):
        page = sam.get(reverse("accounts:signed_in"))
    assert "4 people are signed in" in page.text and cast.mel.display_name in page.text
