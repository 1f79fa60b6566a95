from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts import appointing, connecting, rights, vault
from accounts.errors import Conflict
from accounts.models import AuditEntry, Channel, Connection, Credential, Role
from platforms.base import Credentials, Identity
from platforms.errors import LoginExpired
from platforms.facebook_connect import SCOPES
from tests.accounts.conftest import World
from tests.conftest import Cast
from tests.platforms.control import ask, decide, tell

pytestmark = pytest.mark.django_db
Fresh = Callable[..., Channel]


def login_of(channel: Channel) -> dict[str, object]:
    return vault.open(Credential.objects.get(channel=channel).sealed)


def secrets_of(channel: Channel) -> list[str]:
    login = login_of(channel)
    return [str(login[name]) for name in ("token", "secret", "refresh_token") if login[name]]


# ---- X ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("connector", "kind"), [("x", "oauth1"), ("x-oauth2", "oauth2")])
def test_an_account_on_x_is_connected_and_verified(
    world: World, cast: Cast, fresh: Fresh, connector: str, kind: str
) -> None:
    channel = fresh("x")
    account = world.account("x", channel.handle.lower(), "Hackney Wick Police")
    client = world.client_for(cast.sam)
    page = world.allow_x(client, channel, account, connector=connector)
    channel.refresh_from_db()
    assert (channel.state, channel.external_id, channel.name) == ("live", account, "Hackney Wick Police")
    assert channel.verified_at is not None
    assert channel.credential.kind == kind
    assert "is connected and may publish" in page.content.decode()
    assert connecting.network_for(channel, now=timezone.now()).verify().external_id == account


def test_no_secret_reaches_a_page_the_audit_or_the_database_in_clear(world: World, cast: Cast, fresh: Fresh) -> None:
    channel = fresh("x")
    page = world.allow_x(world.client_for(cast.sam), channel, world.account("x", channel.handle))
    written = str(list(AuditEntry.objects.values_list("facts", flat=True))) + page.content.decode()
    kept = bytes(channel.credential.sealed)
    for secret in secrets_of(channel):
        assert secret not in written
        assert secret.encode() not in kept
        assert secret not in repr(channel.credential)
    assert set(Connection.objects.values_list("sealed", flat=True)) == {b""}


@pytest.mark.parametrize("connector", ["x", "x-oauth2"])
def test_the_wrong_account_is_explained_and_not_kept(world: World, cast: Cast, fresh: Fresh, connector: str) -> None:
    channel = fresh("x")
    stranger = world.account("x", f"Other{channel.pk}")
    page = world.allow_x(world.client_for(cast.sam), channel, stranger, connector=connector).content.decode()
    assert f"as @Other{channel.pk}, but this channel is @{channel.handle}" in page
    assert "Nothing was changed" in page
    channel.refresh_from_db()
    assert channel.state == "new"
    assert not Credential.objects.filter(channel=channel).exists()


@pytest.mark.parametrize("connector", ["x", "x-oauth2"])
def test_saying_no_on_x_changes_nothing(world: World, cast: Cast, fresh: Fresh, connector: str) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    params = decide(world.begin(client, channel, connector), decision="deny")
    page = world.come_back(client, params).content.decode()
    assert "cancelled on X" in page
    assert Channel.objects.get(pk=channel.pk).state == "new"


def test_a_good_login_outlives_a_reconnection_with_the_wrong_account(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    world.allow_x(client, channel, world.account("x", channel.handle))
    before = login_of(channel)
    world.allow_x(client, channel, world.account("x", f"Other{channel.pk}"))
    assert login_of(channel) == before
    assert Channel.objects.get(pk=channel.pk).state == "live"


def test_a_broken_channel_is_live_again_once_reconnected(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    account = world.account("x", channel.handle)
    world.allow_x(client, channel, account)
    connecting.mark_broken(channel=channel, reason="X no longer accepts this login.", now=timezone.now())
    before = login_of(channel)
    world.allow_x(client, channel, account)
    channel.refresh_from_db()
    assert (channel.state, channel.problem) == ("live", "")
    assert login_of(channel) != before


def test_one_account_cannot_be_two_channels(world: World, cast: Cast, fresh: Fresh) -> None:
    first, second, client = fresh("facebook"), fresh("facebook", cast.homerton), world.client_for(cast.sam)
    page = world.account("facebook", first.handle, "One Page")
    world.allow_pages(client, first, page)
    world.allow_pages(client, second, page)
    walk = Connection.objects.latest("pk")
    answer = client.post(reverse("accounts:choose", args=[walk.pk]), {"page": page}, follow=True)
    assert "Another channel of the console already is this account" in answer.content.decode()
    assert Channel.objects.get(pk=second.pk).state == "new"


# ---- whose walk it is ---------------------------------------------------------------------------


@pytest.mark.parametrize("connector", ["x", "x-oauth2"])
def test_a_way_back_works_once(world: World, cast: Cast, fresh: Fresh, connector: str) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    account = world.account("x", channel.handle)
    params = decide(world.begin(client, channel, connector), account=account, decision="allow")
    assert world.come_back(client, params).status_code == 200
    before = login_of(channel)
    replayed = world.come_back(client, params)
    assert replayed.status_code == 409
    assert "has been used already" in replayed.content.decode()
    assert login_of(channel) == before


def test_another_administrator_cannot_use_the_way_back(world: World, cast: Cast, fresh: Fresh, now: datetime) -> None:
    channel = fresh("x")
    appointing.appoint(
        user=cast.olu, role=Role.DMC_ADMIN, team=cast.force, starts_on=now.date(), by=cast.sam, now=timezone.now()
    )
    url = world.begin(world.client_for(cast.sam), channel, "x-oauth2")
    params = decide(url, account=world.account("x", channel.handle), decision="allow")
    assert world.come_back(world.client_for(cast.olu), params).status_code == 409
    assert Channel.objects.get(pk=channel.pk).state == "new"


def test_the_same_person_in_another_browser_cannot_use_the_way_back(world: World, cast: Cast, fresh: Fresh) -> None:
    channel = fresh("x")
    url = world.begin(world.client_for(cast.sam), channel, "x")
    params = decide(url, account=world.account("x", channel.handle), decision="allow")
    assert world.come_back(world.client_for(cast.sam), params).status_code == 409


@pytest.mark.parametrize("params", [{}, {"state": "guessed", "code": "c"}, {"oauth_token": "guessed"}, {"denied": "x"}])
def test_a_way_back_nobody_began_is_refused(world: World, cast: Cast, params: dict[str, str]) -> None:
    assert world.come_back(world.client_for(cast.sam), params).status_code == 409


def test_a_walk_left_lying_is_forgotten_with_its_secrets(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    params = decide(world.begin(client, channel, "x"), account=world.account("x", channel.handle), decision="allow")
    assert connecting.forget_abandoned(now=timezone.now() + timedelta(hours=1)) == 1
    assert bytes(Connection.objects.get().sealed) == b""
    assert world.come_back(client, params).status_code == 409


def test_who_loses_the_appointment_on_the_way_does_not_come_back(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    params = decide(world.begin(client, channel, "x"), account=world.account("x", channel.handle), decision="allow")
    appointing.end(appointment=cast.sam.appointments.get(), by=None, now=timezone.now())
    assert world.come_back(client, params).status_code == 403
    assert Channel.objects.get(pk=channel.pk).state == "new"


# ---- Facebook -----------------------------------------------------------------------------------


def test_the_page_with_the_channels_name_is_taken_among_several(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("facebook"), world.client_for(cast.sam)
    ours = world.account("facebook", channel.handle, "Wick")
    other = world.account("facebook", f"other.{channel.pk}", "Other")
    world.allow_pages(client, channel, ours, other)
    channel.refresh_from_db()
    assert (channel.state, channel.external_id, channel.name) == ("live", ours, "Wick")


def test_the_person_chooses_among_pages_that_are_called_otherwise(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("facebook"), world.client_for(cast.sam)
    first = world.account("facebook", f"page.a{channel.pk}", "First Page")
    second = world.account("facebook", f"page.b{channel.pk}", "Second Page")
    asked = world.allow_pages(client, channel, first, second).content.decode()
    assert "First Page" in asked
    assert "Second Page" in asked
    assert Channel.objects.get(pk=channel.pk).state == "new"
    walk = Connection.objects.get()
    wrong = client.post(reverse("accounts:choose", args=[walk.pk]), {"page": "999"})
    assert wrong.status_code == 422
    client.post(reverse("accounts:choose", args=[walk.pk]), {"page": second})
    channel.refresh_from_db()
    assert (channel.state, channel.external_id, channel.name) == ("live", second, "Second Page")
    assert client.get(reverse("accounts:choose", args=[walk.pk])).status_code == 404


def test_a_page_without_the_permission_to_post_is_not_kept(world: World, cast: Cast, fresh: Fresh) -> None:
    channel = fresh("facebook")
    page = world.account("facebook", channel.handle)
    scopes = tuple(scope for scope in SCOPES if scope != "pages_manage_posts")
    answer = world.allow_pages(world.client_for(cast.sam), channel, page, scopes=scopes).content.decode()
    assert "pages_manage_posts is missing" in answer
    assert not Credential.objects.filter(channel=channel).exists()


def test_saying_no_on_facebook_changes_nothing(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("facebook"), world.client_for(cast.sam)
    params = decide(world.begin(client, channel, "facebook"), account="122000000000001", decision="deny")
    assert "cancelled on Facebook" in world.come_back(client, params).content.decode()
    assert Channel.objects.get(pk=channel.pk).state == "new"


def test_allowing_no_page_is_explained(world: World, cast: Cast, fresh: Fresh) -> None:
    channel = fresh("facebook")
    assert "did not allow any Page" in world.allow_pages(world.client_for(cast.sam), channel).content.decode()


def subscribed(world: World, channel: Channel) -> list[str]:
    """The requests with which the console asked to be told of this Page."""
    calls = ask(world.running, "requests?limit=20000")["requests"]
    asked = [call for call in calls if call["path"].partition("?")[0] == f"/fb/{channel.external_id}/subscribed_apps"]
    return [f"{call['method']} {call['status']}" for call in asked]


@pytest.mark.parametrize(("word", "asked"), [("", []), ("sbx_our_word", ["POST 200"])])
def test_connecting_a_page_asks_to_be_told_of_it_only_where_there_is_a_receiver(
    world: World, cast: Cast, fresh: Fresh, settings: Settings, word: str, asked: list[str]
) -> None:
    settings.FACEBOOK_WEBHOOK_TOKEN = word
    channel = fresh("facebook")
    world.allow_pages(world.client_for(cast.sam), channel, world.account("facebook", channel.handle, "Wick"))
    channel.refresh_from_db()
    assert (channel.state, subscribed(world, channel)) == ("live", asked)
    assert AuditEntry.objects.filter(action="channel.subscribed").count() == len(asked)


def test_a_page_of_which_facebook_will_not_tell_us_is_connected_all_the_same_and_it_is_noted(
    world: World, cast: Cast, fresh: Fresh, settings: Settings
) -> None:
    settings.FACEBOOK_WEBHOOK_TOKEN = "sbx_our_word"
    channel = fresh("facebook")
    page = world.account("facebook", channel.handle, "Wick")
    scopes = tuple(scope for scope in SCOPES if scope != "pages_manage_metadata")
    answer = world.allow_pages(world.client_for(cast.sam), channel, page, scopes=scopes)
    channel.refresh_from_db()
    assert (channel.state, subscribed(world, channel)) == ("live", ["POST 403"])
    assert "permission" in AuditEntry.objects.get(action="channel.not_subscribed").facts["reason"]
    assert "is connected and may publish" in answer.content.decode()


def test_reconnecting_wants_the_same_page_again(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("facebook"), world.client_for(cast.sam)
    world.allow_pages(client, channel, world.account("facebook", channel.handle, "Wick"))
    other = world.account("facebook", f"other.{channel.pk}", "Other")
    answer = world.allow_pages(client, channel, other).content.decode()
    assert "You allowed “Other”, but not “Wick”" in answer
    assert Channel.objects.get(pk=channel.pk).state == "live"


# ---- looking after it ---------------------------------------------------------------------------


def test_check_now_says_that_all_is_well(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    world.allow_x(client, channel, world.account("x", channel.handle))
    Channel.objects.filter(pk=channel.pk).update(state="broken", problem="an old trouble")
    answer = client.post(reverse("accounts:check", args=[channel.pk]), follow=True).content.decode()
    assert "it may publish" in answer
    channel.refresh_from_db()
    assert (channel.state, channel.problem) == ("live", "")


def test_check_now_finds_a_login_that_was_revoked(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    account = world.account("x", channel.handle)
    world.allow_x(client, channel, account)
    fault = {"platform": "x", "match": {"account": account}, "action": {"kind": "revoke_token"}, "times": 1}
    tell(world.running, "faults", fault)
    client.post(reverse("accounts:check", args=[channel.pk]))
    channel.refresh_from_db()
    assert channel.state == "broken"
    assert channel.problem
    with pytest.raises(LoginExpired):
        connecting.network_for(channel, now=timezone.now()).verify()


def test_a_network_that_does_not_answer_leaves_the_channel_as_it_was(
    world: World, cast: Cast, fresh: Fresh, settings: object
) -> None:
    channel, client = fresh("x"), world.client_for(cast.sam)
    account = world.account("x", channel.handle)
    world.allow_x(client, channel, account)
    fault = {"platform": "x", "match": {"account": account}, "action": {"kind": "status", "code": 503}, "times": 1}
    tell(world.running, "faults", fault)
    client.post(reverse("accounts:check", args=[channel.pk]))
    assert Channel.objects.get(pk=channel.pk).state == "live"


def test_a_channel_without_a_login_has_no_voice(cast: Cast, now: datetime) -> None:
    with pytest.raises(LoginExpired, match="is not connected"):
        connecting.network_for(cast.x, now=now)


def test_a_broken_channel_is_told_once(cast: Cast, now: datetime) -> None:
    for _ in range(3):
        connecting.mark_broken(channel=cast.x, reason="X said no.", now=now)
    assert AuditEntry.objects.filter(action="channel.broken").count() == 1
    assert Channel.objects.get(pk=cast.x.pk).problem == "X said no."


def test_a_login_of_somebody_else_is_never_kept(cast: Cast, now: datetime) -> None:
    stranger = Identity("999", "MPSHomerton", "Homerton Police")
    with pytest.raises(ValidationError, match="always been"):
        connecting.keep_credentials(
            channel=cast.x, identity=stranger, credentials=Credentials("oauth1", "t", "s"), by=cast.sam, now=now
        )
    assert not Credential.objects.exists()


# ---- opening ------------------------------------------------------------------------------------


def test_everyone_who_covers_the_team_has_rights_on_a_new_channel_at_once(cast: Cast, fresh: Fresh) -> None:
    channel = fresh("x", cast.homerton)
    assert cast.ada.has_perm("accounts.submit_for", channel)
    assert cast.rex.has_perm("accounts.review_for", channel)
    assert cast.dee.has_perm("accounts.review_dmc", channel)
    assert not cast.mel.has_perm("accounts.view_channel", channel)


@pytest.mark.parametrize("handle", ["", "has space", "toolongahandle16", "né"])
def test_a_handle_that_x_would_not_have_is_refused(cast: Cast, now: datetime, handle: str) -> None:
    with pytest.raises(ValidationError):
        connecting.open_channel(team=cast.wick, network="x", handle=handle, name="Wick", by=cast.sam, now=now)


def test_a_handle_in_other_capitals_is_taken(cast: Cast, now: datetime) -> None:
    with pytest.raises(ValidationError, match="already a channel"):
        connecting.open_channel(team=cast.wick, network="x", handle="@mpshomerton", name="Wick", by=cast.sam, now=now)


@pytest.mark.parametrize("who", ["ada", "rex", "dee", "hana", "olu", "cora"])
def test_only_an_administrator_opens_channels(cast: Cast, now: datetime, who: str) -> None:
    with pytest.raises(PermissionDenied):
        connecting.open_channel(
            team=cast.homerton, network="x", handle="MPSHom2", name="H", by=getattr(cast, who), now=now
        )


def test_a_choice_is_of_the_person_who_came_back(world: World, cast: Cast, fresh: Fresh) -> None:
    channel, client = fresh("facebook"), world.client_for(cast.sam)
    page = world.account("facebook", f"page.c{channel.pk}", "A Page")
    world.allow_pages(client, channel, page)
    walk = Connection.objects.get()
    rights.sync(cast.sam, now=timezone.now())
    other = Client()
    other.force_login(cast.sam, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert other.get(reverse("accounts:choose", args=[walk.pk])).status_code == 404
    with pytest.raises((Conflict, PermissionDenied)):
        connecting.choose(connection=walk, external_id=page, by=cast.hana, now=timezone.now())
