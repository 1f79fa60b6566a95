"""The console's own signature under what leaves it as a record: Ed25519 (RFC 8032).

The key is made from AUDIT_KEY, so whoever keeps that one keeps this one; the public half is for everybody.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"smconsole: signature of exported records, 1"


def sign(content: bytes) -> bytes:
    """64 bytes."""
    return _private().sign(content)


def public_key() -> str:
    """32 bytes in hexadecimal."""
    return _private().public_key().public_bytes_raw().hex()


def holds(content: bytes, signature: bytes, key: str) -> bool:
    """Whether the owner of this public key (hexadecimal) signed exactly this. Raises ValueError for no key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _private() -> Ed25519PrivateKey:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(settings.AUDIT_KEY.encode())
    return Ed25519PrivateKey.from_private_bytes(made)
