"""Everything that can go wrong at a network, in proportions, drawn by a seed (the sandbox's README tells each kind)."""

from __future__ import annotations

from typing import Any

Rule = dict[str, Any]
CREATE = {"method": "POST", "path_regex": r"(/2/tweets|/feed)$"}
UPLOAD = {"method": "POST", "path_regex": r"(/2/media/\w+|/photos)$"}
READ = {"method": "GET", "path_regex": r"(/tweets|/published_posts)$"}

# In doubt: the network did it and does not say so, or did not and does not say so either.
DOUBTS: list[Rule] = [
    {"kind": "reset_after", "weight": 3},
    {"kind": "close_after", "weight": 2},
    {"kind": "truncate", "weight": 2},
    {"kind": "error_but_done", "status": 500, "weight": 3},
    {"kind": "error_but_done", "status": 503, "body": "json_without_error", "weight": 1},
    {"kind": "done_but_lagging", "lag_s": 2, "answer": "reset", "weight": 2},
    {"kind": "done_but_lagging", "lag_s": 3, "answer": "error", "weight": 2},
    {"kind": "slow", "before_s": 2.0, "weight": 2},  # longer than we wait, and done all the same
    {"kind": "slow", "trickle_bytes_s": 400, "weight": 1},
    {"kind": "reset_before", "weight": 2},
    {"kind": "status", "code": 500, "body": "html", "weight": 1},
    {"kind": "status", "code": 502, "body": "empty", "weight": 1},
    {"kind": "status", "code": 500, "body": "json_without_error", "no_content_type": True, "weight": 1},
]
# Plain: nothing was made, and the network says so.
REFUSALS: list[Rule] = [
    {"kind": "slow", "before_s": 0.4, "weight": 3},
    {"kind": "rate_limit", "reset_in_s": 3, "weight": 2},
    {"kind": "rate_limit", "no_reset_header": True, "reset_in_s": 0, "weight": 1},
    {"kind": "duplicate", "weight": 0.3},
    {"kind": "feature_block", "weight": 0.3},
    {"kind": "credits_depleted", "weight": 0.3},
    {"kind": "revoke_token", "weight": 0.2},
    {"kind": "expire_token", "weight": 0.2},
    {"kind": "suspend_account", "weight": 0.2},
    {"kind": "lock_account", "weight": 0.2},
]
UPLOADS: list[Rule] = [
    {"kind": "reset_before", "weight": 1},
    {"kind": "reset_after", "weight": 1},
    {"kind": "status", "code": 503, "weight": 1},
    {"kind": "slow", "before_s": 0.4, "weight": 1},
    {"kind": "rate_limit", "reset_in_s": 3, "weight": 1},
    {"kind": "media", "fail": True, "weight": 0.2},
]
READS: list[Rule] = [
    {"kind": "status", "code": 503, "body": "html", "weight": 2},
    {"kind": "reset_before", "weight": 1},
    {"kind": "truncate", "weight": 1},
    {"kind": "rate_limit", "reset_in_s": 2, "weight": 1},
    {"kind": "slow", "before_s": 0.4, "weight": 1},
]


def rules(seed: int) -> list[Rule]:
    """For the sandbox's POST /faults: one request in six that creates goes wrong, one in eight of the others."""
    mixed = [(CREATE, DOUBTS + REFUSALS, 0.17), (UPLOAD, UPLOADS, 0.12), (READ, READS, 0.12)]
    return [
        {"match": match, "action": {"kind": "mix", "of": kinds}, "times": 0, "probability": chance, "seed": seed}
        for match, kinds, chance in mixed
    ]
