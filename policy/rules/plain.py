"""Plain words, whole links, and hashtags that can be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policy.content import Context, Severity
from policy.reading.hashtags import camel_case, find_hashtags
from policy.reading.lexicon import Hit
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Repair, Rule
from policy.vocabulary.plain import ONLY_IN_CAPITALS, PLAIN_WORDS, SHORTENERS

_FIRST_FEW = 200
_HOST_WITH_PATH = re.compile(
    r"(?<![\w@-])(?:https?://)?(?:www\.)?([a-z0-9-]{1,20}\.[a-z]{2,5}(?:\.[a-z]{2})?)/[\w-][\w/-]*+"
)


def short_link(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A link through a shortener: where it leads cannot be seen."""
    if "/" not in passage.lower:
        return
    for found in _HOST_WITH_PATH.finditer(passage.lower):
        host = found.group(1)
        if host in SHORTENERS or ".".join(host.split(".")[-2:]) in SHORTENERS:
            yield Match(places=(passage.place(*found.span()),))


def lower_case_hashtag(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A hashtag of several words without a capital for each, where the words can be told apart."""
    places = context.wards | context.gazetteer
    for hashtag in find_hashtags(passage):
        if not hashtag.word[1:].islower() or not passage.written(hashtag.start, hashtag.end)[1:].islower():
            continue
        better = camel_case(hashtag.word, places)
        if better and better != hashtag.word:
            place = passage.place(hashtag.start, hashtag.end)
            message = f"Write #{better}: with a capital for each word, screen readers can read it aloud."
            yield Match((place,), message, Repair(f"Change it to #{better}", *place, better))


def jargon(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A police word that a neighbour need not know, unless the post explains it in brackets."""
    for hit in passage.hits("jargon")[:_FIRST_FEW]:
        if not _is_police_word(passage, hit) or _is_explained(passage, hit):
            continue
        plain = PLAIN_WORDS[" ".join(passage.keys[hit.first : hit.last + 1])]
        place = passage.place(hit.start, hit.end)
        said = passage.written(hit.start, hit.end)
        if not plain:
            yield Match((place,), f"Residents may not know “{said}”. Say it in everyday words.")
            continue
        if passage.text[hit.start].isupper() and _begins_sentence(passage, hit):
            plain = plain[0].upper() + plain[1:]
        repair = Repair(f"Change it to “{plain}”", *place, plain)
        yield Match((place,), f"Residents may not know “{said}”. Try “{plain}”.", repair)


def _is_police_word(passage: Passage, hit: Hit) -> bool:
    word = passage.words[hit.first]
    if word.key not in ONLY_IN_CAPITALS:
        return True
    plural = word.raw[:-1] if word.raw.endswith("s") and len(word.raw) > 2 else word.raw
    return plural.isupper() or (word.raw.islower() and any(map(str.isdigit, word.raw)))


def _is_explained(passage: Passage, hit: Hit) -> bool:
    """ "RTC (a crash)" or "body-worn video (BWV)"."""
    before = passage.text[max(0, hit.start - 2) : hit.start].rstrip()[-1:]
    after = passage.text[hit.end : hit.end + 2].lstrip()[:1]
    return before == "(" or after == "("


def _begins_sentence(passage: Passage, hit: Hit) -> bool:
    return hit.first == 0 or passage.sentences[hit.first - 1] != hit.sentence


RULES = (
    Rule(
        id="SHORTLINK",
        severity=Severity.ADVISE,
        title="Link that hides where it goes",
        message="Use the full link, so that people can see where it leads and that it is ours.",
        source="National Cyber Security Centre guidance on publishing",
        detect=short_link,
    ),
    Rule(
        id="CAMEL",
        severity=Severity.ADVISE,
        title="Hashtag without capitals",
        message="Give each word of a hashtag a capital letter: screen readers can then read it aloud.",
        source="Government Communication Service guidance on accessible social media",
        detect=lower_case_hashtag,
        of_pictures=False,
    ),
    Rule(
        id="JARGON",
        severity=Severity.ADVISE,
        title="Police words",
        message="Residents may not know this word. Say it in everyday words.",
        source="Plain English; Government Communication Service guidance on accessible writing",
        detect=jargon,
    ),
)
