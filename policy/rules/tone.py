"""Tone: insults, communities blamed, force relished, people laughed at, victims blamed, swagger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from policy.content import Context, Severity
from policy.reading.lexicon import phrase_set
from policy.reading.nearness import match_places, pairs, widened
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule
from policy.rules.wording import Together, alone, is_calm, together
from policy.vocabulary import communities

# "f***ing", "sh*t", "b@stard": letters hidden by signs.
_MASKED = re.compile(
    r"(?<![\w*@#])(?:[a-z]{1,2}[*#!$]{2,8}[a-z]{0,5}|(?:f[*@]c?k|s[h*][*@!]t|b[*@]st[ar]|w[*@]nk|c[*@]nt|t[*@]ss?er|tw[*@]t"
    r"|d[*!]ck|b[*!]tch|a[*$]se|p[*!]ss|cr[*]p|bl[*]{2}dy)\w{0,5})(?![\w*])",
    re.IGNORECASE,
)
# The list the console comes with; from the first rule set on the DMC keeps it (policy.law).
SLURS = phrase_set(communities.LISTS["slur"])
_LAUGHTER = re.compile("[😂🤣😆😹😁😅😄😝😜🤪🤭🙈🙊🤡😏💀🏆💤😛🤓🙃]")


def insult(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """An insulting label or profanity, letters hidden by signs included."""
    for hit in passage.hits("slur", "not_slur"):
        if " ".join(passage.keys[hit.first : hit.last + 1]) in context.slurs:
            yield Match(places=(passage.place(hit.start, hit.end),))
    yield from _added(passage, context.slurs)
    if "*" in passage.text or "@" in passage.text or "$" in passage.text:
        for found in _MASKED.finditer(passage.text):
            yield Match(places=(passage.place(*found.span()),))


def _added(passage: Passage, slurs: frozenset[str]) -> Iterator[Match]:
    """Words of the DMC's list that the console did not come with."""
    beginnings = _beginnings(slurs)
    if passage.vocabulary.isdisjoint(beginnings):
        return
    swallowed = {index for hit in passage.hits("not_slur") for index in range(hit.first, hit.last + 1)}
    for first, key in enumerate(passage.keys):
        for phrase in beginnings.get(key, ()):
            last = first + len(phrase) - 1
            if first not in swallowed and tuple(passage.keys[first : last + 1]) == phrase:
                yield Match(places=(passage.place(passage.words[first].start, passage.words[last].end),))
                break


@lru_cache(maxsize=8)
def _beginnings(slurs: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """The added phrases by their first word, the longest first."""
    added: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(words.split()) for words in slurs - SLURS), key=len, reverse=True):
        added.setdefault(phrase[0], []).append(phrase)
    return added


def generalisation(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A community as the subject of crime or nuisance. So many people of it are suspects, not a community."""
    groups = [hit for hit in passage.hits("community", "not_community") if not _counted(passage, hit.first)]
    if not groups:
        return
    crimes, before = passage.hits("their_crime"), passage.hits("crime_by")
    for group, crime in (*pairs(groups, crimes, 12, after=True), *pairs(before, groups, 0, after=True)):
        if not is_calm(passage, group.sentence, ("kindly",)):
            yield Match(places=match_places(passage, (group.start, group.end), (crime.start, crime.end)))


_NUMBERS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "both", "these", "those"))


def _counted(passage: Passage, first: int) -> bool:
    """ "Two Romanian men", "all 4 Albanians"."""
    before = passage.keys[max(0, first - 2) : first]
    return any(key in _NUMBERS or key[:1].isdigit() for key in before)


def force(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Force as sport: doors, dogs and Taser told with relish."""
    yield from alone(passage, "force", "not_force")
    yield from together(passage, Together("relish", "rough", 10, calm=("burgled",)))
    yield from _doors(passage)


def _doors(passage: Passage) -> Iterator[Match]:
    """ "We booted their door in": a verb, the door, and what became of it. What burglars do to doors is news."""
    gone = {hit.first for hit in passage.hits("door_gone")}
    if not gone:
        return
    for verb, door in pairs(passage.hits("burst"), passage.hits("door_down"), 0, after=True):
        if {door.last + 1, door.last + 2} & gone and not is_calm(passage, verb.sentence, ("burgled",)):
            yield Match(places=match_places(passage, (verb.start, verb.end), (door.start, door.end)))


def mockery(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Laughter beside somebody in custody, in drink or in distress. Officers laughing at themselves are fine."""
    butts = passage.hits("butt")
    if not butts:
        return
    laughs = [(hit.sentence, hit.start, hit.end) for hit in passage.hits("mock")]
    laughs += [(passage.sentence_at(found.start()), *found.span()) for found in _LAUGHTER.finditer(passage.text)]
    where = widened({sentence for sentence, _, _ in laughs}, 2)
    playful = passage.sentences_with("own_joke")
    for butt in butts:
        if butt.sentence not in where or butt.sentence in playful:
            continue
        near = min(laughs, key=lambda laugh: abs(laugh[1] - butt.start))
        yield Match(places=match_places(passage, (butt.start, butt.end), near[1:]))
        return


def victim_blame(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """What a victim should have done, or what women should not do; saying that it is nobody's fault is fine."""
    yield from alone(passage, "vblame", "not_vblame", calm=("not_at_fault",))
    yield from together(passage, Together("never_do", "by_oneself", 6, after=True, calm=("not_at_fault",)))


def swagger(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Threats, watching, and searches of everybody; a knife arch that people may ask about is fine."""
    yield from alone(passage, "swagger", "not_swagger", calm=("search_chosen",))
    yield from together(passage, Together("search_all", "all_of_them", 6, calm=("search_chosen",)))


RULES = (
    Rule(
        id="SLUR",
        severity=Severity.BLOCK,
        title="Insult or profanity",
        message="We speak to neighbours for a public service. Say “a man”, “a person”, “a group”.",
        source="Code of Ethics",
        detect=insult,
    ),
    Rule(
        id="GENERALISE",
        severity=Severity.BLOCK,
        title="Community linked to crime",
        message="This blames everyone in a community. Say what was done, and what we are doing about it.",
        source="Equality Act 2010, section 149; Code of Ethics",
        detect=generalisation,
    ),
    Rule(
        id="FORCE",
        severity=Severity.DMC,
        title="Force told with relish",
        message="This can frighten the very people we want to reassure. Say why it matters to residents.",
        source="A ward account's post of 1 July 2020, deleted and referred; Code of Ethics",
        detect=force,
    ),
    Rule(
        id="MOCK",
        severity=Severity.DMC,
        title="Laughing at somebody",
        message="Humour works when nobody is the butt of it. Somebody in custody, in drink or in distress is.",
        source="Research on police humour online: a misjudged tone does lasting harm; Code of Ethics",
        detect=mockery,
    ),
    Rule(
        id="VBLAME",
        severity=Severity.DMC,
        title="Blame put on the victim",
        message="Responsibility is the offender's. Offer help, and leave out what the victim did.",
        source="Practice on violence against women and girls; Code of Ethics",
        detect=victim_blame,
    ),
    Rule(
        id="STOPSWAGGER",
        severity=Severity.DMC,
        title="Threat to search or watch everybody",
        message="A search needs grounds, and this says otherwise. DMC will look at the wording.",
        source="Police and Criminal Evidence Act 1984, Code A; a force's correction of April 2020",
        detect=swagger,
    ),
)
