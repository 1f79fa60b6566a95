"""The word lists of the rules, by name. A list is commas and lines; "burglar/s" is both forms."""

from __future__ import annotations

from policy.reading.lexicon import Lexicon
from policy.vocabulary import contact, court, privacy, protected, vehicles

LEXICON = Lexicon({**contact.LISTS, **court.LISTS, **privacy.LISTS, **protected.LISTS, **vehicles.LISTS})
