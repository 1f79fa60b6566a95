"""N posts due at one second: how late the last ones are, beside the same clients with nothing of the console around."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smconsole.child import Child
from smconsole.preparation import ROOT
from smconsole.proving.ground import PYTHON, Broken, Ground, ground

WAITS_AT_MOST = 600  # seconds
HAMMER_POSTS, HAMMER_HANDS = 1000, 16
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Order:
    posts: int
    channels: int
    latency_ms: int
    workers: int
    over_s: float = 0.0


def run(order: Order, say: Callable[[str], None]) -> dict[str, Any]:
    """Sandbox alone, clients alone, then the console; all in one run. Raises ground.Broken, stores.Unusable."""
    with ground(PROVE_AFTER_SECONDS="3600", LOG_LEVEL="WARNING") as console:
        say("Making a console of its own")
        console.crew("migrate")
        console.crew("open", channels=order.channels, prefix="raw")
        console.sandbox("config", {"answer_after_ms": order.latency_ms, "x_limits": {"post_create": 10**6}})
        say("Asking what the sandbox can take alone")
        alone = hammer(console)
        say("Posting with the clients alone")
        raw = raw_rate(console, order)
        say("Posting through the console")
        measured = through_the_console(console, order)
    ratio = measured["posts_per_s"] / raw
    return {
        **measured,
        "raw_posts_per_s": round(raw, 1),
        "ratio_to_raw": round(ratio, 3),
        "sandbox_posts_per_s": round(alone, 1),
    }


def hammer(console: Ground) -> float:
    """Posts a second of requests that were signed beforehand, from as many connections as it likes."""
    job = {"posts": HAMMER_POSTS, "hands": HAMMER_HANDS, "channels": console.crew("logins", prefix="raw"), "mark": "h"}
    return float(_ask(console, "smconsole.proving.hammer", job)["posts_per_s"])


def raw_rate(console: Ground, order: Order) -> float:
    """`workers` processes, each one request at a time, share the posts in the console's own order."""
    channels = console.crew("logins", prefix="raw")
    texts = console.crew("texts", posts=order.posts)
    work = [{"text": text, **channels[number % len(channels)]} for number, text in enumerate(texts)]
    start = time.time() + 4
    jobs = [{"work": work[hand :: order.workers], "start": start} for hand in range(order.workers)]
    hands = [_open(console, "smconsole.proving.raw", job) for job in jobs]
    ends = [float(_read(hand)["ended"]) for hand in hands]
    return order.posts / (max(ends) - start)


def through_the_console(console: Ground, order: Order) -> dict[str, Any]:
    worker = console.start_worker("worker", order.workers)
    clock = console.start_clock("clock")
    console.crew("stage", posts=order.posts, channels=order.channels, start_in=300, over=0, pictures_every=0)
    ready = console.crew("settle_released", posts=order.posts, at_most=WAITS_AT_MOST)["ready"]
    if ready < order.posts:
        raise Broken(f"{order.posts - ready} of {order.posts} posts were not ready ten minutes ahead.")
    before = _cpu(worker) + _cpu(clock)
    start = console.crew("promise", start_in=4, over=order.over_s)["start"]
    console.crew("settle", posts=order.posts, patience=WAITS_AT_MOST, at_most=WAITS_AT_MOST)
    spent = _cpu(worker) + _cpu(clock) - before
    rows = console.crew("report")
    return _figures(rows, order, start, spent)


def _figures(rows: list[dict[str, Any]], order: Order, start: float, cpu: float) -> dict[str, Any]:
    public = [row for row in rows if row["state"] == "published"]
    if len(public) < order.posts:
        others = sorted({f"{row['state']}: {row['reason']}" for row in rows if row["state"] != "published"})
        raise Broken(f"{order.posts - len(public)} of {order.posts} posts were not published: {others[:5]}")
    seconds = max(row["published_at"] for row in public) - start
    late = sorted(row["published_at"] - row["publish_at"] for row in public)
    return {
        "posts": order.posts,
        "seconds": round(seconds, 2),
        "posts_per_s": round(order.posts / seconds, 1),
        **{f"late_p{share}_s": round(_share(late, share), 3) for share in (50, 95, 99)},
        "late_max_s": round(late[-1], 3),
        "cpu_s_per_post": round(cpu / order.posts, 4),
    }


def _share(ordered: list[float], percent: int) -> float:
    """The value that `percent` of them do not exceed."""
    if len(ordered) == 1:
        return ordered[0]
    return statistics.quantiles(ordered, n=100, method="inclusive")[percent - 1]


def _cpu(child: Child) -> float:
    """Seconds of processor that it and what it started have used (Linux)."""
    if child.pid is None:
        raise Broken(f"{child.program.name} has died.\n{child.tail()}")
    members = [child.pid, *_started_by(child.pid)]
    return sum(_ticks(pid) for pid in members) / TICKS


def _started_by(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _ask(console: Ground, module: str, job: dict[str, Any]) -> dict[str, Any]:
    return _read(_open(console, module, job))


def _open(console: Ground, module: str, job: dict[str, Any]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    hand = subprocess.Popen([*PYTHON, module], cwd=ROOT, env=console.env, stdin=pipe, stdout=pipe, text=True)  # noqa: S603
    assert hand.stdin is not None
    hand.stdin.write(json.dumps(job))
    hand.stdin.close()
    return hand


def _read(hand: subprocess.Popen[str]) -> dict[str, Any]:
    with hand:
        said = hand.stdout.read() if hand.stdout else ""
    if hand.returncode:
        raise Broken(f"A process of the measurement failed ({hand.returncode}).")
    return dict(json.loads(said))
