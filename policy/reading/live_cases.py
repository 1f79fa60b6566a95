"""Where a text tells of a case that is live, and where a court has decided it."""

from __future__ import annotations

from policy.reading.lexicon import Hit
from policy.reading.nearness import widened
from policy.reading.passage import Passage

_COURT_REACH = 2  # sentences on either side in which a court's decision speaks of the same case


def held(passage: Passage) -> list[Hit]:
    """Where a text tells of an arrest, of somebody in custody or of a suspect."""
    return passage.remember(
        "held", lambda: sorted({*passage.hits("arrest", "not_arrest"), *passage.hits("held", "not_arrest")})
    )


def decided(passage: Passage) -> frozenset[int]:
    """The sentences near a conviction or a sentence."""
    return widened(passage.sentences_with("concluded", "not_concluded"), _COURT_REACH)
