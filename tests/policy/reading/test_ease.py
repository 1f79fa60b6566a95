"""How old a reader must be."""

from __future__ import annotations

import pytest

from policy.reading.ease import prose, reading_age, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("a", 1), ("house", 1), ("houses", 2), ("caused", 1), ("wanted", 2), ("table", 2), ("the", 1), ("community", 4)],
)
def test_syllables_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_reading_age_is_the_published_formula_and_five_years() -> None:
    # 100 words in 5 sentences with 150 syllables: 0.39 x 20 + 11.8 x 1.5 - 15.59 = 9.91, the tenth grade.
    assert reading_age(100, 5, 150) == pytest.approx(14.91)


def test_links_handles_and_figures_are_no_words() -> None:
    assert prose("See https://example.org/one @MPSHomerton #StreetSurgery at 14:30, NHS stall") == [
        "see",
        "at",
        "stall",
    ]
