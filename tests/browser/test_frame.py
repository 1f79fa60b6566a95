"""What every page does by itself: the hold's bar, words for trouble, the way past the navigation."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts import notices
from accounts.models import User
from policy import holds
from tests.conftest import PASSWORD, Cast
from tests.factories import make_post

SignIn = Callable[[Page, User], None]


def test_a_hold_appears_within_seconds_on_a_page_that_is_already_open(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(page, cast.ada)
    page.clock.install()
    page.goto("/")
    expect(page.get_by_text("is on hold")).to_have_count(0)
    holds.open_hold(team=cast.hackney, reason="A serious incident.", by=cast.dee, now=timezone.now())
    page.clock.run_for(11_000)
    expect(page.get_by_text("Hackney is on hold.")).to_be_visible()


def test_what_could_not_be_done_is_said_and_the_page_stays(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(page, cast.ada)
    page.goto("/")
    page.evaluate("htmx.ajax('GET', '/posts/999999/', '#status')")
    expect(page.locator("#trouble")).to_contain_text("no longer there")
    page.context.set_offline(True)
    page.evaluate("htmx.ajax('GET', '/posts/', '#status').catch(() => {})")
    expect(page.locator("#trouble")).to_contain_text("What you typed is still here")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_who_is_signed_out_meanwhile_is_told_on_the_page(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(page, cast.ada)
    page.goto("/")
    page.context.clear_cookies()
    page.evaluate("htmx.ajax('GET', '/posts/', '#status')")
    expect(page.locator("#trouble")).to_contain_text("You have been signed out")


def test_a_number_of_two_figures_fits_beside_the_bell(page: Page, cast: Cast, sign_in: SignIn) -> None:
    for number in range(12):
        told = {"kind": f"report.{number}", "about": cast.ada, "words": "Something happened.", "now": timezone.now()}
        notices.give(to=[cast.ada], **told)
    sign_in(page, cast.ada)
    page.goto("/")
    count = page.locator(".console-bell__count")
    expect(count).to_contain_text("12")
    assert count.evaluate("one => one.scrollWidth <= one.clientWidth")
    bell, you = page.locator(".console-bell").bounding_box(), page.locator(".console-you").bounding_box()
    assert bell and you and bell["x"] + bell["width"] <= you["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_what_is_asked_under_an_update_on_hold_stands_clear_of_the_edges(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    make_post(cast, "approved", now=timezone.now())
    hold = holds.open_hold(team=cast.hackney, level=1, reason="An incident.", by=cast.dee, now=timezone.now())
    sign_in(page, cast.dee)
    page.goto(f"/holds/{hold.pk}/")
    row = page.locator(".console-list > li").first
    edge, asked = row.bounding_box(), row.get_by_role("button", name="It is still right").bounding_box()
    assert edge and asked
    assert asked["x"] >= edge["x"] + 12 and asked["x"] + asked["width"] <= edge["x"] + edge["width"] - 12


def test_two_notices_of_the_same_words_are_told_apart_by_a_screen_reader(
    page: Page, cast: Cast, sign_in: SignIn, assert_accessible: Callable[[Page], None]
) -> None:
    for about in (cast.ada, cast.rex):
        told = {"kind": "hold.asked", "words": "Homerton: is an update still right to go out?", "now": timezone.now()}
        notices.give(to=[cast.ada], about=about, needs_answer=True, **told)
    sign_in(page, cast.ada)
    page.goto("/notices/")
    expect(page.get_by_role("article")).to_have_count(2)
    assert_accessible(page)


LABELS = """() => [...document.querySelectorAll(".console-place")].map((place) => {
  const box = [...place.querySelectorAll("span")].at(-1).getBoundingClientRect();
  return [box.left, box.right, box.top];
})"""


def test_the_names_of_the_places_do_not_run_into_one_another(page: Page, cast: Cast, sign_in: SignIn) -> None:
    for who in (cast.hana, cast.dee, cast.ada):
        sign_in(page, who)
        page.goto("/")
        labels = page.evaluate(LABELS)
        assert len(labels) > 6
        beside = [(one, other) for one, other in pairwise(labels) if one[2] == other[2]]
        assert all(other[0] - one[1] >= 3 for one, other in beside), labels


def test_the_first_tab_leads_past_the_navigation(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(page, cast.ada)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_the_console_opens_without_javascript(browser: Browser, console: str, cast: Cast) -> None:
    cache.clear()
    context = browser.new_context(base_url=console, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_label("User name").fill("rex")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is waiting for your review")
    page.get_by_role("link", name="Posts", exact=True).click()
    expect(page).to_have_url("/posts/")
    context.close()
