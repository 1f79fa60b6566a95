"""Somebody leaves: a handover while an update is planned, and an end while its holder is signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import AuditEntry, User
from policy.models import Submission
from posts.models import Post
from tests.browser.conftest import WIDE
from tests.conftest import Cast
from tests.factories import make_post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.parametrize("width", [WIDE], ids=["wide"])]
SignIn = Callable[[Page, User], None]
Settle = Callable[[Page, str], None]


def test_a_handover_takes_a_planned_update_along(
    page: Page, cast: Cast, sign_in: SignIn, settle: Settle, assert_quiet: Callable[[], None]
) -> None:
    now = timezone.now()
    post = make_post(cast, "approved", publish_at=now + timedelta(hours=5), now=now)
    sign_in(page, cast.sam)
    settle(page, f"/people/{cast.ada.pk}/hand-over/")
    page.get_by_label("Tess Lindqvist").check()
    page.get_by_role("button", name="Show what moves").click()
    expect(page.locator("main")).to_contain_text("Approved and planned (1)")
    page.get_by_role("button", name="Hand over and end their access").click()
    page.wait_for_url("**/people/")
    post.refresh_from_db()
    assert (post.author, post.state) == (cast.tess, Post.State.APPROVED)
    assert not User.objects.get(pk=cast.ada.pk).has_perm("accounts.see_posts", cast.x)
    assert_quiet()


def test_an_appointment_ends_while_its_holder_is_signed_in(
    page: Page, cast: Cast, sign_in: SignIn, settle: Settle, assert_quiet: Callable[[], None]
) -> None:
    post = make_post(cast, "in_review", now=timezone.now())
    sign_in(page, cast.ada)
    settle(page, f"/posts/{post.pk}/")
    expect(page.locator("main")).to_contain_text("library")
    browser = page.context.browser
    assert isinstance(browser, Browser)
    theirs = browser.new_context(base_url=page.url.split("/posts/")[0])
    desk = theirs.new_page()
    sign_in(desk, cast.sam)
    desk.goto(f"/people/appointments/{cast.ada.appointments.get().pk}/end/")
    expect(desk.locator("main")).to_contain_text("Waiting for review (1)")
    desk.get_by_role("button", name="End it now").click()
    desk.wait_for_url("**/people/unowned/")
    expect(desk.locator("main")).to_contain_text("by Sgt Ada Okafor")
    theirs.close()
    assert page.request.get(f"/posts/{post.pk}/").status == 404
    post.refresh_from_db()
    assert post.state == Post.State.DRAFT
    assert Submission.objects.get().ending == "author_left"
    assert AuditEntry.objects.filter(action="request.refused", by=cast.ada).exists()
