"""Where somebody comes from: immigration status, ethnicity and nationality in police matters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit
from policy.reading.nearness import match_places, nearest, pairs
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule


def immigration_status(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Somebody's immigration status in a police matter; help, advice and celebration are quiet."""
    statuses = passage.hits("status", "not_status")
    if not statuses:
        return
    helpful, cases = passage.sentences_with("status_help"), passage.hits("status_case")
    decisive = passage.hits("status_decisive")
    for status in statuses:
        near = nearest(status, decisive if status.sentence in helpful else cases, sentences=1)
        if near is not None:
            yield Match(match_places(passage, (status.start, status.end)))


def ethnicity(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """The ethnicity, nationality or IC code of a suspect."""
    described = sorted({*_described(passage), *passage.hits("ic_code")})
    if not described:
        return
    cases, welcome = passage.hits("origin_case"), passage.sentences_with("origin_welcome")
    for hit in described:
        near = nearest(hit, cases, sentences=0 if hit.sentence in welcome else 1)
        if near is not None:
            yield Match(match_places(passage, (hit.start, hit.end)))


_MOST = 100  # a text that says it more often has said it
_PLURAL = re.compile(r"(?:[^s]s|men|gypsies)$")
_WHITE = ("white", "black", "brown")
_OF_A_SUSPECT = re.compile(
    r"(?:suspects?|attackers?|robbers?|thief|thieves|offenders?|man|woman|male|female|he|she|they|burglars?|driver"
    r"|described as|appears to be|believed to be|thought to be|looked|looks) ?"
    r"(?:is|was|are|were|as|being|,|:|-|who is|described as)?"
    r"(?: (?:described as|believed to be|thought to be|possibly|probably|a|an|all|both))*,? $"
)


def _described(passage: Passage) -> Iterator[Hit]:
    """An ethnicity or nationality that stands with a person: "a Polish national", "Albanians"."""
    origins = sorted({*passage.hits("ethnicity", "not_origin"), *passage.hits("nationality", "not_origin")})[:_MOST]
    if not origins:
        return
    for origin, human in pairs(origins, passage.hits("human"), reach=3):
        if human.first > origin.last:
            yield origin
    descriptions = passage.sentences_with("description")
    for origin in origins:
        key = passage.keys[origin.last]
        before = passage.lower[max(0, origin.start - 60) : origin.start]
        plural = key not in _WHITE and bool(_PLURAL.search(key)) and passage.has("nationality")
        told = key not in _WHITE and origin.sentence in descriptions
        if plural or told or _OF_A_SUSPECT.search(before):
            yield origin


RULES = (
    Rule(
        id="IMMIG",
        severity=Severity.BLOCK,
        title="Immigration status",
        message="Take it out. Whether somebody may be in the country is for the Home Office to say, not for us.",
        source="NPCC and College of Policing, interim guidance of August 2025",
        detect=immigration_status,
    ),
    Rule(
        id="ETHNAT",
        severity=Severity.DMC,
        title="Ethnicity or nationality of a suspect",
        message="A description needs a policing purpose. DMC holds it against the national guidance first.",
        source="NPCC and College of Policing, interim guidance of August 2025; Equality Act 2010",
        detect=ethnicity,
    ),
)
