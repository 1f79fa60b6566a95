"""What crosses the wire: a parsed request, an answer, and a refusal that carries its answer."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Upload:
    """One file part of a multipart form."""

    filename: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Caller:
    """Whom a credential speaks for. kind: oauth1, oauth2, app, page, user or none."""

    kind: str = "none"
    account: str = ""
    person: str = ""
    scopes: tuple[str, ...] = ()
    token: str = field(default="", repr=False)


@dataclass
class Request:
    """One request as received. Header names are lower case; `now` is milliseconds on the sandbox's clock.

    base: the address as the client wrote it. lag_s: how long a timeline hides what this request posts.
    """

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    now: int
    base: str
    args: dict[str, str] = field(default_factory=dict)
    caller: Caller = field(default_factory=Caller)
    version: str = ""
    lag_s: float = 0

    @cached_property
    def params(self) -> list[tuple[str, str]]:
        return parse_qsl(self.query, keep_blank_values=True)

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @cached_property
    def _parts(self) -> tuple[list[tuple[str, str]], dict[str, Upload]]:
        if self.content_type.startswith("application/x-www-form-urlencoded"):
            return parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True), {}
        if self.content_type.startswith("multipart/form-data"):
            return read_multipart(self.content_type, self.body)
        return [], {}

    @property
    def form(self) -> list[tuple[str, str]]:
        return self._parts[0]

    @property
    def files(self) -> dict[str, Upload]:
        return self._parts[1]

    @cached_property
    def values(self) -> dict[str, str]:
        """Query and form together; the form wins, as on both networks."""
        return {**dict(self.params), **dict(self.form)}

    def all(self, name: str) -> list[str]:
        return [value for key, value in [*self.params, *self.form] if key == name]

    @cached_property
    def json(self) -> Any:
        """The JSON body, or None when it is absent or unreadable."""
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            return None

    @property
    def basic(self) -> tuple[str, str] | None:
        scheme, _, value = self.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, secret = base64.b64decode(value).decode().partition(":")
        except ValueError:
            return None
        return name, secret

    @property
    def bearer(self) -> str:
        scheme, _, value = self.headers.get("authorization", "").partition(" ")
        return value.strip() if scheme.lower() in {"bearer", "oauth"} and "=" not in value else ""


@dataclass(frozen=True)
class Reply:
    """An answer. `delivery` says how the bytes leave: whole, reset, close, truncate or trickle:<bytes per second>."""

    status: int = 200
    body: bytes = field(default=b"", repr=False)
    headers: Headers = ()
    delivery: str = "whole"
    outcome: str = ""

    def also(self, *headers: tuple[str, str]) -> Reply:
        """The same answer with headers that it does not have yet."""
        have = {name for name, _ in self.headers}
        return replace(self, headers=self.headers + tuple(item for item in headers if item[0] not in have))


class Refusal(Exception):
    """The network says no. Raised before anything is written, so the transaction may still commit its bookkeeping."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def json_reply(payload: Any, status: int = 200, content_type: str = "application/json; charset=utf-8") -> Reply:
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(status, body, (("content-type", content_type),))


def form_reply(text: str) -> Reply:
    return Reply(200, text.encode(), (("content-type", "text/html; charset=utf-8"),))


def redirect(url: str) -> Reply:
    return Reply(302, b"", (("location", url), ("cache-control", "no-store")))


def read_multipart(content_type: str, body: bytes) -> tuple[list[tuple[str, str]], dict[str, Upload]]:
    """Fields and files of a multipart/form-data body. Parts without a name are dropped."""
    match = re.search(r'boundary="?([^";]+)"?', content_type)
    if not match:
        return [], {}
    fields: list[tuple[str, str]] = []
    files: dict[str, Upload] = {}
    for part in body.split(b"--" + match[1].encode())[1:]:
        head, separator, content = part.partition(b"\r\n\r\n")
        if not separator:
            continue
        _keep_part(head.decode("utf-8", "replace"), content.removesuffix(b"\r\n"), fields, files)
    return fields, files


def _keep_part(head: str, content: bytes, fields: list[tuple[str, str]], files: dict[str, Upload]) -> None:
    name = re.search(r'[; ]name="([^"]*)"', head)
    if not name:
        return
    filename = re.search(r'filename\*?="?([^"\r\n]*)"?', head)
    mime = re.search(r"(?im)^content-type:\s*([^\s;]+)", head)
    if filename:
        files[name[1]] = Upload(filename[1], mime[1].lower() if mime else "application/octet-stream", content)
    else:
        fields.append((name[1], content.decode("utf-8", "replace")))


def integer(value: str | None, default: int, lowest: int, highest: int) -> int:
    """A whole number within bounds; anything unreadable is the default."""
    try:
        number = int(value) if value else default
    except ValueError:
        number = default
    return max(lowest, min(highest, number))


def split_list(values: Sequence[str]) -> list[str]:
    return [item for value in values for item in value.split(",") if item]
