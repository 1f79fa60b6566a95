"""A policy's Markdown as a page shows it: no HTML of its author's, no pictures, no address that runs something."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_READER = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "html_block"])


def render(text: str) -> SafeString:
    """Headings begin at the second level: the page has the first."""
    tokens = _READER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 4)}"
    # The reader escapes everything that is not its own; tests/policy/test_prose.py tries to get past it.
    return mark_safe(_READER.renderer.render(tokens, _READER.options, {}))  # noqa: S308
