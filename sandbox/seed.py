"""The app's own keys, and who is there on the first day. Every secret starts with `sbx_`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

PREFIX = "sbx_"


@dataclass(frozen=True)
class Keys:
    """The one app per network, known to both sides."""

    X_CONSUMER_KEY: str = "sbx_consumer_key"
    X_CONSUMER_SECRET: str = "sbx_consumer_secret"  # noqa: S105
    X_CLIENT_ID: str = "sbx_client_id"
    X_CLIENT_SECRET: str = "sbx_client_secret"  # noqa: S105
    X_BEARER_TOKEN: str = "sbx_app_bearer"  # noqa: S105
    FACEBOOK_APP_ID: str = "sbx_app"
    FACEBOOK_APP_SECRET: str = "sbx_app_secret"  # noqa: S105

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Keys:
        """Raises ValueError for a key without the sandbox's prefix: a real secret must never be tried here."""
        given = {key.name: env[key.name] for key in fields(cls) if env.get(key.name)}
        real = [name for name, value in given.items() if not value.startswith(PREFIX)]
        if real:
            raise ValueError(f"{', '.join(real)} must start with {PREFIX}: the sandbox refuses real keys")
        return cls(**given)


@dataclass(frozen=True)
class Profile:
    network: str
    id: str
    handle: str
    name: str
    followers: int


@dataclass(frozen=True)
class Person:
    """Somebody who signs in to Facebook. has_pages: runs every Page of the sandbox, or none."""

    id: str
    name: str
    has_pages: bool


PROFILES = (
    Profile("x", "1750000000000000001", "SandboxNorth", "Sandbox North Ward", 1240),
    Profile("x", "1750000000000000002", "SandboxSouth", "Sandbox South Ward", 310),
    Profile("facebook", "615000000000001", "sandbox.north", "Sandbox North Ward", 890),
    Profile("facebook", "615000000000002", "sandbox.south", "Sandbox South Ward", 64),
)

PEOPLE = (
    Person("122000000000001", "Robin Sandbox (runs the Pages)", True),
    Person("122000000000002", "Kim Sandbox (runs no Page)", False),
)
