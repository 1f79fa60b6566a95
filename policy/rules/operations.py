"""Operations and officers' safety: what is to come, what is going on, how it is done, how many of us there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit
from policy.reading.nearness import match_places, pairs
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule
from policy.rules.wording import Together, alone, together


def future_operation(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A warrant, raid or covert work beside a time to come, unless the sentence tells what happened or invites people.

    "Warrant in Penge. Early start tomorrow!": a short sentence next to it may give the time.
    """
    operations = passage.hits("secret_op", "not_secret_op")
    if not operations:
        return
    told = passage.sentences_with("bygone") | passage.sentences_with("sociable")
    plans = [hit for hit in operations if hit.sentence not in told]
    times = sorted({*passage.hits("coming"), *passage.hits("coming_day")})
    found = False
    for plan, time in pairs(plans, times, 14):
        found = True
        yield _both(passage, plan, time)
    if plans and not found:
        yield from _time_next_door(passage, plans, told)


def _time_next_door(passage: Passage, plans: list[Hit], told: frozenset[int]) -> Iterator[Match]:
    first = {hit.sentence: hit for hit in reversed(plans)}
    for time in passage.hits("sure_to_come"):
        if time.sentence in told or passage.words_in(time.sentence) > 8:
            continue
        plan = first.get(time.sentence - 1) or first.get(time.sentence + 1)
        if plan is not None:
            yield _both(passage, plan, time)


def live_operation(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A warrant, chase, armed officers or a search for somebody, and that it is happening now."""
    quiet = ("over_now", "sociable")
    told = (*quiet, "done_already")
    yield from alone(passage, "live_alone", "not_live_op", calm=told)
    yield from together(passage, Together("our_side", "closing_in", 2, after=True, calm=told))
    yield from together(passage, Together("live_op", "now", 12, but_not="not_live_op", calm=quiet))


def tactic(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """How the police work, or who spoke to them; advice on trackers and cameras for residents is quiet."""
    quiet = ("bought_by_you",)
    yield from alone(passage, "tactic", "not_tactic", calm=quiet)
    yield from together(passage, Together("an_officer", "disguise", 3, after=True, calm=(*quiet, "sociable")))
    yield from together(passage, Together("source", "told_us", 6, calm=quiet))
    yield from together(passage, Together("hidden_watch", "watching", 6, calm=(*quiet, "sociable")))


def staffing(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """How few are on duty, or when they stop."""
    yield from alone(passage, "staffing", calm=("not_short",))
    yield from together(passage, Together("few_of_us", "of_duty", 8, calm=("not_short",)))
    yield from together(passage, Together("head_count", "their_area", 3, after=True, calm=("not_short",)))


def _both(passage: Passage, one: Hit, other: Hit) -> Match:
    return Match(places=match_places(passage, (one.start, one.end), (other.start, other.end)))


RULES = (
    Rule(
        id="FUTUREOP",
        severity=Severity.BLOCK_A,
        title="Operation that is still to come",
        message="This tells people what we are going to do, and could put officers at risk. Post it when it is over.",
        source="Operational security; ACPO guidance on the safe use of the internet and social media (2013)",
        detect=future_operation,
    ),
    Rule(
        id="LIVEOP",
        severity=Severity.BLOCK_A,
        title="Operation that is going on now",
        message=(
            "Wait until the operation is over. If people nearby must be warned, ring the DMC duty line: "
            "the corporate account leads."
        ),
        source="Operational security; the corporate account leads on live incidents",
        detect=live_operation,
    ),
    Rule(
        id="TACTIC",
        severity=Severity.BLOCK_A,
        title="Tactic, source or capability",
        message="This shows how we work, or who spoke to us. Say what was found or stopped, not how.",
        source="Regulation of Investigatory Powers Act 2000, confidentiality of sources; ACPO guidance (2013)",
        detect=tactic,
    ),
    Rule(
        id="STAFFING",
        severity=Severity.DMC,
        title="How many of us there are, or when we stop",
        message="Leave out how many of us are on duty and when cover ends. DMC will look at this.",
        source="Officers' safety; ACPO guidance on the safe use of the internet and social media (2013)",
        detect=staffing,
    ),
)
