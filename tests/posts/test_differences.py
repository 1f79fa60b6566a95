from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from posts.differences import LONGEST, Run, words

TEXT = st.text(alphabet="ab ,.\n👮é", max_size=40)


def put_together(runs: list[Run], *kinds: str) -> str:
    return "".join(run.text for run in runs if run.kind in kinds)


@given(TEXT, TEXT)
def test_the_runs_are_the_old_and_the_new_text_to_the_letter(before: str, after: str) -> None:
    runs = words(before, after)
    assert put_together(runs, "same", "out") == before
    assert put_together(runs, "same", "in") == after


@given(TEXT)
def test_nothing_changed_shows_no_change(text: str) -> None:
    assert {run.kind for run in words(text, text)} <= {"same"}


def test_one_word_changed_marks_that_word_alone() -> None:
    assert words("on Saturday at ten", "on Sunday at ten") == [
        Run("same", "on "),
        Run("out", "Saturday"),
        Run("in", "Sunday"),
        Run("same", " at ten"),
    ]


def test_a_text_too_long_to_compare_is_shown_whole() -> None:
    before, after = "a " * LONGEST, "b " * LONGEST
    runs = words(before, after)
    assert put_together(runs, "out") == before and put_together(runs, "in") == after
