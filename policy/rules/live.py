"""Fair trial: what may not be said of somebody's past, or of the evidence, while a case is live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from policy.content import Context, Severity
from policy.reading.lexicon import Hit
from policy.reading.live_cases import decided, held
from policy.reading.nearness import match_places, nearest, pairs
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule

_MOST = 100  # a text that says it more often has said it


def bad_character(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Convictions, licence, gang or habits, of one person or beside an arrest, before a court has decided."""
    pasts = [
        *passage.hits("past", "no_past"),
        *passage.hits("past_beside_arrest", "no_past"),
        *_habitual(passage),
        *_again(passage),
    ]
    if not pasts:
        return
    court, arrests, people = decided(passage), held(passage), passage.sentences_with("someone")
    general = passage.sentences_with("awareness") | passage.sentences_with("may_be")
    alone = set(passage.hits("past", "no_past"))
    for hit in sorted(set(pasts)):
        if hit.sentence in court:
            continue
        near = nearest(hit, arrests)
        if near is not None:
            yield Match(match_places(passage, (hit.start, hit.end), (near.start, near.end)))
        elif hit in alone and hit.sentence in people and hit.sentence not in general:
            yield Match(match_places(passage, (hit.start, hit.end)))


def _habitual(passage: Passage) -> Iterator[Hit]:
    """ "Prolific shoplifter": the adjective right before the noun."""
    adjectives = passage.hits("habitual", "no_past")
    if adjectives:
        for adjective, noun in pairs(adjectives, passage.hits("offender", "not_offender"), reach=1):
            if noun.first > adjective.last:
                yield Hit(adjective.start, noun.end, adjective.first, noun.last, noun.sentence)


def _again(passage: Passage) -> Iterator[Hit]:
    """ "Arrested yet again": a few words from the arrest itself."""
    words = passage.hits("again", "no_past")
    if words:
        yield from (again for again, _ in pairs(words, held(passage), reach=3))


def told_evidence(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """An admission, or what footage, forensics or witnesses show, before a court has decided."""
    shown = islice(chain(_shown(passage), _loot(passage), passage.hits("evidence_beside_arrest")), _MOST)
    told = sorted({*passage.hits("confession", "not_confession")[:_MOST], *shown})
    if not told:
        return
    people = passage.sentences_with("someone") | passage.sentences_with("offender")
    arrests = [hit for hit in held(passage) if passage.keys[hit.first] != "caught"]  # "caught red handed" is no arrest
    cleared = decided(passage) | passage.sentences_with("may_be")
    alone = set(passage.hits("confession", "not_confession"))
    for hit in told:
        if hit.sentence in cleared:
            continue
        near = nearest(hit, arrests, sentences=2 if hit in alone else 1)
        if near is not None:
            yield Match(match_places(passage, (hit.start, hit.end), (near.start, near.end)))
        elif hit in alone and hit.sentence in people:
            yield Match(match_places(passage, (hit.start, hit.end)))


def _shown(passage: Passage) -> Iterator[Hit]:
    """ "Doorbell footage clearly captured": a source of evidence with a verb of proof within a few words."""
    sources = passage.hits("evidence_source", "not_evidence")
    if sources:
        asked = passage.sentences_with("not_evidence")
        for source, verb in pairs(sources, passage.hits("evidence_verb", "not_evidence"), reach=9):
            if source.sentence not in asked:
                yield _across(source, verb)


def _loot(passage: Passage) -> Iterator[Hit]:
    """ "The stolen jewellery was down his sock"."""
    loot = passage.hits("loot")
    if loot:
        suspected = passage.sentences_with("suspicion")
        for thing, place in pairs(loot, passage.hits("on_them"), reach=8):
            if thing.sentence not in suspected:
                yield _across(thing, place)


def _across(one: Hit, other: Hit) -> Hit:
    first, last = sorted((one, other))
    return Hit(first.start, last.end, first.first, last.last, first.sentence)


RULES = (
    Rule(
        id="BADCHAR",
        severity=Severity.BLOCK,
        title="Someone's past in a live case",
        message=(
            "Leave out what they did before. Nothing harms a trial more than telling people about convictions, "
            "licences or habits; say only what happened this time."
        ),
        source="Contempt of Court Act 1981, sections 1 and 2; public warnings of the police on contempt",
        detect=bad_character,
    ),
    Rule(
        id="EVIDENCE",
        severity=Severity.BLOCK,
        title="Evidence or an admission in a live case",
        message=(
            "Evidence is for the court to hear first. Take out what was found, seen or admitted, and say that "
            "enquiries continue."
        ),
        source="Contempt of Court Act 1981, sections 1 and 2",
        detect=told_evidence,
    ),
)
