from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox import x_text

WORDS = st.sampled_from(
    [
        *(
            "Fish & chips",
            "5 < 6 > 4",
            "see",
            "https://www.met.police.uk/a?b=1&c=2",
            "www.gov.uk/x",
            "#Ward",
            "@MPSHackney",
        ),
        *("道路", "mail a@met.police.uk", "&amp;", "🚓", "(met.police.uk)", "café", "e\u0301", "\n", "100%"),
    ]
)


def read_back(stored: str, entities: dict[str, Any]) -> str:
    """What a reader makes of the stored text: links expanded, the media link dropped, entities unescaped."""
    out, at = "", 0
    for url in entities.get("urls", []):
        assert stored[url["start"] : url["end"]] == url["url"]
        out += html.unescape(stored[at : url["start"]]) + ("" if "media_key" in url else url["expanded_url"])
        at = max(at, url["end"])
    return out + html.unescape(stored[at:])


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_stored_text_reads_back_to_what_was_sent(text: str) -> None:
    stored, entities = x_text.store_form(text, "1", [])
    sent = re.sub(r"e\u0301", "é", text.strip())
    expanded = sent
    for link in reversed(x_text.find_links(sent)):
        expanded = expanded[: link.start] + link.expanded + expanded[link.end :]
    assert read_back(stored, entities) == expanded


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_stored_without_raw_brackets_and_with_true_positions(text: str) -> None:
    stored, entities = x_text.store_form(text, "1", [{"media_key": "3_1"}])
    assert "<" not in stored
    assert ">" not in stored
    for found in entities.values():
        for item in found:
            assert 0 <= item["start"] < item["end"] <= len(stored)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_escaping_is_undone_by_unescaping(text: str) -> None:
    assert html.unescape(x_text.escape(text.replace("&", "& "))) == text.replace("&", "& ")


def test_media_adds_one_link_at_the_end_for_all_pictures() -> None:
    stored, entities = x_text.store_form("Two pictures", "9", [{"media_key": "3_1"}, {"media_key": "3_2"}])
    assert re.fullmatch(r"Two pictures https://t\.co/\w{10}", stored)
    assert [url["media_key"] for url in entities["urls"]] == ["3_1", "3_2"]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("abc", 3),
        ("道路", 4),
        ("…", 2),
        ("—", 1),
        ("€", 2),
        ("e\u0301", 1),
        ("🚓", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇬🇧", 2),
        ("👍🏽", 2),
        ("https://www.met.police.uk/area/your-area/met/hackney/homerton?tab=2", 23),
        ("met.police.uk", 23),
        ("readme.md", 23),
        ("See met.police.uk.", 4 + 23 + 1),
        ("http://localhost:8000/x", 23),
        ("a@met.police.uk", 15),
        ("10.0.0.1", 8),
    ],
)
def test_weight_counts_links_as_23_and_wide_characters_as_2(text: str, weight: int) -> None:
    assert x_text.weigh(text) == weight


@pytest.mark.parametrize("text", ["a." * 10_000, "met.uk/(" * 2_000, "http://" * 3_000, "x.com/" + "(a" * 5_000])
def test_long_dotted_text_is_scanned_in_linear_time(text: str) -> None:
    """A quadratic scanner would take minutes here and hit the suite's own limit."""
    assert x_text.weigh(text) > 0
