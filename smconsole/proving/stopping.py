"""A hold is opened at random instants while posts fall due: does one go out whose claim came after it?"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from smconsole.proving.ground import Ground, ground

WORKERS, CONCURRENCY = 2, 2
ENOUGH = 40  # claims after the hold: then the round is over
AT_MOST = 60  # seconds that a round may take after its hold
RATE = 30  # posts a second that are hoped for: the instants lie within the time that so many take


@dataclass(frozen=True)
class Order:
    posts: int
    instants: int
    seed: int


def run(order: Order, say: Callable[[str], None]) -> dict[str, Any]:
    """One round for each instant: {"posts", "instants", "sent", "claims_after", "stopped", "through", "seconds"}.

    sent: before the hold. claims_after: how many were claimed after it: none of them may be sent. Raises ground.Broken.
    """
    began, chance = time.monotonic(), random.Random(order.seed)  # noqa: S311
    found: Counter[str] = Counter()
    with ground(PROVE_AFTER_SECONDS="3600") as console:
        say("Making a console of its own")
        console.crew("migrate")
        console.crew("open", channels=order.posts, prefix="w")
        console.crew("appoint_heads")
        for number in range(WORKERS):
            console.start_worker(f"worker{number}", CONCURRENCY)
        console.start_clock("clock")
        for number in range(order.instants):
            told = _round(console, order, number, chance)
            say(f"Hold {number + 1} of {order.instants}: {told}")
            found.update(told)
    names = ("sent", "claims_after", "stopped", "through")
    shape = {"posts": order.posts, "instants": order.instants}
    return {**shape, **{name: found[name] for name in names}, "seconds": round(time.monotonic() - began, 1)}


def _round(console: Ground, order: Order, number: int, chance: random.Random) -> dict[str, int]:
    first = number * order.posts
    start = console.crew("fall_due", posts=order.posts, first=first, start_in=5)["start"]
    instant = start + chance.uniform(0, order.posts / RATE)
    committed = console.crew("hold_at", instant=instant)["committed"]
    told = console.crew("after", start=start, committed=committed, enough=ENOUGH, at_most=AT_MOST)
    console.crew("let_go")
    return dict(told)
