"""What the grounds of the rights matrix are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from accounts.models import Team, User

Keys = dict[str, str | int]


@dataclass
class Side:
    """One ward. keys: what the addresses and the forms ask for, by the names that the recipes use."""

    ward: Team
    author: User
    mentor: User
    keys: Keys = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """roles: the one person in each. own: their ward's things; other: another borough's. persons: each one's own.

    stranger: somebody of no role here, whose own things are the other's.
    """

    roles: dict[str, User]
    own: Side
    other: Side
    persons: dict[str, Keys]
    strangers: Keys


@dataclass(frozen=True)
class Row:
    """roles: {role: {"own": status, "other": status}}, statuses of HTTP."""

    url: str
    method: str
    roles: dict[str, dict[str, int]] = field(default_factory=dict)
    anonymous: int = 0
