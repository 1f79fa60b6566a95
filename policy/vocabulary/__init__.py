"""The word lists of the rules, by name. A list is commas and lines; "burglar/s" is both forms."""

from __future__ import annotations

from policy.reading.lexicon import Lexicon
from policy.vocabulary import (
    contact,
    corporate,
    court,
    harm,
    identity,
    live,
    missing,
    operations,
    origin,
    outcomes,
    privacy,
    protected,
    scene,
    vehicles,
)

LEXICON = Lexicon(
    {
        **contact.LISTS,
        **corporate.LISTS,
        **court.LISTS,
        **harm.LISTS,
        **identity.LISTS,
        **live.LISTS,
        **missing.LISTS,
        **operations.LISTS,
        **origin.LISTS,
        **outcomes.LISTS,
        **privacy.LISTS,
        **protected.LISTS,
        **scene.LISTS,
        **vehicles.LISTS,
    }
)
