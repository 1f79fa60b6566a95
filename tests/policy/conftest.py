"""A check whose answer a test can choose, where the test is about what follows from the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from policy import check
from policy.check import Judgement
from policy.content import Content, Context, Finding, Severity, Span
from policy.law import DELIVERED, Law

Ruling = Callable[[Severity | None], None]


@pytest.fixture
def ruling(monkeypatch: pytest.MonkeyPatch) -> Ruling:
    """`ruling(Severity.DMC)`: from here on the check finds that in the first word of every text; None: nothing."""

    def rule(severity: Severity | None) -> None:
        def judge(content: Content, context: Context, law: Law = DELIVERED) -> Judgement:
            if severity is None:
                return Judgement(None, (), "test")
            spans = tuple(
                Span(text.channel, 0, len(first), first) for text in content.texts for first in text.text.split()[:1]
            )
            return Judgement(severity, (Finding("TEST", severity, "A test finding.", "A test.", spans),), "test")

        monkeypatch.setattr(check, "judge", judge)

    return rule
