"""What a post shows: figures without a source, weapons, and pictures that are not ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit, word_set
from policy.reading.nearness import match_places, pairs
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule
from policy.rules.wording import alone, is_calm

_SHARE = re.compile(r"\d ?%")


def bare_figure(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Recorded crime that moved by so much, or was nil, with neither a source nor a period to compare with."""
    if passage.has("sourced"):
        return
    yield from alone(passage, "none_of_it", "not_none")
    crimes = passage.hits("recorded_crime")
    if not crimes:
        return
    shares = _with_a_share(passage)
    for crime, change in pairs(crimes, passage.hits("moved"), 8):
        if is_calm(passage, crime.sentence, ("not_crime_count",)):
            continue
        if crime.sentence in shares or passage.keys[change.first] in _WHOLE:
            yield Match(places=match_places(passage, (crime.start, crime.end), (change.start, change.end)))
    for crime in _signed(passage, crimes):
        yield Match(places=(passage.place(crime.start, crime.end),))


_WHOLE = word_set("halved doubled trebled tripled quadrupled slashed plummeted plunged lowest highest")


def _with_a_share(passage: Passage) -> frozenset[int]:
    """Sentences that give a percentage, a fraction or a time to compare with."""
    signs = {passage.sentence_at(found.start()) for found in _SHARE.finditer(passage.text)}
    return passage.sentences_with("so_much") | signs


_SIGNED = re.compile(r"^[ :]{0,3}(?:[-+]|minus |plus ) ?\d")


def _signed(passage: Passage, crimes: list[Hit]) -> Iterator[Hit]:
    """ "Vehicle crime -22%"."""
    return (crime for crime in crimes if _SIGNED.match(passage.text[crime.end : crime.end + 14]))


def weapon_picture(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A weapon named where there is a picture."""
    if not (facts.has_pictures or facts.picture):
        return ()
    return alone(passage, "weapon", "not_weapon", calm=("toolmarking",))


def borrowed_picture(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A picture credited to an agency, a broadcaster or the web, or said to be somebody else's."""
    for place, character in enumerate(passage.text):
        if character == "©":
            yield Match(places=(passage.place(place, place + 1),))
    yield from alone(passage, "borrowed", "not_borrowed", calm=("our_picture",))
    images = passage.hits("image_word", "not_borrowed")
    for image, lender in pairs(images, passage.hits("lender"), 3, after=True):
        if not is_calm(passage, image.sentence, ("our_picture",)):
            yield Match(places=match_places(passage, (image.start, image.end), (lender.start, lender.end)))
    for image, platform in pairs(images, passage.hits("platform_lender"), 5, after=True):
        lifted = [hit for hit in passage.hits("lifting") if image.last < hit.first < platform.first]
        if lifted and not is_calm(passage, image.sentence, ("our_picture",)):
            yield Match(places=match_places(passage, (image.start, image.end), (platform.start, platform.end)))


RULES = (
    Rule(
        id="STATS",
        severity=Severity.ADVISE,
        title="Crime figure without source or period",
        message="Say where the figure comes from and for which dates, with a link, and that it is reported crime.",
        source="Code of Practice for Statistics, applied by choice",
        detect=bare_figure,
    ),
    Rule(
        id="WEAPONPIC",
        severity=Severity.ADVISE,
        title="Picture of a weapon",
        message="A weapon's picture can raise fear or invite ridicule. What should residents take from it? Say that.",
        source="Ward accounts' posts of 2018 and 2019 that were mocked around the world",
        detect=weapon_picture,
    ),
    Rule(
        id="COPYRIGHT",
        severity=Severity.BLOCK,
        title="Picture that is not ours",
        message="Use a picture of our own, or one we hold a licence for. The library has some.",
        source="Copyright, Designs and Patents Act 1988",
        detect=borrowed_picture,
    ),
)
