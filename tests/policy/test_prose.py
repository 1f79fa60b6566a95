from __future__ import annotations

import pytest

from policy import prose


def test_markdown_becomes_headings_lists_and_emphasis() -> None:
    shown = prose.render("# What we ask\n\n- Be **kind**\n- Be clear\n\nSee [the guide](https://example.org/guide).")
    assert "<h2>What we ask</h2>" in shown
    assert "<li>Be <strong>kind</strong></li>" in shown
    assert '<a href="https://example.org/guide">the guide</a>' in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "Hello <b onmouseover=alert(1)>you</b>",
        "[tap](javascript:alert(1))",
        "[tap](JaVaScRiPt:alert(1))",
        "[tap](data:text/html,<script>alert(1)</script>)",
        "![picture](https://example.org/tracker.png)",
        '<https://example.org/" onclick=alert(1)>',
        '[tap](https://example.org "x\\" onclick=alert(1)")',
    ],
)
def test_nothing_of_the_authors_runs_or_is_fetched(hostile: str) -> None:
    shown = prose.render(hostile).lower()
    for tag in ("<script", "<img", "<b ", 'href="javascript', 'href="data', '" onclick', " onerror=alert(1)>"):
        assert tag not in shown
