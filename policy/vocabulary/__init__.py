"""The word lists of the rules, by name. A list is commas and lines; "burglar/s" is both forms."""

from __future__ import annotations

from policy.reading.lexicon import Lexicon
from policy.vocabulary import (
    appeals,
    blame,
    communities,
    contact,
    corporate,
    court,
    figures,
    harm,
    identity,
    inbox_crime,
    inbox_harm,
    inbox_rights,
    live,
    missing,
    operations,
    origin,
    outcomes,
    plain,
    politics,
    privacy,
    protected,
    reputation,
    scene,
    swagger,
    timing,
    vehicles,
)

LEXICON = Lexicon(
    {
        **blame.LISTS,
        **communities.LISTS,
        **appeals.LISTS,
        **contact.LISTS,
        **corporate.LISTS,
        **court.LISTS,
        **harm.LISTS,
        **identity.LISTS,
        **inbox_crime.LISTS,
        **inbox_harm.LISTS,
        **inbox_rights.LISTS,
        **live.LISTS,
        **missing.LISTS,
        **operations.LISTS,
        **origin.LISTS,
        **outcomes.LISTS,
        **plain.LISTS,
        **privacy.LISTS,
        **protected.LISTS,
        **figures.LISTS,
        **politics.LISTS,
        **reputation.LISTS,
        **scene.LISTS,
        **swagger.LISTS,
        **timing.LISTS,
        **vehicles.LISTS,
    }
)
