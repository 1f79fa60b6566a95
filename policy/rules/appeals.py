"""Appeals without a way to answer them, and telephone numbers that are not the police's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from policy.content import Context, Severity
from policy.reading.lexicon import Hit
from policy.reading.mentions import edits
from policy.reading.nearness import widened
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Repair, Rule

_ROUTE = re.compile(
    r"\b(?:101|999|crimestoppers|fearless|(?:[a-z-]{1,20}\.)?police\.uk)\b|@met\.police|gov\.uk/act"
    r"|\b(?:ref(?:erence)?|cad|quot(?:e|ing))\b[^\n]{0,30}?\d|(?<!\d)(?:0|\+44 ?)\d(?: ?\d){8,9}(?!\d)"
)


def no_route(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """An appeal, or a question beside an incident, in a post without a number, reference or address."""
    asked = passage.hits("appeal")
    beside_incident = [] if asked else _beside_incident(passage)
    if not (asked or beside_incident) or _ROUTE.search(passage.lower):
        return
    told_of = passage.sentences_with("appeal_told_of")
    for hit in [*asked, *beside_incident][:5]:
        if hit.sentence not in told_of:
            yield Match(places=passage.places([hit]))
            return


def _beside_incident(passage: Passage) -> list[Hit]:
    weak = passage.hits("weak_appeal")
    if not weak:
        return []
    incidents = widened(passage.sentences_with("offence") | passage.sentences_with("incident_told"))
    return [hit for hit in weak if hit.sentence in incidents]


_FIRST_FEW = 200
CRIMESTOPPERS = "0800555111"
_SHOWN = {"101": "101", "999": "999", CRIMESTOPPERS: "0800 555 111"}

_SHORT = re.compile(
    r"(?<![\w/.£#:+-])(?P<letters>(?=[\doil|]{0,2}[oil|])(?=[oil|]{0,2}\d)[1il|][o0][1il|]|9o9|(?<![\d])9{2}o)(?![\w/])"
    r"|(?<![\d/.£#:+-])(?<!\d )(?P<health>111)(?![\d/%]|[.,]\d)"
    r"|(?<![\d/.£#:+-])(?<!\d )(?P<american>911)(?![\d/%]|[.,]\d)"
    r"|\b(?:call|dial|ring|phone|calling|dialling|ringing|phoning|on)(?: us| police| the police)?(?: on)? "
    r"(?P<slip>100|10[2-9]|110|121|001|011|010|990|991|998|989|899|909|919|99|9999|1011|1001|1101|1010|0101)"
    r"(?![\d/%]|[.,:]\d)"
)
_FIGURE = re.compile(r"\d")
_CALL = re.compile(
    r"\b(?:call\w*|dial\w*|ring\w*|rang|phone\w*|phoning|tel|telephone|number|on|line|switchboard|press|text)\b"
)
_OURS = re.compile(
    r"\b(?:police|crimes?|report\w*|emergenc\w+|non-emergenc\w+|burglar\w*|robber\w*|thefts?|thie\w+|stolen|offen[cd]\w+"
    r"|officers?|assault\w*|attack\w*|breaking in|break-?ins?|broken into|suspicious|incident|asb|anti-?social|drug\w*"
    r"|dealing|witness\w*|vandal\w*|damage|danger|stabb\w+|weapon|knife|fight\w*|intruder|in progress|crimestoppers"
    r"|nuisance|hate|fly-?tip\w*|quot(?:e|ing)|cad|ref|reference|every time|straight away|bobby|bobbies|cops?)\b"
)
_HEALTH = re.compile(
    r"\b(?:nhs|health\w*|unwell|ill|illness|sick|sickness|medic\w*|doctors?|gps?|nurses?|pharmac\w+|chemist|symptom\w*"
    r"|injur\w+|ambulance|dent\w+|poison\w*|poorly|a&e|hospital|first aid|prescription|patient|clinic|covid|fever"
    r"|mental|crisis|wellbeing|heatstroke|dehydrat\w+|hypothermia|sprain\w*|burns?)\b"
)
_CAR = re.compile(
    r"\b(?:porsche|carrera|turbo|targa|classic|engine|motor|9/11|americans?|america|usa|films?|new york|sept\w*)\b"
)
_NAMES_POLICE = re.compile(r"\b(?:for|the|to|tell|ask for) police\b|\bpolice (?:on|switchboard)\b")
_COUNTED = re.compile(
    r"\b(?:bus|route|flat|room|buses|at|bib|ticket) #"
    r"|# (?:new |free |stolen |more |of you|local )?(?:bikes?|miles?|people|pupils|homes|visits?|years?|calls|arrests"
    r"|residents|children|bags|hours|phones|officers|tickets|reports|knives)\b"
)
_NUMBER = re.compile(r"(?<![\w+])(?=[o0])[o\d](?:[ -]?[\dosli]){8,11}(?![\w])")
_FIGURE_FOR_LETTER = str.maketrans("osli", "0511")
_ALWAYS_OPEN = re.compile(
    r"\b(?:24/7(?:/365)?|24 ?(?:hours?|hrs?)(?: a day)?|365 days(?: a year)?|7 days a week|100 ?%)"
)
_LINK = re.compile(r"[^\d.!?/]{0,60}")
_ANOTHER = re.compile(r"\b(?:or|and|childline|samaritans|helpline|council|action fraud|team|ward|surgery|box office)\b")


def wrong_number(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """111, 911 or letters for figures where the police's number is meant, or Crimestoppers with other digits."""
    if not _FIGURE.search(passage.lower):
        return
    yield from _short_numbers(passage)
    yield from _crimestoppers(passage)


def _short_numbers(passage: Passage) -> Iterator[Match]:
    for found in islice(_SHORT.finditer(passage.lower), _FIRST_FEW):
        kind = str(found.lastgroup)
        start, end = found.span(kind)
        if kind == "letters" or _is_for_police(passage, kind, start, end):
            right = "999" if "9" in found.group(kind) and kind != "health" else "101"
            yield _instead(passage, start, end, right)


def _is_for_police(passage: Passage, kind: str, start: int, end: int) -> bool:
    said, number = _clause(passage, start, end), passage.sentence_at(start)
    first, last = passage.sentence_span(number - 1) if number else (start, start)
    beside = said + passage.lower[max(first, last - 200) : last]
    if kind == "slip":
        return bool(_OURS.search(beside))
    if _COUNTED.search(said):
        return False
    if kind == "american":
        return bool(_CALL.search(said) or _OURS.search(beside)) and not _CAR.search(passage.around(start, end))
    if not _CALL.search(said):
        return False
    if _HEALTH.search(said):
        return bool(_NAMES_POLICE.search(said))
    if _HEALTH.search(passage.around(start, end)) and "police" not in said:
        return False
    return bool(_OURS.search(said) or (_OURS.search(beside) and not _HEALTH.search(beside)))


_BESIDE_A_NUMBER = re.compile(r"(?<!\d)(?:101|999|111|105|0800[ \d]{6,8})(?!\d)|[;()]| but ")


def _clause(passage: Passage, start: int, end: int) -> str:
    """What is said around a number, up to the numbers on both sides of it, within the sentence."""
    first, last = passage.sentence_span(passage.sentence_at(start))
    before = passage.lower[max(first, start - 150) : start]
    after = passage.lower[end : min(last, end + 150)]
    begin = max((other.end() for other in _BESIDE_A_NUMBER.finditer(before)), default=0)
    following = _BESIDE_A_NUMBER.search(after)
    return f"{before[begin:]}#{after[: following.start()] if following else after}"


def _crimestoppers(passage: Passage) -> Iterator[Match]:
    """A number given for Crimestoppers that is not theirs, or theirs mistyped by one figure wherever it stands."""
    for found in islice(_NUMBER.finditer(passage.lower), _FIRST_FEW):
        written = re.sub(r"[^a-z0-9]", "", found.group())
        digits = written.translate(_FIGURE_FOR_LETTER)
        if not digits.isdecimal() or (digits == written == CRIMESTOPPERS):
            continue
        nearly = abs(len(digits) - len(CRIMESTOPPERS)) <= 1 and edits(digits, CRIMESTOPPERS) <= 1
        shuffled = digits.startswith("0800") and sorted(digits) == sorted(CRIMESTOPPERS)
        if nearly or shuffled or _is_given_for_them(passage, *found.span()):
            yield _instead(passage, *found.span(), CRIMESTOPPERS)


def _is_given_for_them(passage: Passage, start: int, end: int) -> bool:
    before = passage.lower[max(0, start - 75) : start]
    name = before.rfind("crimestoppers")
    if name >= 0:
        between = _ALWAYS_OPEN.sub("", before[name + len("crimestoppers") :])
        return bool(_LINK.fullmatch(between)) and not _ANOTHER.search(between)
    return bool(re.match(r" ?\(?(?:for |is |- ?)?crimestoppers", passage.lower[end : end + 25]))


def _instead(passage: Passage, start: int, end: int, right: str) -> Match:
    place = passage.place(start, end)
    shown = _SHOWN[right]
    whose = "Crimestoppers is" if right == CRIMESTOPPERS else "The number for police is"
    message = f"Check the number. {whose} {shown}."
    return Match(places=(place,), message=message, repair=Repair(f"Use {shown}", *place, shown))


RULES = (
    Rule(
        id="NOROUTE",
        severity=Severity.ADVISE,
        title="Appeal with no way to answer",
        message=(
            "People who can help need to know how. Add 101 with the reference, or Crimestoppers on 0800 555 111 for "
            "those who do not want to give a name."
        ),
        source="Good practice for appeals",
        detect=no_route,
    ),
    Rule(
        id="WRONGNUM",
        severity=Severity.BLOCK,
        title="Wrong telephone number",
        message="Check the number. Police are on 101, or 999 in an emergency; Crimestoppers is 0800 555 111.",
        source="Published numbers of the police and of Crimestoppers",
        detect=wrong_number,
    ),
)
