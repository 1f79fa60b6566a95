"""Secrets at rest. Encrypted with the first of FERNET_KEYS, readable with any of them, so keys can be changed."""

from __future__ import annotations

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Locked(Exception):
    """None of today's keys opens this. The secret is lost, and only connecting again brings a new one."""


def seal(secret: dict[str, Any]) -> bytes:
    """Encrypt a JSON-able dict."""
    return _ring().encrypt(json.dumps(secret).encode())


def open(sealed: bytes | memoryview) -> dict[str, Any]:
    """The dict that `seal` was given. Raises Locked."""
    try:
        opened: dict[str, Any] = json.loads(_ring().decrypt(bytes(sealed)))
    except InvalidToken:
        raise Locked("No key of this console opens a stored secret.") from None
    return opened


def reseal(sealed: bytes | memoryview) -> bytes:
    """The same secret under the first key. Raises Locked."""
    try:
        return _ring().rotate(bytes(sealed))
    except InvalidToken:
        raise Locked("No key of this console opens a stored secret.") from None


def _ring() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FERNET_KEYS])
