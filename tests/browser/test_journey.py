"""The main job, whole: connect, write, mend, submit, approve, out at its minute on both networks, numbers on the ward's
page. Real browser, worker, broker and clients; the sergeant on a phone, the DMC at a desk."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, WIDE
from tests.conftest import PASSWORD
from tests.platforms.control import tell
from tests.publishing.rig import Rig, rig

LONDON = ZoneInfo("Europe/London")
TEXT = "Two new lamps are on by the library steps. Tell us where it is still dark & we will look. Thanks @MSPHomerton"
MENDED = TEXT.replace("@MSPHomerton", "@MPSHomerton")
ALT = "Two new street lamps shining over the library steps at dusk"
# Numbers are asked for after a second and again every few, so that the story ends today.
SOON = ",".join(str(seconds / 3600) for seconds in range(1, 240, 3))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Rig]:
    with rig(tmp_path, METRIC_AGES_HOURS=SOON) as console:
        console.run("people")
        for network, handle in (("x", "MPSHomerton"), ("facebook", "HomertonPolice")):
            tell(console.running, "accounts", {"network": network, "handle": handle, "name": "Homerton Police"})
        console.start_web()
        console.start_worker()
        console.start_beat()
        yield console


def somebody(browser: Browser, desk: Rig, name: str, size: tuple[int, int]) -> Page:
    """A person at a device of their own, signed in through the sign-in page."""
    context = browser.new_context(
        base_url=desk.env["BASE_URL"], viewport={"width": size[0], "height": size[1]},
        locale="en-GB", timezone_id="Europe/London",
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto("/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Today").first).to_be_visible()
    return page


def connect(page: Page, network: str, handle: str) -> None:
    """Walk through the network's own pages for a channel of Homerton's that nobody has connected yet."""
    page.goto("/channels/")
    page.get_by_role("link", name=re.compile(handle if network == "X" else "Homerton Police")).first.click()
    page.get_by_role("button", name=f"Connect to {network}").click()
    page.get_by_role("button", name=f"Go on to {network}").click()
    if network == "Facebook":
        page.locator("input[name=account]").first.check()
    page.get_by_label(re.compile("Homerton Police")).check()
    page.locator("#allow").click()
    expect(page.get_by_text("accepts the login, and updates go out")).to_be_visible()


def photograph() -> bytes:
    """A picture that tells where it was taken."""
    image, kept = Image.new("RGB", (800, 500), "#1f3a5f"), io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 32.0, 50.0), 3: "W", 4: (0.0, 2.0, 40.0)})
    image.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def write(page: Page, minute: datetime) -> None:
    """Words with a slip that the check finds, one tap to mend it, a picture with its words, a time."""
    page.goto("/posts/new/")
    page.get_by_label("What do you want to tell your neighbours?").fill(TEXT)
    expect(page.get_by_text("That is not one of our accounts").first).to_be_visible()
    page.get_by_role("button", name=re.compile("@MPSHomerton")).first.click()
    expect(page.get_by_label("What do you want to tell your neighbours?")).to_have_value(MENDED)
    page.locator("#id_pictures").set_input_files(
        {"name": "lamps.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    )
    expect(page.get_by_text("Location data was removed from your picture")).to_be_visible()
    page.get_by_label("What does picture 1 show?").fill(ALT)
    page.get_by_label("No, nobody").check()
    page.get_by_label("At a time").check()
    page.get_by_label("Day").fill(f"{minute:%Y-%m-%d}")
    page.get_by_label("Time in London").fill(f"{minute:%H:%M}")
    page.get_by_role("button", name="Send for review").click()
    expect(page.get_by_role("heading", name="Send exactly this?")).to_be_visible()
    page.get_by_role("button", name="Yes, send this").click()


def approve(page: Page) -> None:
    page.goto("/review/")
    page.get_by_role("link", name=re.compile("Two new lamps")).first.click()
    expect(page.get_by_text("library steps").first).to_be_visible()
    page.get_by_role("button", name="Approve exactly this").click()
    expect(page.get_by_text(re.compile("approved", re.I)).first).to_be_visible()


def a_minute_from_now() -> datetime:
    """The next whole minute that leaves time to write and approve: 50 seconds at least, also on a busy machine."""
    soon = datetime.now(LONDON) + timedelta(seconds=110)
    return soon.replace(second=0, microsecond=0)


@pytest.mark.live
def test_one_ward_post_goes_from_a_phone_to_the_public_and_back(browser: Browser, desk: Rig) -> None:
    admin = somebody(browser, desk, "sam", WIDE)
    connect(admin, "X", "MPSHomerton")
    connect(admin, "Facebook", "HomertonPolice")

    minute = a_minute_from_now()
    sergeant = somebody(browser, desk, "ada", PHONE)
    write(sergeant, minute)
    approve(somebody(browser, desk, "rex", WIDE))

    told = desk.wait_until_final(150)
    assert [row["state"] for row in told] == ["published", "published"]
    live = desk.live()
    assert {post["text"] for post in live} == {MENDED}
    assert [picture["alt"] for post in live for picture in post["pictures"]] == [ALT, ALT]
    assert not any(picture["has_metadata"] for post in live for picture in post["pictures"])
    first = min(datetime.fromisoformat(post["created_at"]) for post in live)
    assert minute <= first.astimezone(LONDON) < minute + timedelta(seconds=30)

    see_it_in_public(browser, desk)
    see_where_it_stands(sergeant, told[0]["post"])
    for post in live:
        tell(desk.running, "engage", {"post": post["id"], "likes": 1234, "replies": 56, "impressions": 7890})
    see_the_numbers(sergeant)


def see_it_in_public(browser: Browser, desk: Rig) -> None:
    """As a neighbour who has never signed in anywhere."""
    neighbour = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}).new_page()
    for path in ("x-www/MPSHomerton", "fb-www/HomertonPolice"):
        neighbour.goto(f"{desk.running.url}/{path}")
        expect(neighbour.get_by_text("Two new lamps are on by the library steps").first).to_be_visible()
        expect(neighbour.get_by_alt_text(ALT).first).to_be_visible()
        expect(neighbour.get_by_text("SIMULATION").first).to_be_visible()


def see_where_it_stands(page: Page, post: int) -> None:
    page.goto(f"/posts/{post}/")
    for words in ("On X since", "On Facebook since"):
        expect(page.get_by_text(words).first).to_be_visible()


def see_the_numbers(page: Page) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        page.goto("/numbers/wards/E05009376/")
        if page.get_by_text(re.compile(r"2,4\d\d|1,2\d\d")).count():
            break
        page.wait_for_timeout(2_000)
    expect(page.get_by_text("Two new lamps").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"2,4\d\d|1,2\d\d")).first).to_be_visible()
