"""One sandbox process for the whole folder; each test gets an account or a Page of its own."""

from __future__ import annotations

import hashlib
import hmac
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import tweepy

from sandbox.launch import Running, start
from sandbox.seed import Keys

KEYS = Keys()
NUMBERS = itertools.count(1)


class ToSandbox(requests.Session):
    """Sends tweepy's calls to the sandbox before they are signed."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.trust_env = False
        self._url = url
        self.last: requests.Response | None = None

    def request(self, method: str, url: str, **options: Any) -> requests.Response:
        target = url.replace("https://api.twitter.com", self._url + "/x")
        self.last = super().request(method, target, **options)
        return self.last


class Control:
    """The control interface in Python's words."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = requests.Session()

    def call(self, method: str, path: str, **body: Any) -> dict[str, Any]:
        answer = self._session.request(method, f"{self.url}/_sandbox{path}", json=body or None, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def account(self, network: str, **more: Any) -> dict[str, Any]:
        handle = f"Ward{next(NUMBERS)}{network}"
        return self.call("POST", "/accounts", network=network, handle=handle, name=f"Ward {handle}", **more)

    def token(self, account: str, **more: Any) -> dict[str, Any]:
        return self.call("POST", "/tokens", account=account, **more)

    def fault(self, action: dict[str, Any], account: str, platform: str = "x", **more: Any) -> int:
        match = {"account": account, **more.pop("match", {})}
        return self.call("POST", "/faults", platform=platform, match=match, action=action, **more)["id"]

    def posts(self, account: str) -> list[dict[str, Any]]:
        return self.call("GET", f"/posts?account={account}")["posts"]

    def config(self, **switches: Any) -> None:
        self.call("POST", "/config", **switches)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with start(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture
def control(running: Running) -> Iterator[Control]:
    control = Control(running.url)
    before = control.call("GET", "/config")
    offset_s = control.call("GET", "/clock")["offset_s"]
    yield control
    control.call("POST", "/clock", advance_s=offset_s - control.call("GET", "/clock")["offset_s"])
    control.call("DELETE", "/faults")
    control.config(**before)


@dataclass
class Ward:
    """An X account and a real tweepy client that speaks for it."""

    id: str
    handle: str
    client: tweepy.Client
    token: dict[str, Any]

    def post(self, text: str, **more: Any) -> str:
        return str(self.client.create_tweet(text=text, user_auth=True, **more).data["id"])

    @property
    def last(self) -> requests.Response:
        assert self.client.session.last is not None
        return self.client.session.last


def client_for(url: str, token: dict[str, Any]) -> tweepy.Client:
    """A client with OAuth 1.0a, or with OAuth 2.0 as its bearer."""
    secret = token.get("secret")
    client = tweepy.Client(
        KEYS.X_BEARER_TOKEN if secret else token["token"],
        KEYS.X_CONSUMER_KEY,
        KEYS.X_CONSUMER_SECRET,
        token["token"] if secret else None,
        secret,
    )
    client.session = ToSandbox(url)
    return client


@pytest.fixture
def make_ward(control: Control) -> Any:
    def make(**more: Any) -> Ward:
        account = control.account("x", **more)
        token = control.token(account["id"])
        return Ward(account["id"], account["handle"], client_for(control.url, token), token)

    return make


@pytest.fixture
def ward(make_ward: Any) -> Ward:
    return make_ward()


@dataclass
class Page:
    """A Page, its token, and the calls of the Graph API with a proof."""

    id: str
    handle: str
    token: str
    url: str
    last: requests.Response | None = None

    def call(self, method: str, path: str, files: Any = None, version: str = "v25.0", **fields: Any) -> dict[str, Any]:
        proof = hmac.new(KEYS.FACEBOOK_APP_SECRET.encode(), self.token.encode(), hashlib.sha256).hexdigest()
        given = {"access_token": self.token, "appsecret_proof": proof, **fields}
        where = {"data": given} if method == "POST" else {"params": given}
        self.last = requests.request(method, f"{self.url}/fb/{version}/{path}", files=files, timeout=10, **where)
        return self.last.json()

    def post(self, message: str, **fields: Any) -> str:
        return str(self.call("POST", f"{self.id}/feed", message=message, **fields)["id"])

    def problem(self, method: str, path: str, **fields: Any) -> dict[str, Any]:
        answer = self.call(method, path, **fields)
        assert "error" in answer, answer
        return dict(answer["error"])


@pytest.fixture
def make_page(control: Control) -> Any:
    def make(**more: Any) -> Page:
        account = control.account("facebook", **more)
        return Page(account["id"], account["handle"], control.token(account["id"])["token"], control.url)

    return make


@pytest.fixture
def page(make_page: Any) -> Page:
    return make_page()


@pytest.fixture(scope="session")
def png() -> bytes:
    """One plain pixel, without metadata."""
    return bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    )


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return tmp_path / "state"
