"""A few answers become the agreed words, and it is known which of them still stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.post_templates import Blank, PostTemplate
from posts.template_catalogue import ACT, SURGERY, TEMPLATES, YOU_SAID

ANSWERS = {"day": "Saturday 14 March", "start": "11am", "end": "1pm", "venue": "Homerton Library", "topic": ""}


def test_answers_stand_between_the_agreed_words() -> None:
    words = "Come and talk to your ward team: Saturday 14 March, 11am to 1pm, Homerton Library. No need to book."
    assert SURGERY.fill(ANSWERS) == words


def test_a_sentence_without_its_optional_answer_is_left_out() -> None:
    assert "mark it" in SURGERY.fill(ANSWERS | {"topic": "Bring your bike and we will mark it"})
    assert ". . " not in SURGERY.fill(ANSWERS)


def test_an_answer_that_ends_its_sentence_itself_gets_no_second_full_stop() -> None:
    said = YOU_SAID.fill({"said": "Too dark!", "did": "Two lamps.", "result": "", "invitation": ""})
    assert said == "You said: Too dark!\nWe did: Two lamps."


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda one: one.key)
def test_fixed_parts_lie_on_agreed_words_and_never_on_answers(template: PostTemplate) -> None:
    text = template.fill({blank.name: f"<{blank.name}>" for blank in template.blanks})
    kept = [text[start:end] for start, end in template.fixed_parts(text)]
    assert kept
    assert not any("<" in words for words in kept)
    assert template.stands_in(text)


def test_words_written_over_the_agreed_ones_no_longer_count() -> None:
    text = SURGERY.fill(ANSWERS).replace("No need to book", "We got the burglar")
    assert not SURGERY.stands_in(text)
    assert all("burglar" not in text[start:end] for start, end in SURGERY.fixed_parts(text))


def test_a_template_without_blanks_stands_only_alone() -> None:
    assert ACT.stands_in(ACT.fill({}))
    assert not ACT.stands_in(ACT.fill({}) + " There is a bomb in the station.")


@given(st.text(max_size=400))
def test_any_text_is_read_without_harm(text: str) -> None:
    for template in TEMPLATES.values():
        assert all(0 <= start < end <= len(text) for start, end in template.fixed_parts(text))
        template.stands_in(text)


@given(st.text(max_size=60))
def test_answers_are_words_and_never_instructions(answer: str) -> None:
    only = PostTemplate("test", "Test", "Test", ("We saw {thing} today.",), (Blank("thing", "Thing"),))
    assert answer.strip() in only.fill({"thing": answer}) or not answer.strip() or answer.strip()[-1] in ".!?"
