"""Who may what, by asking: every address, as every role and as nobody, about one's own team's things and another's."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.cookies import SimpleCookie
from tempfile import TemporaryDirectory
from typing import Any, NoReturn
from unittest.mock import patch

from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts import recent
from accounts.models import User
from smconsole.proving import matrix_ground
from smconsole.proving.matrix_ground import Ground, Keys
from smconsole.proving.matrix_recipes import RECIPES, Recipe

ALWAYS = ("GET", "POST")
SELDOM = ("PUT", "PATCH", "DELETE")  # a row only where an address answers otherwise than 405
NOT_SERVED = 405
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# What the ground does not name by side: a thing of the console itself, or nothing at all.
FIXED: Keys = {
    "nothing": 1, "token": "x", "rule": "VRM", "part": "law", "words": "slurs", "kind": "venue", "edition": 1,
    "template": "surgery", "passkey": 1, "measure": "informed", "upload": 1, "file": 1, "analysis": 1, "report": 1,
    "seat": "need",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """roles: {role: {"own": status, "other": status}}, statuses of HTTP."""

    url: str
    method: str
    roles: dict[str, dict[str, int]] = field(default_factory=dict)
    anonymous: int = 0


def names() -> list[str]:
    """Every named address, in the order of the URL table."""
    return list(dict.fromkeys(_names(get_resolver().url_patterns)))


def build(*, now: datetime, only: frozenset[str] = frozenset()) -> Iterator[Row]:
    """Ask, and undo each answer. only: these addresses alone. Nothing is left in the database, on disk or in the
    cache, and no socket opens meanwhile. For a database that nobody else is using."""
    with _alone(), transaction.atomic():
        ground = matrix_ground.build(now=now)
        clients = {role: _signed_in(user) for role, user in ground.roles.items()}
        for name in names():
            if not only or name in only:
                yield from _rows(name, ground, clients)
        transaction.set_rollback(True)


def _rows(name: str, ground: Ground, clients: dict[str, tuple[Client, SimpleCookie]]) -> Iterator[Row]:
    for method in (*ALWAYS, *SELDOM):
        roles = {}
        for role in clients:
            sides = {"own": _keys(ground, role, own=True), "other": _keys(ground, role, own=False)}
            roles[role] = {side: _ask(*clients[role], name, method, keys) for side, keys in sides.items()}
            if method in SELDOM and set(roles[role].values()) == {NOT_SERVED}:
                break
        else:
            keys = _keys(ground, next(iter(clients)), own=True)
            yield Row(
                name, method, roles, _ask(Client(raise_request_exception=False), SimpleCookie(), name, method, keys)
            )


def _keys(ground: Ground, role: str, *, own: bool) -> Keys:
    """A notice is a person's, so the other's is somebody else's."""
    side = ground.own if own else ground.other
    stranger = next(other for other in ground.own_notice if other != role)
    return FIXED | side.keys | {"notice": ground.own_notice[role if own else stranger]}


def _ask(client: Client, cookies: SimpleCookie, name: str, method: str, keys: Keys) -> int:
    """The status of one request, whose every effect is undone."""
    recipe = RECIPES[name]
    client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    cache.clear()
    with transaction.atomic():
        answer = (
            client.generic(method, _address(name, recipe, keys))
            if method != "POST"
            else client.post(_address(name, recipe, keys), _body(recipe, keys))
        )
        status = int(answer.status_code)
        transaction.set_rollback(True)
    return status


def _address(name: str, recipe: Recipe, keys: Keys) -> str:
    return reverse(name, kwargs={argument: keys[key] for argument, key in recipe.keys.items()})


def _body(recipe: Recipe, keys: Keys) -> dict[str, str]:
    return {name: value.format(**keys) for name, value in recipe.body.items()}


def _signed_in(user: User) -> tuple[Client, SimpleCookie]:
    """A browser and its cookies: they are put back before each request, since signing out is one of them."""
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    recent.prove(client, user)
    return client, SimpleCookie(client.cookies.output(header="", sep=";"))


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}"


@contextmanager
def _alone() -> Iterator[None]:
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
