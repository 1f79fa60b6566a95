"""Measures of the work itself: ours, and counted whole (domain.md D.7.6). What is not measured is said to be so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engagement.cover import Place
from engagement.sums import Summed

# Why each is missing, so that nobody takes silence for zero.
NOT_YET = (
    "how many of people’s questions were answered, and how fast: the console does not read replies yet",
    "surgeries announced at least three days ahead, which the oversight report counts",
    "how easy the updates were to read",
)


@dataclass(frozen=True)
class Process:
    """One measure. part and whole: what was counted; whole None: a plain count."""

    name: str
    part: int
    whole: int | None = None

    @property
    def share(self) -> str:
        """ "18 of 24", or the count; "none to count" where the whole is nothing. Percentages are the survey's alone."""
        if self.whole is None:
            return f"{self.part:,}"
        if not self.whole:
            return "none to count"
        return f"{self.part:,} of {self.whole:,}"


def measures(summed: Summed, places: Sequence[Place] = ()) -> list[Process]:
    """places: the teams of an area, each with its updates of the same time; none for one team's own page."""
    told = [Process("Updates that residents were told", summed.updates)]
    if places:
        told.append(Process("Teams that told residents something", sum(p.posts > 0 for p in places), len(places)))
    return [
        *told,
        Process("Posts that asked residents something", summed.asking, summed.posts),
        Process("Pictures with words for people who cannot see them", summed.described, summed.pictures),
        Process("Posts whose network has told us numbers", summed.known, summed.posts),
    ]
