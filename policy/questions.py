"""The check asked from outside, in JSON: what a line may say, and what is answered. No Django, no database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from platforms.text import LIMITS
from policy import casebook, check
from policy.check import Judgement
from policy.content import Content, Context, Finding
from policy.reading.dates import LONDON
from policy.routing import route_of

_FLAGS = frozenset(("image", "pre_election", "mourning", "live_case"))
_WORDS = frozenset(("resembles", "alt", "filename", "template", "network", "then", "ward"))
_COUNTS = frozenset(("times", "faces", "plates"))
_LONGEST = 1_000_000  # code points after `times` and `then`: far above what any network takes


class Unclear(ValueError):
    """What was asked cannot be answered; the message says why."""


@dataclass(frozen=True)
class Question:
    """One text to judge. channel: a registered handle, or "" for the world of the cases. at: "" for its own moment."""

    text: str
    channel: str = ""
    platform: str = ""
    at: datetime | None = None
    ctx: Mapping[str, Any] = field(default_factory=dict)
    inbound: bool = False


# Who speaks, where, and what is known there: of a channel's handle, a network or "", and a moment or None for now.
World = Callable[[str, str, datetime | None], tuple[Context, str]]


def read_line(line: bytes) -> Question:
    """The question of one line of JSON. Raises Unclear."""
    try:
        said = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Unclear("This line is not JSON.") from None
    if not isinstance(said, dict):
        raise Unclear("This line is not a JSON object.")
    unknown = sorted(set(said) - {"text", "channel", "platform", "at", "ctx", "inbound"})
    if unknown:
        raise Unclear(f"Nobody reads {', '.join(unknown)}. Known: text, channel, platform, at, ctx, inbound.")
    if not isinstance(said.get("text"), str):
        raise Unclear("“text” is missing or is not a text.")
    inbound = said.get("inbound", False)
    if not isinstance(inbound, bool):
        raise Unclear("“inbound” is true or false.")
    channel, platform, at = (_optional_text(said, key) for key in ("channel", "platform", "at"))
    if platform and platform not in LIMITS:
        raise Unclear(f"“platform” is one of {', '.join(LIMITS)}.")
    return Question(said["text"], channel.removeprefix("@"), platform, moment(at) if at else None, _ctx(said), inbound)


def moment(written: str) -> datetime:
    """An ISO 8601 moment; London time where it says no other. Raises Unclear."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise Unclear(f"“{written}” is not a moment in ISO 8601, such as 2026-05-04T09:00:00Z.") from None
    return at if at.tzinfo else at.replace(tzinfo=LONDON)


def answer(question: Question, world: World) -> dict[str, Any]:
    """What the policy says of it. Raises Unclear; whatever `world` raises."""
    if question.channel:
        context, network = world(question.channel, question.platform, question.at)
    else:
        context, network = casebook.WORLD, question.platform or "x"
        context = replace(context, now=question.at) if question.at else context
    judgement = check.judge(*situation(question, context, network))
    return as_json(judgement)


def situation(question: Question, context: Context, network: str) -> tuple[Content, Context]:
    """The draft asked about and what is known around it, `ctx` laid over `context`. Raises Unclear."""
    times, then = question.ctx.get("times", 1), question.ctx.get("then", "")
    if len(question.text) * times + len(then) > _LONGEST:
        raise Unclear(f"This is longer than {_LONGEST:,} characters.")
    try:
        return casebook.situation(question.text, question.ctx, inbound=question.inbound, network=network, world=context)
    except (ValueError, OverflowError) as unclear:
        raise Unclear(str(unclear)) from None


def as_json(judgement: Judgement) -> dict[str, Any]:
    return {
        "findings": [entry for finding in judgement.findings for entry in _entries(finding)],
        "layer1": judgement.layer1.hit,
        "route": route_of(judgement).value,
    }


def _entries(finding: Finding) -> list[dict[str, Any]]:
    """One for each place. A finding about no words in particular (a picture without a description) is at 0, 0."""
    places = [(span.start, span.end) for span in finding.spans] or [(0, 0)]
    return [
        {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "start": start,
            "end": end,
            "message": finding.message,
        }
        for start, end in places
    ]


def _optional_text(said: Mapping[str, Any], key: str) -> str:
    value = said.get(key)
    if value is not None and not isinstance(value, str):
        raise Unclear(f"“{key}” is not a text.")
    return value or ""


def _ctx(said: Mapping[str, Any]) -> Mapping[str, Any]:
    ctx = said.get("ctx")
    if ctx is None:
        return {}
    if not isinstance(ctx, dict):
        raise Unclear("“ctx” is not a JSON object.")
    for key, value in ctx.items():
        if key in casebook.KEYS and not _fits(key, value):
            raise Unclear(f"The context “{key}” is not {_expected(key)}.")
    return ctx


def _fits(key: str, value: object) -> bool:
    if key in _FLAGS:
        return isinstance(value, bool)
    if key in _WORDS:
        return isinstance(value, str) and (key != "network" or value in LIMITS)
    if key in _COUNTS:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if key == "answers":
        return isinstance(value, dict) and all(isinstance(answer, str | bool) for answer in value.values())
    if key == "scheduled_hours":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, list) and all(isinstance(item, str | int) for item in value)


def _expected(key: str) -> str:
    if key in _FLAGS:
        return "true or false"
    if key == "network":
        return f"one of {', '.join(LIMITS)}"
    if key in _COUNTS or key == "scheduled_hours":
        return "a number"
    if key == "answers":
        return "a set of answers by name"
    return "a text" if key in _WORDS else "a list of texts"
