"""A check whose answer a test can choose, where the test is about what follows from the answer."""

from __future__ import annotations

from typing import Protocol

import pytest

from policy import check
from policy.check import Judgement
from policy.content import Content, Context, Finding, Severity, Span
from policy.gate import Answer
from policy.law import DELIVERED, Law


class Ruling(Protocol):
    def __call__(self, severity: Severity | None, *, rule: str = "TEST", hit: bool = False) -> None: ...


@pytest.fixture
def ruling(monkeypatch: pytest.MonkeyPatch) -> Ruling:
    """`ruling(Severity.DMC)`: from here on the check finds that in the first word of every text; None: nothing.

    rule: whose finding it is; hit: layer 1 would show it to somebody.
    """

    def rule_so(severity: Severity | None, *, rule: str = "TEST", hit: bool = False) -> None:
        layer1 = Answer(hit, 0.9 if hit else 0.1)

        def judge(content: Content, context: Context, law: Law = DELIVERED) -> Judgement:
            if severity is None:
                return Judgement(None, (), "test", layer1)
            spans = tuple(
                Span(text.channel, 0, len(first), first) for text in content.texts for first in text.text.split()[:1]
            )
            found = Finding(rule, severity, "A test finding.", "A test.", spans)
            return Judgement(severity, (found,), "test", layer1)

        monkeypatch.setattr(check, "judge", judge)

    return rule_so
