from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

from policy import vocabulary
from policy.reading.lexicon import phrase_set, spell_out, word_set
from policy.reading.passage import Passage


def test_slash_adds_endings_to_its_word() -> None:
    assert set(spell_out("drug dealer/s, arrest/ed")) == {
        ("drug", "dealer"), ("drug", "dealers"), ("arrest",), ("arrested",)
    }  # fmt: skip
    assert word_set("dog/s cat") == {"dog", "dogs", "cat"}
    assert phrase_set("mare  street, well street") == {"mare street", "well street"}


def test_bar_gives_a_choice_and_underscore_joins_its_words() -> None:
    assert set(spell_out("no|not_a car/s left|")) == {
        ("no", "car", "left"), ("no", "cars", "left"), ("not", "a", "car", "left"), ("not", "a", "cars", "left"),
        ("no", "car"), ("no", "cars"), ("not", "a", "car"), ("not", "a", "cars"),
    }  # fmt: skip


def test_longest_phrase_from_a_word_is_the_one_found() -> None:
    passage = Passage("The drug-dealer's van")
    assert [passage.lower[hit.start : hit.end] for hit in passage.hits("offender")] == ["drug-dealer's"]


def test_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert Passage("A long night in. Custody record").hits("arrest", "not_arrest") == []


def test_list_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        Passage("a").hits("no such list")


def test_no_two_families_give_a_list_the_same_name() -> None:
    modules = [import_module(f"policy.vocabulary.{found.name}") for found in iter_modules(vocabulary.__path__)]
    names = [name for module in modules for name in getattr(module, "LISTS", {})]
    assert sorted(names) == sorted(set(names))
