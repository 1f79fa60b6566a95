"""The one error for 'somebody was first' or 'not from this state' (409)."""

from __future__ import annotations


class Conflict(Exception):
    """The row is not as the caller believed. `sentence` tells a person who was first and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
