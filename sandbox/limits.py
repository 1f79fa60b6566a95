"""X's fixed windows per user or app and endpoint (platforms' published limits), on the sandbox's clock."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.wire import Headers
from sandbox.world import World

QUARTER_S = 15 * 60
DAY_S = 24 * 3600


@dataclass(frozen=True)
class Limit:
    """Calls per 15 minutes for one user token and for the app, and per 24 hours for the app. 0: no such limit."""

    user: int
    app: int = 0
    app_day: int = 0


LIMITS = {
    "post_create": Limit(user=100, app_day=10_000),
    "post_delete": Limit(user=50),
    "post_lookup": Limit(user=5_000, app=3_500),
    "user_posts": Limit(user=900, app=10_000),
    "user_mentions": Limit(user=300, app=450),
    "me": Limit(user=75),
    "user_lookup": Limit(user=900, app=300),
    "media_upload": Limit(user=500, app_day=50_000),
    "media_metadata": Limit(user=500),
    "usage": Limit(user=50, app=50),
    "oauth": Limit(user=3_000, app=3_000),
}


@dataclass(frozen=True)
class Window:
    limit: int
    used: int
    resets_at_s: int

    @property
    def is_spent(self) -> bool:
        return self.used > self.limit

    def headers(self, prefix: str = "x-rate-limit-") -> Headers:
        return (
            (f"{prefix}limit", str(self.limit)),
            (f"{prefix}remaining", str(max(0, self.limit - self.used))),
            (f"{prefix}reset", str(self.resets_at_s)),
        )


def windows(world: World, endpoint: str, account: str, now: int) -> list[tuple[str, str, int, int]]:
    """Which windows a call falls in: (header prefix, key, limit, length in seconds)."""
    limit = LIMITS[endpoint]
    own = world.flag("x_limits").get(endpoint)
    per_quarter = own if own is not None else (limit.user if account else limit.app or limit.user)
    found = [("x-rate-limit-", f"{endpoint}|{account or 'app'}", per_quarter, QUARTER_S)]
    if limit.app_day:
        found.append(("x-app-limit-24hour-", f"{endpoint}|app|day", limit.app_day, DAY_S))
    return found


def peek(world: World, key: str, limit: int, length_s: int, now: int) -> Window:
    """The window as it stands; one that has ended starts afresh."""
    row = world.store.row("SELECT * FROM windows WHERE name = ?", key)
    if row is None or row["opened_at"] + length_s * 1000 <= now:
        return Window(limit, 0, now // 1000 + length_s)
    return Window(limit, row["used"], row["opened_at"] // 1000 + length_s)


def count(world: World, key: str, limit: int, length_s: int, now: int) -> Window:
    """Count one call. A call over the limit is refused and does not lengthen the window."""
    window = peek(world, key, limit, length_s, now)
    if window.used == 0:
        world.store.run("INSERT OR REPLACE INTO windows (name, opened_at, used) VALUES (?, ?, 1)", key, now)
    elif window.used <= limit:
        world.store.run("UPDATE windows SET used = used + 1 WHERE name = ?", key)
    return Window(limit, window.used + 1, window.resets_at_s)


def spend(world: World, endpoint: str, account: str, now: int) -> tuple[bool, Headers]:
    """Count a call to an X endpoint: may it go ahead, and the headers its answer carries."""
    allowed = True
    headers: Headers = ()
    for prefix, key, limit, length_s in windows(world, endpoint, account, now):
        window = count(world, key, limit, length_s, now)
        allowed = allowed and not window.is_spent
        headers = headers + window.headers(prefix)
    return allowed, headers


def standing(world: World, endpoint: str, account: str, now: int) -> Headers:
    """The headers without counting, for answers that never reached the endpoint."""
    headers: Headers = ()
    for prefix, key, limit, length_s in windows(world, endpoint, account, now):
        headers = headers + peek(world, key, limit, length_s, now).headers(prefix)
    return headers
