"""The pages in a real Chromium: axe finds nothing, nothing scrolls sideways, and a person can connect an account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from sandbox.launch import Running, start
from sandbox.seed import PEOPLE
from tests.sandbox.conftest import KEYS, Control, Page, Ward
from tests.sandbox.test_x_connect import CALLBACK, asked

playwright = pytest.importorskip("playwright.sync_api")
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A sandbox of this module's own: the pages that list every account stay short."""
    with start(tmp_path_factory.mktemp("pages")) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def full(ward: Ward, page: Page, control: Control, png: bytes) -> list[str]:
    """Addresses of every kind of page, with too much on them."""
    control.call(
        "POST", f"/accounts/{page.id}", name="St Katharine's & Wapping and Whitechapel East Safer Neighbourhoods"
    )
    ward.post("Bike marking at the library, see https://www.met.police.uk/area/your-area/ #Homerton")
    files = {"source": ("a.png", png, "image/png")}
    made = page.call("POST", f"{page.id}/photos", files=files, message="Look. " * 80, alt_text_custom="A square")
    control.call("POST", "/comments", post=made["post_id"], message="A question " * 20)
    facebook = {"client_id": KEYS.FACEBOOK_APP_ID, "redirect_uri": CALLBACK, "scope": "pages_show_list"}
    return [
        "/_sandbox/",
        f"/x-www/{ward.handle}",
        f"/fb-www/{page.handle}",
        "/x-www/nobody",
        f"/x-www/i/oauth2/authorize?{urlencode(asked())}",
        f"/fb-www/v25.0/dialog/oauth?{urlencode(facebook)}",
    ]


@pytest.mark.skipif(not AXE.exists(), reason="front-end packages are not installed")
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    browser: Any, control: Control, full: list[str], width: int
) -> None:
    tab = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True).new_page()
    for path in full:
        tab.goto(control.url + path)
        tab.add_script_tag(path=str(AXE))
        found = tab.evaluate("axe.run()")["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], path
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
    tab.context.close()


def test_person_connects_an_x_account(browser: Any, ward: Ward, control: Control) -> None:
    tab = browser.new_page()
    tab.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="back"))
    tab.goto(f"{control.url}/x-www/i/oauth2/authorize?{urlencode(asked())}")
    tab.get_by_role("radio", name=f"@{ward.handle}").check()
    tab.get_by_role("button", name="Authorise app").click()
    tab.wait_for_url("http://127.0.0.1:9/**")
    assert "code=sbx_" in tab.url
    tab.close()


def test_person_gives_a_page_to_the_app(browser: Any, page: Page, control: Control) -> None:
    tab = browser.new_page()
    tab.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="back"))
    query = {"client_id": KEYS.FACEBOOK_APP_ID, "redirect_uri": CALLBACK, "scope": "pages_show_list", "state": "s"}
    tab.goto(f"{control.url}/fb-www/v25.0/dialog/oauth?{urlencode(query)}")
    tab.get_by_label(PEOPLE[0].name).check()
    tab.get_by_label(f"Ward {page.handle}").check()
    tab.get_by_role("button", name="Authorise app").click()
    tab.wait_for_url("http://127.0.0.1:9/**")
    assert "code=sbx_" in tab.url
    tab.close()
