"""A second factor: an app's code opens the door once, guessing is slowed down, and who must have one goes nowhere
without it where the force says so. Passkeys have a real browser's test (tests/browser/test_passkeys.py)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts import appointing, second_factor
from accounts.models import AuditEntry, Notice, Role, User
from accounts.roles import PASSWORD_ALONE
from tests.conftest import PASSWORD, Cast

START = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
ClientFor = Callable[[User], Client]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Coordinates]:
    """Stands still; nobody has tried yet."""
    cache.clear()
    with time_machine.travel(START, tick=False) as clock:
        yield clock


def code_of(user: User) -> str:
    """What the app shows now."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).wrap()
    return code_for(second_factor.decrypt(app.instance.data["secret"]))


def code_for(secret: str) -> str:
    counter = int(datetime.now(UTC).timestamp()) // 30
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def set_up_app(client: Client) -> list[str]:
    """Through the pages. Gives the recovery codes."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.text)
    assert secret and "<svg" in page.text and "style=" not in page.text.split("<svg")[1].split("</svg>")[0]
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret[1])})
    assert answer.status_code == 302 and answer["Location"] == reverse("mfa_view_recovery_codes")
    return re.findall(r"<code>(\d{8})</code>", client.get(answer["Location"]).text)


def begin(name: str, password: str = PASSWORD) -> Client:
    """The password's step of a sign-in."""
    client = Client()
    client.post("/sign-in/", {"login": name, "password": password})
    return client


def test_an_app_is_set_up_kept_secret_audited_and_told(cast: Cast, client_for: ClientFor) -> None:
    codes = set_up_app(client_for(cast.ada))
    assert len(codes) == 10
    kept = {one.type: one.data for one in Authenticator.objects.filter(user=cast.ada)}
    assert kept["totp"]["secret"].startswith("gAAAA") and kept["recovery_codes"]["seed"].startswith("gAAAA")
    assert AuditEntry.objects.filter(by=cast.ada, action="second_factor.added").count() == 1
    told = Notice.objects.get(to=cast.ada, kind="sign_in.changed")
    assert "authenticator app was added" in told.words and told.mail_at is not None


def test_after_the_password_nothing_opens_before_the_code(
    cast: Cast, client_for: ClientFor, clock: time_machine.Coordinates
) -> None:
    set_up_app(client_for(cast.ada))
    clock.shift(timedelta(seconds=60))
    client = begin("ada")
    assert client.get("/posts/").status_code == 302
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 422 and "not right" in wrong.text
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(cast.ada)})
    assert answer.status_code == 302 and client.get("/posts/").status_code == 200


def test_a_code_opens_the_door_once_even_when_the_cache_forgets(
    cast: Cast, client_for: ClientFor, clock: time_machine.Coordinates
) -> None:
    set_up_app(client_for(cast.ada))
    assert begin("ada").post(reverse("mfa_authenticate"), {"code": code_of(cast.ada)}).status_code == 422, "as set up"
    clock.shift(timedelta(seconds=60))
    code = code_of(cast.ada)
    assert begin("ada").post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    cache.clear()
    clock.shift(timedelta(seconds=20))  # a minute and a half it would be taken
    assert begin("ada").post(reverse("mfa_authenticate"), {"code": code}).status_code == 422


def test_the_sixth_code_is_refused_even_when_it_is_right(
    cast: Cast, client_for: ClientFor, clock: time_machine.Coordinates
) -> None:
    set_up_app(client_for(cast.ada))
    clock.shift(timedelta(seconds=60))
    for _ in range(5):
        begin("ada").post(reverse("mfa_authenticate"), {"code": "000000"})
    refused = begin("ada").post(reverse("mfa_authenticate"), {"code": code_of(cast.ada)})
    assert refused.status_code == 422 and "Too many tries" in refused.text
    clock.shift(timedelta(minutes=6))
    assert begin("ada").post(reverse("mfa_authenticate"), {"code": code_of(cast.ada)}).status_code == 302


def test_a_recovery_code_works_once_and_its_owner_is_told(
    cast: Cast, client_for: ClientFor, clock: time_machine.Coordinates
) -> None:
    codes = set_up_app(client_for(cast.ada))
    assert begin("ada").post(reverse("mfa_authenticate"), {"code": codes[3]}).status_code == 302
    assert "9 recovery codes are left" in Notice.objects.get(to=cast.ada, kind="sign_in.changed").words
    assert begin("ada").post(reverse("mfa_authenticate"), {"code": codes[3]}).status_code == 422


def test_recovery_codes_are_shown_once_and_downloaded_once(cast: Cast, client_for: ClientFor) -> None:
    client = client_for(cast.ada)
    codes = set_up_app(client)
    assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).text
    file = client.post(reverse("mfa_download_recovery_codes"))
    assert all(code in file.text for code in codes) and "attachment" in file["Content-Disposition"]
    assert client.post(reverse("mfa_download_recovery_codes")).status_code == 403
    client.post(reverse("mfa_generate_recovery_codes"))
    new = client.get(reverse("mfa_view_recovery_codes")).text
    assert codes[0] not in new and len(re.findall(r"<code>\d{8}</code>", new)) == 10


def test_where_it_is_required_nothing_else_opens_before_it_is_set_up(
    cast: Cast, client_for: ClientFor, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "required"
    client, con = client_for(cast.ada), client_for(cast.con)
    assert client.get("/posts/")["Location"] == reverse("mfa_index")
    assert client.post("/posts/new/", {"shared": "x"})["Location"] == reverse("mfa_index")
    assert "Set up a second factor to go on" in client.get(reverse("mfa_index")).text
    assert con.get("/posts/").status_code == 200, "who only writes drafts signs in with a password alone"
    set_up_app(client)
    assert client.get("/posts/").status_code == 200
    last = client.post(reverse("mfa_deactivate_totp"))
    assert last.status_code == 422 and "only second factor" in last.text


def test_without_the_last_one_other_sign_ins_end_and_this_one_is_asked_again(
    cast: Cast, client_for: ClientFor, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "required"
    elsewhere, here = client_for(cast.con), client_for(cast.con)  # who only writes drafts may go without
    set_up_app(here)
    assert elsewhere.get("/notices/").status_code == here.get("/notices/").status_code == 200
    for one in (elsewhere, here):  # as the sign-in's own middleware keeps it
        key = one.session.session_key
        UserSession.objects.get_or_create(user=cast.con, session_key=key, defaults={"ip": "127.0.0.1"})
    here.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cast.con, type__in=second_factor.KINDS).exists()
    assert elsewhere.get("/notices/")["Location"].startswith("/sign-in/")
    assert here.get("/notices/").status_code == 200
    appointing.appoint(
        user=cast.con, role=Role.SERGEANT, team=cast.wick, starts_on=START.date(), by=cast.sam, now=START
    )
    assert here.get("/notices/")["Location"] == reverse("mfa_index"), "what was kept in the session is forgotten"


def test_where_it_is_only_asked_today_says_so_and_it_may_wait(
    cast: Cast, client_for: ClientFor, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "asked"
    client = client_for(cast.ada)
    asked = "should have a second factor"
    assert asked in client.get("/").text and asked not in client_for(cast.con).get("/").text
    client.post(reverse("second_factor_later"))
    assert asked not in client.get("/").text
    settings.SECOND_FACTOR = "off"
    assert asked not in client_for(cast.ada).get("/").text


def test_only_those_who_put_nothing_before_the_public_sign_in_with_a_password_alone() -> None:
    assert {Role.CONTRIBUTOR, Role.MANAGER} == PASSWORD_ALONE


def test_a_login_that_is_closed_does_not_open_with_its_second_factor(cast: Cast, client_for: ClientFor) -> None:
    set_up_app(client_for(cast.ada))
    client = begin("ada")
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    client.post(reverse("mfa_authenticate"), {"code": code_of(cast.ada)})
    assert client.get("/").status_code == 302


def test_a_new_key_takes_the_second_factors_with_it(cast: Cast, client_for: ClientFor, settings: Settings) -> None:
    set_up_app(client_for(cast.ada))
    before = code_of(cast.ada)
    settings.FERNET_KEYS = ["bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleSE=", *settings.FERNET_KEYS]
    call_command("rotate_credentials")
    settings.FERNET_KEYS = settings.FERNET_KEYS[:1]
    assert code_of(cast.ada) == before
