"""How old a reader must be to read a text with ease."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[a-z]+(?:'[a-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_NOT_PROSE = re.compile(r"[@#/\d]|\w\.\w")
_YEARS_BEFORE_SCHOOL = 5


def syllables(word: str) -> int:
    """By its groups of vowels, less a silent ending: "houses" is two, "caused" one, "table" two. At least one."""
    groups = len(_VOWELS.findall(word))
    if word.endswith(("es", "ed")) and not word.endswith(("ted", "ded", "ses", "zes", "ches", "shes", "ies", "les")):
        groups -= bool(re.search(r"[^aeiouy]e[sd]$", word))
    elif word.endswith("e") and not word.endswith(("le", "ee", "ie", "oe", "ye")):
        groups -= 1
    return max(groups, 1)


def prose(text: str) -> list[str]:
    """The words of a text that are read as words, lower case: no links, handles, hashtags, initials or figures."""
    read = (token for token in text.split() if not _NOT_PROSE.search(token) and not _is_initials(token))
    return _LETTERS.findall(" ".join(read).lower())


def _is_initials(token: str) -> bool:
    return len(token) > 1 and token.isupper()


def reading_age(words: int, sentences: int, spoken: int) -> float:
    """Flesch-Kincaid grade level, with five years for the age at which school begins.

    grade = 0.39 x words a sentence + 11.8 x syllables a word - 15.59. Source: J. P. Kincaid, R. P. Fishburne, R. L.
    Rogers and B. S. Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel, Research Branch
    Report 8-75, 1975. It knows nothing of meaning: a help for the writer, never a verdict.
    """
    return 0.39 * words / sentences + 11.8 * spoken / words - 15.59 + _YEARS_BEFORE_SCHOOL
