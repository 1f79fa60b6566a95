from __future__ import annotations

from collections.abc import Callable

from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD, Cast


def test_a_sergeant_signs_in_and_out(page: Page, cast: Cast, assert_quiet: Callable[[], None]) -> None:
    cache.clear()
    page.goto("/posts/")
    page.get_by_label("User name").fill("ada")
    page.get_by_label("Password", exact=True).fill("not-the-password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("The user name or the password is not right")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url("/posts/")
    page.locator("summary", has_text=cast.ada.display_name).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert_quiet()


def test_the_menu_closes_with_escape_and_gives_the_focus_back(
    page: Page, cast: Cast, sign_in: Callable[[Page, object], None]
) -> None:
    sign_in(page, cast.ada)
    page.goto("/")
    menu = page.locator("summary", has_text=cast.ada.display_name)
    menu.click()
    expect(page.get_by_role("link", name="Change your password")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Change your password")).to_be_hidden()
    expect(menu).to_be_focused()
