"""The secrets of the embedded console: made once, kept beside its database, readable by its owner alone.

A force's service gets its secrets from the environment and never comes here (`settings.py`).
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

NAMES = ("SECRET_KEY", "FERNET_KEYS", "AUDIT_KEY", "BROKER_PASSWORD")

SANDBOX_NAMES = (
    "X_CONSUMER_KEY",
    "X_CONSUMER_SECRET",
    "X_CLIENT_ID",
    "X_CLIENT_SECRET",
    "X_BEARER_TOKEN",
    "FACEBOOK_APP_ID",
    "FACEBOOK_APP_SECRET",
)


def load(folder: Path) -> dict[str, str]:
    """Read `folder/secrets.json`, made (mode 0600) when absent. Returns every name of NAMES and SANDBOX_NAMES."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "secrets.json"
    if not path.exists():
        _write(path, _fresh())
    return {str(name): str(value) for name, value in json.loads(path.read_text()).items()}


def _fresh() -> dict[str, str]:
    made = {name: secrets.token_urlsafe(48) for name in NAMES}
    made["FERNET_KEYS"] = base64.urlsafe_b64encode(os.urandom(32)).decode()
    # The sandbox's own keys say so: the clients refuse them towards a real network.
    return made | {name: f"sbx_{secrets.token_urlsafe(24)}" for name in SANDBOX_NAMES}


def _write(path: Path, values: dict[str, str]) -> None:
    # Written aside and linked into place: two first starts at once agree on one file.
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(values, file, indent=1)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
