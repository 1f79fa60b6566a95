"""How people reach the police, and how they must not be asked to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from policy.content import Context, Severity
from policy.reading.invitations import Invitation, find_invitations
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Repair, Rule

_CRIME = (
    r"(?:burglar\w*|robber\w*|theft\w*|thie\w+|stolen|stole|mugg\w+|assault\w*|stabb\w+|drugs?|dealers?|dealing"
    r"|suspects?|attack\w*"
    r"|vandal\w*|graffiti|anti-?social|anti social|asb|fly-?tip\w*|hate crimes?|crimes?|incidents?|offen[cd]\w+"
    r"|shooting|knife|weapons?"
    r"|hit and run|fraud\w*|scam\w*|harass\w*|collision|crash|speeding|suspicious|damage|culprits?)"
)
# What only a witness or a victim would have to say.
_TESTIMONY = re.compile(
    r"\b(?:who (?:did|has done|was|is|were|are) (?:it|this|that|responsible|behind|involved|he|she|they|him|these"
    r"|this man)"
    r"|who (?:did|has|stole|took|broke|attacked|robbed|hit|smashed|they are|he is|she is|this is|owns)"
    r"|(?:recogni[sz]|identif|nam)(?:es|ed|ing|ies) (?:him|her|them|this|these|the|either|any)"
    r"|(?:got|have|know|put) (?:a|the|any|their|his|her) names? (?:for|to|of)|names? and addresses"
    r"|any (?:clues?|ideas? who"
    r"|leads?|sightings?|whispers?|rumours?|names|clips?|videos?|photos of|tip)"
    r"|(?:been|were you|was anyone|anyone) (?:a victim|victims?|targeted|affected|hit|scammed|burgled"
    r"|robbed|followed|conned"
    r"|approached|threatened|attacked|offered|stung|had)|(?:happened|done this) to you|fallen for|lost money|had your"
    r"|(?:seen|saw|filmed|caught|captured|recorded|know) (?:them|it|who|him|her|the (?:lot|gang|moment"
    r"|culprits?|thie\w+))"
    r"|(?:who(?:'s| is| has|'ve)?) (?:been |behind |keeps? |doing |tagg|dump|deal|sell|torch|smash|steal|nick)"
    r"|who (?:is|are) (?:this|these|he|she|they)\b|whispers?|dash ?cam|clips?\b|your camera|ring camera"
    r"|know (?:who|anything|something|him|her|them|where|more|what happened|this (?:man|woman|person)|these"
    r"|the (?:man|person|suspects?|culprits?))"
    r"|(?:recogni[sz]e|identify|name) (?:him|her|them|this|these|the|anyone|anybody|either|any)|recogni[sz]e"
    r"|(?:saw|seen|see|spot(?:ted)?|notice[d]?|heard|hear|witness(?:ed)?|spotting) (?:anything|something|anyone"
    r"|someone|somebody|what happened|it|this|him|her"
    r"|them|(?:the|this|that|a) (?:incident|crime|theft|attack|assault|robbery|collision|man|woman|suspects?|car|moped"
    r"|vehicle|hit and run|crash|accident|fight|fire|stabbing|shooting|scuffle|raid|burglar\w*|break-?in|thie\w+)|any)"
    r"|witness(?:es|ed)?|tip-?offs?|any tips|dash-?cam|doorbell footage|cctv|footage"
    r"|(?:have|has|with|got|any|your|send|share|of|the) (?:any |some |us |useful |more |further ){0,3}(?:information"
    r"|info|intel|intelligence|evidence)\b"
    r"|information (?:about|on|regarding|that|which|relating|to help|you)|report(?:s|ing|ed)? (?:it|them|this"
    r"|that|to us|any|a|an|all|your|crimes?|in|suspicious|something|anything|here|below"
    rf"|{_CRIME})|to report|who can help|whoever (?!needs|wants|wins|comes|likes|fancies|gets|can\b"
    rf"|would\b)[a-z]+|what you(?:'ve| have)? (?:know|saw|seen|heard"
    rf"|witnessed)"
    r"|names? of (?:who|the (?:man|men|person|people|suspects?|culprits?|lads?)))\b"
)
_FOR_US_TO_TELL = re.compile(
    r"\b(?:for (?:more |further |some |free |additional |general ){0,2}(?:information|info|details|advice"
    r"|support|help)"
    r"|more information (?:about|on) (?:our|the (?:event|surgery|scheme|cadets|panel|meeting))"
    r"|information (?:pack|leaflet|sheet|stall|session|evening)s?)\b"
)
_ERRAND = re.compile(
    r"\b(?:to (?:book|join|sign up|register|reserve|order|request|arrange|apply|enter|ask|volunteer|get|find out"
    r"|claim|collect|host|be|attend|take part|say"
    r"|suggest|vote|arrange|invite|chat|receive|win)|book(?:ing)? (?:a|your)|your (?:questions?|priorities|ideas"
    r"|views|thoughts|suggestions|feedback|votes?"
    r"|entries|answers?|favourites?|opinions?|availability|e-?mail)|(?:a|any|ask|got) questions?|sign up|slots?"
    r"|places?|tickets?|volunteer\w*|priorit\w+|ideas?|suggest\w*|what you(?:'d| would)? (?:like|think|want)"
    r"|what matters|worr(?:y|ies)|saw us|seen us|see us|lost property|prevention|marking|advice|interested in"
    r"|found keys)\b"
)
_CLAUSE = re.compile(r"[,;:] | but | - ")
_NO_REPORTS = re.compile(r"\b(?:not|don'?t|can'?t|cannot|never|unable|won'?t)\b.{0,40}\breport")
_ROUTE = re.compile(r"\b(?:101|999|crimestoppers|0800 ?555 ?111)\b")
_ASKED_ABOUT = re.compile(rf"\b{_CRIME}\b")
_FOLLOWS_A_CALL = re.compile(
    r" ?(?:$|[.,!?;:\n]|(?:if|with|or|and|about|now|today|to report|straight away|directly|asap)\b)"
)


def report_here(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """An invitation to write to the account beside words that only a witness or victim would answer.

    An errand ("DM us to book a slot") is quiet unless it asks for testimony in the same sentence. Testimony asked
    for in the sentence next to it counts, unless that one gives the proper route itself.
    """
    for invitation in find_invitations(passage):
        sentence = passage.sentence_at(invitation.start)
        said = passage.around(invitation.start, invitation.end)
        addressed = invitation.form != "manner" and not _ERRAND.search(said)
        if _asks_to_report(said) or (addressed and _asked_beside(passage, sentence)):
            place = passage.place(invitation.start, invitation.end)
            yield Match(places=(place,), repair=_call_instead(passage, invitation))


def _asks_to_report(said: str) -> bool:
    said = " ".join(clause for clause in _CLAUSE.split(said) if not _NO_REPORTS.search(clause))
    plain = _FOR_US_TO_TELL.sub(" ", said)
    if _TESTIMONY.search(plain):
        return not re.search(r"\b(?:saw|seen|see|spot(?:ted)?) (?:us|our)\b", plain)
    return bool(_ASKED_ABOUT.search(plain)) and not _ERRAND.search(plain) and plain == said


def _asked_beside(passage: Passage, sentence: int) -> bool:
    for number in (sentence - 1, sentence + 1):
        if number < 0 or number > passage.sentence_at(len(passage.text)):
            continue
        said = _FOR_US_TO_TELL.sub(" ", passage.sentence_text(number)[:600])
        routed = _ROUTE.search(said) or _ROUTE.search(passage.sentence_text(number + 1)[:600])
        if _TESTIMONY.search(said) and not routed and not _ERRAND.search(said):
            return True
    return False


def _call_instead(passage: Passage, invitation: Invitation) -> Repair | None:
    """ "Call 101" in place of the invitation, where the sentence still reads."""
    following = passage.lower[invitation.end : invitation.end + 20]
    place = passage.place(invitation.start, invitation.end)
    if invitation.form == "manner" and passage.lower[: invitation.start].rstrip().endswith(
        ("information", "info", "it", "us")
    ):
        return Repair("Use 101 instead", *place, "on 101")
    if invitation.form != "imperative" or not _FOLLOWS_A_CALL.match(following):
        return None
    call = "Call 101" if passage.text[invitation.start].isupper() else "call 101"
    return Repair("Use 101 instead", *place, call)


RULES = (
    Rule(
        id="REPORTHERE",
        severity=Severity.BLOCK,
        title="Asks people to report here",
        message=(
            "Nobody may be watching this account when they answer. Ask people to call 101, or 999 in an emergency, "
            "to report online, or to tell Crimestoppers on 0800 555 111."
        ),
        source="Force house rules: social media accounts do not take reports of crime",
        detect=report_here,
    ),
)
