"""Harm to people that nobody may read of here first: sexual offences, deaths, suicide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from policy.content import Context, Severity
from policy.reading.lexicon import Hit
from policy.reading.nearness import match_places, nearest, pairs
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule

_LEAPT = re.compile("jump|leap|plung|dangl|cling|clung|perch|wrong")
_LONG_AGO = re.compile(r"\b(?:1[0-9]\d\d|20[01]\d)\b")


def sexual_incident(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A sexual offence told as something that happened; advice and campaigns are quiet until a case stands in them."""
    offences = sorted(
        {*passage.hits("sexual_offence", "not_sexual_offence"), *passage.hits("sex_crime", "not_sexual_offence")}
    )
    general, cases = passage.sentences_with("sex_general"), passage.hits("sex_case")
    for offence in offences:
        near = nearest(offence, passage.hits("sex_decisive") if offence.sentence in general else cases)
        if near is not None:
            yield Match(match_places(passage, (offence.start, offence.end), (near.start, near.end)))
            return


def told_death(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Somebody has died or been killed; not remembrance, history, prevention, nor a way of speaking."""
    deaths = passage.hits("death", "not_death")
    if not deaths:
        return
    quiet = passage.sentences_with("remembrance")
    for hit in deaths:
        if hit.sentence not in quiet and not _LONG_AGO.search(passage.around(hit.start, hit.end)):
            yield Match(match_places(passage, (hit.start, hit.end)))
            return


def told_suicide(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Suicide or self-harm as something that happened, its method or its place; support and training are quiet."""
    for hit in chain(passage.hits("suicide_act"), _named(passage), _from_a_height(passage), _too_many_tablets(passage)):
        yield Match(match_places(passage, (hit.start, hit.end)))
        return


def _named(passage: Passage) -> Iterator[Hit]:
    support = passage.sentences_with("no_suicide")
    yield from (hit for hit in passage.hits("suicide_word") if hit.sentence not in support)


def _from_a_height(passage: Passage) -> Iterator[Hit]:
    """Someone in distress on a roof, at the tracks or in the river."""
    heights = passage.hits("height")
    if heights:
        people, play = passage.sentences_with("someone"), passage.sentences_with("not_distress")
        distress = passage.sentences_with("in_distress")
        for move, height in pairs(passage.hits("jump"), heights, reach=6):
            key = passage.keys[move.first]
            told = _LEAPT.match(key) or height.sentence in distress
            someone = height.sentence in people or key == "jumper"
            if told and someone and height.sentence not in play and move.first < height.first:
                yield Hit(move.start, move.end, move.first, move.last, move.sentence)


def _too_many_tablets(passage: Passage) -> Iterator[Hit]:
    """ "Had taken a large number of tablets": an overdose told without the word; not drugs that were seized."""
    tablets = passage.hits("tablets")
    if tablets:
        people, trade = passage.sentences_with("someone"), passage.sentences_with("pill_trade")
        many = passage.sentences_with("many_of_them") & people
        for taken, thing in pairs(passage.hits("swallowed"), tablets, reach=7, after=True):
            if thing.sentence in many and thing.sentence not in trade:
                yield Hit(taken.start, thing.end, taken.first, thing.last, taken.sentence)


RULES = (
    Rule(
        id="SEXANY",
        severity=Severity.DMC,
        title="A particular sexual offence",
        message="DMC reads every post about a particular sexual offence, even one that gives nothing away by itself.",
        source="Sexual Offences (Amendment) Act 1992: two harmless posts can name somebody together",
        detect=sexual_incident,
    ),
    Rule(
        id="DEATH",
        severity=Severity.DMC,
        title="A death",
        message="The family must hear it from us and not from here. DMC asks the family liaison officer first.",
        source="APP deaths; consent of victims and families",
        detect=told_death,
    ),
    Rule(
        id="SUICIDE",
        severity=Severity.BLOCK,
        title="Suicide or self-harm",
        message=(
            "Do not tell of a suicide, an attempt, how or where. To point people to help, use the approved "
            "Samaritans template."
        ),
        source="Samaritans' guidelines for the media; Data Protection Act 2018 Part 3, sensitive processing",
        detect=told_suicide,
    ),
)
