"""A login that works is never traded for a worse one, whoever connects when; red is red everywhere at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connections
from django.urls import reverse
from django.utils import timezone

from accounts import lasting, logins, vault
from accounts.models import AuditEntry, Channel, Credential, Notice
from accounts.provisioning import expiry
from platforms.base import Credentials, Identity
from platforms.errors import LoginExpired, PlatformError, Refused, Unreachable
from tests.accounts.provisioning.conftest import ClientFor, Office
from tests.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = timedelta(days=1)


def me(channel: Channel) -> Identity:
    return Identity(channel.external_id, channel.handle, channel.name)


def stored(channel: Channel) -> Credentials:
    return logins.unpack(vault.open(Credential.objects.get(channel=channel).sealed))


def page(token: str, *, ends: datetime | None = None, scopes: tuple[str, ...] = ("post", "read")) -> Credentials:
    return Credentials("page", token, expires_at=ends, scopes=scopes)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (page("a"), page("b"), ""),
        (page("a"), page("b", scopes=("post",)), "read"),
        (page("a", scopes=("post",)), page("b"), ""),
        (page("a"), page("b", ends=timezone.now() + 60 * DAY), "does not end"),
        (page("a", ends=timezone.now() + 9 * DAY), page("b", ends=timezone.now() + 2 * DAY), "only until"),
        (page("a", ends=timezone.now() + 2 * DAY), page("b", ends=timezone.now() + 9 * DAY), ""),
        (page("a", ends=timezone.now() - DAY), page("b", ends=timezone.now() + DAY), ""),
        (Credentials("oauth1", "a"), Credentials("oauth2", "b", refresh_token="r", expires_at=timezone.now()), ""),
        (Credentials("oauth1", "a"), Credentials("oauth2", "b", expires_at=timezone.now() + DAY), "does not end"),
    ],
)
def test_which_login_is_worse(old: Credentials, new: Credentials, why: str) -> None:
    found = lasting.worse(old, new, now=timezone.now())
    assert (why in found) if why else not found


def test_a_worse_login_is_refused_and_the_good_one_stays_until_it_is_dead(cast: Cast, now: datetime) -> None:
    said = {"channel": cast.page, "by": cast.sam, "now": now}
    logins.keep_credentials(identity=me(cast.page), credentials=page("good"), **said)
    with pytest.raises(ValidationError, match="may also: read"):
        logins.keep_credentials(identity=me(cast.page), credentials=page("less", scopes=("post",)), **said)
    stranger = Identity("999", "MPSOther", "Other")
    with pytest.raises(ValidationError, match="not the account"):
        logins.keep_credentials(identity=stranger, credentials=page("other"), **said)
    assert stored(cast.page).token == "good"
    logins.mark_broken(channel=cast.page, reason="Dead.", now=now)
    logins.keep_credentials(identity=me(cast.page), credentials=page("less", scopes=("post",)), **said)
    assert stored(cast.page).token == "less"


@pytest.mark.django_db(transaction=True)
def test_two_who_connect_at_once_lose_no_login_and_the_worse_never_wins(cast: Cast) -> None:
    now, both = timezone.now(), Barrier(2)
    offered = [page("full"), page("less", scopes=("post",))]
    outcomes: list[str] = []

    def connect(login: Credentials) -> None:
        both.wait(10)
        for _ in range(40):
            try:
                logins.keep_credentials(
                    channel=cast.page, identity=me(cast.page), credentials=login, by=cast.sam, now=now
                )
                outcomes.append(login.token)
            except ValidationError:
                outcomes.append("refused")
            except OperationalError:
                continue  # SQLite: somebody else is writing
            break
        connections.close_all()

    people = [Thread(target=connect, args=(login,)) for login in offered]
    for person in people:
        person.start()
    for person in people:
        person.join(30)
    assert sorted(outcomes) in (["full", "less"], ["full", "refused"])
    assert stored(cast.page).token == "full"
    assert AuditEntry.objects.filter(action="channel.connected").count() == len(set(outcomes) - {"refused"})


def test_a_login_that_nobody_renews_is_told_a_week_before_and_red_when_it_is_over(cast: Cast, now: datetime) -> None:
    ends = now + 20 * DAY
    logins.keep_credentials(
        channel=cast.page, identity=me(cast.page), credentials=page("a", ends=ends), by=cast.sam, now=now
    )
    assert expiry.warn_due(now=ends - 8 * DAY) == 0
    assert expiry.warn_due(now=ends - 6 * DAY) == 1
    assert expiry.warn_due(now=ends - 5 * DAY) == 0
    assert set(Notice.objects.filter(kind=logins.ENDS).values_list("to__username", flat=True)) == {"ada", "tess", "sam"}
    assert expiry.end_due(now=ends - DAY) == 0 and expiry.end_due(now=ends) == 1
    cast.page.refresh_from_db()
    assert (cast.page.state, "ran out" in cast.page.problem) == ("broken", True)
    assert Notice.objects.filter(kind=logins.BROKEN, to=cast.ada).exists()


@pytest.mark.parametrize(
    ("trouble", "red"),
    [
        (LoginExpired("The login for this Page lost a permission it needs."), True),
        (Refused("X has suspended this account.", account=True), True),
        (Refused("X does not take this."), False),
        (Unreachable("X could not be reached."), False),
    ],
)
def test_what_a_network_says_of_the_account_turns_it_red_and_what_it_says_of_a_post_does_not(
    cast: Cast, now: datetime, trouble: PlatformError, red: bool
) -> None:
    logins.note(channel=cast.x, trouble=trouble, now=now)
    cast.x.refresh_from_db()
    assert (cast.x.state == "broken") == red


def test_red_is_on_every_page_at_once(office: Office, client_for: ClientFor, now: datetime) -> None:
    cast = office.cast
    logins.note(channel=cast.x, trouble=Refused("X has suspended this account.", account=True), now=now)
    admin, author = client_for(cast.sam), client_for(cast.ada)
    assert "Needs reconnecting" in admin.get(reverse("accounts:board")).text
    assert "X has suspended this account." in author.get(reverse("accounts:channel", args=[cast.x.pk])).text
    assert "X needs reconnecting" in admin.get(reverse("home")).text
    for name in ("home", "posts:new", "publishing:calendar"):
        assert "X has suspended this account." in author.get(reverse(name)).text, name
