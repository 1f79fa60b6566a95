"""Signing in with the force's identity service: a small one over real HTTP, whose tokens carry real signatures."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.models import Appointment, AuditEntry, User
from tests.conftest import Cast

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Service(ThreadingHTTPServer):
    """claims: what it says of whoever signs in next. key: what it signs with. asked: the way out it was last sent."""

    claims: dict[str, Any]
    key = KEY
    asked: dict[str, list[str]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Pages(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        root = self.server.address
        if self.path.startswith("/.well-known/"):
            self._say({
                "issuer": root, "authorization_endpoint": f"{root}/authorize", "token_endpoint": f"{root}/token",
                "jwks_uri": f"{root}/keys", "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        else:
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._say({"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]})

    def do_POST(self) -> None:
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        challenge = base64.urlsafe_b64encode(hashlib.sha256(asked["code_verifier"][0].encode()).digest()).rstrip(b"=")
        right = challenge.decode() == self.server.asked["code_challenge"][0]
        assert right and asked["client_secret"] == ["hush"] and asked["code"] == ["once"]
        times = {"iat": int(time.time()), "exp": int(time.time()) + 60, "jti": str(time.monotonic_ns())}
        claims = {"iss": self.server.address, "aud": "console", "sub": "s-1", **times, **self.server.claims}
        token = jwt.encode(claims, self.server.key, algorithm="RS256", headers={"kid": "one"})
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def _say(self, facts: dict[str, Any]) -> None:
        body = json.dumps(facts).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Silent."""


@pytest.fixture
def service(cast: Cast, settings: Settings) -> Iterator[Service]:
    cache.clear()
    User.objects.filter(pk=cast.ada.pk).update(email="ada.okafor@force.example")
    server = Service(("127.0.0.1", 0), Pages)
    server.claims, server.asked = {"email": "Ada.Okafor@force.example", "email_verified": True}, {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.OIDC_SERVER_URL = server.address
    app = {"provider_id": "force", "name": "Force", "client_id": "console", "secret": "hush"}
    app |= {"settings": {"server_url": server.address, "fetch_userinfo": False}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def walk(service: Service, *, state: str = "") -> tuple[Client, Any]:
    """Out, and back with the code that the service gives. Gives the browser and where it stands then."""
    client = Client()
    out = client.get("/sign-in/with/force/?next=/posts/")
    assert out.status_code == 302 and out["Location"].startswith(f"{service.address}/authorize")
    service.asked = parse_qs(urlsplit(out["Location"]).query)
    back = {"code": "once", "state": state or service.asked["state"][0]}
    return client, client.get("/sign-in/with/force/back/", back, follow=True)


def is_in(client: Client) -> bool:
    return client.get("/notices/").status_code == 200


def test_a_known_person_comes_in_by_a_verified_e_mail(service: Service) -> None:
    client, page = walk(service)
    assert is_in(client) and page.redirect_chain[-1][0] == "/posts/"
    assert "Ada Okafor" in page.text


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "ada.okafor@force.example", "email_verified": False},
        {"email": "ada.okafor@force.example", "email_verified": "true"},
        {"email": "somebody.else@force.example", "email_verified": True},
        {"email": "", "email_verified": True},
        {},
    ],
)
def test_who_is_not_known_stays_outside_and_nobody_is_made(service: Service, claims: dict[str, Any]) -> None:
    before = User.objects.count()
    service.claims = claims
    client, page = walk(service)
    assert not is_in(client) and "this console does not know you" in page.text
    assert User.objects.count() == before


def test_two_people_with_one_address_are_nobody(service: Service, cast: Cast) -> None:
    User.objects.filter(pk=cast.rex.pk).update(email="ada.okafor@force.example")
    assert not is_in(walk(service)[0])


def test_a_closed_login_stays_closed(service: Service, cast: Cast) -> None:
    User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    assert not is_in(walk(service)[0])


def test_a_staff_number_counts_where_a_claim_is_set_for_it_and_the_address_then_does_not(
    service: Service, settings: Settings
) -> None:
    settings.OIDC_STAFF_NUMBER_CLAIM = "employee_number"
    assert not is_in(walk(service)[0])
    service.claims["employee_number"] = "rex"
    client, page = walk(service)
    assert is_in(client) and "Rex Adeyemi" in page.text


def test_a_group_may_be_demanded_and_gives_nothing_more_than_the_door(
    service: Service, settings: Settings, cast: Cast
) -> None:
    settings.OIDC_REQUIRED_GROUP = "smconsole"
    service.claims["groups"] = ["head", "dmc_admin"]
    client, page = walk(service)
    assert not is_in(client) and "not in the group" in page.text
    service.claims["groups"] = ["smconsole", "head", "dmc_admin"]
    client, _ = walk(service)
    assert is_in(client) and client.get("/people/").status_code == 403
    assert Appointment.objects.filter(user=cast.ada).count() == 1


def test_a_token_signed_by_somebody_else_opens_nothing(service: Service) -> None:
    service.key = STRANGER
    client, page = walk(service)
    assert not is_in(client) and "did not answer as it should" in page.text


@pytest.mark.parametrize("wrong", [{"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}])
def test_a_token_for_another_house_or_another_time_opens_nothing(service: Service, wrong: dict[str, Any]) -> None:
    service.claims |= wrong
    assert not is_in(walk(service)[0])


def test_the_way_back_works_only_for_who_set_out(service: Service) -> None:
    client, page = walk(service, state="guessed")
    assert not is_in(client) and "did not answer as it should" in page.text


def test_people_are_made_only_where_the_setting_says_so_and_without_any_right(
    service: Service, settings: Settings
) -> None:
    settings.OIDC_CREATE_PEOPLE = True
    service.claims = {"preferred_username": "newcomer", "given_name": "New", "family_name": "Comer"}
    client, _ = walk(service)
    assert is_in(client) and "no appointment yet" in client.get("/").text
    made = User.objects.get(username="newcomer")
    assert not made.has_usable_password() and not Appointment.objects.filter(user=made).exists()
    assert AuditEntry.objects.filter(action="person.made_at_sign_in").count() == 1


def test_without_the_setting_there_is_no_such_door(db: None) -> None:
    assert Client().get("/sign-in/with/force/").status_code == 404
    assert "with/force" not in Client().get("/sign-in/").text
