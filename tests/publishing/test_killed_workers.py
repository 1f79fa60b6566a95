"""Real workers, killed with -9 twenty times in the middle of their work. Whatever happens, nothing is public twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.platforms.control import tell
from tests.publishing.rig import Rig, rig

POSTS = 20
KILLS = 20
QUICK = {"CLAIM_LASTS_SECONDS": "4", "LOOK_AFTER_SECONDS": "1,2,3,4,6"}


@pytest.mark.live
def test_a_worker_killed_twenty_times_publishes_everything_once_and_says_so(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    with rig(tmp_path, **QUICK) as console:
        staged = console.run("stage", str(POSTS), "1.2")
        assert staged == {"posts": POSTS}
        # Wide moments to die in: half of all answers take their time.
        slow = {
            "match": {"method": "POST"},
            "action": {"kind": "slow", "before_s": 0.5},
            "times": 999,
            "probability": 0.5,
        }
        for platform in ("x", "facebook"):
            tell(console.running, "faults", {"platform": platform, "seed": 7, **slow})
        console.start_beat()
        kill_and_restart(console, chance)
        told = console.wait_until_final(120)
        live = console.live()
    assert console.kills == KILLS
    assert len(told) == POSTS * 2
    assert every_one_is_where_it_says(told, live) == []
    assert Counter(row["state"] for row in told)["published"] >= POSTS, "the kills left hardly anything to look at"


def kill_and_restart(console: Rig, chance: random.Random) -> None:
    worker = console.start_worker()
    while console.kills < KILLS:
        time.sleep(chance.uniform(0.8, 2.2))
        if chance.random() < 0.7 and console.kill_one_child(worker, chance):
            continue
        console.kill(worker)
        worker = console.start_worker()


def every_one_is_where_it_says(told: list[dict], live: list[dict]) -> list[str]:
    """What is wrong between what the console says and what the networks hold, byte for byte."""
    wrong = []
    for row in told:
        there = [post for post in live if post["network"] == row["network"] and post["text"] == row["text"]]
        if len(there) != (row["state"] == "published"):
            wrong.append(f"{row['state']} but live {len(there)} times: {row}")
        elif there and not _is_exactly(there[0], row):
            wrong.append(f"not what was approved: {there[0]} for {row}")
    return wrong


def _is_exactly(post: dict, row: dict) -> bool:
    pictures = post["pictures"]
    return (
        post["id"] == row["remote_id"]
        and [picture["alt"] for picture in pictures] == row["alts"]
        and [picture["sha256"] for picture in pictures] == row["hashes"]
        and not any(picture["has_metadata"] for picture in pictures)
    )
