from __future__ import annotations

import re
from typing import Any

import pytest
import requests

from tests.sandbox.conftest import Control, Page, Ward

SCRIPT = "<script>alert(1)</script>"


def read(url: str, status: int = 200) -> str:
    answer = requests.get(url, timeout=10)
    assert answer.status_code == status
    assert "SIMULATION" in answer.text
    assert '<html lang="en-GB"' in answer.text
    assert answer.text.count("<h1") == 1
    return answer.text


def test_timeline_shows_posts_newest_first_with_links_spelled_out(ward: Ward, control: Control) -> None:
    ward.post("First of two.")
    ward.post("Second, see https://www.met.police.uk/a?b=1&c=2")
    page = read(f"{control.url}/x-www/{ward.handle}")
    assert page.index("Second, see") < page.index("First of two.")
    assert '<a href="https://www.met.police.uk/a?b=1&amp;c=2">met.police.uk/a?b=1&amp;c=2</a>' in page
    assert "t.co" not in page


@pytest.mark.parametrize("text", [f"Careful {SCRIPT} & co", f'{SCRIPT}" onmouseover="alert(1)'])
def test_words_are_never_markup(ward: Ward, page: Page, control: Control, text: str) -> None:
    ward.post(text)
    page.post(text)
    for url in (f"/x-www/{ward.handle}", f"/fb-www/{page.handle}"):
        shown = read(control.url + url)
        assert SCRIPT not in shown
        assert "&lt;script&gt;" in shown
        assert not re.search(r"<[^>]*onmouseover", shown)


def test_account_names_and_alt_texts_are_never_markup(control: Control, make_page: Any, png: bytes) -> None:
    page = make_page(about=SCRIPT)
    control.call("POST", f"/accounts/{page.id}", name=SCRIPT)
    files = {"source": ("a.png", png, "image/png")}
    page.call("POST", f"{page.id}/photos", files=files, message="x", alt_text_custom=f'"{SCRIPT}')
    for url in (
        f"/fb-www/{page.id}",
        "/_sandbox/",
        "/fb-www/v25.0/dialog/oauth?client_id=sbx_app&redirect_uri=http://localhost/",
    ):
        assert SCRIPT not in read(control.url + url)


def test_picture_is_shown_with_its_alt_text(page: Page, control: Control, png: bytes) -> None:
    files = {"source": ("a.png", png, "image/png")}
    made = page.call("POST", f"{page.id}/photos", files=files, message="Look.", alt_text_custom="A very small square")
    shown = read(f"{control.url}/fb-www/{page.id}/posts/{made['post_id'].partition('_')[2]}")
    assert 'alt="A very small square"' in shown
    source = re.search(r'<img src="([^"]+)"', shown)
    assert source
    assert requests.get(control.url + source[1], timeout=10).content == png


def test_permalink_of_the_graph_opens(page: Page) -> None:
    link = page.call("GET", page.post("Open me."), fields="permalink_url")["permalink_url"]
    assert "Open me." in read(link)


def test_deleted_and_foreign_posts_are_not_shown(make_ward: Any, control: Control) -> None:
    one, other = make_ward(), make_ward()
    post_id = one.post("Soon gone.")
    assert "Soon gone." in read(f"{control.url}/x-www/{one.handle}/status/{post_id}")
    read(f"{control.url}/x-www/{other.handle}/status/{post_id}", 404)
    one.client.delete_tweet(post_id, user_auth=True)
    read(f"{control.url}/x-www/{one.handle}/status/{post_id}", 404)
    assert "Soon gone." not in read(f"{control.url}/x-www/{one.handle}")


def test_times_are_in_london_and_exact_on_demand(ward: Ward, control: Control) -> None:
    control.call("POST", "/posts", account=ward.id, text="Summer.", created_at="2026-07-01T12:00:00Z")
    shown = read(f"{control.url}/x-www/{ward.handle}")
    assert 'datetime="2026-07-01T12:00:00+00:00" title="01 July 2026, 13:00:00 BST"' in shown
    assert "Wed 1 July 2026, 13:00" in shown


def test_long_timeline_has_pages(ward: Ward, control: Control) -> None:
    for number in range(31):
        control.call("POST", "/posts", account=ward.id, text=f"Number {number}.")
    assert "Older posts" in read(f"{control.url}/x-www/{ward.handle}")
    assert "Newer posts" in read(f"{control.url}/x-www/{ward.handle}?page=2")


def test_index_links_every_account(ward: Ward, page: Page, control: Control) -> None:
    index = read(f"{control.url}/_sandbox/")
    assert f'href="/x-www/{ward.handle}"' in index
    assert f'href="/fb-www/{page.handle}"' in index


def test_unknown_account_is_a_page_that_says_so(control: Control) -> None:
    assert "Nothing here" in read(f"{control.url}/x-www/nobody", 404)
    assert "Nothing here" in read(f"{control.url}/fb-www/nobody/posts/1", 404)


def test_consent_forms_have_labels_and_the_agreed_names(ward: Ward, page: Page, control: Control) -> None:
    url = f"{control.url}/fb-www/v25.0/dialog/oauth?client_id=sbx_app&redirect_uri=http://127.0.0.1:1/&scope=pages_show_list"
    form = read(url)
    for control_id in re.findall(r'<input type="(?:radio|checkbox)"[^>]* id="([^"]+)"', form):
        assert f'<label for="{control_id}"' in form
    assert f'name="pages" value="{page.id}"' in form
    assert re.search(
        r'<button type="submit" name="decision" value="allow" id="allow"[^>]*>Authorise app</button>', form
    )
    assert re.search(r'<button type="submit" name="decision" value="deny" id="deny"[^>]*>Cancel</button>', form)


def test_pages_forbid_scripts_and_framing(control: Control) -> None:
    policy = requests.get(f"{control.url}/_sandbox/", timeout=10).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
