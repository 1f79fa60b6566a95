"""Rules of the inbox: somebody may be in danger, or tells us of a crime. What matches goes to an owner with a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule

_FEW = 5


def risk_to_life(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Words of self-harm, of an attack going on or announced, or a weapon in somebody's hands now.

    Thanks or a joke in the same sentence calm everything but self-harm: better one call too many than one too few.
    """
    hits = sorted({*passage.hits("risk_self", "no_risk"), *_threats(passage), *_armed(passage)})
    for hit in hits[:_FEW]:
        yield Match(passage.places([hit]))


def _threats(passage: Passage) -> Iterator[Hit]:
    calm = passage.sentences_with("calm_joke")
    yield from (hit for hit in passage.hits("risk_threat", "no_risk") if hit.sentence not in calm)


def _armed(passage: Passage) -> Iterator[Hit]:
    """A weapon with a person and something happening in one sentence."""
    weapons = passage.hits("risk_weapon", "no_risk")
    if weapons:
        together = passage.sentences_with("risk_person_now") & passage.sentences_with("risk_happening")
        calm = passage.sentences_with("calm_joke") | passage.sentences_with("no_risk")
        yield from (hit for hit in weapons if hit.sentence in together - calm)


def crime_report(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A crime done to the writer or somebody of theirs, one they see or saw, or the wish to report one."""
    quiet = passage.sentences_with("no_crime")
    for hit in sorted({*passage.hits("report_it"), *_done_to_mine(passage), *_seen(passage)})[:_FEW]:
        if hit.sentence not in quiet:
            yield Match(passage.places([hit]))


def _done_to_mine(passage: Passage) -> Iterator[Hit]:
    mine = passage.sentences_with("mine")
    yield from (hit for hit in passage.hits("done_to") if hit.sentence in mine)
    weak = passage.hits("done_weakly")
    if weak:
        things = passage.sentences_with("valuable") & mine
        yield from (hit for hit in weak if hit.sentence in things)


def _seen(passage: Passage) -> Iterator[Hit]:
    seen = passage.sentences_with("seen_by")
    yield from (hit for hit in passage.hits("seen_doing") if hit.sentence in seen)


RULES = (
    Rule(
        id="IN_RISK",
        severity=Severity.ROUTE,
        title="Somebody may be in danger",
        message="Somebody's life may be at risk. Pass this to the control room now; the clock is running.",
        source="Authorised professional practice, engagement: risk is found quickly and passed on",
        detect=risk_to_life,
        owner="Control room",
        inbound=True,
        of_pictures=False,
    ),
    Rule(
        id="IN_CRIME",
        severity=Severity.ROUTE,
        title="Report of a crime",
        message="This tells of a crime. Say how to report it (999, 101, online) and pass it to the contact centre.",
        source="Authorised professional practice, engagement: the contact role",
        detect=crime_report,
        owner="Contact centre",
        inbound=True,
        of_pictures=False,
    ),
)
