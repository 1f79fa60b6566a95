from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from sandbox.seed import PEOPLE
from tests.sandbox.conftest import KEYS, Control, Page

CALLBACK = "http://localhost:9/channels/back"
SCOPES = "pages_show_list,pages_manage_posts,pages_read_engagement"
ROBIN, KIM = (person.id for person in PEOPLE)


def asked(**more: str) -> dict[str, str]:
    return {"client_id": KEYS.FACEBOOK_APP_ID, "redirect_uri": CALLBACK, "state": "s1", "scope": SCOPES, **more}


def dialog(control: Control, **chosen: Any) -> dict[str, str]:
    given = {"permissions": SCOPES.split(","), "decision": "allow", "account": ROBIN, **chosen}
    url = f"{control.url}/fb-www/v25.0/dialog/oauth"
    assert requests.get(url, params=asked(), timeout=10).status_code == 200
    answer = requests.post(url, data={**asked(), **given}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["location"])
    return {name: values[0] for name, values in parse_qs(back.query).items()} | {"fragment": back.fragment}


def exchange(control: Control, **fields: str) -> requests.Response:
    app = {"client_id": KEYS.FACEBOOK_APP_ID, "client_secret": KEYS.FACEBOOK_APP_SECRET, "redirect_uri": CALLBACK}
    return requests.get(f"{control.url}/fb/v25.0/oauth/access_token", params={**app, **fields}, timeout=10)


def graph(control: Control, token: str, path: str, method: str = "GET", **fields: str) -> Any:
    proof = hmac.new(KEYS.FACEBOOK_APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
    params = {"access_token": token, "appsecret_proof": proof, **fields}
    return requests.request(method, f"{control.url}/fb/v25.0/{path}", params=params, timeout=10).json()


def person_token(control: Control, **chosen: Any) -> str:
    short = exchange(control, code=dialog(control, **chosen)["code"]).json()
    assert short["expires_in"] == 5400
    long = exchange(control, grant_type="fb_exchange_token", fb_exchange_token=short["access_token"]).json()
    assert long["expires_in"] == 5_183_944
    return str(long["access_token"])


def test_dialog_gives_the_ticked_pages_with_tokens_that_do_not_expire(make_page: Any, control: Control) -> None:
    ticked, other = make_page(), make_page()
    token = person_token(control, pages=[ticked.id])
    found = graph(control, token, "me/accounts")["data"]
    assert [page["id"] for page in found] == [ticked.id]
    assert "CREATE_CONTENT" in found[0]["tasks"]
    page = Page(ticked.id, ticked.handle, found[0]["access_token"], control.url)
    assert page.post("Connected.").startswith(f"{ticked.id}_")
    told = graph(control, token, "debug_token", input_token=found[0]["access_token"])["data"]
    assert (told["type"], told["is_valid"], told["expires_at"], told["profile_id"]) == ("PAGE", True, 0, ticked.id)
    assert page.problem("POST", f"{other.id}/feed", message="Not mine.")["code"] == 200


def test_saying_no_comes_back_as_access_denied(control: Control) -> None:
    back = dialog(control, decision="deny")
    assert (back["error"], back["error_reason"], back["state"]) == ("access_denied", "user_denied", "s1")


def test_code_comes_with_the_odd_fragment(control: Control) -> None:
    assert dialog(control)["fragment"] == "_=_"


def test_code_is_used_once_for_the_same_address_in_time(control: Control) -> None:
    code = dialog(control)["code"]
    assert exchange(control, code=code, redirect_uri="http://localhost:9/x").json()["error"]["error_subcode"] == 36008
    assert exchange(control, code=code).status_code == 200
    assert exchange(control, code=code).json()["error"]["error_subcode"] == 36009
    late = dialog(control)["code"]
    control.call("POST", "/clock", advance_s=601)
    assert exchange(control, code=late).json()["error"]["error_subcode"] == 36007


def test_wrong_app_secret_is_refused(control: Control) -> None:
    assert exchange(control, code="x", client_secret="sbx_wrong").json()["error"]["code"] == 1


def test_me_accounts_turns_pages(make_page: Any, control: Control) -> None:
    pages = [make_page().id for _ in range(5)]
    token = person_token(control, pages=pages)
    seen, after = [], ""
    for _ in range(3):
        part = graph(control, token, "me/accounts", limit="2", **({"after": after} if after else {}))
        seen += [page["id"] for page in part["data"]]
        after = part["paging"]["cursors"]["after"]
    assert seen == pages
    assert "next" not in part["paging"]


def test_person_without_pages_gets_none(page: Page, control: Control) -> None:
    assert graph(control, person_token(control, account=KIM, pages=[page.id]), "me/accounts")["data"] == []


def test_unticked_permission_is_declined_and_missing(page: Page, control: Control) -> None:
    scopes = ["pages_show_list", "pages_read_engagement"]
    token = person_token(control, pages=[page.id], permissions=scopes)
    states = {row["permission"]: row["status"] for row in graph(control, token, "me/permissions")["data"]}
    assert states["pages_manage_posts"] == "declined"
    page.token = graph(control, token, "me/accounts")["data"][0]["access_token"]
    assert page.problem("POST", f"{page.id}/feed", message="May I?")["code"] == 200
    assert page.last is not None
    assert page.last.status_code == 403


def test_removing_the_app_ends_every_token_of_the_person(page: Page, control: Control) -> None:
    token = person_token(control, pages=[page.id])
    page.token = graph(control, token, "me/accounts")["data"][0]["access_token"]
    assert graph(control, token, "me/permissions", "DELETE") == {"success": True}
    assert page.problem("GET", "me")["error_subcode"] == 458
    app = exchange(control, grant_type="client_credentials").json()["access_token"]
    assert graph(control, app, "debug_token", input_token=page.token)["data"]["error"]["subcode"] == 458


def test_page_token_of_a_short_login_expires(page: Page, control: Control) -> None:
    short = exchange(control, code=dialog(control, pages=[page.id])["code"]).json()["access_token"]
    page.token = graph(control, short, "me/accounts")["data"][0]["access_token"]
    assert page.call("GET", "me")["id"] == page.id
    control.call("POST", "/clock", advance_s=5401)
    assert page.problem("GET", "me")["error_subcode"] == 463


def test_wrong_client_or_address_is_told_on_the_page(control: Control) -> None:
    for wrong in ({"client_id": "sbx_other"}, {"redirect_uri": "https://example.org/"}):
        url = f"{control.url}/fb-www/v25.0/dialog/oauth"
        assert requests.get(url, params=asked(**wrong), allow_redirects=False, timeout=10).status_code == 400
