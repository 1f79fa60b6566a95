"""Posts fall due while networks fail and workers are killed; afterwards the networks' own truth is asked."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from smconsole.child import Child
from smconsole.proving import mixture, stores
from smconsole.proving.ground import Ground, ground

WORKERS, CONCURRENCY = 2, 2
# One minute of life is one second here: an hour of looking takes sixteen. The order of the waits is the real one.
QUICK = {
    "CLAIM_LASTS_SECONDS": "6.5",
    "LOOK_AFTER_SECONDS": "2,4,7,11,16",
    "NETWORK_WRITE_TIMEOUT": "1.5",
    "PUT_OFF_SECONDS": "0.3",
    "TELL_AGAIN_SECONDS": "4",
    "PROVE_AFTER_SECONDS": "3600",
}
A_SECOND = 15  # posts that fall due each second
PATIENCE = 14  # seconds without any move: longer than a lost message keeps its row from being offered again
WAITS_AT_MOST = 600  # seconds after the last post's time: then what is still open is called lost
NOT_PUBLIC = ("missed", "failed", "cancelled")
SETTLED = {"published", "failed", "missed", "cancelled", "unconfirmed"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Order:
    posts: int
    channels: int
    kills: int
    mixed: bool
    seed: int


@dataclass
class Story:
    order: Order
    chance: random.Random
    console: Ground
    workers: list[Child]
    kills: int = 0

    @property
    def span(self) -> float:
        """Seconds over which the posts fall due: long enough that kills leave time to work."""
        return max(self.order.posts / A_SECOND, self.order.kills * 1.2)


def run(order: Order, say: Callable[[str], None]) -> dict[str, Any]:
    """The whole story, and what became of every post. Raises ground.Broken, stores.Unusable."""
    began = time.monotonic()
    with ground(**QUICK) as console:
        story = Story(order, random.Random(order.seed), console, [])  # noqa: S311
        say("Making a console of its own")
        console.crew("migrate")
        start_all(story)
        start = stage(story)
        say(f"{order.posts} posts fall due over {story.span:.0f} s")
        harass(story, start)
        say("Waiting until every post is settled")
        console.crew("settle", posts=order.posts, patience=PATIENCE, at_most=WAITS_AT_MOST)
        told, truth = console.crew("report"), console.sandbox("posts")["posts"]
        for line in strange(told, truth):
            say(line)
        found = verdict(told, truth, order.posts)
    return {**found, "kills": story.kills, "seconds": round(time.monotonic() - began, 1)}


def stage(story: Story) -> float:
    order = story.order
    shape = {"posts": order.posts, "channels": order.channels, "over": story.span}
    told = story.console.crew("stage", **shape, start_in=4, pictures_every=4)
    if order.mixed:
        story.console.crew("appoint_administrator")
        for rule in mixture.rules(order.seed):
            story.console.sandbox("faults", rule)
    return float(told["start"])


def start_all(story: Story) -> None:
    """Two clocks: the second must be harmless."""
    for number in range(WORKERS):
        story.workers.append(story.console.start_worker(f"worker{number}", CONCURRENCY))
    for name in ("clock1", "clock2"):
        story.console.start_clock(name)


def harass(story: Story, start: float) -> None:
    """Kill at random instants; with mixed faults the broker forgets twice and the database drops everybody once.

    After each blow the administrator looks whether a network wants money.
    """
    last = start + story.span
    blows = [(story.chance.uniform(start - 1, last), kill) for _ in range(story.order.kills)]
    if story.order.mixed:
        blows += [(story.chance.uniform(start, last), forget) for _ in range(2)]
        blows += [(story.chance.uniform(start, last), drop_connections)]
    for at, blow in sorted(blows, key=lambda pair: pair[0]):
        time.sleep(max(0.0, at - time.time()))
        blow(story)
        if story.order.mixed:
            story.console.crew("top_up")
    time.sleep(max(0.0, last - time.time()))


def kill(story: Story) -> None:
    """A whole worker as a machine that loses power, or one of its children in the middle of whatever it does."""
    number = story.chance.randrange(len(story.workers))
    worker, whole = story.workers[number], story.chance.random() < 0.4
    if whole or not worker.kill_one_of_its_own(story.chance):
        story.console.stop(worker)
        story.workers[number] = story.console.start_worker(f"worker{number}", CONCURRENCY)
    story.kills += 1


def forget(story: Story) -> None:
    stores.forget(story.console.env["REDIS_URL"])


def drop_connections(story: Story) -> None:
    stores.break_connections(story.console.env["DATABASE_URL"])


def verdict(told: list[Row], truth: list[Row], posts: int) -> dict[str, int]:
    """From the networks' truth. lost: public and not said to be, said to be and not public, or never settled."""
    live = _by_words(truth)
    found = Counter[str]()
    for row in told:
        copies = live.get((row["account"], row["text"]), [])
        found["live_once"] += len(copies) == 1
        found["live_twice"] += len(copies) > 1
        found["review"] += row["state"] == "unconfirmed"
        found["missed"] += not copies and row["state"] in NOT_PUBLIC
        found["lost"] += is_lost(row, copies)
    found["lost"] += max(0, posts - len(told))
    return {"posts": posts, **{name: found[name] for name in ("live_once", "live_twice", "lost", "review", "missed")}}


def is_lost(row: Row, copies: list[Row]) -> bool:
    """What the console says of a post is not what its network shows: also other pictures, or other words for them."""
    if row["state"] != "published":
        return row["state"] not in SETTLED or (bool(copies) and row["state"] in NOT_PUBLIC)
    own = [copy for copy in copies if copy["id"] == row["remote_id"]]
    shown = [[picture["sha256"], picture["alt"]] for copy in own for picture in copy["pictures"]]
    return len(own) != 1 or shown != row["pictures"]


def strange(told: list[Row], truth: list[Row]) -> Iterator[str]:
    """Every post that must not be as it is, or that a person must look at, for whoever looks into it."""
    live = _by_words(truth)
    for row in told:
        copies = live.get((row["account"], row["text"]), [])
        if len(copies) > 1 or row["state"] == "unconfirmed" or is_lost(row, copies):
            yield f"live {len(copies)} times: {row}"


def _by_words(truth: list[Row]) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for post in truth:
        if not post["deleted"]:
            found.setdefault((post["account"], post["text"]), []).append(post)
    return found
