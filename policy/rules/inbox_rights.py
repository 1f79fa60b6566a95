"""Rules of the inbox: somebody uses a right, and a clock begins to run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit
from policy.reading.nearness import widened
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule

_FEW = 5
_YEAR = re.compile(r"(?:19|20)\d\d")


def information_request(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """The Act by name, or a question for what is on record with a time or a place. Nobody need say "FOI"."""
    named = passage.hits("foi_named")
    yield from (Match(passage.places([hit])) for hit in named[:_FEW])
    if named:
        return
    asked = passage.hits("foi_ask", "foi_ours") or passage.hits("foi_request", "foi_ours")
    if not asked:
        return
    recorded = passage.sentences_with("foi_recorded") - passage.sentences_with("foi_ours")
    scoped = passage.sentences_with("foi_scope") | _with_a_year(passage)
    together = recorded & (scoped | _in_a_named_place(passage))
    for hit in asked:
        if hit.sentence in together:
            yield Match(passage.places([hit]))
            return


def _with_a_year(passage: Passage) -> frozenset[int]:
    keys = passage.keys
    return frozenset(passage.sentences[index] for index in passage.numerals if _YEAR.fullmatch(keys[index]))


def _in_a_named_place(passage: Passage) -> frozenset[int]:
    """ "In Brockley", "on Peckham ward", "near Forest School": a capitalised word after a word of place."""
    words = passage.words
    return frozenset(
        passage.sentences[index]
        for index, key in enumerate(passage.keys[:-1])
        if key in ("in", "on", "at", "near", "across", "for") and words[index + 1].raw[0].isupper()
    )


def data_rights(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """One's own picture to be taken down, one's own data to be seen, mended or deleted, or no consent given."""
    hits = [*passage.hits("sar_named"), *_take_me_down(passage), *_no_consent(passage), *_held(passage)]
    for hit in sorted(set(hits))[:_FEW]:
        yield Match(passage.places([hit]))


def _take_me_down(passage: Passage) -> Iterator[Hit]:
    asked = passage.hits("sar_take_down", "sar_not")
    if asked:
        pictures = widened(passage.sentences_with("sar_picture"))
        mine = widened(passage.sentences_with("sar_me"))
        yield from (hit for hit in asked if hit.sentence in pictures & mine)


def _no_consent(passage: Passage) -> Iterator[Hit]:
    refused = passage.hits("sar_no_consent")
    if refused:
        pictured = widened(passage.sentences_with("sar_picture"))
        yield from (hit for hit in refused if hit.sentence in pictured)


def _held(passage: Passage) -> Iterator[Hit]:
    held = passage.hits("sar_held", "sar_not")
    if held:
        asked = passage.sentences_with("sar_get")
        yield from (hit for hit in held if hit.sentence in asked)


def complaint(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """The wish to complain of the police, or an officer with misconduct in the same sentence or the next."""
    quiet = passage.sentences_with("no_complaint")
    wished = [hit for hit in passage.hits("complaint") if hit.sentence not in quiet]
    found = [*wished, *_misconduct(passage, quiet)]
    for hit in sorted(set(found))[:_FEW]:
        yield Match(passage.places([hit]))


def _misconduct(passage: Passage, quiet: frozenset[int]) -> Iterator[Hit]:
    wrong = passage.hits("misconduct", "no_complaint")
    if not wrong:
        return
    police = passage.sentences_with("police_person")
    praised = passage.sentences_with("praise") | quiet
    yield from (hit for hit in wrong if hit.sentence in police - praised)


RULES = (
    Rule(
        id="IN_FOI",
        severity=Severity.ROUTE,
        title="Request for information",
        message="This may be a valid request for information. Send it to Information Rights: 20 working days run.",
        source="Freedom of Information Act 2000; Information Commissioner's decision FS50543791",
        detect=information_request,
        owner="Information Rights",
        inbound=True,
        of_pictures=False,
    ),
    Rule(
        id="IN_SAR",
        severity=Severity.ROUTE,
        title="Request about one's own data",
        message="Somebody uses their rights over their own data. Send it to the Data Office: one month to answer.",
        source="UK GDPR, articles 15 to 21; Data Protection Act 2018",
        detect=data_rights,
        owner="Data Office",
        inbound=True,
        of_pictures=False,
    ),
    Rule(
        id="IN_COMPLAINT",
        severity=Severity.ROUTE,
        title="Complaint about an officer",
        message="This is a complaint. Give the link for complaints, pass it to Professional Standards, do not argue.",
        source="Police Reform Act 2002, Schedule 3",
        detect=complaint,
        owner="Professional Standards",
        inbound=True,
        of_pictures=False,
    ),
)
