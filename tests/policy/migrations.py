"""Steps of the database that a test takes once more."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def migration(name: str) -> Any:
    return import_module(f"policy.migrations.{name}")
