"""Passkeys in a real Chromium, whose fingerprint reader is the browser's own virtual one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import CDPSession, Page, expect

from accounts.models import AuditEntry
from tests.browser.conftest import PHONE
from tests.conftest import PASSWORD, Cast


@pytest.fixture
def width() -> tuple[int, int]:
    return PHONE


@pytest.fixture
def device(page: Page) -> CDPSession:
    """A phone that keeps passkeys and knows its owner's finger."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kept = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": kept})
    return device


def type_password(page: Page) -> None:
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, cast: Cast) -> None:
    page.locator("summary", has_text=cast.ada.display_name).click()
    page.get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_then_opens_the_door_as_second_step_and_alone(
    page: Page,
    cast: Cast,
    device: CDPSession,
    assert_quiet: Callable[[], None],
    assert_accessible: Callable[[Page], None],
) -> None:
    cache.clear()
    page.goto("/")
    type_password(page)
    page.get_by_role("link", name="Set it up").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What do you call it?").fill("Force phone")
    assert_accessible(page)
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.get_by_role("heading", name="Keep these 10 codes now")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page, cast)

    type_password(page)
    expect(page.get_by_role("heading", name="Now your second factor")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.locator("summary", has_text=cast.ada.display_name)).to_be_visible()
    page.goto("/sign-in/second-factor/")
    expect(page.get_by_text("Force phone", exact=True).first).to_be_visible()
    assert_accessible(page)
    sign_out(page, cast)

    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("summary", has_text=cast.ada.display_name)).to_be_visible()
    assert_quiet()
    assert AuditEntry.objects.filter(action="second_factor.added", facts__what="A passkey").count() == 1


def test_a_device_that_does_not_know_its_owner_says_so_in_words(
    page: Page, cast: Cast, sign_in: Callable[[Page, object], None], device: CDPSession
) -> None:
    sign_in(page, cast.ada)
    page.goto("/sign-in/second-factor/passkeys/add/")
    device.send("WebAuthn.disable")
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": False,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.get_by_role("button", name="Add this passkey").click()
    expect(page.locator("#trouble")).to_contain_text("did not confirm")
