"""A hold is opened at random instants of a burst: does a post go out whose claim came after it?

The instants are drawn over the burst itself, by how much of it has gone out, not over a span of seconds: how fast posts
go depends on the machine, and an instant before the first or after the last of them shows nothing.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from smconsole.proving.ground import Ground, ground

CONCURRENCY = 2
ENOUGH = 40  # claims after the hold: then the round is over
AT_MOST = 60  # seconds that a burst, and what comes after its hold, may take
SHARES = (0.02, 0.9)  # of the posts: so much of the burst is out when its hold is opened
LINGER = 0.05  # seconds at most from then to the hold, so that no instant keeps step with the workers


@dataclass(frozen=True)
class Order:
    posts: int
    instants: int
    seed: int
    workers: int = 2


def run(order: Order, say: Callable[[str], None]) -> dict[str, Any]:
    """One round for each instant, all on one console: {"posts", "instants", "inside", "sent", "claims_after",
    "stopped", "through", "seconds"}.

    inside: holds before which something was sent and after which something was claimed. sent: before the hold.
    claims_after: how many were claimed after it: none of them may be sent. Raises ground.Broken.
    """
    began, chance = time.monotonic(), random.Random(order.seed)  # noqa: S311
    found: Counter[str] = Counter()
    with ground(PROVE_AFTER_SECONDS="3600") as console:
        say("Making a console of its own")
        console.crew("migrate")
        console.crew("open", channels=order.posts, prefix="w")
        console.crew("appoint_heads")
        console.sandbox("config", {"x_limits": {"post_create": 10**6}})  # a day's worth of posts goes out in minutes
        for number in range(order.workers):
            console.start_worker(f"worker{number}", CONCURRENCY)
        console.start_clock("clock")
        for number in range(order.instants):
            told = _round(console, order, number, chance)
            say(f"Hold {number + 1} of {order.instants}: {told}")
            found.update(told, inside=bool(told["sent"] and told["claims_after"]))
    names = ("inside", "sent", "claims_after", "stopped", "through")
    shape = {"posts": order.posts, "instants": order.instants}
    return {**shape, **{name: found[name] for name in names}, "seconds": round(time.monotonic() - began, 1)}


def proves(found: dict[str, Any]) -> bool:
    """Nothing came through, and at least half of the holds fell into their burst: else hardly anything was tried."""
    return not found["through"] and 2 * found["inside"] >= found["instants"]


def _round(console: Ground, order: Order, number: int, chance: random.Random) -> dict[str, int]:
    start = console.crew("fall_due", posts=order.posts, first=number * order.posts)["start"]
    out = round(order.posts * chance.uniform(*SHARES))
    instant = {"out": out, "linger": chance.uniform(0, LINGER), "at_most": AT_MOST}
    committed = console.crew("hold_in_burst", start=start, **instant)["committed"]
    told = console.crew("after", start=start, committed=committed, enough=ENOUGH, at_most=AT_MOST)
    console.crew("let_go")
    return dict(told)
