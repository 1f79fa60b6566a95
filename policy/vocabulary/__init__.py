"""The word lists of the rules, by name. A list is commas and lines; "burglar/s" is both forms."""

from __future__ import annotations

from policy.reading.lexicon import Lexicon
from policy.vocabulary import court, vehicles

LEXICON = Lexicon({**court.LISTS, **vehicles.LISTS})
