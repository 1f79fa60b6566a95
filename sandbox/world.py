"""The simulated world: its state, its keys, its clock and its switches."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.seed import PEOPLE, PROFILES, Keys, Profile
from sandbox.store import Row, Store

SNOWFLAKE_EPOCH_MS = 1288834974657

# Switches of POST /_sandbox/config; README.md tells what each does.
FLAGS: dict[str, Any] = {
    "growth": True,
    "answer_after_ms": 0,
    "x_duplicate_window_s": 24 * 3600,
    "facebook_duplicate_guard": True,
    "timeline_lag_s": 0,
    "proof_required": True,
    "x_profile": "self_serve",
    "x_delete_unknown": "deleted",
    "x_credits": None,
    "x_rate_limit_body": "problem",
    "x_post_id_names": False,
    "x_public_client": False,
    "x_limits": {},
    "media_steps": 2,
    "redirect_urls": [],
    "insights_min_followers": 100,
    "insights_retired": [],
}


@dataclass
class World:
    """Everything a view needs. Built once; thread safe because the store is.

    listened_to: somebody wants to hear of Pages (hooks.py); kept here, so that posting asks nothing when nobody does.
    """

    store: Store
    keys: Keys
    listened_to: bool = False
    bell: threading.Event = field(default_factory=threading.Event, repr=False)

    @classmethod
    def open(cls, store: Store, keys: Keys, seed: int = 1) -> World:
        world = cls(store, keys)
        with store.transaction():
            if store.recall("seed") is None:
                world.reset(seed)
        world.listened_to = store.row("SELECT 1 FROM callbacks") is not None
        world.bell.set()
        return world

    def reset(self, seed: int) -> None:
        """Forget everything and start again from the seed."""
        self.store.empty()
        self.listened_to = False
        self.store.remember("seed", seed)
        for profile in PROFILES:
            self.add_account(profile)
        for person in PEOPLE:
            self.store.insert("people", id=person.id, name=person.name, has_pages=int(person.has_pages))

    @property
    def seed(self) -> int:
        return int(self.store.recall("seed", 1))

    def now(self) -> int:
        """Milliseconds since 1970 on the sandbox's clock."""
        return int(time.time() * 1000) + int(self.store.recall("clock_offset_ms", 0))

    def advance(self, milliseconds: int) -> None:
        self.store.remember("clock_offset_ms", int(self.store.recall("clock_offset_ms", 0)) + milliseconds)

    def flag(self, name: str) -> Any:
        return self.flags()[name]

    def flags(self) -> dict[str, Any]:
        return {**FLAGS, **self.store.recall("flags", {})}

    def set_flags(self, changes: dict[str, Any]) -> None:
        self.store.remember("flags", {**self.store.recall("flags", {}), **changes})

    def next_id(self, now: int) -> str:
        """A snowflake: the millisecond, then 22 bits of a counter that never stops, so no id comes twice."""
        count = int(self.store.recall("id_count", 0)) + 1
        self.store.remember("id_count", count)
        return str(((now - SNOWFLAKE_EPOCH_MS) << 22) | (count & 0x3FFFFF))

    def add_account(self, profile: Profile) -> None:
        self.store.insert(
            "accounts",
            id=profile.id,
            network=profile.network,
            handle=profile.handle,
            name=profile.name,
            followers=profile.followers,
            created_at=self.now(),
        )

    def account(self, account_id: str, network: str = "") -> Row | None:
        found = self.store.row("SELECT * FROM accounts WHERE id = ?", account_id)
        return found if found and network in {"", found["network"]} else None

    def account_called(self, network: str, handle: str) -> Row | None:
        """An account by id or by handle."""
        return self.store.row(
            "SELECT * FROM accounts WHERE network = ? AND (id = ? OR handle = ? COLLATE NOCASE)",
            network,
            handle,
            handle,
        )

    def accounts(self, network: str) -> list[Row]:
        return self.store.rows("SELECT * FROM accounts WHERE network = ? ORDER BY name, id", network)
