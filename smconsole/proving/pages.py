"""How long the pages take that people open all day: over HTTP from a real server, on the database as it is."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.middleware import KEPT
from accounts.models import Appointment, Role, Team, User
from posts.models import Post
from smconsole.child import Child, Program, bury
from smconsole.preparation import ROOT
from smconsole.proving.ground import Broken

SIGN_IN = "allauth.account.auth_backends.AuthenticationBackend"
COMES_UP_WITHIN = 60.0  # seconds
HEADERS = {"X-Forwarded-Proto": "https"}


@dataclass(frozen=True)
class Page:
    """name: what it is and for whom, "home, sergeant"."""

    name: str
    address: str
    user: User


@dataclass(frozen=True)
class Timing:
    page: str
    median_ms: float
    p95_ms: float
    queries: int


def measure(*, rounds: int, now: datetime, only: str = "") -> Iterator[Timing]:
    """Each page `rounds` times after two that warm it up. only: words of
    their names. Raises Broken when a page does not answer 200.
    """
    pages = [page for page in pages_to_open(now=now) if only in page.name]
    if not pages:
        raise Broken(
            "There is no such page to open, or nobody is appointed to anything here. Try manage.py seed_scale."
        )
    with _served() as port:
        for page in pages:
            with _signed_in(page.user) as cookie:
                taken = [_get(port, page, cookie) for _ in range(rounds + 2)][2:]
            p95 = statistics.quantiles(taken, n=100, method="inclusive")[94] if len(taken) > 1 else taken[0]
            yield Timing(page.name, round(statistics.median(taken), 1), round(p95, 1), _queries(page))


def pages_to_open(*, now: datetime) -> Iterator[Page]:
    """What each role opens most. A role that nobody holds here is left out."""
    for role in (Role.SERGEANT, Role.MENTOR, Role.DMC_ADMIN, Role.HEAD, Role.MANAGER):
        held = Appointment.objects.active(now).filter(role=role, user__is_active=True).select_related("user", "team")
        if (one := held.order_by("pk").first()) is not None:
            yield Page(f"home, {role.label.lower()}", reverse("home"), one.user)
            yield from _pages_of(role, one.user, one.team)


def _pages_of(role: str, user: User, team: Team) -> Iterator[Page]:
    if role == Role.SERGEANT:
        yield Page("ward dashboard, 30 days", reverse("engagement:ward", args=[team.code]), user)
        yield Page("ward dashboard, 12 months", reverse("engagement:ward", args=[team.code]) + "?days=365", user)
        yield Page("posts of a ward", reverse("posts:index"), user)
        yield Page("calendar, a ward", reverse("publishing:calendar"), user)
        yield Page("own page", reverse("engagement:mine"), user)
        if (post := Post.objects.filter(team=team, state=Post.State.SENT).order_by("-pk").first()) is not None:
            yield Page("history of a post", reverse("posts:post", args=[post.pk]), user)
            yield Page("history of a post, its numbers", reverse("engagement:post_numbers", args=[post.pk]), user)
    if role == Role.MENTOR:
        yield Page("review queue", reverse("policy:queue"), user)
    if role == Role.DMC_ADMIN:
        yield Page("channels", reverse("accounts:channels"), user)
        yield Page("training of authors", reverse("accounts:trained_people"), user)
        yield Page("mentors and authors", reverse("accounts:pairs"), user)
    if role == Role.MANAGER:
        yield Page("borough dashboard, 30 days", reverse("engagement:borough", args=[team.code]), user)
        yield Page("borough dashboard, 12 months", reverse("engagement:borough", args=[team.code]) + "?days=365", user)
        yield Page("patch dashboard, a borough", reverse("engagement:patch"), user)
    if role == Role.HEAD:
        yield Page("force dashboard, 30 days", reverse("engagement:force"), user)
        yield Page("force dashboard, 90 days", reverse("engagement:force") + "?days=90", user)
        yield Page("force dashboard, 12 months", reverse("engagement:force") + "?days=365", user)
        yield Page("patch dashboard, the force", reverse("engagement:patch"), user)
        yield Page("map dashboard, the force", reverse("engagement:area_map"), user)
        yield Page("calendar, the force", reverse("publishing:calendar"), user)
        yield Page("calendar of a month, the force", reverse("publishing:calendar") + "?view=month", user)
        yield Page("posts of the force", reverse("posts:index"), user)
        yield Page("posts of the force, sent", reverse("posts:index") + "?state=sent", user)


@contextmanager
def _served() -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    shape = ["--workers", "1", "--threads", "2", "--timeout", "120", "--log-level", "warning"]
    argv = [sys.executable, "-m", "gunicorn", "smconsole.wsgi", "--bind", f"127.0.0.1:{port}", *shape]
    with tempfile.TemporaryDirectory() as folder:
        server = Child(Program("web", argv, dict(os.environ), cwd=ROOT), Path(folder) / "web.log")
        server.start()
        try:
            _wait_for(port, server)
            yield port
        finally:
            if server.pid:
                bury(server.pid)


def _wait_for(port: int, server: Child) -> None:
    end = time.monotonic() + COMES_UP_WITHIN
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise Broken(f"The server did not come up in {COMES_UP_WITHIN:.0f} s.\n{server.tail()}")


@contextmanager
def _signed_in(user: User) -> Iterator[str]:
    """A session of this person for as long as it takes, and its cookie."""
    session = SessionStore()
    facts = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: SIGN_IN, HASH_SESSION_KEY: user.get_session_auth_hash()}
    session.update(facts | {KEPT: True})
    session.create()
    try:
        yield f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
    finally:
        session.delete()


def _get(port: int, page: Page, cookie: str) -> float:
    """Milliseconds from the question to the last byte of the answer."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    host = urlsplit(settings.BASE_URL).hostname or "127.0.0.1"
    begun = time.perf_counter()
    asked.request("GET", page.address, headers={**HEADERS, "Host": host, "Cookie": cookie})
    answer = asked.getresponse()
    answer.read()
    taken = (time.perf_counter() - begun) * 1000
    asked.close()
    if answer.status != 200:
        raise Broken(f"{page.name} ({page.address}) answered {answer.status}.")
    return taken


def _queries(page: Page) -> int:
    """How many questions the page asks the database, counted in this process."""
    client = Client(headers={"x-forwarded-proto": "https"})
    client.force_login(page.user, backend=SIGN_IN)
    session = client.session
    session[KEPT] = True
    session.save()
    facts: dict[str, Any] = {"headers": {"host": urlsplit(settings.BASE_URL).hostname or "127.0.0.1"}}
    client.get(page.address, **facts)
    with CaptureQueriesContext(connection) as asked:
        client.get(page.address, **facts)
    return len(asked)
