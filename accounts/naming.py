"""What a new channel might be called (domain.md C.5): MPS and the ward, never a person, a rank or a year.

Handles are built to survive a transfer and not to be taken for one another: 15 characters at most, letters and digits,
more than two edits away from every other team's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accounts.models import Channel, Team, User

PREFIX = "MPS"
LONGEST = 15
TOO_NEAR = 2


def suggest_handle(team: Team) -> str:
    """The best of `suggestions`; empty where the rule has none, and a person must find one."""
    return next(iter(suggestions(team, 1)), "")


def suggest_name(team: Team) -> str:
    """The display name the public sees: "Homerton Police"."""
    return team.name if team.kind == Team.Kind.FORCE else f"{team.name} Police"


def candidates(team: Team, *, alone: bool) -> Iterator[str]:
    """From the best to the plainest. alone: no other team has this name, so it needs no borough beside it."""
    ward = _stem(team.name)
    if alone:
        yield squeeze(PREFIX + ward)
    if team.parent is not None and team.kind != Team.Kind.BOROUGH:
        borough = _stem(team.parent.name)
        yield squeeze(PREFIX + ward + borough)
        yield squeeze(PREFIX + ward, LONGEST - 3) + borough[:3]


def squeeze(word: str, longest: int = LONGEST) -> str:
    """Vowels go from the right until it fits; capitals stay, so that words can still be told apart."""
    while len(word) > longest and (vowel := re.search(r"[aeiou](?=[^aeiou]*$)", word)):
        word = word[: vowel.start()] + word[vowel.end() :]
    return word


def distance(one: str, other: str) -> int:
    """Levenshtein's edit distance."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        last, row[0] = row[0], place
        for column, against in enumerate(other, 1):
            last, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, last + (letter != against))
    return row[-1]


def _stem(name: str) -> str:
    words = [word for word in re.findall(r"[A-Za-z0-9]+", name.replace("'", "").replace("’", ""))]
    return "".join(word[0].upper() + word[1:] for word in words if word.lower() != "and")


def _shares_its_name(team: Team) -> bool:
    return Team.objects.filter(name__iexact=team.name).exclude(pk=team.pk).exists()


# ---- is it one of ours? -------------------------------------------------------------------------

# Voices that people would be fooled by: nothing of a ward's comes near them, nor near their misspellings.
RESERVED = (
    "metpoliceuk",
    "metpolice",
    "metpolicenews",
    "mpsnews",
    "newscotlandyard",
    "scotlandyard",
    "met999",
    "met101",
)
_YEAR = re.compile(r"(19|20)\d\d")
_RANK = re.compile(
    r"sgt|sergeant|insp(?:ector)?(?![a-z])|pcso|supt|superintendent|constable|(?-i:PC|DC|DS|DI)(?=[A-Z]|$)", re.I
)
# Letters that look alike on a small screen, as whoever pretends uses them.
_ALIKE = str.maketrans(
    {"0": "o", "1": "l", "i": "l", "5": "s", "3": "e", "4": "a", "8": "b", "_": "", ".": "", "-": ""}
)


@dataclass(frozen=True)
class Around:
    """What a handle is measured against. shares: another team has this name; own: the team's handles; others: of the
    rest of the force, with the reserved ones."""

    team: Team
    shares: bool
    own: list[str]
    others: list[str]


def around(team: Team, *, without: Channel | None = None) -> Around:
    """As it stands now, in three queries. without: the channel itself, when it has one."""
    standing = Channel.objects.filter(team=team).exclude(life=Channel.Life.REFUSED)
    own = [one.handle for one in standing if without is None or one.pk != without.pk]
    return Around(team, _shares_its_name(team), own, others(team))


def problems(handle: str, team: Team, people: Iterable[User] = (), *, without: Channel | None = None) -> list[str]:
    """What is wrong with this handle for a new channel of `team`, in words; empty when nothing is.

    people: who would keep it; none of their names belongs into it. without: the channel itself, when it has one.
    """
    return _wrong(handle, around(team, without=without), people)


def _wrong(handle: str, beside: Around, people: Iterable[User] = ()) -> list[str]:
    found, name = list(_shape(handle, people)), beside.team.name
    if beside.shares and handle.lower() == squeeze(PREFIX + _stem(name)).lower():
        found.append(f"Another ward is called {name} too: add the borough.")
    # One from before the rule stays where it is, and binds no new channel to what the rule would refuse.
    fit = [one for one in beside.own if not any(_shape(one, ()))]
    if fit and handle.lower() not in {one.lower() for one in fit}:
        found.append(f"{name} is @{fit[0]} on its other channel: take the same handle everywhere.")
    if near := alike(handle, beside.others):
        found.append(f"It looks like @{near[0]}: choose one that nobody takes for it.")
    return found


def _shape(handle: str, people: Iterable[User]) -> Iterator[str]:
    if not handle.startswith(PREFIX):
        yield f"It must begin with “{PREFIX}”."
    if not re.fullmatch(rf"[A-Za-z0-9]{{1,{LONGEST}}}", handle):
        yield f"Use letters and digits only, {LONGEST} at most."
    if _YEAR.search(handle):
        yield "Leave the year out: the channel outlives it."
    if _RANK.search(handle.removeprefix(PREFIX)):
        yield "Leave the rank out: the channel outlives a posting."
    names = {name.lower() for user in people for name in (user.first_name, user.last_name) if len(name) > 3}
    if any(name in handle.lower() for name in names):
        yield "Leave the person’s name out: the channel outlives a posting."


def others(team: Team) -> list[str]:
    """Every handle of the force but the team's own, with the reserved ones: closed channels keep theirs for ever."""
    taken = Channel.objects.exclude(team=team).exclude(life=Channel.Life.REFUSED).order_by("handle")
    return [*taken.values_list("handle", flat=True).distinct(), *RESERVED]


def alike(handle: str, among: Iterable[str]) -> list[str]:
    """Those that somebody may take it for, the nearest first: two edits away at most, or the same on a small screen."""
    asked, plain = handle.lower(), fold(handle)
    near = [
        (min(distance(asked, other.lower()), distance(plain, fold(other))), other)
        for other in among
        if abs(len(handle) - len(other)) <= 2 * TOO_NEAR
    ]
    return [other for far, other in sorted(near, key=lambda pair: (pair[0], pair[1])) if far <= TOO_NEAR]


def fold(handle: str) -> str:
    """The handle with letters that look alike made one."""
    return handle.lower().translate(_ALIKE).replace("rn", "m").replace("vv", "w")


def suggestions(team: Team, count: int = 3) -> list[str]:
    """Handles that nothing is wrong with, the best first; what the team has on another network before all. Three
    queries."""
    beside = around(team)
    wanted = [*beside.own, *candidates(team, alone=not beside.shares), f"{PREFIX}{team.code}"[:LONGEST]]
    return [one for one in dict.fromkeys(wanted) if not _wrong(one, beside)][:count]
