"""What a new channel might be called (domain.md C.5): MPS and the ward, never a person, a rank or a year.

Handles are built to survive a transfer and not to be taken for one another: 15 characters at most, letters and digits,
more than two edits away from every other team's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from accounts.models import Channel, Team

PREFIX = "MPS"
LONGEST = 15
TOO_NEAR = 2


def suggest_handle(team: Team) -> str:
    """A handle for the team's channels. One that the team has on another network already comes first."""
    own = Channel.objects.filter(team=team).values_list("handle", flat=True).first()
    if own:
        return own[:LONGEST]
    taken = {handle.lower() for handle in Channel.objects.exclude(team=team).values_list("handle", flat=True)}
    for candidate in candidates(team, alone=not _shares_its_name(team)):
        if len(candidate) <= LONGEST and not near_any(candidate.lower(), taken):
            return candidate
    return f"{PREFIX}{team.code}"[:LONGEST]


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


def near_any(handle: str, taken: Collection[str]) -> bool:
    return any(abs(len(handle) - len(other)) <= TOO_NEAR and distance(handle, other) <= TOO_NEAR for other in taken)


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
