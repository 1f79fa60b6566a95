"""The table's grammar: one line a route, and how a path finds its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol
from urllib.parse import unquote

from sandbox.wire import Refusal, Reply, Request
from sandbox.world import World

View = Callable[[World, Request], Reply]


class Door(Protocol):
    """What stands before a view: rights and limits on the way in, the network's headers on the way out."""

    def open(self, world: World, request: Request, view: View) -> Reply: ...

    def dress(self, world: World, request: Request, reply: Reply) -> Reply: ...


@dataclass(frozen=True)
class PlainDoor:
    """No rights and no headers: public pages and the control interface."""

    def open(self, world: World, request: Request, view: View) -> Reply:
        try:
            return view(world, request)
        except Refusal as refusal:
            return refusal.reply

    def dress(self, world: World, request: Request, reply: Reply) -> Reply:
        return reply


@dataclass(frozen=True)
class Route:
    """`{name}` in the pattern stands for one path segment."""

    method: str
    pattern: str
    view: View
    door: Door = PlainDoor()

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        parts = re.split(r"\{(\w+)\}", self.pattern)
        text = "".join(f"(?P<{part}>[^/]+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
        return re.compile(text)

    def match(self, path: str) -> dict[str, str] | None:
        found = self._regex.fullmatch(path)
        return {name: unquote(value) for name, value in found.groupdict().items()} if found else None


def find(routes: Iterable[Route], method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The first line that fits, so a fixed path must stand above a pattern that would swallow it."""
    for route in routes:
        args = route.match(path) if route.method == method else None
        if args is not None:
            return route, args
    return None
