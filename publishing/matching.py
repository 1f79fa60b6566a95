"""Are two texts the same post? Networks change how a text looks, not what it says (platforms.md 4.2, step 5)."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def canonical(text: str) -> str:
    """NFC, one space for any white space, links without scheme or trailing slash: networks add both."""
    plain = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return " ".join(word.rstrip("/") for word in _SCHEME.sub("", plain).split(" "))


def same_words(one: str, other: str) -> bool:
    return canonical(one) == canonical(other)
