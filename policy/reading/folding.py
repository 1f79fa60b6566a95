"""Bring look-alike spellings to one spelling, and remember where each character came from.

Authors paste from anywhere: curly apostrophes, hard spaces, full-width digits, styled letters, Cyrillic letters that
look Latin, characters with no width. The rules read the folded text; what they report is in the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

# Beyond this no network takes the text (Facebook's limit), so LENGTH blocks it and the rest need not be read.
MAX_READ = 63_206
# So much is always read. What is longer is read whole only if it has few words (one word drawn out, a wall of plain
# emoji); of anything else the rest is not read and LENGTH blocks it, so that every check ends in time.
ALWAYS_READ = 12_000
_FEW_WORDS = 2_100

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
_FRACTION_SLASH = "\u2044"  # "½" is one word, not two figures
_UNFOLDED = {"…": "."}  # one stop ends a sentence as well as three
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
    parts = _UNFOLDED.get(character) or unicodedata.normalize("NFKD", character)
    if len(parts) > _MOST_PARTS or _FRACTION_SLASH in parts:
        return character
    return "".join(_fold_part(part) for part in parts)


def _fold_part(part: str) -> str:
    if unicodedata.category(part) in ("Cf", "Mn", "Me", "Cc"):
        return ""
    digit = unicodedata.decimal(part, None)
    if digit is not None:
        return str(digit)
    return _SPELT_OUT.get(part, part).translate(_LOOK_ALIKES)


def reach(original: str) -> int:
    """How many of its characters are read; where that is fewer than there are, nobody may rely on the rest.

    What folds to none or to several characters is looked at by itself, so each counts as a word.
    """
    if len(original) <= ALWAYS_READ:
        return len(original)
    read = original[:MAX_READ].translate(_ONE_FOR_ONE)
    one_too_many = next(islice(_COSTLY.finditer(read), _FEW_WORDS, None), None)
    return ALWAYS_READ if one_too_many else len(read)


def fold(original: str) -> tuple[str, Sequence[int]]:
    """Folded text and, for each of its characters, the index in the original. White space runs become one.
    All of it: who reads what anybody may send takes no more than `reach` of it.

    Characters that fold to one character are exchanged all at once; only the others are looked at one by one.
    """
    read = original.translate(_ONE_FOR_ONE)
    if not _UNEVEN.search(read):
        return read, range(len(read))
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for uneven in _UNEVEN.finditer(read):
        start, end = uneven.span()
        pieces.append(read[done:start])
        offsets.extend(range(done, start))
        run = uneven.group()
        if _OTHER in run:
            _add_uneven(original, start, end, pieces, offsets)
        else:
            pieces.append("\n" if "\n" in run else " ")
            offsets.append(start)
        done = end
    pieces.append(read[done:])
    offsets.extend(range(done, len(read)))
    return "".join(pieces), offsets


class _OneForOne(dict[int, str]):
    """What each character is read as, filled as characters are met; _OTHER where that is not one character."""

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        self[code] = folded = folded if len(folded) == 1 else _OTHER
        return folded


_OTHER = "\0"  # nothing is read as this: it is a control character
_ONE_FOR_ONE = _OneForOne()
_COSTLY = re.compile(r"[^\W_]++|\0")
_UNEVEN = re.compile(r"[ \n\0]{2,}|\0")


def _add_uneven(written: str, start: int, end: int, pieces: list[str], offsets: list[int]) -> None:
    """A run of white space and of characters that are read as none or several: the white space becomes one."""
    added: list[str] = []
    for position in range(start, end):
        folded = fold_character(written[position])
        if folded in (" ", "\n") and added and added[-1] in (" ", "\n"):
            if folded == "\n":
                added[-1] = folded
        elif folded:
            added.append(folded)
            offsets.extend([position] * len(folded))
    pieces.extend(added)
