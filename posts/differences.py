"""What changed between two texts or versions, word by word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from posts import declarations
from posts.models import Version
from posts.schedule import LONDON, WINDOWS

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing takes the product of the lengths at worst: what is longer than any ordinary post is shown whole.
LONGEST = 3000


class Run(NamedTuple):
    """A stretch of text. kind: "same", "out" (was there before) or "in" (is there now)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One part that changed: its name for people, and its words."""

    part: str
    runs: list[Run]


def words(before: str, after: str) -> list[Run]:
    """The way from one text to the other: "same" and "out" put together are `before`, "same" and "in" are `after`."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return _replaced(before, after)
    runs: list[Run] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(old[old_from:old_to])))
            continue
        runs += [Run("out", "".join(old[old_from:old_to]))] if old_to > old_from else []
        runs += [Run("in", "".join(new[new_from:new_to]))] if new_to > new_from else []
    return runs


def differences(before: Version | None, after: Version, names: Mapping[int, str]) -> list[Difference]:
    """What `after` changed, part by part. Without `before`, what it says, unmarked.

    names: channel pk -> its name, in the order shown.
    """
    if before is None:
        said = [(name, text) for name, _, text in _texts({}, after.texts, names)]
        parts = [*said, ("Pictures", pictures_in_words(after)), ("Time", time_in_words(after))]
        return [Difference(part, [Run("same", text)]) for part, text in parts if text]
    texts = [(name, words(old, new)) for name, old, new in _texts(before.texts, after.texts, names) if old != new]
    wholes = [
        ("Pictures", pictures_in_words(before), pictures_in_words(after)),
        ("Time", time_in_words(before), time_in_words(after)),
    ]
    changed = [(name, _replaced(old, new)) for name, old, new in wholes if old != new]
    return [Difference(part, runs) for part, runs in (*texts, *changed)]


def _texts(old: Mapping[str, str], new: Mapping[str, str], names: Mapping[int, str]) -> list[tuple[str, str, str]]:
    """(name, before, after): one row when every channel says the same before and after, else a row per channel."""
    order = [*names]
    keys = sorted({*old, *new}, key=lambda key: (order.index(int(key)) if int(key) in names else len(order), int(key)))
    rows = [(names.get(int(key), "A channel no longer chosen"), old.get(key, ""), new.get(key, "")) for key in keys]
    if len({(before, after) for _, before, after in rows}) == 1:
        return [("Text", *rows[0][1:])]
    return rows


def _replaced(before: str, after: str) -> list[Run]:
    """The old and the new whole, where single words would be a riddle."""
    runs = [Run(kind, text) for kind, text in (("out", before), ("in", after)) if text]
    return [runs[0], Run("same", "\n"), runs[1]] if len(runs) == 2 else runs


def pictures_in_words(version: Version) -> str:
    lines: list[str] = []
    for picture in version.pictures.all():
        lines.append(f"{picture.media.original_name}: {picture.alt or 'not described yet'}")
        lines.extend(declarations.in_words(picture.answers))
    return "\n".join(lines)


def time_in_words(version: Version) -> str:
    if version.publish_at is None:
        return "As soon as approved"
    local = version.publish_at.astimezone(LONDON)
    window = WINDOWS.get(version.send_within, f"{version.send_within} minutes")
    return f"{local:%A} {local.day} {local:%B %Y %H:%M %Z}, at most {window} late"
