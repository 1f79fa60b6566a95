"""What other offices lead on (terrorism, protest, the conduct of police) and what must stay inside the force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit, word_set
from policy.reading.mentions import find_mentions
from policy.reading.nearness import match_places, pairs
from policy.reading.passage import Passage
from policy.rules.identity import is_a_body
from policy.rules.registry import Facts, Match, Rule
from policy.rules.wording import Together, alone, is_calm, together

_APPROVED_CT = "act"
# "OFFICIAL: ward briefing", "SECRET", "RESTRICTED - police only": a marking is written in capitals.
_MARKED = re.compile(
    r"^[Cc]onfidential ?[:-] |\bOFFICIAL(?=:| ?-| ?/|$|\n)|\b(?:SECRET|RESTRICTED|CONFIDENTIAL)(?=:| ?[-/(]|$|\n)"
)
_OPERATION = re.compile(r"\b(?:Operation|Op|OPERATION|OP) (?P<name>[A-Z][A-Za-z]{2,20})\b")


def terrorism(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Bombs, gunfire, armed police, evacuations and terrorism; quiet in the approved ACT template and in lessons."""
    if facts.template.lower() == _APPROVED_CT:
        return
    yield from alone(passage, "ct", "not_ct", calm=("ct_learning",))
    yield from together(passage, Together("ct_gun", "ct_seen", 5, but_not="not_ct", calm=("ct_learning", "recovered")))


def protest(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Protest, march, public order or a named movement; the month of March and cookery demonstrations are neither."""
    for hit in passage.hits("protest", "not_protest"):
        if not is_calm(passage, hit.sentence, ("friendly_show",)) and not _is_month(passage, hit):
            yield Match(places=(passage.place(hit.start, hit.end),))


def _is_month(passage: Passage, hit: Hit) -> bool:
    """ "14 March for", "March 21": beside a number, or written as only the month is."""
    first = next((index for index in range(hit.first, hit.last + 1) if passage.keys[index] == "march"), None)
    if first is None:
        return False
    before = passage.keys[first - 1] if first else ""
    after = passage.keys[first + 1] if first + 1 < len(passage.keys) else ""
    if before[:1].isdigit() or after[:1].isdigit():
        return True
    return hit.first == first and passage.text[hit.start].isupper()


def conduct(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Misconduct, the IOPC, an officer suspended or charged, a death after contact with the police."""
    quiet = ("good_conduct",)
    yield from alone(passage, "conduct", "not_conduct", calm=quiet)
    yield from _called_to_account(passage)
    yield from together(passage, Together("in_our_care", "came_to_harm", 8, calm=quiet))
    yield from together(passage, Together("serving_officer", "in_trouble", 5, after=True, calm=quiet))
    yield from together(passage, Together("police_vehicle", "hit_by_it", 8, calm=quiet))


# "Officers came and a man was arrested": somebody else stands between the officer and what was done.
_OTHERS = word_set(
    "and a man men woman women boy boys girl person people suspect/s driver someone teenager/s who after by"
)


def _called_to_account(passage: Passage) -> Iterator[Match]:
    """ "A detective from this borough was charged"."""
    for officer, deed in pairs(passage.hits("officer_word"), passage.hits("called_to_account"), 5, after=True):
        between = passage.keys[officer.last + 1 : deed.first]
        if between and _OTHERS.isdisjoint(between) and not is_calm(passage, officer.sentence, ("good_conduct",)):
            yield Match(places=match_places(passage, (officer.start, officer.end), (deed.start, deed.end)))


def marking(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A protective marking, a record in a police system, or an operation's name that nobody approved."""
    yield from alone(passage, "marking", "not_marking")
    for found in _MARKED.finditer(passage.text):
        yield Match(places=(passage.place(*found.span()),))
    for hit in passage.hits("police_system"):
        if hit.last + 1 < len(passage.keys) and passage.keys[hit.last + 1][0].isdigit():
            yield Match(places=(passage.place(hit.start, passage.words[hit.last + 1].end),))
    yield from _unapproved_operations(passage, context)


def _unapproved_operations(passage: Passage, context: Context) -> Iterator[Match]:
    """Where names are approved, any other name; where none are, a name beside the words of an internal paper."""
    approved = {name.lower().removeprefix("operation ").removeprefix("op ") for name in context.operations}
    papers = passage.sentences_with("inside_paper")
    for found in _OPERATION.finditer(passage.text):
        if found["name"].lower() not in approved and (approved or passage.sentence_at(found.start()) in papers):
            yield Match(places=(passage.place(*found.span()),))


def monitoring(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Watching a person: their account, whom they meet, or ourselves under a false name."""
    quiet = ("scam_advice",)
    yield from alone(passage, "false_self", calm=quiet)
    yield from together(passage, Together("watch", "theirs", 8, but_not="not_watch", calm=quiet))
    yield from _watched_handles(passage, context)


# "Follow @someone for news" is an invitation to residents.
_INVITED = word_set("follow message dm check add find friend using note list record download share see")


def _watched_handles(passage: Passage, context: Context) -> Iterator[Match]:
    """ "Keep an eye on @someone": a handle that is neither ours nor a partner's."""
    watched = [hit for hit in passage.hits("watch") if passage.lower[hit.start : hit.end] not in _INVITED]
    if not watched or "@" not in passage.text:
        return
    ours = {handle.lower() for handle in context.handles | context.partner_handles}
    starts = {word.start: index for index, word in enumerate(passage.words)}
    handles = [
        Hit(
            mention.start, mention.end, starts[mention.start], starts[mention.start], passage.sentence_at(mention.start)
        )
        for mention in find_mentions(passage)
        if mention.handle not in ours and mention.start in starts and not is_a_body(mention.handle)
    ]
    for hit, handle in pairs(watched, handles, 5, after=True):
        yield Match(places=match_places(passage, (hit.start, hit.end), (handle.start, handle.end)))


RULES = (
    Rule(
        id="CT",
        severity=Severity.DMC,
        title="Terrorism, explosion, armed incident or evacuation",
        message="Only the corporate account leads on this. Share its post when it is out; DMC will look at yours.",
        source="Met practice in major incidents: the corporate account is the trusted voice",
        detect=terrorism,
    ),
    Rule(
        id="PROTEST",
        severity=Severity.DMC,
        title="Protest or public order",
        message="Posts on protest and public order come from the corporate account. DMC will look at this.",
        source="Impartiality; European Convention on Human Rights, Articles 10 and 11",
        detect=protest,
    ),
    Rule(
        id="CONDUCT",
        severity=Severity.DMC,
        title="Conduct of police officers",
        message="DMC and Professional Standards clear posts on complaints, misconduct or harm after police contact.",
        source="APP, police under investigation; protocol with the IOPC",
        detect=conduct,
    ),
    Rule(
        id="MARKING",
        severity=Severity.BLOCK_A,
        title="Internal document or police system",
        message="This reads like an internal paper or a police record. It must not be published: take it out.",
        source="Government Security Classifications; Code of Practice on Police Information and Records Management",
        detect=marking,
    ),
    Rule(
        id="MONITOR",
        severity=Severity.BLOCK_A,
        title="Watching a person",
        message=(
            "The console is for talking with the public, not for watching anybody. "
            "Take this to the MPS Intelligence Bureau instead."
        ),
        source="Regulation of Investigatory Powers Act 2000; commissioners' concern at repeated viewing of a profile",
        detect=monitoring,
    ),
)
