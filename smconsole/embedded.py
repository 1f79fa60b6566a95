"""The embedded console as programs: their environment, their command lines, and how each shows that it is ready."""

from __future__ import annotations

import http.client
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from smconsole import broker, secrets
from smconsole.child import CannotTell, Program
from smconsole.folder import RUN, Folder
from smconsole.preparation import ROOT

HOST = "127.0.0.1"
GROUND = 0  # the rank of what everything else stands on: started first, stopped last
PYTHON = [sys.executable, "-m"]
CELERY = [*PYTHON, "celery", "-A", "smconsole"]
WORKERS = 3  # one for the ticks, two for the networks


class PortTaken(Exception):
    """Somebody else listens on the wished port."""


@dataclass(frozen=True)
class Plan:
    """Where this run lives. `broker_port` is 0 where REDIS_URL names a server of somebody else's."""

    folder: Folder
    web_port: int
    sandbox_port: int
    broker_port: int
    redis_url: str
    secrets: dict[str, str] = field(repr=False)
    began: float = field(default_factory=time.monotonic)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.web_port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://{HOST}:{self.sandbox_port}"


def plan(folder: Folder, wished_port: int) -> Plan:
    """Choose the ports. Raises PortTaken."""
    known = secrets.load(folder.path)
    web_port = pick_port(wished_port)
    remembered = int(folder.read(RUN).get("sandbox_port", 0))
    # Links to published posts carry the sandbox's port: keep it from run to run where we can.
    sandbox_port = remembered if remembered and is_free(remembered) else pick_port(0)
    given = os.environ.get("REDIS_URL", "")
    broker_port = 0 if given else pick_port(0)
    redis_url = given or f"redis://:{known['BROKER_PASSWORD']}@{HOST}:{broker_port}/0"
    return Plan(folder, web_port, sandbox_port, broker_port, redis_url, known)


def pick_port(wished: int) -> int:
    """The wished port, or for 0 any free one. Raises PortTaken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wished))
        except OSError:
            raise PortTaken(f"Port {wished} is not free. Choose another with --port (0 takes any free one).") from None
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    try:
        return pick_port(port) == port
    except PortTaken:
        return False


def environment(plan: Plan) -> dict[str, str]:
    """What every program of this run sees. Whatever else is set outside, the database and the networks are ours."""
    path, sandbox = plan.folder.path, plan.sandbox_url
    return {
        **os.environ,
        **{name: plan.secrets[name] for name in secrets.SANDBOX_NAMES},
        "NO_BOOTSTRAP": "1",
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "smconsole.settings",
        "SMCONSOLE_DATA": str(path),
        "DATABASE_URL": f"sqlite:///{path / 'console.sqlite3'}",
        "MEDIA_ROOT": str(path / "media"),
        "REDIS_URL": plan.redis_url,
        "BASE_URL": plan.url,
        "SECURE": "0",
        "DEBUG": "0",
        "X_API_BASE_URL": f"{sandbox}/x",
        "X_WWW_BASE_URL": f"{sandbox}/x-www",
        "FACEBOOK_GRAPH_BASE_URL": f"{sandbox}/fb",
        "FACEBOOK_WWW_BASE_URL": f"{sandbox}/fb-www",
    }


def programs(plan: Plan) -> list[Program]:
    """The ground first, then what stands on it. The stop goes from the highest rank to the lowest."""
    env = environment(plan)
    own_broker = [_broker(plan, env)] if plan.broker_port else []
    return [*own_broker, _sandbox(plan, env), _web(plan, env), _worker(plan, env), _beat(plan, env)]


def _broker(plan: Plan, env: dict[str, str]) -> Program:
    return broker.program(plan.folder.path / "broker", plan.broker_port, plan.secrets["BROKER_PASSWORD"], env)


def _sandbox(plan: Plan, env: dict[str, str]) -> Program:
    where = ["--port", str(plan.sandbox_port), "--data", str(plan.folder.path / "sandbox")]
    return Program("sandbox", [*PYTHON, "sandbox", *where], env, _answer_of(plan.sandbox_url, "/"), GROUND, cwd=ROOT)


def _web(plan: Plan, env: dict[str, str]) -> Program:
    shape = ["--workers", "2", "--threads", "4", "--preload", "--graceful-timeout", "3", "--no-control-socket"]
    argv = [*PYTHON, "gunicorn", "smconsole.wsgi", "--bind", f"{HOST}:{plan.web_port}", *shape]
    return Program("web", argv, env, _answer_of(plan.url, "/healthz"), rank=3, grace=4.0, cwd=ROOT)


def _worker(plan: Plan, env: dict[str, str]) -> Program:
    shape = ["--pool", "prefork", "--concurrency", str(WORKERS), "--loglevel", "INFO"]
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    argv = [*CELERY, "worker", *shape, *alone]
    # kombu can come back to a broker that died and then take nothing more (celery issues 8030 and 10205). Mostly it
    # recovers in two seconds, sooner than a new worker would be up: so it is asked, and replaced only when it does not.
    leans_on = ("broker",) if plan.broker_port else ()
    return Program("worker", argv, env, _sign_of(plan, "worker"), 2, 5.0, leans_on, ROOT)


def _beat(plan: Plan, env: dict[str, str]) -> Program:
    # A clock without a memory: what is due stands in the rows, and no schedule file can be torn by a kill.
    argv = [*CELERY, "beat", "--scheduler", "celery.beat:Scheduler", "--pidfile", "", "--loglevel", "INFO"]
    return Program("beat", argv, env, _sign_of(plan, "beat"), 3, 2.0, cwd=ROOT)


def step(plan: Plan, *arguments: str) -> Program:
    """A management command as a program that runs once."""
    return Program(arguments[0], [sys.executable, str(ROOT / "manage.py"), *arguments], environment(plan), cwd=ROOT)


def _sign_of(plan: Plan, name: str) -> Callable[[float], str]:
    """A probe for a sign of life that /readyz knows, left since the moment asked about."""

    def ready(since: float) -> str:
        try:
            sign = json.loads(_read(plan.url, "/readyz")[1])["signs"][name]
        except (OSError, ValueError, KeyError, http.client.HTTPException):
            raise CannotTell("the web process cannot say yet") from None
        old = sign["age"] is None or sign["age"] > time.monotonic() - since
        return sign["problem"] or ("not seen since" if old else "")

    return ready


def _answer_of(url: str, path: str) -> Callable[[float], str]:
    """A probe that any answer but a server error satisfies."""

    def ready(since: float) -> str:
        try:
            status = _read(url, path)[0]
        except (OSError, http.client.HTTPException):
            return "it does not answer yet"
        return "" if status < 500 else f"it answers {status}"

    return ready


def _read(url: str, path: str, seconds: float = 3.0) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
