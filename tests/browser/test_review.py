"""Mending with one tap, and reviewing with the keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from accounts.models import User
from policy.models import Review
from posts.models import Post
from tests.browser.conftest import WIDE
from tests.conftest import Cast
from tests.factories import PLAIN, make_post, submission_of

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]
Settle = Callable[[Page, str], None]


def test_a_finding_is_mended_with_one_tap(
    page: Page, cast: Cast, sign_in: SignIn, settle: Settle, assert_quiet: Callable[[], None]
) -> None:
    post = make_post(cast, text="🚲🚲 Found at the park: AB12 CDE. Is it yours?", now=timezone.now())
    sign_in(page, cast.ada)
    settle(page, f"/posts/{post.pk}/write/")
    expect(page.locator("#hints")).to_contain_text("1 thing to look at")
    page.locator("[data-mend]").click()
    expect(page.locator("#id_text")).to_have_value("🚲🚲 Found at the park. Is it yours?")
    expect(page.locator("#hints")).to_contain_text("found nothing to look at")
    assert_quiet()


def test_a_reviewer_works_through_the_queue_by_keys(
    page: Page, cast: Cast, sign_in: SignIn, settle: Settle, assert_quiet: Callable[[], None]
) -> None:
    now = timezone.now()
    first, second = (
        submission_of(make_post(cast, "in_review", text=f"{PLAIN} {name}", now=now - timedelta(minutes=age)))
        for name, age in (("First.", 20), ("Second.", 10))
    )
    sign_in(page, cast.rex)
    settle(page, f"/review/{first.pk}/")
    page.keyboard.press("j")
    page.wait_for_url(f"**/review/{second.pk}/")
    page.keyboard.press("k")
    page.wait_for_url(f"**/review/{first.pk}/")
    page.keyboard.press("r")
    page.select_option("#id_reason", "tone")
    expect(page.locator("#id_note")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("add a kind word for Jad and Kay.")  # A, D, J and K are letters here
    page.locator("#back-panel button[type=submit]").click()
    page.wait_for_url(f"**/review/{second.pk}/")
    page.keyboard.press("a")
    page.wait_for_url("**/review/")
    expect(page.locator("h1")).to_have_text("Nothing is waiting for you")
    assert Review.objects.get(submission=first).note.endswith("add a kind word for Jad and Kay.")
    assert Post.objects.get(pk=second.post_id).state == Post.State.APPROVED
    assert_quiet()


@pytest.mark.parametrize("width", [WIDE], ids=["wide"])  # a phone has no keys, and no help for them
def test_keys_that_are_switched_off_do_nothing(page: Page, cast: Cast, sign_in: SignIn, settle: Settle) -> None:
    waiting = submission_of(make_post(cast, "in_review", now=timezone.now()))
    sign_in(page, cast.rex)
    settle(page, f"/review/{waiting.pk}/")
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.reload()
    page.keyboard.press("r")
    expect(page.locator("#back-panel")).not_to_have_attribute("open", "")
    page.keyboard.press("a")
    settle(page, f"/review/{waiting.pk}/")
    assert not Review.objects.exists()


@pytest.mark.parametrize("width", [WIDE], ids=["wide"])  # a phone has no keys
def test_an_update_is_written_sent_back_mended_and_approved_by_keyboard_alone(
    browser: Browser, page: Page, console: str, cast: Cast, sign_in: SignIn, settle: Settle
) -> None:
    desk = browser.new_context(base_url=console, viewport={"width": WIDE[0], "height": WIDE[1]}, locale="en-GB")
    reviewer = desk.new_page()
    page.set_default_timeout(40_000)
    reviewer.set_default_timeout(40_000)
    sign_in(page, cast.ada)
    sign_in(reviewer, cast.rex)

    settle(page, "/posts/new/")
    reach(page, "#id_text")
    page.keyboard.type("The lads mended the lamp by the library.")
    expect(page.locator("#saved")).to_contain_text("Saved")
    _send(page)
    _open_the_first(reviewer)
    reviewer.keyboard.press("c")
    reach(reviewer, "#id_comment_words")
    reviewer.keyboard.type("Say who they are.")
    reach(reviewer, "#comment-panel button[type=submit]", "Enter")
    expect(reviewer.locator("#comments")).to_be_visible()
    reviewer.keyboard.press("r")
    reviewer.keyboard.press("t")  # the first reason that begins so
    reach(reviewer, "#id_note")
    reviewer.keyboard.press("End")
    reviewer.keyboard.type("name the team.")
    reach(reviewer, "#back-panel button[type=submit]", "Enter")
    reviewer.wait_for_url("**/review/")

    post = Post.objects.get()
    settle(page, f"/posts/{post.pk}/write/")
    reach(page, ".policy-comment__done", "Enter")
    expect(page.locator(".policy-comment--done")).to_be_visible()
    reach(page, "#id_text")
    page.keyboard.press("Control+a")
    page.keyboard.type("The lighting team mended the lamp by the library.")
    _send(page)
    _open_the_first(reviewer)
    expect(
        reviewer.get_by_text("These words have changed").or_(reviewer.locator(".policy-comment--done"))
    ).to_be_visible()
    reviewer.keyboard.press("a")
    reviewer.wait_for_url("**/review/")
    desk.close()
    post.refresh_from_db()
    assert post.state == Post.State.APPROVED
    assert [one.decision for one in Review.objects.order_by("pk")] == ["send_back", "approve"]


@pytest.mark.parametrize("width", [WIDE], ids=["wide"])
def test_sending_while_the_first_words_are_being_saved_makes_one_draft(
    page: Page, cast: Cast, sign_in: SignIn, settle: Settle
) -> None:
    on_their_way: list[Route] = []
    sign_in(page, cast.ada)
    settle(page, "/posts/new/")
    page.route(
        "**/posts/new/",
        lambda route: on_their_way.append(route) if "hx-request" in route.request.headers else route.continue_(),
    )
    with page.expect_request("**/posts/new/"):
        page.locator("#id_text").fill("We mended the lamp.")
    page.get_by_role("button", name="Send for review").click()
    expect(page.locator("#saved")).to_contain_text("Saving first")
    page.evaluate("document.getElementById('compose').requestSubmit()")  # the impatient press again
    on_their_way[0].continue_()
    page.wait_for_url("**/submit/")
    assert Post.objects.get().current.text_for(cast.x) == "We mended the lamp."


def reach(page: Page, selector: str, then: str = "", most: int = 80) -> None:
    """Go there with Tab, as somebody without a mouse does, and press a key."""
    page.locator(selector).first.wait_for()
    there = "(selector) => document.activeElement === document.querySelector(selector)"
    for _ in range(most):
        if page.evaluate(there, selector):
            if then:
                page.keyboard.press(then)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with Tab")


def _send(page: Page) -> None:
    reach(page, "#compose button[value=submit]", "Enter")
    page.wait_for_url("**/submit/")
    reach(page, "form[action$='/submit/'] button[type=submit]", "Enter")
    page.wait_for_url(lambda address: "/submit/" not in address)


def _open_the_first(page: Page) -> None:
    page.goto("/review/")
    reach(page, ".policy-queue a", "Enter")
    page.wait_for_url(re.compile(r"/review/\d+/$"))
