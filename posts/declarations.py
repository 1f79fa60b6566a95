"""What an author says of a picture, so that nobody need guess: a few short questions, one of them always asked.

Answers are a mapping of plain strings, kept with the picture of that version. No answer is ever assumed: consent that
nobody stated is no consent. `None` instead of a mapping marks a picture from before the questions were asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from posts.wording import normalise

Answers = Mapping[str, str]

PEOPLE = {
    "nobody": "No, nobody",
    "ours": "Only our own officers or staff, who agreed",
    "agreed": "Yes, and they agreed",
    "not_asked": "Yes, and I have not asked them",
}
AGREED = {"writing": "In writing", "said": "They said yes to me"}
# What else there may be to say. Nothing ticked says: none of it.
ABOUT = {
    "child": "Somebody may be under 18",
    "inside": "Inside a home, custody or a back office",
    "footage": "From CCTV, body-worn video, a drone or a helicopter",
    "custody": "A custody or wanted picture, or an e-fit",
    "weapon": "A weapon",
    "hurt": "An injury, blood or a scene of crime",
    "borrowed": "Not taken by us",
    "screen": "A screen, a document, a whiteboard or a lanyard",
    "writing": "More than a line of writing in it",
}
CHILD = {"written": "A parent or the school agreed in writing", "no": "Not yet"}
WEAPON = {"other": "A knife or something else", "firearm": "A firearm"}
SCREEN = {
    "public": "It was made for the public: a poster, a banner, a leaflet",
    "clear": "Nothing on it can be read",
    "readable": "Something on it can be read",
}
PLATES = {"none": "No number plate can be read"}
# Free words, each with the question it answers; approver and take_down are asked of footage and custody pictures.
WORDS = {
    "approver": "Which officer in the case (SIO or OIC) approved it?",
    "purpose": "What is it shown for?",
    "licence": "Whose is it, and what licence do we have?",
}
_CHOICES: dict[str, Mapping[str, str]] = {
    "people": PEOPLE,
    "agreed": AGREED,
    "child": CHILD,
    "weapon": WEAPON,
    "screen": SCREEN,
    "plates": PLATES,
}
ASKED = (*_CHOICES, *WORDS, "take_down")
LONGEST_WORDS = 200


def clean(given: Mapping[str, Any]) -> dict[str, str]:
    """The answers among what was sent, in their one form; what is no answer is left out.

    "about" may be a list or words parted by spaces; it comes out sorted. take_down is an ISO date.
    """
    answers = {key: str(given[key]) for key, known in _CHOICES.items() if str(given.get(key, "")) in known}
    ticked = given.get("about") or ()
    about = sorted(set(ticked.split() if isinstance(ticked, str) else map(str, ticked)) & ABOUT.keys())
    if about:
        answers["about"] = " ".join(about)
    for key in WORDS:
        words = normalise(str(given.get(key) or ""))[:LONGEST_WORDS]
        if words:
            answers[key] = words
    day = _day(given.get("take_down"))
    if day is not None:
        answers["take_down"] = day.isoformat()
    return answers


def about(answers: Answers) -> frozenset[str]:
    return frozenset(answers.get("about", "").split())


def take_down_on(answers: Answers) -> date | None:
    return _day(answers.get("take_down"))


def in_words(answers: Answers | None) -> list[str]:
    """The answers as sentences for whoever reviews them."""
    if answers is None:
        return []
    if not answers.get("people"):
        return ["Not yet said whether anyone can be recognised."]
    said = [f"Can anyone be recognised? {PEOPLE[answers['people']]}{_how(answers)}."]
    said += [f"{ABOUT[one]}{_detail(one, answers)}." for one in ABOUT if one in about(answers)]
    if "plates" in answers:
        said.append(f"{PLATES[answers['plates']]}.")
    return said


def _how(answers: Answers) -> str:
    how = AGREED.get(answers.get("agreed", ""), "") if answers["people"] == "agreed" else ""
    return f": {how[0].lower()}{how[1:]}" if how else ""


def _detail(one: str, answers: Answers) -> str:
    detail = {
        "child": CHILD.get(answers.get("child", ""), ""),
        "weapon": WEAPON.get(answers.get("weapon", ""), ""),
        "screen": SCREEN.get(answers.get("screen", ""), ""),
        "footage": _approved(answers),
        "custody": " ".join(filter(None, (_approved(answers), answers.get("purpose", ""), _until(answers)))),
        "borrowed": answers.get("licence", ""),
    }.get(one, "")
    return f": {detail}" if detail else ""


def _approved(answers: Answers) -> str:
    return f"approved by {answers['approver']}" if "approver" in answers else "nobody named who approved it"


def _until(answers: Answers) -> str:
    day = take_down_on(answers)
    return f"to be taken down on {day.day} {day:%B %Y}" if day else ""


def _day(written: Any) -> date | None:
    try:
        return date.fromisoformat(str(written)) if written else None
    except ValueError:
        return None
