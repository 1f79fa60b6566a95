"""What changed between two texts or versions, word by word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from posts.models import Version

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
        return [Run(kind, text) for kind, text in (("out", before), ("in", after)) if text]
    runs: list[Run] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(old[old_from:old_to])))
            continue
        runs += [Run("out", "".join(old[old_from:old_to]))] if old_to > old_from else []
        runs += [Run("in", "".join(new[new_from:new_to]))] if new_to > new_from else []
    return runs


def differences(before: Version | None, after: Version, names: Mapping[int, str]) -> list[Difference]:
    """What `after` changed, part by part. names: channel pk -> its name. All that was written when `before` is None."""
    old, new = (before.texts if before else {}), after.texts
    texts = _texts(old, new, names)
    pictures = _changed("Pictures", _pictures(before), _pictures(after))
    when = _changed("Time", _time(before), _time(after))
    return [*texts, *pictures, *when]


def _texts(old: Mapping[str, str], new: Mapping[str, str], names: Mapping[int, str]) -> list[Difference]:
    """One part when every channel says the same before and after, else a part per channel."""
    keys = sorted({*old, *new}, key=int)
    pairs = {key: (old.get(key, ""), new.get(key, "")) for key in keys}
    if len(keys) > 1 and len(set(pairs.values())) == 1:
        return _changed("Text", *pairs[keys[0]])
    named = ((names.get(int(key), "a channel no longer chosen"), pair) for key, pair in pairs.items())
    return [one for name, pair in named for one in _changed(name, *pair)]


def _changed(part: str, before: str, after: str) -> list[Difference]:
    return [] if before == after else [Difference(part, words(before, after))]


def _pictures(version: Version | None) -> str:
    if version is None:
        return ""
    named = ((picture.media.original_name, picture.alt) for picture in version.pictures.all())
    return "\n".join(f"{name}: {alt or 'no alt text'}" for name, alt in named)


def _time(version: Version | None) -> str:
    if version is None:
        return ""
    if version.publish_at is None:
        return "as soon as approved"
    return f"{version.publish_at:%d %B %Y %H:%M} UTC, within {version.send_within} minutes"
