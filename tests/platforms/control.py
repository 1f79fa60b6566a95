"""The other side of the sandbox: its control interface, and a person who clicks on its pages."""

from __future__ import annotations

import json
import urllib.request
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

from sandbox.launch import Running


def tell(running: Running, what: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(f"{running.url}/_sandbox/{what}", json.dumps(body).encode(), method="POST")
    request.add_header("content-type", "application/json")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def fetch(running: Running, what: str) -> bytes:
    with urllib.request.urlopen(f"{running.url}/_sandbox/{what}") as answer:
        content: bytes = answer.read()
    return content


def ask(running: Running, what: str) -> Any:
    return json.loads(fetch(running, what))


def decide(url: str, **form: Any) -> dict[str, str]:
    """Open a connect page, send its form, and answer what the browser brings back to the callback."""
    page = requests.get(url, timeout=10)
    assert page.status_code == 200, page.text
    address = urlsplit(url)
    asked = dict(parse_qsl(address.query))
    answer = requests.post(url.partition("?")[0], data=asked | form, allow_redirects=False, timeout=10)
    assert answer.is_redirect, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))
