"""Mending with one tap, and reviewing with the keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

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
