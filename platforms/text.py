"""How long a text is in each network's own units, and the form in which two texts are compared.

X counts weights (twitter-text configuration 3): 1 for most Latin, Greek, Cyrillic, Arabic and Hebrew letters and
common punctuation, 2 for everything else, 2 for an emoji however many code points it has, 23 for any address.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

import regex

from platforms.links import find_urls

__all__ = [
    "MAX_PARSED",
    "canonical",
    "contains_link",
    "facebook_length",
    "find_urls",
    "length",
    "limit",
    "weighted_length",
    "x_length",
]

URL_WEIGHT = 23
EMOJI_WEIGHT = 2
LIGHT_RANGES = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
# Longer than any network's post that carries an address: counted plainly, never parsed.
MAX_PARSED = 4000

_PICTURE = r"(?:[^\P{Extended_Pictographic}©®]|[©®](?=\uFE0F))(?:\uFE0F|\p{Emoji_Modifier})?[\U000E0020-\U000E007F]*+"
_KEYCAP = r"[0-9#*]\uFE0F?\u20E3"
_FLAG = r"\p{Regional_Indicator}{2}"
_EMOJI = regex.compile(rf"{_KEYCAP}|{_FLAG}|{_PICTURE}(?:\u200D(?:{_PICTURE}))*+")


def weighted_length(text: str) -> int:
    """X's weighted length. Above MAX_PARSED code points no address or emoji is looked for: it is too long anyway."""
    text = unicodedata.normalize("NFC", text)
    if len(text) > MAX_PARSED:
        return _weight(text)
    total = position = 0
    for start, end in find_urls(text):
        total += _weight_with_emoji(text[position:start]) + URL_WEIGHT
        position = end
    return total + _weight_with_emoji(text[position:])


def x_length(text: str) -> int:
    """What X counts against 280. X drops white space around a post before it counts."""
    return weighted_length(text.strip())


def facebook_length(text: str) -> int:
    """Characters as Facebook counts them: code points, nothing weighted."""
    return len(text)


LENGTHS: Mapping[str, Callable[[str], int]] = {"x": x_length, "facebook": facebook_length}
LIMITS: Mapping[str, int] = {"x": 280, "facebook": 63_206}


def length(network: str, text: str) -> int:
    """The length of `text` in the units of `limit(network)`."""
    return LENGTHS[network](text)


def limit(network: str) -> int:
    return LIMITS[network]


def contains_link(text: str) -> bool:
    """Whether X would price and count this text as a post with an address in it."""
    return bool(find_urls(text[:MAX_PARSED]))


def canonical(text: str) -> str:
    """The form in which what was sent equals what a timeline shows: NFC, single spaces, addresses without scheme.

    Networks add `http://` to a bare domain and a slash after a host, and lower the host's letters.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if len(text) > MAX_PARSED:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in find_urls(text):
        pieces += [text[position:start], _bare(text[start:end])]
        position = end
    return "".join([*pieces, text[position:]])


def _bare(url: str) -> str:
    rest = url.partition("://")[2] if "://" in url else url
    host, slash, path = rest.partition("/")
    return (host.lower() + slash + path).removesuffix("/")


def _weight_with_emoji(text: str) -> int:
    plain, emoji = _EMOJI.subn("", text)
    return emoji * EMOJI_WEIGHT + _weight(plain)


def _weight(text: str) -> int:
    return sum(1 if any(low <= ord(char) <= high for low, high in LIGHT_RANGES) else 2 for char in text)
