"""Fair trial: guilt and names while a case is live."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from policy.content import Context, Severity
from policy.reading.lexicon import Hit, word_set
from policy.reading.names import Kind, Name, find_names, not_people
from policy.reading.passage import Passage
from policy.reading.roles import is_bystander, is_suspect
from policy.rules.registry import Facts, Match, Rule

# "the man who robbed the shop": guilt without a noun for it.
_DEED = re.compile(
    r"\b(?:man|men|woman|women|male|female|person|people|boys?|girls?|teenagers?|youths?|pair|duo|lads?|suspects?|gang"
    r"|one|those|guy|driver|ones)(?: (?:who|that)(?: has| have| had| just| then| brutally| violently)?"
    r" (?:stole|robbed|burgled|stabbed|attacked|assaulted|mugged|broke into|broken into|snatched|punched|raped|murdered"
    r"|killed|threatened|shot|groomed|defrauded|conned|vandalised|smashed|dealt|sold"
    r"|carried out|did (?:this|it|them|these|those|the)|nicked"
    r"|pinched|torched|terrorised|targeted|preyed|ripped off|hurt|tricked|scammed|trashed|wrecked|damaged|set fire"
    r"|dumped)"
    r"| (?:who|that)(?:'s| is| was|'ve| has| have| had| kept)(?: been)?(?: busy)?"
    r" (?:stealing|robbing|burgling|stabbing|attacking|assaulting|mugging|breaking into|snatching|threatening|conning"
    r"|smashing|dealing|selling|nicking|pinching|terrorising|targeting|preying|plaguing|ripping off|scamming|tricking"
    r"|dumping|vandalising|torching|setting fire|thieving))\b"
    r"|(?:^|[.!?,;:\n(] ?|\band )(?:he|she|they)(?:'d| had| has| have| also| then| even| allegedly){0,2}"
    r" (?:robbed|burgled|stabbed|mugged|raped|murdered|conned|torched|vandalised|groomed|defrauded|scammed|swindled"
    r"|stole (?!a march)|broke into|smashed up|preyed on|ripped off|terrorised|beat up|attacked|assaulted)\b"
)
_DETERMINERS = word_set(
    """
    the this that these those a an another our one two three four five six seven eight both his her their its prolific
    violent wanted repeat serial armed notorious persistent known evil young local active drug career second third last
    """
)


def stated_guilt(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """An offender's noun, or "the man who robbed …", with an arrest, and neither conviction nor suspicion.

    A suspicion clears its own sentence only: "Burglar caught! A man was arrested on suspicion of burglary" still
    says who did it. A conviction clears the sentences beside it too. Where noun and arrest stand in two
    sentences, a bare plural is advice ("Thieves look for unlocked bikes"), not a person.
    """
    arrests = passage.hits("arrest", "not_arrest")
    if not arrests:
        return
    convicted = passage.sentences_with("conviction", "not_conviction")
    suspected = passage.sentences_with("suspicion")
    by_sentence: dict[int, Hit] = {}
    for hit in arrests:
        by_sentence.setdefault(hit.sentence, hit)
    for start, end, sentence, is_someone in _offenders(passage):
        near = by_sentence.get(sentence) or (_beside(by_sentence, sentence) if is_someone else None)
        if near is None or _cleared(sentence, near.sentence, convicted, suspected):
            continue
        places = sorted({(start, end), (near.start, near.end)})
        yield Match(places=tuple(passage.place(*place) for place in places))


def _offenders(passage: Passage) -> Iterator[tuple[int, int, int, bool]]:
    """Start, end and sentence of each; whether it speaks of someone in particular."""
    for hit in passage.hits("offender", "not_offender"):
        before = passage.keys[hit.first - 1] if hit.first else ""
        plural = passage.keys[hit.last].endswith(("s", "thieves", "men"))
        called_out = len(passage.around(hit.start, hit.end, 30).split()) <= 3
        yield hit.start, hit.end, hit.sentence, not plural or called_out or before in _DETERMINERS or before.isdigit()
    for found in _DEED.finditer(passage.lower):
        yield found.start(), found.end(), passage.sentence_at(found.start()), True


def _beside(by_sentence: dict[int, Hit], sentence: int) -> Hit | None:
    return by_sentence.get(sentence + 1) or by_sentence.get(sentence - 1)


def _cleared(offender: int, arrest: int, convicted: frozenset[int], suspected: frozenset[int]) -> bool:
    sentences = {offender, arrest}
    near = {number + step for number in sentences for step in (-1, 0, 1)}
    return bool(near & convicted or sentences & suspected)


def named_suspect(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A person named beside an arrest or a search for a suspect, with no charge or conviction; never an officer.

    The surer the name, the looser the tie: a given name with a surname anywhere in the sentence; a name known only
    by its capitals, or a given name alone, only where the words around it say who was arrested.
    """
    suspicions = sorted({*passage.hits("wanted"), *passage.hits("arrest", "not_arrest")})
    if not suspicions:
        return
    if _charged(passage):
        return
    by_sentence: dict[int, list[Hit]] = {}
    for hit in suspicions:
        by_sentence.setdefault(hit.sentence, []).append(hit)
    for name in find_names(passage, not_people(context.gazetteer, context.ward)):
        near = None if name.official else _suspicion_of(passage, name, by_sentence)
        if near is not None:
            places = sorted({(name.start, name.end), (near.start, near.end)})
            yield Match(places=tuple(passage.place(*place) for place in places))


def _charged(passage: Passage) -> bool:
    return bool(passage.sentences_with("charged") - passage.sentences_with("another_person"))


_AGE_AFTER = re.compile(r"^,? ?\(?(?:aged? )?\d\d\b")


def _suspicion_of(passage: Passage, name: Name, by_sentence: dict[int, list[Hit]]) -> Hit | None:
    """The words that make the named person a suspect, or None."""
    if is_bystander(passage, name):
        return None
    sentence = passage.sentences[name.first]
    tied = is_suspect(passage, name)
    here = _nearest(name, by_sentence.get(sentence, []))
    if here and (tied or name.kind in (Kind.FULL, Kind.TITLED)):
        return here
    aged = bool(_AGE_AFTER.match(passage.lower[name.end : name.end + 20]))
    if name.kind not in (Kind.FULL, Kind.TITLED) and not (tied and aged):
        return None
    return _next_door(passage, sentence, by_sentence)


def _nearest(name: Name, hits: list[Hit]) -> Hit | None:
    """The hit beside the name that is not a word of the name itself."""
    place = bisect_left(hits, name.start, key=lambda hit: hit.start)
    following = bisect_left(hits, name.end, key=lambda hit: hit.start)
    if following < len(hits):
        return hits[following]
    return hits[place - 1] if place and hits[place - 1].end <= name.start else None


def _opens(passage: Passage, hit: Hit) -> bool:
    """The first word of its sentence: "Wanted for theft"."""
    return hit.first > 0 and passage.sentences[hit.first - 1] < hit.sentence


def _next_door(passage: Passage, sentence: int, by_sentence: dict[int, list[Hit]]) -> Hit | None:
    """ "Have you seen Ray Ash? He is wanted." and "Arrested! Ray Ash, 34."."""
    following, earlier = by_sentence.get(sentence + 1), by_sentence.get(sentence - 1)
    if following and (sentence + 1 in passage.sentences_with("he") or _opens(passage, following[0])):
        return following[0]
    if earlier and passage.words_in(sentence - 1) <= 4:
        return earlier[0]
    return None


RULES = (
    Rule(
        id="GUILT",
        severity=Severity.BLOCK,
        title="Guilt stated before conviction",
        message=(
            "This says they did it, and no court has. From arrest the case is live. "
            "Try “A man has been arrested on suspicion of …”."
        ),
        source="Contempt of Court Act 1981, sections 1, 2 and Schedule 1; APP arrests, charges and judicial outcomes",
        detect=stated_guilt,
    ),
    Rule(
        id="NAMESUS",
        severity=Severity.BLOCK,
        title="Person named as a suspect before charge",
        message=(
            "Take the name out. We do not name people who are only suspected or arrested; "
            "an exception is the senior investigating officer's to make."
        ),
        source="APP arrests, charges and judicial outcomes: suspects' right to privacy; ACPO guidance of 2013",
        detect=named_suspect,
    ),
)
