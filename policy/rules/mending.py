"""One-tap mends for rules whose detectors give none: the least change that keeps the officer's voice.

A mend is offered only where what is left still reads: a word for a word, a detail taken out, a sentence left out that
has others beside it. Nothing is offered for the absolute rules: there the author stops and rings the DMC.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from policy.content import Context
from policy.reading.dates import MONTHS, WEEKDAYS, london_day
from policy.reading.lexicon import word_set
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Repair
from policy.vocabulary.people import GIVEN_NAMES, RANKS, TITLES
from policy.vocabulary.places import AREAS

Mender = Callable[[Passage, Match, Facts, Context], Repair | None]
_LONGEST = 2_000  # characters: what is longer is not mended by a tap


def suggest(rule: str, passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """The mend of one match, None where none reads naturally. Positions are of the original text."""
    mender = _MENDERS.get(rule)
    if mender is None or len(passage.original) > _LONGEST:
        return None
    return mender(passage, match, facts, context)


def _without_sentence(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """Leave out the sentence in which all of it stands, where it adds to a first one that says something."""
    if not match.places:
        return None
    original = passage.original
    start, end = min(place[0] for place in match.places), max(place[1] for place in match.places)
    begin = max((found.end() for found in _SENTENCE_BREAK.finditer(original, 0, start)), default=0)
    after = _SENTENCE_BREAK.search(original, max(end - 1, 0))
    finish = after.end() if after else len(original)
    if _SENTENCE_BREAK.search(original, start, end) and _SENTENCE_BREAK.search(original, start, end).end() < end:  # type: ignore[union-attr]
        return None
    left = original[:begin] + original[finish:]
    if not begin or len(_WORD.findall(left)) < 5:
        return None  # the first sentence is the news
    if finish == len(original):
        begin = len(original[:begin].rstrip())
    return Repair("Leave this sentence out", begin, finish, "")


_SENTENCE_BREAK = re.compile(r"[.!?]+[\"”’)]*\s+|\n+")
_WORD = re.compile(r"\w+")


def _tag_out(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """The handle with the space before it, or after it where it begins the text."""
    start, end = match.places[0]
    text = passage.original
    if start and text[start - 1] == " ":
        return Repair("Take the handle out", start - 1, end, "")
    return Repair("Take the handle out", start, end + (text[end : end + 1] == " "), "")


_AS_PERSON = {
    "mr": "a man", "mrs": "a woman", "ms": "a woman", "miss": "a woman", "master": "a boy", "mx": "a person",
}  # fmt: skip


def _named_by(word: str) -> Mender:
    def mend(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
        """The name by what the person is to the story; "a man" or "a woman" where a title says so."""
        for start, end in match.places:
            said = passage.original[start:end]
            if not said[:1].isupper() or not all(part[:1].isupper() for part in said.split()):
                continue
            title = said.split()[0].lower().rstrip(".")
            if len(said.split()) == 1 and title not in GIVEN_NAMES:
                continue
            plain = _AS_PERSON.get(title, word)
            if _NO_NAME_HERE.search(passage.original[:start]) or passage.original[end : end + 1] in ("'", "’"):
                return None
            shown = _begun(passage.original, start, plain)
            return Repair(f"Say “{shown}”", start, end, shown)
        return None

    return mend


_NO_NAME_HERE = re.compile(
    r"(?:\b(?:an?|the|as|is|victim|suspect|poor|mr|mrs|wanted|have you seen|called|named)[: ]+|: ?)$",
    re.IGNORECASE,
)


def _begun(text: str, start: int, words: str) -> str:
    """With a capital where a sentence begins."""
    before = text[:start].rstrip()
    return words[0].upper() + words[1:] if not before or before[-1] in ".!?\n" else words


def _article_before(text: str, start: int) -> tuple[int, str]:
    """Where an article right before `start` begins, and the article; `start` and "" where there is none."""
    found = _ARTICLE.search(text[max(0, start - 4) : start])
    return (start - len(found.group()), found.group(1)) if found else (start, "")


_ARTICLE = re.compile(r"\b(an?) $", re.IGNORECASE)


def _status_out(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """ "An illegal immigrant was arrested" becomes "A person was arrested"."""
    start, end = match.places[0]
    said = passage.original[start:end].lower()
    if not _STATUS_NOUN.search(said):
        return None
    begin, article = _article_before(passage.original, start)
    if said.endswith("s"):
        plain = _begun(passage.original, start, "people")
        return Repair(f"Say “{plain}”", start, end, plain)
    plain = f"{article[:1]} person" if article else _begun(passage.original, start, "person")
    return Repair(f"Say “{plain.strip()}”", begin, end, plain)


_STATUS_NOUN = re.compile(r"(?:immigrant|migrant|seeker|overstayer|refugee|alien|entrant)s?$")


def _description_out(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """ "A black male in his 20s" becomes "a male in his 20s"."""
    start, end = match.places[0]
    after = passage.original[end : end + 30]
    if not _SOMEBODY_AFTER.match(after):
        return None
    begin, article = _article_before(passage.original, start)
    if article:
        return Repair("Leave the description out", begin, end + 1, f"{article[:1]} ")
    following = _begun(passage.original, start, passage.original[end + 1])
    return Repair("Leave the description out", start, end + 2, following)


_SOMEBODY_AFTER = re.compile(
    r" (?:males?|females?|man|men|woman|women|boys?|girls?|youths?|suspects?|teenagers?)\b", re.I
)

_INSULTS = word_set("scumbag lowlife scrote thug yob idiot moron toerag chav druggie junkie crackhead loser")
_PERSON_FOR = {"scum": "people", **dict.fromkeys(_INSULTS, "person"), **{f"{one}s": "people" for one in _INSULTS}}


_MUCH = re.compile(r"\b(?:absolute|total|complete|utter|little|real|pair of|bunch of|load of|proper) $", re.IGNORECASE)


def _insult_out(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """A person for an insult, nothing for a word with stars in it."""
    start, end = match.places[0]
    said = passage.original[start:end]
    if said.lower() in _PERSON_FOR and not _MUCH.search(passage.original[:start]):
        plain = _PERSON_FOR[said.lower()]
        plain = plain.capitalize() if said[0].isupper() and not said.isupper() else plain
        return Repair(f"Say “{plain}”", start, end, plain)
    if "*" in said and passage.original[end : end + 1] == " ":
        return Repair("Leave it out", start, end + 1, "")
    return None


_OFFENCES = {
    "burglar": "burglary", "burglars": "burglary", "robber": "robbery", "robbers": "robbery", "mugger": "robbery",
    "muggers": "robbery", "thief": "theft", "thieves": "theft", "shoplifter": "shop theft",
    "shoplifters": "shop theft", "dealer": "supplying drugs", "dealers": "supplying drugs",
    "drug dealer": "supplying drugs", "drug dealers": "supplying drugs", "vandal": "criminal damage",
    "vandals": "criminal damage", "fraudster": "fraud", "fraudsters": "fraud", "bike thief": "theft",
    "bike thieves": "theft", "car thief": "theft", "car thieves": "theft", "phone thief": "theft",
}  # fmt: skip
_CAUGHT = re.compile(
    r"(?P<has>(?:(?:is|are|was|were|has been|have been) )?)"
    r"(?:arrested|caught|nicked|detained|in custody|locked up|lifted|collared|nabbed|cuffed)\b",
    re.IGNORECASE,
)


_LEADS = word_set("another the a one two three four five our this these both six prolific suspected alleged")


def _suspected(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """ "Burglar caught on Mare Street" becomes "Person arrested on suspicion of burglary on Mare Street"."""
    if len(match.places) != 2:
        return None
    (start, end), (first, last) = match.places
    text = passage.original
    offence = _OFFENCES.get(text[start:end].lower())
    caught = _CAUGHT.fullmatch(text, end + 1, last) if text[end : end + 1] == " " else None
    before = text[:start].split()
    led = not before or before[-1][-1] in ".!?:," or before[-1].lower() in _LEADS
    if offence is None or caught is None or first < end or not led or text[start:end].isupper():
        return None
    many = text[start:end].lower().endswith("s")
    who = ("people" if many else "person") if text[start].islower() else ("People" if many else "Person")
    new = f"{who} {caught['has'].lower()}arrested on suspicion of {offence}"
    return Repair(f"Say “{new}”", start, last, new)


_SHARED = "The person we appealed about has been found. Thank you for sharing."


def _found_plainly(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    return Repair(f"Say only: “{_SHARED}”", 0, len(passage.original), _SHARED)


_ROUTE = "Call 101, or Crimestoppers on 0800 555 111."


def _with_route(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    text = passage.original.rstrip()
    stop = " " if text[-1:] in ".!?" else ". "
    return Repair(f"Add “{_ROUTE}”", len(text), len(text), f"{stop}{_ROUTE}")


_VOW = re.compile(r"\b(we)(?: will|'ll|’ll) (?:definitely |always |soon )?([a-z]+)\b", re.IGNORECASE)
_WORK = word_set("catch find get stop arrest solve end rid make bring clear sort track identify put")


def _working_on_it(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """ "We will catch them" becomes "We are working to catch them"."""
    start, end = match.places[0]
    found = _VOW.search(passage.original, start, min(len(passage.original), end + 12))
    if found is None or found.group(2).lower() not in _WORK:
        return _without_sentence(passage, match, facts, context)
    new = f"{found.group(1)} are working to {found.group(2)}"
    return Repair(f"Say “{new}”", *found.span(), new)


_NO_ON = word_set("is was are were for until till from of by since spent before after on the this")
_NEAR_DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}


def _named_day(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """ "Tomorrow", as the author means it now, by its name: "on Saturday 7 March"."""
    if len(match.places) != 1:
        return None
    start, end = match.places[0]
    said = passage.original[start:end].lower()
    if said not in _NEAR_DAYS:
        return None
    day = london_day(context.now) + timedelta(days=_NEAR_DAYS[said])
    before = passage.original[:start].split()
    on = "" if before and before[-1].lower() in _NO_ON else "on "
    named = f"{on}{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    named = f"{named} in the evening" if said == "tonight" else named
    named = _begun(passage.original, start, named)
    return Repair(f"Say “{named}”", start, end, named)


_LAUGH = re.compile(r" ?(?:\b(?:lol|lmao|ha(?:ha)+|rofl)\b!*|[😂🤣😆😹😅😄😝😜🤪🤭🙈🙊🤡😏]+)", re.IGNORECASE)


def _laughter_out(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    for start, end in match.places:
        found = _LAUGH.match(passage.original, start - (start > 0 and passage.original[start - 1] == " "))
        if start and found and found.end() >= end:
            return Repair("Take the laughter out", *found.span(), "")
    return _without_sentence(passage, match, facts, context)


_INITIALS = word_set(
    """
    asb bst btp cad cctv cid crimestoppers dmc dvla dwp e9 gmt gps hgv hmp id insp lfb mot mp mps nhs nhw pc pcs pcso
    pcsos ps pub rtc rtc sgt snt snts sos tfl tv uk usa vat wifi ulez dna cps iopc
    """
)
_SHOUTED = re.compile(r"[A-Z][A-Z'’]*[A-Z](?:['’]S)?(?![\w])|\b[A-Z]\b")
_ALL_CAPITALS = re.compile(r"(?<![@#\w/])[A-Z][A-Z'’]*(?![\w@/])")


def _spoken(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """Capitals to sentence case; initials stay, names of people, places, days and months keep their first capital."""
    text = passage.original
    quiet = _ALL_CAPITALS.sub(lambda found: _lowered(text, found), text)
    return Repair("Write it in small letters", 0, len(text), quiet) if quiet != text else None


def _lowered(text: str, found: re.Match[str]) -> str:
    word = found.group()
    key = word.lower().removesuffix("'s").removesuffix("’s")
    if key in _INITIALS or any(map(str.isdigit, word)):
        return word
    before = text[: found.start()].rstrip()
    begins = not before or before[-1] in ".!?\n" or "\n" in text[len(before) : found.start()]
    named = before.rpartition(" ")[2].lower().strip(".") in _BEFORE_NAMES
    proper = named or key in _PROPER or key == "i" or (word[1:] and key in AREAS)
    lowered = word.lower()
    return lowered[0].upper() + lowered[1:] if begins or proper else lowered


_BEFORE_NAMES = RANKS | TITLES | GIVEN_NAMES
_PROPER = GIVEN_NAMES | {name.lower() for name in (*WEEKDAYS, *MONTHS)} - {
    "may",
    "will",
    "mark",
    "rob",
    "grace",
    "hope",
}

_JOINT = re.compile(r"(?:, and |; |, but | and then |, so )")


def _two_sentences(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """Part the long sentence at the joint nearest to its middle, five words or more on either side."""
    start, end = match.places[0]
    text = passage.original
    joints = [
        found for found in _JOINT.finditer(text, start, end)
        if len(text[start : found.start()].split()) >= 5 and len(text[found.end() : end].split()) >= 5
    ]  # fmt: skip
    if not joints:
        return None
    middle = (start + end) // 2
    joint = min(joints, key=lambda found: abs(found.start() - middle))
    kept = "But " if "but" in joint.group() else "So " if "so" in joint.group() else ""
    following = text[joint.end() : joint.end() + 1]
    new = f". {kept}{following if kept else following.upper()}"
    return Repair("Make two sentences of it", joint.start(), joint.end() + 1, new)


_HOME_BEFORE = re.compile(r" (?:from|of|who lives (?:in|on|at)|living (?:in|on|at)) (?:the )?$", re.IGNORECASE)


def _known_by_less(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """The street taken out, or "person" for a trade of one word: "a 41-year-old teacher"."""
    start, end = match.places[0]
    before = passage.original[max(0, start - 30) : start]
    home = _HOME_BEFORE.search(before)
    if home:
        begin = start - len(home.group())
        begin -= passage.original[begin - 1 : begin] == "," and passage.original[end : end + 1] == ","
        return Repair("Leave the street out", begin, end, "")
    said = passage.original[start:end]
    of_a_place = passage.original[end : end + 4].startswith((" of ", " at "))
    if (
        len(match.places) == 2
        and " " not in said
        and not of_a_place
        and re.search(r"(?:\bold|\baged|\ba|\bthe|\blocal) $", before, re.I)
    ):
        return Repair("Say “person”", start, end, "person")
    return None


def _hand_out(passage: Passage, match: Match, facts: Facts, context: Context) -> Repair | None:
    """ "Caught red-handed" without the evidence; otherwise the sentence."""
    for start, end in match.places:
        if passage.original[start:end].lower().replace("-", " ") == "red handed" and passage.original[start - 1] == " ":
            return Repair("Leave it out", start - 1, end, "")
    return _without_sentence(passage, match, facts, context)


_MENDERS: dict[str, Mender] = {
    "GUILT": _suspected,
    "BADCHAR": _without_sentence,
    "EVIDENCE": _hand_out,
    "COURTVIEW": _without_sentence,
    "NAMESUS": _named_by("a person"),
    "JIGSAW": _known_by_less,
    "VICTIMNAME": _named_by("a resident"),
    "FOUNDDETAIL": _found_plainly,
    "SUICIDE": _without_sentence,
    "IMMIG": _status_out,
    "ETHNAT": _description_out,
    "TAGPERSON": _tag_out,
    "MIMPERSON": _tag_out,
    "STAFFING": _without_sentence,
    "SLUR": _insult_out,
    "GENERALISE": _without_sentence,
    "FORCE": _without_sentence,
    "MOCK": _laughter_out,
    "VBLAME": _without_sentence,
    "STOPSWAGGER": _without_sentence,
    "POLITICAL": _without_sentence,
    "ELECTION": _without_sentence,
    "DEFAM": _without_sentence,
    "FEAR": _without_sentence,
    "PROMISE": _working_on_it,
    "NOROUTE": _with_route,
    "RELTIME": _named_day,
    "STATS": _without_sentence,
    "CAPS": _spoken,
    "READING": _two_sentences,
}
