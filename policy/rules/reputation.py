"""The force's standing: alarm, promises, politics, and accusations against people and businesses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit, word_set
from policy.reading.names import Kind, find_names, not_people
from policy.reading.nearness import match_places, pairs, widened
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule
from policy.rules.wording import Together, alone, together


def fear(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Words that alarm; weaker ones only beside crime."""
    yield from alone(passage, "alarm", "not_alarm", calm=("calm_talk",))
    yield from together(passage, Together("alarm_word", "about_crime", 10, but_not="not_alarm", calm=("calm_talk",)))


def promise(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A result promised, or safety declared."""
    yield from alone(passage, "promise", "not_promise")
    yield from together(passage, Together("safe_place", "is_safe", 2, after=True, calm=("safe_how",)))


def election(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Politicians, parties and campaigns while a pre-election period is on; safety at polling stations is quiet."""
    if not context.pre_election:
        return
    quiet = passage.sentences_with("polling_safety")
    for hit in _politicians(passage):
        if hit.sentence not in quiet:
            yield Match(places=(passage.place(hit.start, hit.end),))


# Read as politics only with a capital: "labour", "greens", "conservative", "lords"; and "MPS" is the force itself.
_PROPER = word_set(
    """
    labour conservative/s greens green reform lords commons chancellor cabinet peer parliament tory mps mp pm gov
    baroness opposition
    """
)


def _politicians(passage: Passage) -> Iterator[Hit]:
    for hit in passage.hits("politician", "not_politician"):
        word = passage.words[hit.first]
        if word.key in _PROPER and not word.raw[0].isupper() and word.raw not in ("mp",):
            continue
        if word.raw == "MPS" or (word.key == "pm" and word.raw != "PM") or _is_hour(passage, hit):
            continue
        yield hit


def _is_hour(passage: Passage, hit: Hit) -> bool:
    """ "7 PM"."""
    return passage.keys[hit.first] == "pm" and hit.first > 0 and passage.keys[hit.first - 1][:1].isdigit()


def political_opinion(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """An opinion of a government, party or politician, or of funding and cuts."""
    yield from alone(passage, "political_alone", "not_political")
    people = list(_politicians(passage))
    yield from _opinions(passage, people, passage.hits("political_view", "not_political"))


def _opinions(passage: Passage, people: list[Hit], views: list[Hit]) -> Iterator[Match]:
    if not people or not views:
        return
    news = passage.sentences_with("official_news")
    for one, view in pairs(people, views, 10):
        if one.sentence not in news:
            yield Match(places=match_places(passage, (one.start, one.end), (view.start, view.end)))


def accusation(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A named business or person called dishonest. Impersonators, convictions and thanks are quiet."""
    accusations = passage.hits("accuse")
    if not accusations:
        return
    cleared = widened(passage.sentences_with("claimed"), 0)
    bad = [hit for hit in accusations if hit.sentence not in cleared]
    if not bad:
        return
    named = sorted({*_businesses(passage), *_people(passage, context)})
    for hit in named:
        near = _nearest(bad, hit)
        if near is not None:
            yield Match(places=match_places(passage, (hit.start, hit.end), (near.start, near.end)))


def _nearest(bad: list[Hit], named: Hit) -> Hit | None:
    place = bisect_left(bad, named)
    beside = [hit for hit in bad[max(0, place - 1) : place + 1] if abs(hit.sentence - named.sentence) <= 1]
    same = [hit for hit in beside if hit.sentence == named.sentence]
    return next(iter(same or beside), None)


def _businesses(passage: Passage) -> Iterator[Hit]:
    """ "Bright Roofing Ltd", "Ahmed's Phone Repairs": a trade in capitals with a capital before it."""
    for trade in passage.hits("business"):
        first = trade.first - 1
        if first < 0 or passage.sentences[first] != trade.sentence:
            continue
        before, word = passage.words[first], passage.words[trade.first]
        gap = passage.text[before.end : word.start]
        if gap not in (" ", " & ", "-", "'s ") or not word.raw[0].isupper() or not before.raw[0].isupper():
            continue
        initials = before.raw.isalpha() and before.raw.isupper() and len(before.raw) <= 4
        if initials and passage.keys[trade.first] not in ("ltd", "limited", "plc"):
            continue
        yield Hit(before.start, trade.end, first, trade.last, trade.sentence)


def _people(passage: Passage, context: Context) -> Iterator[Hit]:
    for name in find_names(passage, not_people(context.gazetteer, context.ward)):
        if not name.official and name.kind in (Kind.FULL, Kind.TITLED):
            yield Hit(name.start, name.end, name.first, name.last, passage.sentences[name.first])


RULES = (
    Rule(
        id="FEAR",
        severity=Severity.ADVISE,
        title="Words that raise fear",
        message="Give the number and what is being done. Alarming words raise fear more than they inform.",
        source="Research on confidence: what is being done about crime reassures",
        detect=fear,
    ),
    Rule(
        id="PROMISE",
        severity=Severity.ADVISE,
        title="Promise or blanket reassurance",
        message="Say what we are doing. Nobody can promise a result, or that a place is safe.",
        source="Trust and accuracy",
        detect=promise,
    ),
    Rule(
        id="ELECTION",
        severity=Severity.BLOCK,
        title="Politics before an election",
        message="A pre-election period is on here: no politicians, candidates or parties until the polls have closed.",
        source="The force's pre-election rules; publicity code for local authorities, by analogy",
        detect=election,
    ),
    Rule(
        id="POLITICAL",
        severity=Severity.BLOCK,
        title="Political opinion",
        message="Police accounts take no side. Keep to what your team is doing here.",
        source="Police Regulations 2003, Schedule 1; Code of Ethics",
        detect=political_opinion,
    ),
    Rule(
        id="DEFAM",
        severity=Severity.BLOCK,
        title="Named business or person called dishonest",
        message="No court has said so, and we may not. Describe the trick to look out for, without a name.",
        source="Defamation Act 2013",
        detect=accusation,
    ),
)
