"""What each register holds, how a line of it must be written, and when two lines are the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from policy.models import RegisterEntry
from policy.rules.privacy import national_number

Kind = RegisterEntry.Kind

_HANDLE = re.compile(r"[A-Za-z0-9_.]{2,50}")
_NUMBER = re.compile(r"\+?[\d ().-]{3,25}")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,39}")
_HOUSE = re.compile(r"(?:flat )?\d+[a-z]?,? ", re.IGNORECASE)
_SHORTEST_NAME = 2


def _text(value: str) -> str:
    return " ".join(value.split())


def _folded(value: str) -> str:
    return "".join(filter(str.isalnum, value.casefold())) or value.casefold()


def _handle(value: str) -> str:
    handle = _text(value).removeprefix("@")
    if not _HANDLE.fullmatch(handle):
        raise ValidationError("A handle is one word of letters, figures, underscores and full stops: @HackneyCouncil.")
    return handle


def _number(value: str) -> str:
    number = _text(value)
    digits = national_number(number)
    if not _NUMBER.fullmatch(number) or not 3 <= len(digits) <= 15:
        raise ValidationError("A number is 3 to 15 figures, with spaces if you like: 020 7946 0000.")
    return number


def _name(value: str) -> str:
    name = _text(value)
    if sum(map(str.isalpha, name)) < _SHORTEST_NAME or "@" in name or "://" in name:
        raise ValidationError("Write the name as residents would: words, without an address of the web or an @.")
    return name


def _street(value: str) -> str:
    name = _name(value)
    if _HOUSE.match(name):
        raise ValidationError("Leave out the house number: this is a register of streets.")
    return name


def _operation(value: str) -> str:
    name = re.sub(r"^(?:operation|op)\b\.? ?", "", _name(value), flags=re.IGNORECASE)
    if sum(map(str.isalpha, name)) < _SHORTEST_NAME:
        raise ValidationError("Write the operation’s own name after the word Operation.")
    return name


def _person(value: str) -> str:
    name = _name(value)
    if any(map(str.isdigit, name)) or len(name.split()) < _SHORTEST_NAME:
        raise ValidationError("Write the first name and the surname of the person who agreed, and nothing else.")
    return name


def _template(value: str) -> str:
    key = _text(value)
    if not _KEY.fullmatch(key):
        raise ValidationError("A template’s key begins with a letter and has letters, figures and hyphens: ACT.")
    return key


@dataclass(frozen=True)
class Register:
    """One register. about: what the check does with it. Labels that are "" are not asked for.

    ends: "", "may" or "must" have a last day. private: names people or live cases, so it is not shown to everybody.
    """

    kind: Kind
    title: str
    about: str
    label: str
    hint: str
    clean: Callable[[str], str] = _name
    key: Callable[[str], str] = _folded
    note: str = ""
    note_required: bool = False
    reference: str = ""
    ends: str = ""


REGISTERS: dict[str, Register] = {
    register.kind.value: register
    for register in (
        Register(
            Kind.PARTNER, "Partner handles",
            "Accounts of partners that an update may name. Other accounts are asked about in posts about crime.",
            "Handle", "As it stands on the network, for example @HackneyCouncil.", _handle, note="Whose it is",
        ),
        Register(
            Kind.NUMBER, "Published numbers",
            "Telephone numbers that a team has published. Any other mobile number counts as somebody’s own.",
            "Number", "For example 020 7946 0000.", _number, national_number, note="Whose it is", ends="may",
        ),
        Register(
            Kind.OPERATION, "Operation names",
            "Names of operations that may be said in public. Others are asked about.",
            "Name", "Without the word Operation.", _operation, note="What it is about", ends="may",
        ),
        Register(
            Kind.SCHOOL, "Schools", "Names that point to children when they stand beside a crime.",
            "School", "As people say it, for example Cardinal Pole School.",
        ),
        Register(
            Kind.STREET, "Streets", "Street names that would otherwise read as people or be missed.",
            "Street", "Without a house number, for example Chatsworth Road.", _street,
        ),
        Register(
            Kind.VENUE, "Venues", "Halls, libraries and shops where the team meets people: no names of people.",
            "Venue", "For example Homerton Library.",
        ),
        Register(
            Kind.PLACE, "Other places", "Parks, estates and corners that would otherwise read as people.",
            "Place", "For example Clissold Park.",
        ),
        Register(
            Kind.CASE, "Live cases",
            "Cases before a court. Whatever mentions one is judged as being about a live case until it is retired.",
            "What people call it", "The words a post or a comment would use, for example Well Street stabbing.",
            note="What must not be said, and the outcome when it is retired", note_required=True,
            reference="Case reference",
        ),
        Register(
            Kind.CONSENT, "Consents",
            "People who agreed in writing to be named. Until its last day the check lets the name stand.",
            "Person", "First name and surname, as they agreed to be named.", _person,
            note="What they agreed to", note_required=True, reference="Where the signed consent is kept", ends="must",
        ),
        Register(
            Kind.TEMPLATE, "Approved templates",
            "Templates whose fixed words the DMC has approved. Past its last day a template counts as free text.",
            "Key", "As the template is called in the console, for example ACT.", _template,
            note="What it is for", note_required=True, ends="may",
        ),
    )
}  # fmt: skip
