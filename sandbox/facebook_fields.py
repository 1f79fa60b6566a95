"""The Graph API's `fields` language: `id,comments.limit(0).summary(true){message},shares`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.facebook_problems import parameter

MAX_TEXT = 4_000  # also bounds how deep the braces nest
TOKEN = re.compile(r"\s*([A-Za-z_][\w]*|[.,{}()]|-?\d+)")


@dataclass(frozen=True)
class Field:
    """One name with its modifiers (`limit`, `summary`) and the fields asked for inside it."""

    name: str
    modifiers: Mapping[str, str] = field(default_factory=dict)
    inner: tuple[Field, ...] = ()


Builder = Callable[[Field], Any]


def parse(text: str) -> tuple[Field, ...]:
    """Raises Refusal (code 100) for text that is no field list."""
    if len(text) > MAX_TEXT:
        raise parameter("Param fields is too long")
    marks, at = [], 0
    while at < len(text.rstrip()):
        found = TOKEN.match(text, at)
        if not found:
            raise parameter(f"Syntax error in fields near: {text[at : at + 20]}")
        marks.append(found[1])
        at = found.end()
    fields, rest = _list(marks)
    if rest:
        raise parameter(f"Syntax error in fields near: {rest[0]}")
    return fields


def _list(marks: list[str]) -> tuple[tuple[Field, ...], list[str]]:
    fields: list[Field] = []
    while marks and marks[0] != "}":
        if marks[0] == ",":
            marks = marks[1:]
            continue
        one, marks = _one(marks)
        fields.append(one)
    return tuple(fields), marks


def _one(marks: list[str]) -> tuple[Field, list[str]]:
    name, marks = marks[0], marks[1:]
    if not name.isidentifier():
        raise parameter(f"Syntax error in fields near: {name}")
    modifiers: dict[str, str] = {}
    while marks[:1] == ["."]:
        if len(marks) < 5 or marks[2] != "(" or marks[4] != ")":
            raise parameter(f"Syntax error in fields near: {name}")
        modifiers[marks[1]] = marks[3]
        marks = marks[5:]
    inner: tuple[Field, ...] = ()
    if marks[:1] == ["{"]:
        inner, marks = _list(marks[1:])
        if marks[:1] != ["}"]:
            raise parameter("Syntax error in fields: expected end of list")
        marks = marks[1:]
    return Field(name, modifiers, inner), marks


def build(fields: tuple[Field, ...], builders: Mapping[str, Builder], kind: str) -> dict[str, Any]:
    """The node as asked for, always with its id. A field without a value is left out, an unknown one is refused."""
    node: dict[str, Any] = {}
    for item in fields:
        if item.name not in builders:
            raise parameter(f"Tried accessing nonexistent field ({item.name}) on node type ({kind})")
        value = builders[item.name](item)
        if value is not None:
            node[item.name] = value
    node["id"] = builders["id"](Field("id"))
    return node


def only(node: dict[str, Any], item: Field) -> dict[str, Any]:
    """The inner fields of a plain object, all of them when none is named."""
    wanted = {inner.name for inner in item.inner}
    return {name: value for name, value in node.items() if not wanted or name in wanted or name == "id"}
