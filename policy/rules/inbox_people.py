"""Rules of the inbox: somebody is accused, or named where a case is live."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.mentions import find_mentions
from policy.reading.names import find_names, not_people
from policy.reading.nearness import widened
from policy.reading.passage import Passage
from policy.reading.streets import find_addresses
from policy.rules.registry import Facts, Match, Rule
from policy.vocabulary.common import WORDS
from policy.vocabulary.places import AREAS, PLACE_ENDS

_FEW = 5
Place = tuple[int, int]


def intelligence(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A crime said of somebody who can be told by name, handle, address or as the writer's neighbour."""
    said = passage.hits("allegation", "no_allegation")
    if not said:
        return
    near = widened({hit.sentence for hit in said})
    for start, end in [*_named(passage, context), *_strangers(passage, context), *_placed(passage)][:200]:
        if passage.sentence_at(start) in near and not _is_thanked(passage, start):
            yield Match((passage.place(start, end),))
            return


def _named(passage: Passage, context: Context) -> Iterator[Place]:
    for name in find_names(passage, not_people(context.gazetteer | context.wards, context.ward)):
        if not name.official:
            yield name.start, name.end


def _strangers(passage: Passage, context: Context) -> Iterator[Place]:
    """Mentioned accounts that are neither ours nor a partner's."""
    known = {handle.lower() for handle in context.handles | context.partner_handles}
    for mention in find_mentions(passage):
        if mention.handle not in known and not mention.handle.startswith(("mps", "metpol")):
            yield mention.start - 1, mention.end


def _placed(passage: Passage) -> Iterator[Place]:
    yield from ((address.start, address.end) for address in find_addresses(passage))
    yield from (hit[:2] for hit in passage.hits("known_only_to_us"))


def _is_thanked(passage: Passage, position: int) -> bool:
    return passage.sentence_at(position) in passage.sentences_with("praise")


_NICKNAME = re.compile(
    r"\b(?:(?:it|that|this|he|she)(?:'?s| was| is)(?: not)?|(?:isn'?t|wasn'?t|aint|ain'?t|was) (?:it|that|he|she)"
    r"|called|named|name is|name'?s|rip|r\.i\.p\.?|blame|arrest(?:ed)?|know|knows|known as|aka|poor|about|heard"
    r"|of course it was|nick|lock up|ask|justice for|pray for|prayers for|sorry for|thinking of) (?:that |it was )?"
    r"(?=(?P<name>[a-z][a-z'-]{2,20}))",
)


_POINTED_AT = re.compile(r"\b(?:it was|its|it's|was it|that was|thats|that's|look at|ask) @")


def names_on_a_live_case(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """While a case is live: any name of a person who is not an officer, or that "everyone knows who"."""
    if not context.live_case:
        return
    quiet = passage.sentences_with("known_thing")
    hinted = [hit for hit in passage.hits("everybody_knows") if hit.sentence not in quiet]
    places = [*_named(passage, context), *_nicknames(passage), *(hit[:2] for hit in hinted)]
    if passage.has("everybody_knows", "allegation") or _POINTED_AT.search(passage.lower):
        places.extend(_strangers(passage, context))
    for place in sorted(set(places))[:_FEW]:
        yield Match((passage.place(*place),))


def _nicknames(passage: Passage) -> Iterator[Place]:
    """ "It was Dazza", "RIP Tiny": one capitalised word that is no other, after words that lead to a name."""
    for found in _NICKNAME.finditer(passage.lower):
        start, end = found.span("name")
        key = found.group("name").removesuffix("'s")
        written = passage.text[start:end]
        following = passage.lower[end : end + 30].split()[:1]
        place = key in WORDS or key in AREAS or (following and following[0].strip(".,!?") in PLACE_ENDS)
        if written[0].isupper() and not written.isupper() and not place:
            yield start, end


RULES = (
    Rule(
        id="IN_INTEL",
        severity=Severity.ROUTE,
        title="Information about a person",
        message="This accuses somebody. Do not answer in public or keep it here: hide it, use the intelligence route.",
        source="Authorised professional practice, engagement: intelligence submissions",
        detect=intelligence,
        owner="MPS Intelligence Bureau",
        inbound=True,
        of_pictures=False,
    ),
    Rule(
        id="IN_NAMES",
        severity=Severity.ROUTE,
        title="Names somebody in a live case",
        message="Hide this first, then note why: a name can harm a trial or tell who was hurt.",
        source="Contempt of Court Act 1981; R v F and D [2016] EWCA Crim 12",
        detect=names_on_a_live_case,
        owner="DMC",
        inbound=True,
        of_pictures=False,
    ),
)
