"""Word lists of every rule in one trie, so a text is looked through once however many lists there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, product
from types import MappingProxyType
from typing import NamedTuple, cast

from policy.reading.collecting import no_collecting

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
        self.children: Mapping[str, Node] = _NOTHING
        self.kinds: tuple[str, ...] = ()

    def child(self, word: str) -> Node:
        """The node of `word` after this one, made where there is none."""
        found = self.children.get(word)
        if found is None:
            found = Node()
            if self.children is _NOTHING:
                self.children = {}
            cast("dict[str, Node]", self.children)[word] = found
        return found

    def ends(self, kind: str) -> None:
        if kind not in self.kinds:
            self.kinds = (*self.kinds, kind)


# Most nodes end a phrase and begin none: they share this.
_NOTHING: Mapping[str, Node] = MappingProxyType({})


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
    """Phrases by kind, as one trie, built when it is first asked: half of all processes judge nothing.

    kinds: the names of the lists. beginnings: the first words of all phrases.
    """

    def __init__(self, lists: Mapping[str, str]) -> None:
        self._lists = lists
        self.kinds = frozenset(lists)

    @cached_property
    def beginnings(self) -> Mapping[str, Node]:
        root = Node()
        with no_collecting():
            for kind, listed in self._lists.items():
                for phrase in _APART.split(listed):
                    _grow(root, phrase.split(), kind)
        return root.children


def _grow(root: Node, places: list[str], kind: str) -> None:
    """Add every form of one phrase, place by place, so that what several forms begin with is walked once."""
    reached = [root]
    for place in places:
        choices = _choices(place)
        reached = [_follow(node, words) for node in reached for words in choices]
    for node in reached if places else ():
        node.ends(kind)


def _follow(node: Node, words: tuple[str, ...]) -> Node:
    for word in words:
        node = node.child(word)
    return node
