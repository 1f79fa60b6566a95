"""A hold is opened while a burst goes out through real workers: nothing goes whose claim came after it."""

from __future__ import annotations

import json

import pytest

from smconsole.proving import stopping
from tests.publishing.rig import prove

KEYS = ["posts", "instants", "inside", "sent", "claims_after", "stopped", "through", "seconds"]
FOUND = {"instants": 4, "inside": 2, "through": 0}


@pytest.mark.live
def test_a_hold_in_the_middle_of_a_burst_lets_none_through_that_is_claimed_after_it() -> None:
    order = ["--posts", "16", "--instants", "3", "--workers", "1", "--seed", "3", "--json"]
    done = prove("prove_hold", *order)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert list(found) == KEYS
    assert (found["posts"], found["instants"], found["through"]) == (16, 3, 0)
    assert 2 <= found["inside"] <= 3, "some was sent before the hold, some was claimed after it"
    # One may have been claimed before the hold and stopped at its arming, after it.
    in_hand = 3 * stopping.CONCURRENCY  # as many as one worker has begun when a hold is opened, three times
    assert 0 < found["claims_after"] <= found["stopped"] <= found["claims_after"] + in_hand
    assert found["sent"] + found["stopped"] == 3 * 16, "each was sent before its hold or stopped by it"


@pytest.mark.parametrize(
    ("said", "proved"),
    [({}, True), ({"inside": 1}, False), ({"through": 1}, False), ({"inside": 0, "through": 0}, False)],
)
def test_holds_that_missed_their_burst_prove_nothing(said: dict[str, int], proved: bool) -> None:
    assert stopping.proves({**FOUND, **said}) is proved
