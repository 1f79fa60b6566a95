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
_WRITTEN = r"(?:dms?|pms?|direct messages?|private messages?|messenger|messages?|replies|comments?|inbox)"
_NOTE = r"(?:dms?|pms?|message|msg|direct message|private message|line|inbox|reply|tweet|comment|note)"
_SPOT = (
    r"(?:below|underneath|on here|here|in (?:the |our |your )?(?:comments?|replies|dms?|inbox|thread)"
    r"|to our (?:inbox|dms?)"
    r"|(?:on|to|under|via|through|using|by replying to) (?:this|our|the) (?:post|tweet|page|thread|account|wall|feed"
    rf"|message)|(?:by|via|over|through|in|on) (?:a |an |our |the )?{_WRITTEN})"
)
_VERB = (
    r"(?:comment|reply|respond|post|write|answer|tell us|let us know|shout|message|leave|drop|put|pop|share|send|report"
    r"|stick|chuck|whack|bung|fire(?: over)?|shoot|ping|pop|upload|attach|add|forward|pass|list|mention"
    r"|shout out|spill|speak"
    r"|name|tag|get in touch|contact us|speak to us|talk to us|inform us|submit)"
)
_THING = (
    r"(?: (?:us|it|them|him|her|this|that|crimes?|a|any|your|the|all|what|who|you|know|comment|message|reply|reports?"
    r"|information|info|details|tips?|names?|something|anything|incidents?|to|directly|straight|saw"
    r"|footage|if|and|about"
    r"|of|drug|drugs|dealing|burglar[a-z]{1,3}|robber[a-z]{1,3}|thefts?)){0,6}"
)
_IMPERATIVES = (
    rf"(?:dm|pm|inbox|message|msg|direct message|private message|tweet|whatsapp) (?:it to |them to |at )?{_US}\b",
    rf"(?:send|drop|shoot|ping|give) (?:{_US} )?(?:an? |your |any )?{_NOTE}\b(?: to {_US}\b)?",
    rf"(?:leave|drop|add|post|write) (?:us )?(?:a|your) (?:comment|reply|message)\b(?: {_SPOT}\b)?",
    rf"{_VERB}{_THING} {_SPOT}\b",
    r"(?:comment|reply|respond)\b(?= (?:if|with|and tell|and let)\b)",
    r"(?:slide|hop|jump|pop|slip|drop|get|come) (?:straight |right )?(?:into|in) (?:our|the|my) (?:dms?"
    r"|inbox|messages|comments)\b",
    r"(?:message|dm|inbox|pm|ping|text|whatsapp) (?:the|this|our) (?:page|team|account|inbox|sergeant|officers?)\b",
    r"(?:answers|names|reports|sightings|info(?:rmation)?|clues|tips|footage|clips|details|suggestions)"
    r" (?:in|to|by|via|on) (?:the |our |a |this )?(?:comments?|replies|dms?|inbox|messenger|message|thread|post)\b",
    r"(?:use|hit) our dms?\b",
    rf"tag {_US}\b",
)
_MANNERS = (
    rf"(?:by|via|over|through|in|on) (?:a |an |our |the )?{_WRITTEN}\b",
    rf"by (?:replying|commenting|messaging|tweeting|dm'?ing|posting)\b(?: to)?(?: us| {_SPOT})?",
    r"(?:to us )?(?:right )?here on (?:facebook|twitter|x|instagram|social media|this page)\b",
    r"to us (?:right )?(?:here|on here|on (?:facebook|twitter|x|instagram))\b",
)
_INVITATION = re.compile(
    rf"\b(?:(?P<imperative>(?:please )?(?:{'|'.join(_IMPERATIVES)})"
    rf"|(?:please|just|pls) (?:comment|reply|respond|message|inbox)\b(?: {_SPOT}\b)?)"
    rf"|(?P<manner>{'|'.join(_MANNERS)})"
    r"|(?P<open>(?:our |my )?(?:dms?|inbox) (?:is|are) (?:always |now )?open\b)"
    r"|(?P<bare>dms?\b))"
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
    for count, found in enumerate(passage.search(_INVITATION, passage.stretches_with("social_channel"))):
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
