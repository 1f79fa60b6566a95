"""Charges, courts and sentences: who must look before they go out, and opinions about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit
from policy.reading.nearness import match_places, nearest, pairs
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule

_SHORT_SENTENCE = 14
_MOST = 100  # a text that says it more often has said it
_VIEWS = ("verdict_view", "strong_view", "length_view")
_CHEER = re.compile("[!🎉👏👊💪🙌🤦🙄😡😤😠🥳😂]")


def court_steps(passage: Passage) -> list[Hit]:
    """Charges, hearings and outcomes of somebody's case; not what could happen to anyone."""
    return passage.remember("court steps", lambda: list(_court_steps(passage)))


def _court_steps(passage: Passage) -> Iterator[Hit]:
    steps = passage.hits("court_step", "no_court_step")
    if steps:
        idle = passage.sentences_with("may_be") | passage.sentences_with("court_play")
        yield from (hit for hit in steps if hit.sentence not in idle)
    for given, term in pairs(passage.hits("given_time"), passage.hits("prison_time", "not_prison_time"), reach=3):
        if given.first < term.first and given.sentence in passage.sentences_with("offence"):
            yield given


def case_outcome(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A charge, a court date or a court's decision about somebody."""
    for hit in court_steps(passage)[:2]:
        yield Match(match_places(passage, (hit.start, hit.end)))


def court_opinion(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Joy or anger about a verdict, a sentence, a jury, a judge or the prosecutors."""
    views = sorted({hit for kind in _VIEWS for hit in passage.hits(kind, "no_view")} | set(_cheered(passage)))
    if not views:
        return
    strong = {hit.start for hit in passage.hits("strong_view", "no_view")}
    soft = {hit.start for hit in passage.hits("soft_view")}
    outcomes = _outcomes(passage)
    lengths = {view.start for view, _ in _lengths(passage)}
    for view in views:
        near = nearest(view, outcomes) or _over_a_word(passage, view, outcomes)
        if near is not None and near.sentence != view.sentence:
            brief = passage.words_in(view.sentence) <= _SHORT_SENTENCE
            near = near if brief and view.start not in soft else None
        if near is not None:
            yield Match(match_places(passage, (view.start, view.end), (near.start, near.end)))
        elif view.start in strong or view.start in lengths:
            yield Match(match_places(passage, (view.start, view.end)))


def _over_a_word(passage: Passage, view: Hit, outcomes: list[Hit]) -> Hit | None:
    """ "Suspended sentence. Again. What is the point?": a sentence of one or two words stands between."""
    near = nearest(view, outcomes, sentences=2)
    if near is None or passage.words_in((near.sentence + view.sentence) // 2) > 2:
        return None
    return near


def _cheered(passage: Passage) -> Iterator[Hit]:
    """ "Jailed for six years!": an exclamation mark or a face right in the sentence of a court's decision."""
    for hit in passage.hits("ruled", "no_court_step")[:_MOST]:
        if _CHEER.search(passage.sentence_text(hit.sentence)):
            yield hit


def _outcomes(passage: Passage) -> list[Hit]:
    play = passage.sentences_with("court_play")
    found = {*passage.hits("court_step", "no_court_step"), *passage.hits("court_place", "no_court_step")}
    return sorted(hit for hit in found if hit.sentence not in play)


def _lengths(passage: Passage) -> Iterator[tuple[Hit, Hit]]:
    """ "Only got six months", "Eight years isn't nearly enough"."""
    terms = passage.hits("prison_time", "not_prison_time")
    if terms:
        yield from pairs(passage.hits("length_view"), terms, reach=10)
        for view in passage.hits("length_view"):
            near = nearest(view, terms)
            if near is not None and near.sentence != view.sentence and _is_all_it_says(passage, near):
                yield view, near


def _is_all_it_says(passage: Passage, term: Hit) -> bool:
    """ "Six months?", "Eighteen weeks for all that misery?"."""
    words = passage.words_in(term.sentence)
    return words <= 4 or (words <= 8 and passage.keys[term.last + 1 : term.last + 2] == ["for"])


RULES = (
    Rule(
        id="COURTVIEW",
        severity=Severity.DMC,
        title="Opinion on a verdict, a sentence or the prosecutors",
        message="Tell people what the court decided and leave out what we think of it. DMC reads this first.",
        source="Code of Ethics, use of social media; APP judicial outcomes",
        detect=court_opinion,
    ),
    Rule(
        id="CASEOUT",
        severity=Severity.DMC,
        title="Charge, court date or outcome",
        message="There may be reporting restrictions, so DMC checks this first. Keep the case reference at hand.",
        source="APP legal considerations: reporting restrictions; APP judicial outcomes",
        detect=case_outcome,
    ),
)
