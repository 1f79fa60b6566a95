"""From asking for a channel to its first day: what the inspector, the commander, security, the administrator and the
head of the DMC see and do. The network answers for itself: a real sandbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts import logins, rights
from accounts.models import Appointment, Channel, Completion, Role, User
from accounts.models.training import Part
from accounts.provisioning import signing
from accounts.provisioning.gates import SEATS
from accounts.training import records
from platforms.base import Credentials, Identity
from sandbox.launch import Running, start
from tests.browser.conftest import PHONE, SignIn
from tests.conftest import Cast
from tests.factories import make_post
from tests.platforms.control import tell
from tests.platforms.wire import sandbox_config

BIO = "Your Hackney Wick team. Not for reporting crime: call 101, or 999 in an emergency. House rules below."
PEOPLE = {"ines": (Role.INFOSEC, "force"), "bo": (Role.MANAGER, "hackney"), "wyn": (Role.SERGEANT, "wick")}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> object:
    with start(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def people(cast: Cast) -> dict[str, User]:
    now, made = timezone.now(), {}
    for name, (role, team) in PEOPLE.items():
        made[name] = User.objects.create(username=name, first_name=name.title(), last_name="Sandell")
        since = (now - timedelta(days=30)).date()
        Appointment.objects.create(
            user=made[name], role=role, team=getattr(cast, team), stage="trusted", starts_on=since, made_at=now
        )
    for part in Part:
        records.keep(user=made["wyn"], part=part, on=now.date(), origin=Completion.Origin.FILE, by=None, now=now)
    rights.sync_people([user.pk for user in made.values()], now=now)
    return made


def ask(page: Page) -> None:
    page.goto("/channels/open/?team=E05009374")
    for label, words in (
        ("Who is it for?", "Residents of Hackney Wick"), ("What did residents ask for?", "News of the towpath."),
        ("Why are e-mail", "Few read the borough’s."), ("Owner", "wyn"), ("Deputy", "con"),
        ("Who covers leave", "con"), ("Mentor", "rex"),
    ):  # fmt: skip
        page.get_by_label(label, exact=label != "Why are e-mail").fill(words)
    page.get_by_role("button", name="Ask for this channel").click()
    expect(page.get_by_role("heading", name="@MPSHackneyWick has passed 0 of 8 gates")).to_be_visible()


def sign(page: Page, channel: Channel, gate: int) -> None:
    """Find it on the board, where it stands first, and sign."""
    page.goto("/channels/board/?mine=1")
    page.get_by_role("link", name="@MPSHackneyWick").click()
    card = page.locator(f"#gate-{gate}")
    card.get_by_label("What have you seen, and where is it kept?").fill("Seen, and kept in the folder of the ward.")
    card.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Signed.", exact=True)).to_be_visible()


def connect(channel: Channel, running: Running, by: User) -> None:
    """As the network's own pages would end; they have their own tests."""
    shown = {"about": BIO, "link": "https://www.met.police.uk/rules", "picture": True}
    facts = {"network": "x", "handle": channel.handle, "name": "Hackney Wick Police"}
    made = tell(running, "accounts", facts | shown)
    minted = tell(running, "tokens", {"network": "x", "account": made["id"], "kind": "oauth1"})
    login = Credentials("oauth1", minted["token"], minted["secret"])
    identity = Identity(str(made["id"]), channel.handle, "Hackney Wick Police")
    logins.keep_credentials(channel=channel, identity=identity, credentials=login, by=by, now=timezone.now())


@pytest.mark.parametrize("width", [PHONE], indirect=True)
def test_a_channel_is_asked_for_signed_gate_by_gate_and_live(
    cast: Cast,
    people: dict[str, User],
    running: Running,
    settings: Settings,
    page: Page,
    sign_in: SignIn,
    assert_quiet: Callable[[], None],
) -> None:
    settings.PLATFORMS = sandbox_config(running.url)
    page.set_default_timeout(20_000)  # its first page is the first of the whole process
    sign_in(page, people["bo"])
    ask(page)
    channel = Channel.objects.get(handle="MPSHackneyWick")
    sign_in(page, cast.olu)
    sign(page, channel, 1)
    connect(channel, running, cast.sam)
    hands = {"owner": cast.olu, "owner_dmc": cast.dee, "training": cast.sam, "practice": cast.rex, "records": cast.cora}
    for seat, by in hands.items():
        signing.sign(application=channel.application, seat=SEATS[seat].key, evidence="Seen.", by=by, now=timezone.now())
    sign_in(page, people["ines"])
    sign(page, channel, 6)
    sign_in(page, cast.sam)
    page.goto(f"/channels/{channel.pk}/application/")
    page.get_by_role("button", name="Look at the profile").click()
    expect(page.get_by_text("everything is as it should be")).to_be_visible()
    sign(page, channel, 5)
    sign_in(page, cast.hana)
    page.goto(f"/channels/{channel.pk}/application/")
    expect(page.get_by_text("0 of its first 5 updates approved")).to_be_visible()
    for number in range(1, 6):
        now = timezone.now()
        said = {"text": f"Surgery {number} at the library.", "publish_at": now + timedelta(days=number)}
        make_post(cast, "approved", author=people["wyn"], channels=[channel], **said, now=now)
    sign(page, channel, 8)
    expect(page.get_by_role("heading", name="@MPSHackneyWick is live")).to_be_visible()
    channel.refresh_from_db()
    assert channel.may_speak
    assert_quiet()
