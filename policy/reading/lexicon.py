"""Word lists of every rule in one trie, so a text is looked through once however many lists there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product
from typing import NamedTuple

_APART = re.compile(r"[,\n]")


class Hit(NamedTuple):
    """A listed phrase found: code points of the folded text, first and last word, and its sentence."""

    start: int
    end: int
    first: int
    last: int
    sentence: int


class Node:
    """One word of a phrase. kinds: the lists that have a phrase ending here. children: the words that may follow."""

    __slots__ = ("children", "kinds")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.kinds: set[str] = set()


def spell_out(listed: str) -> Iterator[tuple[str, ...]]:
    """Every form of a list such as "burglar/s, drug|drugs dealer/s": word by word, lower case.

    A slash adds endings to the word before it: "arrest/ed/s" is arrest, arrested and arrests. A bar gives a choice,
    whose words an underscore joins: "no|not_a car" is "no car" and "not a car"; an empty choice may be left out.
    """
    for phrase in _APART.split(listed):
        forms = [_choices(place) for place in phrase.split()]
        for chosen in product(*forms) if forms else ():
            yield tuple(chain.from_iterable(chosen))


def _choices(place: str) -> list[tuple[str, ...]]:
    """What may stand in one place of a phrase, each as its words."""
    chosen: list[tuple[str, ...]] = []
    for choice in place.split("|"):
        *before, last = choice.split("_")
        chosen.extend((*before, form) for form in _endings(last)) if last else chosen.append(())
    return chosen


def word_set(listed: str) -> frozenset[str]:
    """The single words of a list, for asking whether a word is one of them."""
    return frozenset(form for word in listed.replace(",", " ").split() for form in _endings(word))


def phrase_set(listed: str) -> frozenset[str]:
    """The phrases of a list, words parted by single spaces."""
    return frozenset(" ".join(words) for words in spell_out(listed))


def _endings(word: str) -> list[str]:
    stem, *endings = word.split("/")
    return [stem, *(stem + ending for ending in endings)]


class Lexicon:
    """Phrases by kind, as one trie. beginnings: the first words of all phrases."""

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._root = Node()
        self.beginnings = self._root.children
        self.kinds = frozenset(lists)
        for kind, listed in lists.items():
            self._add(kind, spell_out(listed))

    def _add(self, kind: str, phrases: Iterable[tuple[str, ...]]) -> None:
        for phrase in phrases:
            node = self._root
            for word in phrase:
                node = node.children.setdefault(word, Node())
            node.kinds.add(kind)
