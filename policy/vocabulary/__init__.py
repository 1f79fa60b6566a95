"""The word lists of the rules, by name. A list is commas and lines; "burglar/s" is both forms."""

from __future__ import annotations

from policy.reading.lexicon import Lexicon
from policy.vocabulary import contact, court, live, outcomes, privacy, protected, scene, vehicles

LEXICON = Lexicon(
    {
        **contact.LISTS,
        **court.LISTS,
        **live.LISTS,
        **outcomes.LISTS,
        **privacy.LISTS,
        **protected.LISTS,
        **scene.LISTS,
        **vehicles.LISTS,
    }
)
