"""A real Chromium in front of the real console. Skipped, with the reason, where there is none."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts import recent
from accounts.models import User

# Playwright's synchronous side runs an event loop of its own in this thread; Django would take it for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

PHONE, WIDE = (390, 844), (1280, 900)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
AXE = Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js"
# A refusal that is an answer (409, 422) is no fault, though Chromium writes a line about it.
AN_ANSWER = ("status of 401", "status of 409", "status of 422")

# What reaches beyond the right edge, when the page as a whole scrolls sideways.
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= edge) return [];
  const reach = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > edge + 1);
  return reach.slice(-3).map((one) => one.outerHTML.slice(0, 200));
}"""

SignIn = Callable[[Page, User], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = _chromium()
    if path is None:
        pytest.skip("no Chromium on PATH, nor in the variable CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def console(live_server: LiveServer) -> str:
    """The address of a running console whose database is this test's."""
    return str(live_server.url)


@pytest.fixture(params=[PHONE, WIDE], ids=["phone", "wide"])
def width(request: pytest.FixtureRequest) -> tuple[int, int]:
    size: tuple[int, int] = request.param
    return size


@pytest.fixture
def context(browser: Browser, console: str, width: tuple[int, int]) -> Iterator[BrowserContext]:
    """A fresh profile at 390 and at 1280 pixels."""
    context = browser.new_context(
        base_url=console, viewport={"width": width[0], "height": width[1]}, locale="en-GB", timezone_id="Europe/London"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def sign_in(console: str) -> SignIn:
    """Put this person's session into the page's profile, without the sign-in page (which has its own test)."""

    def put(page: Page, user: User) -> None:
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        recent.prove(SimpleNamespace(session=session), user)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key), "url": console}
        page.context.add_cookies([cookie])

    return put


@pytest.fixture
def heard(page: Page) -> list[str]:
    """What went wrong in the browser since the last time somebody asked."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        expected = any(words in message.text for words in AN_ANSWER)
        if message.type in ("error", "warning") and not expected:
            heard.append(f"{page.url}: {message.text}")

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    return heard


@pytest.fixture
def assert_quiet(heard: list[str]) -> Callable[[], None]:
    """No error in the browser's console, no script error and nothing refused by the content policy, up to here."""

    def check() -> None:
        told, heard[:] = list(heard), []
        assert not told, "\n".join(told)

    return check


@pytest.fixture
def assert_accessible(heard: list[str]) -> Callable[[Page], None]:
    """axe-core finds nothing, and nothing has to be scrolled sideways."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> None:
        before = len(heard)
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {preload: false, resultTypes: ['violations']})")["violations"]
        del heard[before:]  # axe itself tries inline styles, which the content policy refuses
        told = [{"rule": one["id"], "where": [node["html"][:200] for node in one["nodes"][:3]]} for one in found]
        assert not told, f"{page.url}: {json.dumps(told, indent=1)}"
        wide = page.evaluate(TOO_WIDE)
        assert not wide, f"{page.url} scrolls sideways because of {wide}"

    return check


@pytest.fixture
def settle() -> Callable[[Page, str], Response | None]:
    """Open an address and wait until everything that the page asks for has arrived. Gives the first answer."""

    def go(page: Page, address: str) -> Response | None:
        answer = page.goto(address)
        expect(page.locator(".htmx-request")).to_have_count(0)
        return answer

    return go
