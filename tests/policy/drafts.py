"""Drafts and what the force knows, made from the cases of a YAML file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from policy.check import findings
from policy.content import ChannelText, Content, Context, Finding, PictureFacts

HERE = Path(__file__).parent
OWN_CASES = HERE / "cases.yaml"
SHARED_CASES = HERE.parent.parent.parent / "shared" / "policy_cases.yaml"

CONTEXT = Context(
    now=datetime(2026, 3, 2, 9, tzinfo=UTC),
    ward="Homerton",
    handles=frozenset(("MPSHomerton", "MPSHackneyWick", "MPSKingsPark", "MPSHackney", "MPSBrockleySgt", "metpoliceuk")),
    partner_handles=frozenset(("hackneycouncil", "crimestoppersuk")),
)


def load(path: Path) -> dict[str, dict[str, Any]]:
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def each_case(path: Path, rules: frozenset[str]) -> list[tuple[str, str, Any]]:
    """Rule, "fires" or "quiet", and the case, for the rules that exist."""
    return [
        (rule, verdict, case)
        for rule, cases in load(path).items()
        if rule in rules
        for verdict in ("fires", "quiet")
        for case in cases[verdict]
    ]


def draft(text: str, *, network: str = "x", pictures: tuple[PictureFacts, ...] = ()) -> Content:
    return Content((ChannelText(1, network, text),), pictures)


def read(case: str | dict[str, Any]) -> tuple[Content, Context]:
    """The draft of a case and its context, as `ctx` asks."""
    said = {"text": case} if isinstance(case, str) else case
    ctx = said.get("ctx", {})
    text = said["text"] * ctx.get("times", 1) + ctx.get("then", "")
    picture = PictureFacts("one", ctx.get("alt", ""), ctx.get("filename", ""))
    context = replace(CONTEXT, published_numbers=frozenset(ctx.get("published_numbers", ())))
    return draft(text, network=ctx.get("network", "x"), pictures=(picture,) if ctx.get("image") else ()), context


def rules_that_fire(case: str | dict[str, Any]) -> set[str]:
    return {finding.rule for finding in findings(*read(case))}


def found(text: str, rule: str, **changes: Any) -> list[Finding]:
    """The findings of one rule on one text for X."""
    return [finding for finding in findings(draft(text), replace(CONTEXT, **changes)) if finding.rule == rule]
