"""What a picture shows, as its author says: no machine looks at it to decide.

Every rule here is silent where the questions were never asked (`PictureFacts.said` is None): in a check of words alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from policy.content import BARRED, Context, PictureFacts, Severity
from policy.reading.dates import MONTHS, london_day
from policy.reading.passage import Passage
from policy.rules.registry import Detector, Facts, Match, Rule

Answers = Mapping[str, str]
Asked = Callable[[PictureFacts, Answers, Facts, Context], str | None]


def _of_answers(ask: Asked) -> Detector:
    """A detector from a question of the answers: what it says is the message, "" the rule's own, None nothing."""

    def detect(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
        picture = facts.picture
        if picture is None or picture.said is None:
            return
        message = ask(picture, dict(picture.said), facts, context)
        if message is not None:
            yield Match(message=message)

    detect.__doc__ = ask.__doc__
    return detect


def _ticked(answers: Answers, what: str) -> bool:
    return what in answers.get("about", "").split()


def _seen(answers: Answers) -> bool:
    """Whether somebody can be recognised, as far as is known: unanswered counts as yes."""
    return answers.get("people") != "nobody"


def faces(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """Not yet said whether anyone can be recognised, or how those agreed who can."""
    people = answers.get("people", "")
    if people in ("nobody", "ours") or (people == "agreed" and answers.get("agreed")):
        return None
    if people == "agreed":
        return "How did they agree: in writing, or did they say yes to you? Answer under the picture."
    if people == "not_asked":
        return "Blur them, or ask them, before people's faces are shown. Then change your answer under the picture."
    if picture.faces:
        count = "a person" if picture.faces == 1 else f"{picture.faces} people"
        return f"I think that I can see {count}. Say under the picture whether anyone can be recognised."
    return ""


_ABOUT_CHILDREN = re.compile(
    r"\b(?:cadets?|pupils?|schools?|nursery|nurseries|scouts?|guides|brownies|beavers|cubs|year [1-9]\b|reception class"
    r"|children|kids|youngsters|toddlers?|babies|teenagers?|mini police|playgroup|youth (?:club|group|centre))\b"
)


def children(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """Somebody may be under 18, by the author's word or the words of the post, and no written consent is on file."""
    if not _seen(answers) or answers.get("people") in (None, "ours") or answers.get("child") == "written":
        return None
    if _ticked(answers, "child"):
        return ""
    said = " ".join((*facts.texts, picture.alt.lower()))
    if _ABOUT_CHILDREN.search(said):
        return "Is somebody in it under 18? If so, tick that under it and say how a parent or the school agreed."
    return None


def indoors(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """Inside a home, custody or a back office."""
    return "" if _ticked(answers, "inside") else None


def police_footage(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """CCTV, body-worn, drone or helicopter footage of people that no officer in the case approved."""
    return "" if _ticked(answers, "footage") and _seen(answers) and not answers.get("approver") else None


def custody(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """A custody or wanted picture or an e-fit; says what is missing, or who approved it and for how long."""
    if not _ticked(answers, "custody"):
        return None
    missing = [name for key, name in _OF_CUSTODY.items() if not answers.get(key)]
    if missing:
        return f"Say under the picture {' and '.join(missing)}. The DMC decides with that."
    return f"Approved by {answers['approver']}, to be taken down on {answers['take_down']}: the DMC decides."


_OF_CUSTODY = {
    "approver": "who approved it",
    "purpose": "what it is shown for",
    "take_down": "when it is taken down",
}


def weapon(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """A weapon that is no firearm."""
    return "" if _ticked(answers, "weapon") and answers.get("weapon") != "firearm" else None


def firearm(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """A firearm."""
    return "" if _ticked(answers, "weapon") and answers.get("weapon") == "firearm" else None


def injury(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """An injury, blood or a scene."""
    return "" if _ticked(answers, "hurt") else None


def borrowed(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """Not ours, and no licence named."""
    return "" if _ticked(answers, "borrowed") and not answers.get("licence") else None


_SCREEN_IN_WORDS = re.compile(
    r"\b(?:(?:computer|laptop|phone|monitor|tablet|data terminal|cad|briefing) ?screens?|screen ?shots?|monitors?"
    r"|laptops?|white ?boards?|lanyards?|warrant cards?|spreadsheets?|briefing (?:slides?|room|board)|custody board"
    r"|case files?|paperwork|print ?outs?|note ?books?|control room|logs? on (?:a|the|his|her) screen)\b"
)
_SCREEN_IN_NAME = re.compile(
    r"screen[ _-]?shot|screencap|^scan[ _-]?\d|document|\bcad\b|merlin|\bcris\b", re.IGNORECASE
)


def screen(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """A screen or a document that may be read, by the author's word; asked where the description or the file tells."""
    said = answers.get("screen", "")
    if _ticked(answers, "screen"):
        if said in ("public", "clear"):
            return None
        return (
            "" if said == "readable" else "Can anything on that screen or document be read? Answer under the picture."
        )
    if _SCREEN_IN_WORDS.search(picture.alt.lower()) or _SCREEN_IN_NAME.search(picture.filename):
        return (
            "Is this a picture of a screen, a document, a whiteboard or a lanyard? Tick that under the picture and say "
            "whether anything on it can be read."
        )
    return None


_MANY_WORDS = 20


def writing(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """More than a line of writing, while the description and the post are shorter than what they should repeat."""
    said = max((len(text.split()) for text in (*facts.texts, picture.alt)), default=0)
    return "" if _ticked(answers, "writing") and said < _MANY_WORDS else None


def plates(picture: PictureFacts, answers: Answers, facts: Facts, context: Context) -> str | None:
    """A detector saw a number plate, and nobody has said that it cannot be read."""
    return "" if picture.plates and answers.get("plates") != "none" else None


def barred(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Is, or looks like, a picture that the DMC withdrew for good."""
    known = facts.picture.resembles if facts.picture is not None else None
    if known is not None and known.why == BARRED:
        on = f" on {known.on.day} {MONTHS[known.on.month - 1]}" if known.on else ""
        yield Match(message=f"The DMC withdrew this picture, or one just like it{on}. Choose another.")


def used_before(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """Looks like a picture that was withdrawn, has run out or belongs to another case."""
    if facts.picture is not None and facts.picture.resembles and facts.picture.resembles.why != BARRED:
        known = facts.picture.resembles
        on = f" on {known.on.day} {MONTHS[known.on.month - 1]}" if known.on else ""
        what = "was shown in another case"
        if known.why == "withdrawn":
            what = f"was withdrawn{on}"
        elif known.on is not None and known.on < london_day(context.now):
            what = f"was to be taken down{on}"
        yield Match(message=f"This picture, or one just like it, {what}. Is it meant to be shown again?")


def _rule(rule_id: str, severity: Severity, title: str, message: str, source: str, detect: Detector) -> Rule:
    return Rule(rule_id, severity, title, message, source, detect)


_IMAGES = "Authorised professional practice on images and footage"
_PRIVACY = "UK GDPR and Data Protection Act 2018; authorised professional practice on images and footage"

RULES = (
    _rule(
        "IMG-FACE", Severity.BLOCK, "Who can be recognised?",
        "Can anyone be recognised in it? Answer under the picture: one tap if it is nobody.",
        _PRIVACY, _of_answers(faces),
    ),
    _rule(
        "IMG-CHILD", Severity.DMC, "Somebody may be under 18",
        "Children need the written consent of a parent or the school. The DMC decides.",
        _PRIVACY, _of_answers(children),
    ),
    _rule(
        "IMG-PLATE", Severity.BLOCK, "Number plate",
        "I think that a number plate can be read. Blur it, then say under the picture that none can be read.",
        _PRIVACY, _of_answers(plates),
    ),
    _rule(
        "IMG-INTERIOR", Severity.DMC, "Inside a home, custody or an office",
        "A picture from inside a home, custody or a back office needs the DMC.",
        _IMAGES, _of_answers(indoors),
    ),
    _rule(
        "IMG-AERIAL", Severity.BLOCK, "Police footage of people",
        "The officer in the case must approve police footage of people. Say under the picture who did.",
        f"{_IMAGES}; the helicopter picture of July 2015", _of_answers(police_footage),
    ),
    _rule(
        "IMG-CUSTODY", Severity.DMC, "Custody or wanted picture",
        "Who approved this, and when do we take it down?", _IMAGES, _of_answers(custody),
    ),
    _rule(
        "IMG-WEAPON", Severity.ADVISE, "Weapon in the picture",
        "A weapon's picture can raise fear or invite ridicule. What should residents take from it? Say that.",
        "Ward accounts' posts of 2018 and 2019 that were mocked around the world", _of_answers(weapon),
    ),
    _rule(
        "IMG-FIREARM", Severity.DMC, "Firearm in the picture",
        "A picture of a firearm needs the DMC.", _IMAGES, _of_answers(firearm),
    ),
    _rule(
        "IMG-GORE", Severity.BLOCK, "Injury or scene",
        "Do not show injuries, blood or scenes of crime. Choose another picture.", _IMAGES, _of_answers(injury),
    ),
    _rule(
        "IMG-RIGHTS", Severity.BLOCK, "Somebody else's picture",
        "Say under the picture whose it is and what licence we have, or use one of our own.",
        "Copyright, Designs and Patents Act 1988", _of_answers(borrowed),
    ),
    _rule(
        "IMG-TEXT", Severity.ADVISE, "Words in a picture",
        "Put its words in the post or the description too: screen readers cannot read pictures.",
        "Government Communication Service guidance on accessible social media", _of_answers(writing),
    ),
    _rule(
        "IMG-SCREEN", Severity.BLOCK, "Screen or document",
        "There is readable police information in this picture. Choose another, or crop it out.",
        "Official Secrets Act 1989; force information security policy", _of_answers(screen),
    ),
    _rule(
        "IMG-WITHDRAWN", Severity.BLOCK, "Picture that the DMC withdrew",
        "The DMC withdrew this picture. Choose another.", _IMAGES, barred,
    ),
    _rule(
        "IMG-DUP", Severity.ADVISE, "Picture used before",
        "This picture was withdrawn. Is it meant to be shown again?", _IMAGES, used_before,
    ),
)  # fmt: skip
