"""The four short parts of the e-learning, as data: `lessons.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from accounts.models import Part

FILE = Path(__file__).parent / "lessons.yaml"


@dataclass(frozen=True)
class Point:
    title: str
    words: str


@dataclass(frozen=True)
class Lesson:
    """minutes: how long it takes to read. try_it: one thing to try on one's own words."""

    part: Part
    minutes: int
    intro: str
    points: Sequence[Point]
    try_it: str


@cache
def lessons() -> dict[str, Lesson]:
    """Part -> its lesson, in their order."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        part: Lesson(
            Part(part), one["minutes"], one["intro"], [Point(**point) for point in one["points"]], one["try_it"]
        )
        for part, one in read.items()
    }
