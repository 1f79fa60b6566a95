"""The one way out to a network: routed, timed, without cookies, redirects or retries."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth1

from platforms.config import GRAPH, X_API, Config
from platforms.errors import Refused
from platforms.redaction import quieten

SANDBOX_MARK = "sbx_"
# A short wait for a write's answer would itself create doubt about what became public.
WRITE_TIMEOUT = (3.05, 60.0)
READ_TIMEOUT = (3.05, 15.0)
RESTS_AT_MOST_S = 4.0
READS = frozenset({"GET", "HEAD", "OPTIONS"})
REAL = frozenset({X_API, GRAPH})
# Where a credential can travel besides the Authorization header.
CREDENTIAL_FIELDS = ("access_token", "input_token", "fb_exchange_token", "refresh_token", "client_secret")


class RestingAdapter(HTTPAdapter):
    """Keeps connections open between calls, but none that has rested: the network may have closed it by then, and the
    reset of a write sent into a closed connection would look like doubt."""

    def __init__(self) -> None:
        super().__init__(max_retries=0)
        self.used = time.monotonic()

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        if time.monotonic() - self.used > RESTS_AT_MOST_S:
            self.poolmanager.clear()
        try:
            return super().send(*args, **kwargs)
        finally:
            self.used = time.monotonic()

    def close(self) -> None:
        """A session that is closed leaves the connections to the others of this process."""


_adapters: dict[tuple[int, int], RestingAdapter] = {}


def shared_adapter() -> RestingAdapter:
    """This thread's connections, for all channels: they carry no identity. Never another process's or thread's."""
    return _adapters.setdefault((os.getpid(), threading.get_ident()), RestingAdapter())


class RoutedSession(requests.Session):
    """Sends each known base URL to where the configuration says it lives, and nothing anywhere else.

    routes: base URL as a client library knows it -> base URL to use, both without trailing slash.
    `last` is the answer to the newest request, None while there is none.
    """

    def __init__(self, routes: Mapping[str, str], *, write_timeout: float | None = None) -> None:
        super().__init__()
        quieten()
        self.routes = dict(routes)
        self.write_timeout = (WRITE_TIMEOUT[0], write_timeout) if write_timeout else None
        self.last: requests.Response | None = None
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.mount("https://", shared_adapter())
        self.mount("http://", shared_adapter())

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:
        """Raises Refused, before anything is sent, for an unknown host or a key that belongs elsewhere."""
        self.last = None
        target, base = self._route(str(url))
        _check_keys(kwargs, sandboxed=base not in REAL)
        if not kwargs.get("timeout"):
            kwargs["timeout"] = READ_TIMEOUT if str(method).upper() in READS else self.write_timeout or WRITE_TIMEOUT
        kwargs["allow_redirects"] = False
        self.last = super().request(method, target, *args, **kwargs)
        return self.last

    @property
    def answered(self) -> requests.Response:
        """The answer to the newest request. Raises LookupError when there is none."""
        if self.last is None:
            raise LookupError("no answer yet")
        return self.last

    def _route(self, url: str) -> tuple[str, str]:
        """Rewritten before the request is signed, so an OAuth 1.0a signature is for the URL that is called."""
        for known, base in self.routes.items():
            for start in (known, base):
                if url == start or url.startswith(start + "/"):
                    return base + url.removeprefix(start), base
        raise Refused("The console tried to call an address it does not know and was stopped.", code="unknown-host")


def open_session(config: Config) -> RoutedSession:
    """One session for one client, used by one thread."""
    return RoutedSession(
        {
            "https://api.twitter.com": config.x_api,
            X_API: config.x_api,
            GRAPH: config.graph,
        },
        write_timeout=config.write_timeout,
    )


def _check_keys(kwargs: Mapping[str, Any], *, sandboxed: bool) -> None:
    for key in _keys(kwargs):
        if (SANDBOX_MARK in key) is not sandboxed:
            belongs = "a real network" if sandboxed else "the sandbox"
            raise Refused(f"A key that belongs to {belongs} was about to be used elsewhere.", code="wrong-keys")


def _keys(kwargs: Mapping[str, Any]) -> Iterator[str]:
    authorization = (kwargs.get("headers") or {}).get("Authorization", "")
    if authorization:
        yield str(authorization)
    auth = kwargs.get("auth")
    if isinstance(auth, OAuth1):
        yield str(auth.client.client_key)
        if auth.client.resource_owner_key:
            yield str(auth.client.resource_owner_key)
    elif isinstance(auth, HTTPBasicAuth):
        yield str(auth.username)
    for place in ("params", "data"):
        values = kwargs.get(place)
        if isinstance(values, Mapping):
            yield from (str(values[name]) for name in CREDENTIAL_FIELDS if values.get(name))
