from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path, reverse
from pytest_django import Settings

from accounts.errors import Conflict
from accounts.models import User
from smconsole.urls import urlpatterns as console
from tests.conftest import Cast

SENTENCE = "Rex approved this two minutes ago. Nothing was changed."
HTMX = {"HX-Request": "true"}


def overtaken(request: HttpRequest) -> HttpResponse:
    raise Conflict(SENTENCE)


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("overtaken/", overtaken),
    path("broken/", broken),
    path("missing/", missing),
    path("", include(console)),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def ada(cast: Cast, client_for: Callable[[User], Client]) -> Client:
    return client_for(cast.ada)


def test_who_came_second_reads_who_was_first(ada: Client) -> None:
    answer = ada.get("/overtaken/")
    assert answer.status_code == 409
    assert SENTENCE in answer.text and "<html" in answer.text


def test_a_conflict_in_a_part_of_a_page_leaves_the_page_alone(ada: Client) -> None:
    answer = ada.get("/overtaken/", headers=HTMX)
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#trouble"
    assert SENTENCE in answer.text and "<html" not in answer.text


def test_what_is_not_there_is_said_in_our_words(ada: Client) -> None:
    answer = ada.get("/missing/")
    assert answer.status_code == 404 and "Nothing was changed" in answer.text


def test_a_bug_is_a_plain_page_without_its_cause(ada: Client) -> None:
    ada.raise_request_exception = False
    answer = ada.get("/broken/")
    assert answer.status_code == 500
    assert "went wrong on our side" in answer.text and "ZeroDivisionError" not in answer.text


def test_a_form_from_an_older_sign_in_is_refused_kindly(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post("/sign-in/out/")
    assert answer.status_code == 403 and "Please send it again" in answer.text


def test_who_was_signed_out_meanwhile_keeps_the_page_they_typed_in() -> None:
    answer = Client().get("/", headers=HTMX)
    assert answer.status_code == 401
    assert answer["HX-Retarget"] == "#trouble" and "signed out" in answer.text


def test_who_is_signed_out_is_led_to_the_sign_in_page() -> None:
    answer = Client().get("/")
    assert answer.status_code == 302 and answer["Location"] == "/sign-in/?next=/"


@pytest.mark.parametrize(
    ("stood_on", "back"),
    [("http://testserver/review/7/", "/review/7/"), ("https://elsewhere.example/", "/"), ("", "/")],
)
def test_who_was_signed_out_before_they_pressed_comes_back_to_the_button(stood_on: str, back: str, cast: Cast) -> None:
    client = Client()
    answer = client.post("/review/7/approve/", headers={"Referer": stood_on} if stood_on else {})
    assert answer.status_code == 302
    asked = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert asked.removeprefix("http://testserver") == back
    assert "nothing was done" in client.get(answer["Location"]).text


def test_who_looks_at_an_address_for_buttons_reads_that_it_is_no_page(ada: Client) -> None:
    looked = ada.get(reverse("accounts:check", args=[1]), headers={"Accept": "text/html,*/*"})
    assert (looked.status_code, looked["Allow"]) == (405, "POST")
    assert "nothing to see at this address" in looked.text and "Go to Today" in looked.text
    asked_by_a_program = ada.get(reverse("accounts:check", args=[1]))
    assert (asked_by_a_program.status_code, asked_by_a_program.content) == (405, b"")


def test_the_page_for_a_bug_renders_with_nothing_at_hand() -> None:
    assert "What was saved before is safe" in render_to_string("500.html")


def test_a_body_over_the_limit_gets_a_page_of_ours(ada: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = ada.post(reverse("posts:new"), {"words": "x" * 100})
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.text and "Go to Today" in answer.text


def test_a_host_that_is_not_ours_gets_a_page_of_ours(ada: Client) -> None:
    answer = ada.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400 and "We could not read what was sent" in answer.text
