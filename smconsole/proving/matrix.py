"""Who may what, by asking: every address, as every role and as nobody, about one's own team's things and another's."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from http.cookies import SimpleCookie
from tempfile import TemporaryDirectory
from typing import Any, NoReturn
from unittest.mock import patch

from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import handing, recent
from accounts.views import WALKS
from smconsole.moving import PARTS
from smconsole.proving import matrix_ground
from smconsole.proving.matrix_recipes import RECIPES, Recipe
from smconsole.proving.matrix_sides import Ground, Keys, Row

NOT_SERVED = 405
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# What the console itself brings.
FIXED: Keys = {
    "seat": "need", "rule": "VRM", "part": "law", "taught": "DATE", "words": "slurs", "kind": "venue",
    "kind_of_cost": "create", "edition": 1, "template": "surgery", "measure": "informed",
    "move": "suspend", "form": "csv", "nothing": "nothing",
}  # fmt: skip


def names() -> list[str]:
    """Every named address, in the order of the URL table."""
    return list(dict.fromkeys(name for name, _ in arguments(get_resolver().url_patterns)))


def build(*, now: datetime, only: frozenset[str] = frozenset(), methods: Sequence[str] = METHODS) -> Iterator[Row]:
    """Ask, and undo each answer. only: these addresses alone. Nothing is left in the database, on disk or in the
    cache, and no socket opens meanwhile. For a database that nobody else is using."""
    with alone(), transaction.atomic():
        asking = Asking(matrix_ground.build(now=now), now=now)
        for name in names():
            if not only or name in only:
                for method in methods:
                    yield asking.row(name, method)
        transaction.set_rollback(True)


class Asking:
    """One console for everybody, and a browser for each role and for nobody."""

    def __init__(self, ground: Ground, *, now: datetime) -> None:
        self.ground = ground
        for side in (ground.own, ground.other):
            side.keys["plan"] = handing.plan(leaver=side.author, parts=PARTS, now=now).seal
        self.nobody = Client(raise_request_exception=False)
        self.handler = self.nobody.handler
        self.browsers = {role: self._signed_in(role) for role in ground.roles}

    def row(self, name: str, method: str) -> Row:
        asked: dict[str, dict[str, int]] = {}
        for role in self.browsers:
            # A method that an address does not serve is refused before anybody is looked at, or anything.
            served = NOT_SERVED not in {status for one in asked.values() for status in one.values()}
            own = self.ask(role, name, method, own=True) if served else NOT_SERVED
            other = own if own == NOT_SERVED else self.ask(role, name, method, own=False)
            asked[role] = {"own": own, "other": other}
        return Row(name, method, asked, self.ask("", name, method, own=True))

    def ask(self, role: str, name: str, method: str, *, own: bool) -> int:
        """The status of one request, whose every effect is undone. role: empty for nobody signed in."""
        client, cookies = self.browsers[role] if role else (self.nobody, SimpleCookie())
        recipe, keys = RECIPES[name], self._keys(role, own=own)
        client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
        cache.clear()
        with transaction.atomic():
            address = _address(name, recipe, keys)
            answer = client.post(address, _body(recipe, keys)) if method == "POST" else client.generic(method, address)
            transaction.set_rollback(True)
        return int(answer.status_code)

    def _keys(self, role: str, *, own: bool) -> Keys:
        side = self.ground.own if own else self.ground.other
        person = self.ground.persons[role] if own and role else self.ground.strangers
        return FIXED | side.keys | person

    def _signed_in(self, role: str) -> tuple[Client, SimpleCookie]:
        """A browser and its cookies: they are put back before each request, since signing out is one of them."""
        client = Client(raise_request_exception=False)
        client.handler = self.handler  # each would read every static file's name anew
        client.force_login(self.ground.roles[role], backend=BACKEND)
        recent.prove(client, self.ground.roles[role])
        session, own = client.session, self.ground.persons[role]
        session[WALKS] = [own["walk"], own["returned_walk"]]
        session.save()
        return client, SimpleCookie(client.cookies.output(header="", sep=";"))


def _address(name: str, recipe: Recipe, keys: Keys) -> str:
    path = reverse(name, kwargs={argument: keys[key] for argument, key in recipe.keys.items()})
    return f"{path}?{recipe.query.format(**keys)}" if recipe.query else path


def _body(recipe: Recipe, keys: Keys) -> dict[str, str]:
    return {name: value.format(**keys) for name, value in recipe.body.items()}


def arguments(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every named address with the names of what it is asked with."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from arguments(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", list(entry.pattern.converters)


@contextmanager
def alone() -> Iterator[None]:
    """Pictures in a folder that goes, a cache of its own, and no way out to any network."""
    with TemporaryDirectory() as folder:
        settings: dict[str, Any] = {
            "MEDIA_ROOT": folder,
            "ALLOWED_HOSTS": ["testserver"],
            "SECURE_SSL_REDIRECT": False,
            "SECOND_FACTOR": "off",  # what a role may, not how it signs in
            "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
            "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        }
        with override_settings(**settings), patch.object(socket.socket, "connect", _no_way_out):
            logging.disable(logging.CRITICAL)  # refusals by the thousand, all of them asked for
            try:
                yield
            finally:
                logging.disable(logging.NOTSET)


def _no_way_out(*_: object) -> NoReturn:
    raise ConnectionRefusedError("The rights matrix speaks to no network.")
