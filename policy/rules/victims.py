"""Victims: who was harmed is not named without their consent."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit, word_set
from policy.reading.names import Kind, Name, find_names, not_people
from policy.reading.nearness import match_places
from policy.reading.passage import Passage
from policy.reading.roles import is_suspect
from policy.rules.registry import Facts, Match, Rule
from policy.vocabulary.common import WORDS
from policy.vocabulary.identity import SOMEBODY_ELSE
from policy.vocabulary.people import TITLES
from policy.vocabulary.places import AREAS

# The less sure the name, the nearer the harm must stand. What is only capitalised may be a shop, so it counts
# where the harm can be done to nobody but a person.
_FARTHEST = {Kind.FULL: 14, Kind.TITLED: 14, Kind.GIVEN: 5, Kind.CAPITALS: 1}
_GOES_ON = tuple([key] for key in ("he", "she", "they", "his", "her", "being", "having", "getting"))
_NO_SURNAMES = WORDS | AREAS
_OF_PEOPLE = word_set(
    "mugged attacked assaulted stabbed punched kicked beaten conned scammed injured hurt tricked shot killed murdered"
)


def named_victim(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Somebody named as the one it was done to, with no consent on file."""
    if not passage.has("harm_done", "harming", "had_taken", "stealing", "losing"):
        return
    memorial = passage.sentences_with("remembrance")
    agreed = [frozenset(_plain(name).split()) for name in context.consents]
    done, doing = passage.hits("harm_done"), passage.hits("harming")
    names = find_names(passage, not_people(context.gazetteer, context.ward))
    for name in [*names, *_families(passage)]:
        if name.official or passage.sentences[name.first] in memorial:
            continue
        near = _done_to(passage, name, done) or _doing_to(passage, name, doing) or _theirs(passage, name)
        if near is None or (is_suspect(passage, name) and passage.has("arrest")) or _agreed(passage, name, agreed):
            continue
        yield Match(match_places(passage, (name.start, name.end), near))


def _families(passage: Passage) -> Iterator[Name]:
    """ "The Hennessy family woke to find": a surname that no given name makes sure."""
    if "family" not in passage.vocabulary:
        return
    for index in range(1, len(passage.keys) - 1):
        word = passage.words[index]
        named = word.raw[0].isupper() and word.key not in _NO_SURNAMES
        if named and passage.keys[index - 1] == "the" and passage.keys[index + 1] == "family":
            yield Name(word.start, word.end, index, index, Kind.TITLED, official=False)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z']+", name.lower()))


def _agreed(passage: Passage, name: Name, agreed: list[frozenset[str]]) -> bool:
    words = set(_plain(passage.text[name.start : name.end]).removesuffix("'s").split()) - TITLES
    return any(words <= consent for consent in agreed)


def _reach_of(name: Name, between: list[str]) -> int:
    """How many words may stand between; "the Hennessy family" is as sure as a title."""
    return _FARTHEST[Kind.TITLED if between[:1] == ["family"] else name.kind]


def _without_turn(between: list[str]) -> list[str]:
    """ "Helped Piotr Zielak after he was stabbed": the same person goes on."""
    turns = [place for place, key in enumerate(between) if key == "after"]
    if turns == [len(between) - 1]:  # "after being mugged"
        return between[:-1]
    if len(turns) == 1 and between[turns[0] + 1 : turns[0] + 2] in _GOES_ON:
        return [key for key in between if key != "after"]
    return between


def _done_to(passage: Passage, name: Name, done: list[Hit]) -> tuple[int, int] | None:
    """ "Mrs Okafor was robbed", "Dennis Purley, who runs the fish stall, was burgled": nobody else in between."""
    place = bisect_left(done, name.last, key=lambda hit: hit.first)
    for hit in done[place : place + 2]:
        between = _without_turn(passage.keys[name.last + 1 : hit.first])
        far = hit.sentence != passage.sentences[name.first] or len(between) > _reach_of(name, between)
        if far or not SOMEBODY_ELSE.isdisjoint(between):
            continue
        if name.kind is not Kind.CAPITALS or passage.keys[hit.last] in _OF_PEOPLE or between[:1] == ["family"]:
            return hit.start, hit.end
    return None


def _doing_to(passage: Passage, name: Name, doing: list[Hit]) -> tuple[int, int] | None:
    """ "They conned Ravi Chandra", "Victim Sandra Pell", "Mugged at knifepoint, Tomasz Wieczorek"."""
    place = bisect_left(doing, name.first, key=lambda hit: hit.first)
    for hit in doing[max(0, place - 1) : place]:
        between = passage.keys[hit.last + 1 : name.first]
        reach = 5 if name.kind in (Kind.FULL, Kind.TITLED) else 2 if name.kind is Kind.GIVEN else -1
        near = hit.sentence == passage.sentences[name.first] and len(between) <= reach
        if near and SOMEBODY_ELSE.isdisjoint(between) and not {"by", "thanks", "from"} & set(between[-2:]):
            return hit.start, hit.end
    return None


_TAKEN_FROM = re.compile(
    r"\b(?:stole|stolen|took|taken|snatched|nicked|grabbed|swiped|conned)\b[^.!?]{0,50} (?:from|off|out of) $"
)


_LOST = re.compile(
    r"(?:,[^,.!?]{1,40},)? (?:has |had )?(?:just |sadly |recently )?lost (?:£|over |more than |nearly |almost |about "
    r"|around |up to |thousands|everything|a lot of money|(?:his|her|their) (?:life )?savings)"
)


def _theirs(passage: Passage, name: Name) -> tuple[int, int] | None:
    """ "Mr Harrowgate had his watch snatched", "Miss Pritchard's bag was stolen", "stole £400 from Miss Pritchard"."""
    if name.kind is Kind.CAPITALS:
        return None
    before = passage.lower[max(0, name.start - 70) : name.start]
    taken = _TAKEN_FROM.search(before)
    if taken:
        return name.start - len(before) + taken.start(), name.start
    lost = _LOST.match(passage.lower, name.end)
    if lost:
        return lost.span()
    hits = passage.hits("had_taken")
    place = bisect_left(hits, name.last, key=lambda hit: hit.first)
    for hit in hits[place : place + 1]:
        between = _without_turn(passage.keys[name.last + 1 : hit.first])
        owned = passage.text[name.end - 2 : name.end] == "'s" or "had" in between
        near = hit.sentence == passage.sentences[name.first] and len(between) <= 9
        if near and owned and SOMEBODY_ELSE.isdisjoint(between):
            return hit.start, hit.end
    return None


RULES = (
    Rule(
        id="VICTIMNAME",
        severity=Severity.BLOCK,
        title="Victim named without consent",
        message=(
            "Whoever was harmed decides whether they are named. Take the name out, or have their written consent "
            "put on file."
        ),
        source="Victims' Code; UK GDPR and Data Protection Act 2018; APP images and footage",
        detect=named_victim,
    ),
)
