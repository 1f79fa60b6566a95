"""How findings are told to a person: in words, worst first, with the matched words and the one-tap mend.

Works on findings as a Verdict keeps them (models.Verdict.findings), so that a live answer and a kept one look alike.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from accounts.models import Channel
from policy.content import Finding, Severity

Kept = Mapping[str, Any]


@dataclass(frozen=True)
class Weight:
    """How a severity is said and shown. colour: of the console's tag; shape: an icon's name."""

    words: str
    colour: str
    shape: str


WEIGHTS = {
    Severity.BLOCK_A: Weight("Cannot be published", "red", "stop"),
    Severity.BLOCK: Weight("Must change", "red", "cross"),
    Severity.DMC: Weight("The DMC decides", "orange", "shield"),
    Severity.ADVISE: Weight("Worth a look", "blue", "eye"),
    Severity.ROUTE: Weight("Goes to its owner", "turquoise", "arrow"),
}
LET_THROUGH = Weight("Let through by the DMC", "grey", "tick")


@dataclass(frozen=True)
class Mend:
    """label: what the button says. places: as JSON for the page, [{"field", "start", "end", "words"}]: code points in
    the text field of that name on the compose page.
    """

    label: str
    replacement: str
    places: str


@dataclass(frozen=True)
class Shown:
    """One finding as a page shows it. where: "X" when it is about one of several networks, or "Picture 2"."""

    rule: str
    weight: Weight
    message: str
    words: tuple[str, ...]
    source: str
    where: str
    mend: Mend | None


def keep(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as a Verdict keeps them."""
    return [asdict(finding) for finding in found]


def show(
    kept: Iterable[Kept], channels: Sequence[Channel], pictures: Sequence[str] = (), *, shared: bool = False
) -> list[Shown]:
    """Kept findings in their order, worst first. pictures: the keys of the draft's pictures as they stand.

    shared: the page has one text field for every channel.
    """
    return [
        Shown(
            rule=finding["rule"],
            weight=LET_THROUGH if "override" in finding else WEIGHTS[Severity(finding["severity"])],
            message=finding["message"],
            words=tuple(dict.fromkeys(span["words"] for span in finding["spans"] if span["words"].strip())),
            source=finding["source"],
            where=_where(finding, channels, pictures),
            mend=_mend(finding.get("fix"), shared),
        )
        for finding in kept
    ]


def marks(kept: Iterable[Kept], channel: Channel) -> list[tuple[int, int, str]]:
    """(start, end, "rule: message") in code points of this channel's text, worst first."""
    return [
        (span["start"], span["end"], f"{finding['rule']}: {finding['message']}")
        for finding in kept
        for span in finding["spans"]
        if span["channel"] == channel.pk
    ]


def tally(found: Iterable[Shown]) -> str:
    """How many of each weight, in their order: "the DMC decides: 7, worth a look: 27"."""
    counted = Counter(one.weight.words for one in found)
    return ", ".join(f"{words[0].lower()}{words[1:]}: {number}" for words, number in counted.items())


def count_in_words(number: int) -> str:
    """ "Nothing to look at", "1 thing to look at", "3 things to look at"."""
    if number == 0:
        return "Nothing to look at"
    return f"{number} {'thing' if number == 1 else 'things'} to look at"


def _where(finding: Kept, channels: Sequence[Channel], pictures: Sequence[str]) -> str:
    if finding["picture"]:
        known = finding["picture"] in pictures
        return f"Picture {pictures.index(finding['picture']) + 1}" if known else "A picture"
    touched = {span["channel"] for span in finding["spans"]}
    if not touched or touched >= {channel.pk for channel in channels}:
        return ""
    return " and ".join(channel.get_network_display() for channel in channels if channel.pk in touched)


def _mend(fix: Kept | None, shared: bool) -> Mend | None:
    if not fix:
        return None
    places = [
        {
            "field": "text" if shared else f"text_{span['channel']}",
            "start": span["start"],
            "end": span["end"],
            "words": span["words"],
        }
        for span in (fix["span"], *fix.get("also", ()))
    ]
    once = {json.dumps(place): None for place in places}
    return Mend(fix["label"], fix["replacement"], f"[{', '.join(once)}]")
