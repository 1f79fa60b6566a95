"""The questions about one picture as the compose page shows them. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from posts import declarations
from posts.models import VersionPicture


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Questions:
    """What is asked of a picture, with the answers so far. plates is empty where no detector saw one."""

    people: list[Choice]
    agreed: list[Choice]
    about: list[Choice]
    child: list[Choice]
    weapon: list[Choice]
    screen: list[Choice]
    plates: list[Choice]
    answers: Mapping[str, str]
    hint: str

    @property
    def something(self) -> bool:
        """Whether anything special was said already, so that it is not folded away."""
        return any(choice.chosen for choice in self.about)

    @property
    def words(self) -> Mapping[str, str]:
        return declarations.WORDS


def questions(picture: VersionPicture, answers: Mapping[str, str] | None) -> Questions:
    said = answers or {}
    ticked = declarations.about(said)
    return Questions(
        people=_choices(declarations.PEOPLE, said.get("people")),
        agreed=_choices(declarations.AGREED, said.get("agreed")),
        about=[Choice(value, words, value in ticked) for value, words in declarations.ABOUT.items()],
        child=_choices(declarations.CHILD, said.get("child")),
        weapon=_choices(declarations.WEAPON, said.get("weapon")),
        screen=_choices(declarations.SCREEN, said.get("screen")),
        plates=_choices(declarations.PLATES, said.get("plates")) if picture.media.plates else [],
        answers=said,
        hint=_hint(picture.media.faces),
    )


def _choices(known: Mapping[str, str], chosen: str | None) -> list[Choice]:
    return [Choice(value, words, value == chosen) for value, words in known.items()]


def _hint(faces: int) -> str:
    if not faces:
        return ""
    return f"It looks as if {'a person' if faces == 1 else f'{faces} people'} can be seen."
