"""Words that are right only on their own day, and in their own ward."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

from policy.content import Context, Severity
from policy.reading.dates import MONTHS, WEEKDAYS, find_dates, london_day, readings
from policy.reading.lexicon import word_set
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule
from policy.vocabulary.common import WORDS
from policy.vocabulary.places import AREAS, PLACE_ENDS

_SOON = timedelta(hours=12)


def relative_time(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """ "Today" in a post that goes out more than twelve hours from now, unless it gives that day's date as well."""
    if facts.publish_at is None or facts.publish_at - context.now <= _SOON:
        return
    hits = passage.hits("relative_time", "not_relative_time")
    day = london_day(facts.publish_at)
    if not hits or any(day in readings(written, day) for written in find_dates(passage)):
        return
    for hit in hits:
        goes_out = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
        said = passage.written(hit.start, hit.end)
        yield Match(passage.places([hit]), f"This goes out on {goes_out} but says “{said}”. Write the day or the date.")


_OF_A_TEAM = word_set(
    "ward, wards, team, teams, snt, officers, officer, panel, residents, police, policing, pcso, pcsos, pc, sgt,"
    "surgery, priorities, survey, newsletter, meeting, priority, community, drop"
)
# "Victoria" is a name and a station, "Springfield" a school: alone they are no ward.
_ALSO_NAMES = word_set("victoria springfield central abbey town park village cathedral chelsea grove hill manor")
_AWAY_ON_PURPOSE = word_set(
    """
    colleague/s neighbouring joint jointly joined joining friends sister train/s bus/es overground tube line rail
    station delays diversion towards visiting visited visit support supporting supported helped helping lent
    match football marathon
    """
)
Ward = tuple[str, ...]


def other_ward(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Another ward of the register is named, and the ward that speaks is not."""
    if not context.ward or _names_own(passage, context.ward):
        return
    beginnings = _by_first_word(context.wards)
    if passage.vocabulary.isdisjoint(beginnings):
        return
    for name, first, last in _wards_named(passage, beginnings, besides=context.ward):
        if passage.vocabulary & _AWAY_ON_PURPOSE and _stands_beside_others(passage, first):
            continue
        place = passage.place(passage.words[first].start, passage.words[last].end)
        message = f"You are posting as {context.ward}, but this speaks of {name}. Is it the right account?"
        yield Match((place,), message)


def _names_own(passage: Passage, ward: str) -> bool:
    """Named anywhere: in a sentence, a hashtag or a handle."""
    squeezed = "".join(filter(str.isalnum, passage.lower))
    return "".join(filter(str.isalnum, ward.lower())) in squeezed


def _stands_beside_others(passage: Passage, index: int) -> bool:
    first, last = max(0, index - 40), index + 40
    number = passage.sentences[index]
    beside = zip(passage.keys[first:last], passage.sentences[first:last], strict=True)
    return any(key in _AWAY_ON_PURPOSE for key, sentence in beside if sentence == number)


@lru_cache(maxsize=8)
def _by_first_word(wards: frozenset[str]) -> dict[str, tuple[tuple[str, Ward], ...]]:
    """The wards by the key of their first word, longest first: (as registered, words)."""
    index: dict[str, set[tuple[str, Ward]]] = {}
    for name in wards:
        words = tuple(Passage(name).keys)
        if words and words[-1] == "ward" and len(words) > 1:
            words = words[:-1]
        for spelt in {words, tuple(_plain(word) for word in words)} if words else ():
            index.setdefault(spelt[0], set()).add((name, spelt))
    return {first: tuple(sorted(named, key=lambda ward: (-len(ward[1]), ward))) for first, named in index.items()}


def _plain(key: str) -> str:
    """ "kings" for "king" of "King's Park": many write it so."""
    return f"{key}s" if key == "king" else key


def _wards_named(
    passage: Passage, beginnings: dict[str, tuple[tuple[str, Ward], ...]], *, besides: str
) -> Iterator[tuple[str, int, int]]:
    """Each ward with its first and last word. "Hackney Wick station" and "Victoria Park" are not the ward."""
    keys = passage.keys
    after = 0
    for index, key in enumerate(keys):
        for name, words in beginnings.get(key, ()) if index >= after else ():
            if name == besides:
                continue
            spoken = [word for word in keys[index : index + len(words) + 1] if word != "and"][: len(words)]
            last = index + len(words) - 1 + ("and" in keys[index : index + len(words)] and "and" not in words)
            if tuple(spoken) == words and last < len(keys) and _is_ward(passage, index, last):
                yield name, index, last
                after = last + 1
                break


def _is_ward(passage: Passage, first: int, last: int) -> bool:
    words = passage.words[first : last + 1]
    following = passage.keys[last + 1] if last + 1 < len(passage.keys) else ""
    joined = bool(following) and passage.text[words[-1].end : passage.words[last + 1].start] == " "
    if joined and following in _OF_A_TEAM and passage.keys[last + 2 : last + 3] != ["station"]:
        return True
    if joined and (following in PLACE_ENDS or following in _OF_A_PLACE or _goes_on(passage, last + 1)):
        return False
    if _is_part_of_a_name(passage, first):
        return False
    alone = len(words) == 1
    if not words[0].raw[0].isupper():
        return not alone and not all(word.key in WORDS or word.key in AREAS for word in words)
    return not (alone and words[0].key in _ALSO_NAMES)


_OF_A_PLACE = word_set("sponge, line, beckham, wood, lock, mill, mills, house, cafe, town, fc, united, rovers")


def _goes_on(passage: Passage, index: int) -> bool:
    """ "Dalston Kingsland": the next word belongs to the name."""
    word = passage.words[index]
    return word.raw[0].isupper() and word.raw[0].isalpha() and word.key not in WORDS


def _is_part_of_a_name(passage: Passage, first: int) -> bool:
    """ "Queen Victoria", "Lower Clapton": a capitalised word stands right before it in the same sentence."""
    if not first or passage.sentences[first - 1] != passage.sentences[first]:
        return False
    before = passage.words[first - 1]
    joined = passage.text[before.end : passage.words[first].start] == " "
    return joined and before.raw[0].isupper() and before.raw[0].isalpha() and before.key not in WORDS


RULES = (
    Rule(
        id="RELTIME",
        severity=Severity.ADVISE,
        title="“Today” in a post for another day",
        message="This goes out on another day than the one you are writing on. Write the day or the date.",
        source="The time the post is planned for",
        detect=relative_time,
    ),
    Rule(
        id="WRONGWARD",
        severity=Severity.ADVISE,
        title="Speaks of another ward",
        message="This speaks of another ward than your own. Is it the right account?",
        source="The register of wards; posts made from the wrong account",
        detect=other_ward,
    ),
)
