"""Who must agree, as lines that the DMC signs with the rules (docs/decisions/0038). Pure values, no Django.

Every line that fits counts, and the strictest of them decides: a line can be added without reading the others, and
none takes anything away. What no line may say is refused here (`problems`) and once more where it is asked (`ask`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

ANY = "any"


class Route(StrEnum):
    """Where the worst finding and layer 1 send a post, by weight."""

    NONE = "none"
    MENTOR = "mentor"
    DMC = "dmc"
    DMC_SECOND = "dmc_second"
    BLOCKED = "blocked"


# Who, and how many, from the least to the most. One yes of the DMC also settles what two mentors could.
AGREEMENTS = {
    "nobody": "Nobody",
    "mentor": "One person: a mentor or the DMC",
    "mentor_two": "Two people: mentors or the DMC",
    "dmc": "One person at the DMC",
    "dmc_second": "Two people at the DMC",
}
STAGES = {"probation": "on probation", "trusted": "trusted or mentor-ready"}
ROUTES = {
    Route.NONE: "nothing that needs a reader",
    Route.MENTOR: "an incident or a person",
    Route.DMC: "what the DMC decides",
    Route.DMC_SECOND: "what two people at the DMC decide",
}
KINDS = {"ward": "ward", "borough": "borough", "unit": "specialist unit", "corporate": "corporate"}
PERIODS = {"election": "pre-election period", "mourning": "mourning"}
CHANGE = "change"
_RANK = {agreement: rank for rank, agreement in enumerate(AGREEMENTS)}
_WITHOUT_A_LINE = "dmc"


@dataclass(frozen=True)
class Line:
    """One line of the table. Each of the first four is a value or ANY; agreement: of AGREEMENTS."""

    stage: str
    route: str
    kind: str
    period: str
    agreement: str

    @property
    def key(self) -> str:
        """What it is for: two lines for the same are one."""
        return "|".join((self.stage, self.route, self.kind, self.period))

    @property
    def words(self) -> str:
        """When it counts, as a sentence."""
        who = f"Author {STAGES[self.stage]}" if self.stage in STAGES else "Any author"
        found = f"the check finds {ROUTES[Route(self.route)]}" if self.route != ANY else "whatever the check finds"
        where = f"on {KINDS[self.kind]} channels" if self.kind in KINDS else "on any channel"
        when = f"in a time of {PERIODS[self.period]}" if self.period in PERIODS else "at any time"
        return f"{who}, {found}, {where}, {when}"

    @property
    def agreement_words(self) -> str:
        return AGREEMENTS[self.agreement]

    def fits(self, *, stage: str, route: str, kind: str, periods: Iterable[str]) -> bool:
        return (
            self.stage in (ANY, stage)
            and self.route in (ANY, route)
            and self.kind in (ANY, kind)
            and (self.period == ANY or self.period in periods)
        )


Lines = tuple[Line, ...]

# As the console is delivered (domain.md B.2, C.2), and what stood before the table was signed for the first time.
DELIVERED: Lines = (
    Line("probation", "none", ANY, ANY, "mentor"),
    Line("probation", "mentor", ANY, ANY, "mentor"),
    Line("trusted", "none", ANY, ANY, "nobody"),
    Line("trusted", "mentor", ANY, ANY, "mentor"),
    Line(ANY, "dmc", ANY, ANY, "dmc"),
    Line(ANY, "dmc_second", ANY, ANY, "dmc_second"),
)


def ask(lines: Lines, *, stage: str, route: Route, kind: str, periods: frozenset[str] = frozenset()) -> str:
    """Whose agreement is needed: one of AGREEMENTS, or CHANGE.

    Whatever the lines say: what is blocked is never published, nobody on probation goes without a reader, what is the
    DMC's stays the DMC's, and where no line fits the DMC is asked.
    """
    if route is Route.BLOCKED:
        return CHANGE
    fitting = [one.agreement for one in lines if one.fits(stage=stage, route=route, kind=kind, periods=periods)]
    return max([*fitting, floor(stage, route)] if fitting else [_WITHOUT_A_LINE], key=_RANK.__getitem__)


def floor(stage: str, route: str) -> str:
    """The least that may ever be asked."""
    if route in (Route.DMC, Route.DMC_SECOND):
        return "dmc"
    return "nobody" if stage == "trusted" else "mentor"


def problems(lines: Lines) -> list[str]:
    """What is wrong with a table, in sentences; nothing when it may stand."""
    found = [f"“{one.key}” is no line of this table." for one in lines if not _is_known(one)]
    if found:
        return found
    if len({one.key for one in lines}) < len(lines):
        found.append("Two lines are for the same. Leave one.")
    if any(one.agreement == "nobody" and (one.stage != "trusted" or one.route != Route.NONE) for one in lines):
        found.append("Only a trusted author's update in which nothing is found may go without a reader.")
    if any(one.route in (Route.DMC, Route.DMC_SECOND) and _RANK[one.agreement] < _RANK["dmc"] for one in lines):
        found.append("What the rules leave to the DMC stays with the DMC.")
    for stage, route, kind in product(STAGES, ROUTES, KINDS):
        fitting = [one for one in lines if one.fits(stage=stage, route=route, kind=kind, periods=())]
        if not any(_RANK[one.agreement] >= _RANK[floor(stage, route)] for one in fitting):
            found.append(f"No line says who agrees: {Line(stage, route, kind, ANY, 'dmc').words}.")
            break
    return found


def laid_over(base: Lines, changes: Mapping[str, Any]) -> Lines:
    """The table with lines changed, added (agreement) or taken out (None), by their keys."""
    kept = {one.key: one for one in base}
    for key, agreement in changes.items():
        if agreement is None:
            kept.pop(key, None)
        else:
            stage, route, kind, period = key.split("|")
            kept[key] = Line(stage, route, kind, period, agreement)
    return tuple(kept.values())


def to_body(lines: Lines) -> list[dict[str, str]]:
    """As JSON keeps it."""
    return [dict(vars(one)) for one in lines]


def from_body(kept: Iterable[Mapping[str, str]]) -> Lines:
    return tuple(Line(**one) for one in kept)


def _is_known(line: Line) -> bool:
    return (
        line.stage in (ANY, *STAGES)
        and line.route in (ANY, *ROUTES)
        and line.kind in (ANY, *KINDS)
        and line.period in (ANY, *PERIODS)
        and line.agreement in AGREEMENTS
    )
