"""HTTP plumbing: a request finds its route, is carried out in one transaction, and is answered in one piece."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import re
import socket
import socketserver
import struct
import time
from email.utils import formatdate
from http import HTTPStatus

from sandbox import facebook_door, facebook_problems, faults, mishaps, router, x_problems
from sandbox.postman import Postman
from sandbox.routes import OUTSIDE, ROUTES
from sandbox.wire import Headers, Reply, Request, json_reply
from sandbox.world import World

MAX_BODY = 64 * 1024 * 1024
MAX_PAUSE_S = 120.0
KEPT_REQUESTS = 20_000
SECRET = re.compile(
    r"((?:access_token|appsecret_proof|client_secret|code|fb_exchange_token|input_token|oauth_verifier)=)[^&]+"
)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Loopback only. Threads die with the process; everything that matters is already committed."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, world: World) -> None:
        if host not in {"127.0.0.1", "localhost"}:
            raise ValueError(f"the sandbox speaks on the loopback address only, not on {host}")
        self.world, self.postman = world, Postman(world)
        super().__init__((host, port), Exchange)
        self.postman.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def server_close(self) -> None:
        super().server_close()
        self.postman.stop()

    def server_bind(self) -> None:
        # HTTPServer would ask the resolver for the host's full name here, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])


class Exchange(http.server.BaseHTTPRequestHandler):
    """One connection, kept alive for many requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 120
    server: Server

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: GET /_sandbox/requests is the log."""

    def answer(self) -> None:
        if self.headers.get("transfer-encoding"):
            self._send(json_reply({"error": "send a content-length"}, 411))
            self.close_connection = True
            return
        length = int(self.headers.get("content-length") or 0)
        if length > MAX_BODY:
            self._send(json_reply({"error": "too large"}, 413))
            self.close_connection = True
            return
        self._send(respond(self.server.world, self._read(length)))

    do_GET = do_POST = do_DELETE = do_PUT = do_HEAD = answer

    def _read(self, length: int) -> Request:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        base = f"http://{headers.get('host') or self.server.url.removeprefix('http://')}"
        now = self.server.world.now()
        return Request(self.command, path, query, headers, self.rfile.read(length), now, base)

    def _send(self, reply: Reply) -> None:
        """Leave in one piece, or break off in the way that the answer asks for."""
        if reply.delivery == "reset":
            self._reset()
        elif reply.delivery == "close":
            self.close_connection = True
        else:
            self._write(reply, render(reply))

    def _write(self, reply: Reply, raw: bytes) -> None:
        kind, _, rate = reply.delivery.partition(":")
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            if kind == "truncate":
                self.close_connection = True
                self.wfile.write(raw[: len(raw) - max(1, len(reply.body) // 2)])
            elif kind == "trickle":
                self._drip(raw, max(1, int(float(rate))))
            else:
                self.wfile.write(raw)

    def _drip(self, raw: bytes, bytes_a_second: int) -> None:
        step = max(1, bytes_a_second // 10)
        for at in range(0, len(raw), step):
            self.wfile.write(raw[at : at + step])
            time.sleep(min(MAX_PAUSE_S, step / bytes_a_second))

    def _reset(self) -> None:
        """A TCP reset: linger of zero seconds, then really close (the reader holds a second reference)."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()


def render(reply: Reply) -> bytes:
    phrase = HTTPStatus(reply.status).phrase if reply.status in {item.value for item in HTTPStatus} else "Unknown"
    # A header with an empty value was held back on purpose.
    own: Headers = tuple(item for item in reply.headers if item[1])
    common = (("date", formatdate(usegmt=True)), ("content-length", str(len(reply.body))))
    lines = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in (*common, *own)), "", ""]
    return "\r\n".join(lines).encode("utf-8", "replace") + reply.body


def respond(world: World, request: Request) -> Reply:
    """Fault or not, carried out and logged; committed before a byte of the answer leaves."""
    if request.path.startswith("/fb/") or request.path == "/fb":
        request.path, request.version = facebook_door.split_version(request.path)
    if request.path.startswith("/_sandbox/webhooks") and (found := router.find(OUTSIDE, request.method, request.path)):
        return found[0].door.open(world, request, found[0].view)
    with world.store.transaction():
        fault = faults.pick(world, request)
    if fault and fault.kind == "slow":
        time.sleep(min(MAX_PAUSE_S, fault.number("before_s")))
    with world.store.transaction():
        reply = mishaps.carry_out(world, fault, request, lambda: carry_out(world, request))
        if fault and reply.status:
            reply = dress(world, request, reply)
        _log(world, request, reply, fault.id if fault else None)
    _take_time(world, request)
    return reply


def _take_time(world: World, request: Request) -> None:
    """A network is far away: its answers take a while, however many are asked for at once."""
    pause_ms = world.flag("answer_after_ms")
    if pause_ms and faults.platform_of(request.path):
        time.sleep(min(MAX_PAUSE_S, pause_ms / 1000))


def carry_out(world: World, request: Request) -> Reply:
    found = router.find(ROUTES, request.method, request.path)
    if found is None:
        return _unknown(request)
    route, request.args = found
    return route.door.open(world, request, route.view)


def dress(world: World, request: Request, reply: Reply) -> Reply:
    """Give an answer that never reached its door the headers it would have had."""
    found = router.find(ROUTES, request.method, request.path)
    return found[0].door.dress(world, request, reply) if found else reply


def _unknown(request: Request) -> Reply:
    platform = faults.platform_of(request.path)
    if platform == "x":
        return x_problems.unknown_path()
    if platform == "facebook":
        return facebook_problems.unknown_path(request.path.removeprefix("/fb"))
    return Reply(404, b"Not found", (("content-type", "text/plain"),))


def _log(world: World, request: Request, reply: Reply, fault: int | None) -> None:
    """One line for each call of a network's interface; secrets in the query are masked."""
    if not faults.platform_of(request.path):
        return
    scheme = request.headers.get("authorization", "").partition(" ")[0].lower()
    query = "?" + SECRET.sub(r"\1…", request.query) if request.query else ""
    number = world.store.insert(
        "requests",
        at=request.now,
        method=request.method,
        path=request.path + query,
        auth=request.caller.kind if request.caller.kind != "none" else scheme or "none",
        account=request.caller.account or mishaps.account_of(world, request),
        body_sha256=hashlib.sha256(request.body).hexdigest() if request.body else "",
        status=reply.status,
        outcome=reply.outcome or ("ok" if 200 <= reply.status < 400 else "refused"),
        fault=fault,
    )
    if number % 500 == 0:
        world.store.run("DELETE FROM requests WHERE id <= ?", number - KEPT_REQUESTS)
