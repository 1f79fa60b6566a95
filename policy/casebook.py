"""The cases that the rules are held to: phrases that must fire and phrases that must stay quiet, with their context.

They ship with the console, because a change of the rules is tried on all of them before it is signed. The files are
`policy/cases/*.yaml`: rule id -> severity, fires, quiet. A case is a text, or a text with `ctx` (KEYS says which).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from policy.content import ChannelText, Content, Context, PictureFacts, Resembles

FOLDER = Path(__file__).parent / "cases"

# The world the cases are read in (domain.md B.8): a Monday in 2026, and the ward that speaks.
WORLD = Context(
    now=datetime(2026, 3, 2, 9, tzinfo=UTC),
    ward="Homerton",
    handles=frozenset(("MPSHomerton", "MPSHackneyWick", "MPSKingsPark", "MPSHackney", "MPSBrockleySgt", "metpoliceuk")),
    partner_handles=frozenset(("hackneycouncil", "crimestoppersuk")),
    templates=frozenset(("ACT",)),
    wards=frozenset(
        (
            "Brownswood", "Cazenove", "Clissold", "Dalston", "De Beauvoir", "Hackney Central", "Hackney Downs",
            "Hackney Wick", "Haggerston", "Homerton", "Hoxton East & Shoreditch", "Hoxton West", "King's Park",
            "Lea Bridge", "London Fields", "Shacklewell", "Springfield", "Stamford Hill West", "Stoke Newington",
            "Victoria", "Woodberry Down", "Brockley",
        )
    ),
)  # fmt: skip

_SETS = ("handles", "partner_handles", "published_numbers", "gazetteer", "wards", "schools", "streets", "venues")
_MORE_SETS = ("operations", "consents", "cases", "templates")
_OF_CONTEXT = (*_SETS, *_MORE_SETS, "pre_election", "mourning", "live_case", "ward")
# image, alt, filename: one picture. scheduled_hours: from now. times, then: the text so often, and what follows it.
# answers: of the author about that picture; faces, plates: as counted; resembles: "barred", "withdrawn" or "case".
_OF_PICTURE = ("image", "alt", "filename", "answers", "faces", "plates", "resembles")
KEYS = frozenset((*_OF_CONTEXT, *_OF_PICTURE, "scheduled_hours", "template", "network", "times", "then"))


@dataclass(frozen=True)
class Case:
    """One phrase of one rule. origin: the file it stands in."""

    rule: str
    fires: bool
    text: str
    ctx: Mapping[str, Any]
    origin: str

    @property
    def inbound(self) -> bool:
        return self.rule.startswith("IN_")


@cache
def cases() -> tuple[Case, ...]:
    """Every case that ships, in the order of the files."""
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in read_file(path))


def read_file(path: Path) -> Iterator[Case]:
    """The cases of one file in the shape of `policy/cases/`. Raises ValueError at a context key that nobody reads."""
    for rule, said in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
        for fires in (True, False):
            for case in said["fires" if fires else "quiet"] or ():
                text, ctx = (case, {}) if isinstance(case, str) else (case["text"], case.get("ctx", {}))
                yield Case(rule, fires, text, _known(ctx), path.stem)


def of_rule(rule: str, among: Iterable[Case]) -> list[Case]:
    return [case for case in among if case.rule == rule]


def read(case: Case, *, world: Context = WORLD) -> tuple[Content, Context]:
    """The draft of a case and what is known around it."""
    return situation(case.text, case.ctx, inbound=case.inbound, world=world)


def situation(
    text: str, ctx: Mapping[str, Any], *, inbound: bool = False, network: str = "x", world: Context = WORLD
) -> tuple[Content, Context]:
    """A draft for one channel (number 1) and its context, `ctx` laid over `world`. Raises ValueError at others."""
    ctx = _known(ctx)
    changes = {key: _value(key, ctx[key]) for key in _OF_CONTEXT if key in ctx}
    picture = _picture(ctx)
    hours = ctx.get("scheduled_hours")
    content = Content(
        texts=(ChannelText(1, ctx.get("network", network), text * ctx.get("times", 1) + ctx.get("then", "")),),
        pictures=(picture,) if ctx.get("image") else (),
        publish_at=None if hours is None else world.now + timedelta(hours=hours),
        inbound=inbound,
        template=ctx.get("template", ""),
    )
    return content, replace(world, **changes)


def _picture(ctx: Mapping[str, Any]) -> PictureFacts:
    said, why = ctx.get("answers"), ctx.get("resembles", "")
    return PictureFacts(
        "one",
        ctx.get("alt", ""),
        ctx.get("filename", ""),
        said=None if said is None else tuple(sorted((str(key), str(value)) for key, value in said.items())),
        faces=ctx.get("faces", 0),
        plates=ctx.get("plates", 0),
        resembles=Resembles(why) if why else None,
    )


def _value(key: str, value: Any) -> Any:
    if key == "published_numbers":
        return frozenset("".join(filter(str.isdigit, str(number))) for number in value)
    return frozenset(str(item) for item in value) if key in (*_SETS, *_MORE_SETS) else value


def _known(ctx: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = sorted(set(ctx) - KEYS)
    if unknown:
        raise ValueError(f"Nobody reads the context {', '.join(unknown)}. Known: {', '.join(sorted(KEYS))}.")
    return ctx
