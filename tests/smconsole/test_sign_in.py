from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.conftest import PASSWORD, Cast

SIGN_IN = "/sign-in/"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    cache.clear()


def sign_in(client: Client, name: str, password: str) -> str:
    return client.post(SIGN_IN, {"login": name, "password": password}).text


def test_a_password_opens_the_door(cast: Cast) -> None:
    client = Client()
    answer = client.post(SIGN_IN, {"login": "ada", "password": PASSWORD, "next": "/posts/"})
    assert answer.status_code == 302 and answer["Location"] == "/posts/"


def test_nobody_learns_who_has_a_login(cast: Cast) -> None:
    known, unknown = (sign_in(Client(), name, "not-the-password") for name in ("ada", "nobody"))
    words = "The user name or the password is not right"
    assert words in known and words in unknown


def test_the_sixth_try_for_one_name_is_refused_even_with_the_right_password(cast: Cast) -> None:
    for _ in range(5):
        sign_in(Client(), "ada", "not-the-password")
    assert "Too many tries" in sign_in(Client(), "ada", PASSWORD)
    assert "Too many tries" not in sign_in(Client(), "rex", "not-the-password")


def test_a_password_is_never_sent_back_in_the_page(cast: Cast) -> None:
    assert "not-the-password" not in sign_in(Client(), "ada", "not-the-password")


def test_nobody_signs_themselves_up() -> None:
    assert Client().get(f"{SIGN_IN}signup/").status_code in (302, 404)
    assert "sign up" not in Client().get(SIGN_IN).text.lower()


def test_signing_out_takes_a_press_of_a_button(cast: Cast) -> None:
    client = Client()
    client.login(username="ada", password=PASSWORD)
    assert "Do you want to sign out?" in client.get(f"{SIGN_IN}out/").text
    assert client.get("/").status_code == 200
    client.post(f"{SIGN_IN}out/")
    assert client.get("/").status_code == 302


def test_a_new_password_needs_the_old_one(cast: Cast) -> None:
    client = Client()
    client.login(username="ada", password=PASSWORD)
    new = "three other random words"
    answer = client.post(f"{SIGN_IN}password/", {"oldpassword": "wrong", "password1": new, "password2": new})
    assert "That is not your password now" in answer.text
    client.post(f"{SIGN_IN}password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert Client().login(username="ada", password=new)
