"""Bring look-alike spellings to one spelling, and remember where each character came from.

Authors paste from anywhere: curly apostrophes, hard spaces, full-width digits, styled letters, Cyrillic letters that
look Latin, characters with no width. The rules read the folded text; what they report is in the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Beyond this no network takes the text (Facebook's limit), so LENGTH blocks it and the rest need not be read.
MAX_READ = 63_206

_PLAIN = re.compile(r"[!-_a-~]+")  # printable ASCII but the backtick, which people type for an apostrophe

# Letters that do not decompose to ASCII under NFKD yet are read as ASCII by people.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЗаеѕіјорсухԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρτυϲŁłĐđØøıȷƁƊƘƙƤƦꜱʀɴʏʟɪʜɢʙᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢ‘’‚‛′`´ʼʹ＇“”„‟″‐‑‒–—―−⁃",
    "ABESIJKMHOPCTYX3aesijopcyxdqwhl"
    "ABEZHIKMNOPTYXovptuc"
    "LlDdOoijBDKkPRsrnylihgbacdejkmoptuvwz"
    "''''''''''\"\"\"\"\"--------",
)
_SPELT_OUT = {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"}
# Characters with no width that are not in category Cf or Mn: Hangul and Khmer fillers.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800")
_MOST_PARTS = 4  # a few ligatures stand for whole sentences; a text of them must not grow
_BREAKS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """What one character is read as: "" when it cannot be seen, " " or "\\n" for any white space."""
    if character in _BREAKS:
        return "\n"
    if character.isspace():
        return " "
    if character in _FILLERS:
        return ""
    parts = unicodedata.normalize("NFKD", character)
    if len(parts) > _MOST_PARTS:
        return character
    return "".join(_fold_part(part) for part in parts)


def _fold_part(part: str) -> str:
    if unicodedata.category(part) in ("Cf", "Mn", "Me", "Cc"):
        return ""
    digit = unicodedata.decimal(part, None)
    if digit is not None:
        return str(digit)
    return _SPELT_OUT.get(part, part).translate(_LOOK_ALIKES)


def fold(original: str) -> tuple[str, list[int]]:
    """Folded text and, for each of its characters, the index in the original. White space runs become one."""
    pieces: list[str] = []
    offsets: list[int] = []
    position, stop = 0, min(len(original), MAX_READ)
    while position < stop:
        run = _PLAIN.match(original, position, stop)
        if run:
            pieces.append(run.group())
            offsets.extend(range(position, run.end()))
            position = run.end()
            continue
        _add_folded(original[position], position, pieces, offsets)
        position += 1
    return "".join(pieces), offsets


def _add_folded(character: str, position: int, pieces: list[str], offsets: list[int]) -> None:
    folded = fold_character(character)
    if folded in (" ", "\n") and pieces and pieces[-1] in (" ", "\n"):
        if folded == "\n":
            pieces[-1] = folded
        return
    if folded:
        pieces.append(folded)
        offsets.extend([position] * len(folded))
