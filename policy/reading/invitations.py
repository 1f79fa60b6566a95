"""Where a post invites people to write to the account: "DM us", "comment below", "in the replies"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policy.reading.passage import Passage

_US = (
    r"(?:us|me|the (?:team|page|account)|this (?:account|page|team)|our (?:account|page|team)|@\w{1,50}"
    r"|your (?:local )?team)"
)
_NOTE = r"(?:dms?|pms?|message|msg|direct message|private message|line|inbox|reply|tweet|comment|note)"
_SPOT = (
    r"(?:below|underneath|on here|here|in (?:the |our |your )?(?:comments?|replies|dms?|inbox|thread)"
    r"|(?:on|to|under|via|through|using|by replying to) (?:this|our|the) (?:post|tweet|page|thread|account|wall"
    r"|feed|message)"
    r"|(?:by|via|over|through|in|on) (?:a |an |our |the )?(?:dms?|pms?|direct message|private message|messenger"
    r"|message|replies|comments?))"
)
_VERB = (
    r"(?:comment|reply|respond|post|write|answer|tell us|let us know|shout|message|leave|drop|put|pop|share|send"
    r"|report|name|tag|"
    r"get in touch|contact us|speak to us|talk to us|inform us|submit)"
)
_THING = (
    r"(?: (?:us|it|them|him|her|this|that|crime|crimes|a|any|your|the|all|what|who|you|know|comment|message|reply"
    r"|reports?|information|info"
    r"|details|tips?|names?|something|anything|incidents?|to|directly|straight|saw|footage|if|and)){0,5}"
)
_INVITATION = re.compile(
    rf"\b(?:(?P<imperative>(?:please )?(?:dm|pm|inbox|message|msg|direct message|private message|tweet"
    rf"|whatsapp) (?:it to |them to |at )?{_US}\b"
    rf"|(?:please )?(?:send|drop|shoot|ping|give) (?:{_US} )?(?:an? |your |any )?{_NOTE}\b(?: to {_US}\b)?"
    rf"|(?:please|just|pls) (?:comment|reply|respond|message|inbox)\b(?: {_SPOT}\b)?|tag {_US}\b"
    rf"|(?:please )?(?:leave|drop|add|post|write) (?:us )?(?:a|your) (?:comment|reply|message)\b(?: {_SPOT}\b)?"
    rf"|(?:please )?{_VERB}{_THING} {_SPOT}\b"
    rf"|(?:slide|hop|jump|pop) into our dms?\b|(?:use|hit) our dms?\b)"
    rf"|(?P<manner>(?:by|via|over|through|in|on) (?:a |an |our |the )?(?:dms?|pms?|direct messages?"
    rf"|private messages?|messenger|comments?|replies|inbox)\b"
    rf"|by (?:replying|commenting|messaging|tweeting|dm'?ing|posting)\b(?: to)?(?: us| {_SPOT}| this (?:post"
    rf"|tweet|page))?)"
    rf"|(?P<open>(?:our |my )?(?:dms?|inbox) (?:is|are) (?:always |now )?open\b)"
    rf"|(?P<bare>dms?\b))"
)
_NEGATION = re.compile(
    r"\b(?:do not|don'?t|never|cannot|can'?t|can not|unable|not able|no longer|isn'?t|aren'?t|won'?t|will not|not"
    r"|rather than|instead of"
    r"|without|avoid|stop|nor)\b"
)
_CLAUSE = re.compile(r"[,;:()]| - | but ")
_FIRST_FEW = 50


class Invitation(NamedTuple):
    """start, end in the folded text. form: "imperative", "manner", "open" or "bare", by how it could be reworded."""

    start: int
    end: int
    form: str


def find_invitations(passage: Passage) -> Iterator[Invitation]:
    """The first invitations of a text that are not negated ("please do not report crime here")."""
    if not passage.has("social_channel"):
        return
    for count, found in enumerate(_INVITATION.finditer(passage.lower)):
        if count == _FIRST_FEW:
            return
        if not _negated(passage, found.start(), found.end()):
            yield Invitation(found.start(), found.end(), str(found.lastgroup))


def _negated(passage: Passage, start: int, end: int) -> bool:
    """ "Not" in the same clause before it, or before a list that it continues: "don't comment, reply or DM us"."""
    sentence = passage.sentence_at(start)
    begin = max(0, start - 100)
    while begin < start and passage.sentence_at(begin) != sentence:
        begin += 1
    before = passage.lower[begin:start]
    negations = list(_NEGATION.finditer(before))
    if not negations:
        return False
    between = before[negations[-1].end() :]
    parted = list(_CLAUSE.finditer(between))
    if not parted:
        return True
    tail = between[parted[-1].start() :] + passage.lower[end : end + 4]
    return " or " in tail and not re.search(r"\b(?:instead|but)\b", between)
