"""What a role may do, in a few sentences that an administrator reads before appointing somebody to it."""

from __future__ import annotations

from accounts.roles import May

_SENTENCES = {
    "see_posts": "Sees updates before they are public.",
    "draft_for": "Writes updates.",
    "submit_for": "Sends updates on their way, and recalls them.",
    "review_for": "Agrees to updates, or sends them back. Never their own.",
    "review_peer": "Agrees to colleagues’ routine updates, or sends them back: what waits for their stage alone.",
    "review_dmc": "Decides for the DMC, opens and releases holds.",
    "take_down": "Takes updates down.",
    "connect": "Connects channels to the networks.",
    "view_channel": "Sees which channels there are.",
    "provision": "Opens channels and looks after people and their appointments.",
    "keep_policy": "Keeps the rules and the registers, with a second person.",
    "read_audit": "Reads the record.",
    "stop_all": "Opens holds over a borough’s border and over the whole force.",
    "view_team": "Sees the numbers.",
    "sign_borough": "Signs for the borough on the way to a channel.",
    "sign_dmc": "Signs for the DMC on the way to a channel.",
    "sign_records": "Signs that a channel’s records are in order.",
    "keep_security": "Signs that a channel is secure, and stops one that is not.",
    "end_sessions": "Sees where people are signed in, ends it, and takes a lost second factor away.",
    "export_audit": "Hands on the record of an update or a channel, signed.",
}
NOTHING = "Signs in and finds that the inbox is not there yet. Nothing else opens."


def in_words(may: May) -> list[str]:
    held = may.channel | may.team
    return [words for right, words in _SENTENCES.items() if right in held] or [NOTHING]
