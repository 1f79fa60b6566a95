"""People who are missing, and what must not be told when they are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.ages import find_ages
from policy.reading.lexicon import Hit
from policy.reading.names import Kind, Name, find_names, not_people
from policy.reading.nearness import match_places, widened
from policy.reading.passage import Passage
from policy.reading.roles import is_bystander
from policy.rules.registry import Facts, Match, Rule

Place = tuple[int, int]
Places = dict[int, list[Place]]

_MOST_NAMES = 200  # a post that names more people has said enough

# Words that say by themselves that a person is gone.
_SURELY = re.compile(
    r"missing (?:person|child|boy|girl|teen|man|woman|mum|baby|lady|patient|pensioner|student)|misper|seen since"
)
_IN_A_TOWN = re.compile(r"\b(?:in|at|near|outside|by|to) (?:the )?[A-Z][a-z']+")


def missing_person(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """An appeal for somebody who is missing; not for property or pets, and not about missing people in general."""
    if not passage.has("missing", "worry", "search"):
        return
    known = _known(passage, context)
    people = {number: [*places] for number, places in known.items()}
    for hit in passage.hits("who"):
        people.setdefault(hit.sentence, []).append((hit.start, hit.end))
    for sign in _signs(passage, known):
        who = next((place for number in _beside(sign) for place in people.get(number, ())), None)
        if who is not None:
            yield Match(match_places(passage, (sign.start, sign.end), who))
            return


def _beside(hit: Hit) -> tuple[int, int, int]:
    return hit.sentence, hit.sentence + 1, hit.sentence - 1


def _known(passage: Passage, context: Context) -> Places:
    """Ages and names, by sentence: what tells one person from everybody."""
    found: Places = {}
    for age in find_ages(passage):
        found.setdefault(passage.sentence_at(age.start), []).append((age.start, age.end))
    for name in _names(passage, context):
        found.setdefault(passage.sentences[name.first], []).append((name.start, name.end))
    return found


def _names(passage: Passage, context: Context) -> Iterator[Name]:
    for name in find_names(passage, not_people(context.gazetteer, context.ward))[:_MOST_NAMES]:
        if not name.official and name.kind is not Kind.CAPITALS and not is_bystander(passage, name):
            yield name


def _signs(passage: Passage, known: Places) -> Iterator[Hit]:
    """What says that somebody is gone, surest first. Worry and a search need a person who is known or described."""
    general = passage.sentences_with("no_missing")
    crime = widened(passage.sentences_with("no_missing_suspect"))
    idle = general | passage.sentences_with("no_missing_suspect")
    gone = [hit for hit in passage.hits("missing", "not_missing") if not _is_mislaid(passage, hit)]
    for hit in gone:
        words = passage.lower[hit.start : hit.end]
        hushed = general if _SURELY.search(words) else crime | general if words.startswith("last ") else idle
        if hit.sentence not in hushed:
            yield hit
    near_gone = widened({hit.sentence for hit in gone}) | widened(known)
    for hit in passage.hits("worry"):
        if hit.sentence not in idle and hit.sentence in near_gone:
            yield hit
    described = passage.sentences_with("described") | known.keys()
    for hit in passage.hits("search"):
        if hit.sentence in described and hit.sentence not in general | crime and not _is_mislaid(passage, hit):
            yield hit


def _is_mislaid(passage: Passage, sign: Hit) -> bool:
    """ "Missing bike", "your keys went missing": a thing stands right beside the word."""
    things = passage.remember(
        "mislaid", lambda: {word for hit in passage.hits("mislaid") for word in range(hit.first, hit.last + 1)}
    )
    return bool(things) and not things.isdisjoint(range(sign.first - 3, sign.last + 4))


def told_too_much(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Somebody was found, beside their name, where they were or who they were with."""
    founds = passage.hits("found", "not_found")
    if not founds:
        return
    things = passage.sentences_with("no_found", "no_thing")
    told = widened(passage.sentences_with("found_context") | passage.sentences_with("found_surely"))
    people = widened(
        passage.sentences_with("who")
        | passage.sentences_with("found_surely")
        | {passage.sentence_at(age.start) for age in find_ages(passage)}
    )
    names: Places = {}
    for name in _names(passage, context):
        names.setdefault(passage.sentences[name.first], []).append((name.start, name.end))
    for found in founds:
        passive = found.sentence in names and passage.keys[found.first - 1] in ("been", "was", "is", "now", "safely")
        if found.sentence in things or not (found.sentence in told or passive):
            continue
        named = [place for number in _beside(found) if number not in things for place in names.get(number, ())]
        where = list(_whereabouts(passage, found)) if named or found.sentence in people else []
        if named or where:
            yield Match(match_places(passage, (found.start, found.end), *[*named, *where][:2]))
            return


def _whereabouts(passage: Passage, found: Hit) -> Iterator[Place]:
    """The place or the company, after the word of finding or in a next sentence about the same person."""
    about = {found.sentence}
    if found.sentence + 1 in passage.sentences_with("he") | passage.sentences_with("who"):
        about.add(found.sentence + 1)
    for hit in passage.hits("found_where"):
        if hit.sentence in about and hit.first > found.last:
            yield hit.start, hit.end
    town = _IN_A_TOWN.search(passage.text, found.end, found.end + 80)
    if town and passage.sentence_at(town.start()) in about:
        yield town.span()


RULES = (
    Rule(
        id="MISPER",
        severity=Severity.DMC,
        title="Missing person appeal",
        message=(
            "Appeals for missing people are put out by DMC, with a day on which they come down again. "
            "Send this to them with the reference."
        ),
        source="Appeals are made for high-risk cases only; Missing People: the right to be forgotten; APP images",
        detect=missing_person,
    ),
    Rule(
        id="FOUNDDETAIL",
        severity=Severity.BLOCK,
        title="Too much about somebody who was found",
        message=(
            "Say only “The person we appealed about has been found. Thank you.” No name, place, hospital or company. "
            "Then take the appeal down."
        ),
        source="Missing People: the right to be forgotten",
        detect=told_too_much,
    ),
)
