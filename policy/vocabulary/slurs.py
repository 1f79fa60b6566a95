"""Words that are never said about people. The list as delivered: from its first edition on the DMC keeps it."""

from policy.reading.lexicon import phrase_set

SLURS = phrase_set(
    """
    scumbag/s, scum, yob/s, yobbo/s, thug/s, lowlife/s, scrote/s, toerag/s, chav/s, crackhead/s, junkie/s, druggie/s,
    smackhead/s, skaghead/s, vermin, pond life, gyppo/s, pikey/s, nutter/s, psycho/s, retard/s, tramp/s, wino/s
    """
)
