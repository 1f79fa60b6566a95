"""A network that does what the test says: a loopback server that answers from a script, or misbehaves."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from platforms.config import Config

RESET, HANG, CLOSE = "reset", "hang", "close"


@dataclass(frozen=True)
class Answer:
    """What comes back. fault: RESET, HANG or CLOSE once the whole request was read, instead of an answer.

    body: text as it is, anything else as JSON. cut: promise more bytes than are sent.
    """

    status: int = 200
    body: Any = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = "application/json; charset=utf-8"
    fault: str = ""
    cut: bool = False

    def wire(self) -> bytes:
        body = (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()
        length = len(body) + (1000 if self.cut else 0)
        lines = [f"HTTP/1.1 {self.status} Said", f"content-length: {length}", "connection: close"]
        lines += [f"content-type: {self.kind}"] if self.kind else []
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass(frozen=True)
class Heard:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))


class Wire:
    """Answers requests in the order of `script`; what it heard is in `heard`."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.script: list[Answer] = []
        self.heard: list[Heard] = []
        self.open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def say(self, *answers: Answer) -> None:
        self.script += answers

    def close(self) -> None:
        self.listener.close()
        for held in self.open:
            held.close()

    @property
    def config(self) -> Config:
        return sandbox_config(f"http://127.0.0.1:{self.port}")

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        heard = read_request(connection)
        if heard is None:
            connection.close()
            return
        self.heard.append(heard)
        answer = self.script.pop(0) if self.script else Answer(599, "the script is over", kind="text/plain")
        if answer.fault == HANG:
            self.open.append(connection)
            return
        if answer.fault == RESET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif answer.fault != CLOSE:
            connection.sendall(answer.wire())
        connection.close()


def read_request(connection: socket.socket) -> Heard | None:
    received = b""
    while b"\r\n\r\n" not in received:
        piece = connection.recv(65536)
        if not piece:
            return None
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    method, target, _ = first.split(" ")
    return Heard(method, urlsplit(target).path, dict(parse_qsl(urlsplit(target).query)), headers, body)


def sandbox_config(base: str) -> Config:
    return Config(
        x_api=f"{base}/x",
        x_www=f"{base}/x-www",
        x_consumer_key="sbx_consumer_key",
        x_consumer_secret="sbx_consumer_secret",
        x_client_id="sbx_client_id",
        x_client_secret="sbx_client_secret",
        x_bearer_token="sbx_app_bearer",
        graph=f"{base}/fb",
        facebook_www=f"{base}/fb-www",
        facebook_app_id="sbx_app",
        facebook_app_secret="sbx_app_secret",
    )
