"""Times in which every update is read first, whatever it says."""

from __future__ import annotations

from collections.abc import Iterable

from policy.content import Context, Severity
from policy.reading.passage import Passage
from policy.rules.registry import Facts, Match, Rule


def mourning(passage: Passage, facts: Facts, context: Context) -> Iterable[Match]:
    """A time of mourning is on where the team speaks."""
    if context.mourning:
        yield Match()


RULES = (
    Rule(
        id="MOURNING",
        severity=Severity.DMC,
        title="A time of mourning",
        message=(
            "A time of mourning is on, so the DMC reads every update first. Say only what people need to know now, "
            "and leave the rest for later."
        ),
        source="Practice of public bodies after a national loss: only necessary facts go out",
        detect=mourning,
        of_pictures=False,
    ),
)
