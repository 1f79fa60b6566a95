"""Drafts for the rules, in the world of the cases."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from policy import casebook
from policy.casebook import Case
from policy.check import findings
from policy.content import ChannelText, Content, Finding, PictureFacts

HERE = Path(__file__).parent
CONTEXT = casebook.WORLD


def draft(text: str, *, network: str = "x", pictures: tuple[PictureFacts, ...] = ()) -> Content:
    return Content((ChannelText(1, network, text),), pictures)


def rules_that_fire(case: Case) -> set[str]:
    return {finding.rule for finding in findings(*casebook.read(case))}


def found(text: str, rule: str, **changes: Any) -> list[Finding]:
    """The findings of one rule on one text for X."""
    return [finding for finding in findings(draft(text), replace(CONTEXT, **changes)) if finding.rule == rule]
