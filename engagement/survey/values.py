"""Dates and shares as files write them. A date's order and a share's scale are decided from the whole file.

The same few hundred days and shares stand in thousands of lines, so that what was read once is kept.

A quarter ends on the 30th or 31st, so that no date of the survey can be read both ways round: where day-first and
month-first dates stand in one file, somebody has mixed two, and the fewer are refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

DECIMALS = Decimal("0.0001")  # as many as are kept: a spreadsheet may turn 0.56 into 0.56000000000000005
FIRST_YEAR, LAST_YEAR = 1983, 2200  # the survey began in 1983
DAY_FIRST, MONTH_FIRST, ISO, NAMED, SERIAL = "day first", "month first", "ISO", "month in words", "day number"
PERCENT, PROPORTION = "percentages", "proportions"
_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
_PARTED = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})[-/]?([0-9]{2})[-/]?([0-9]{2})")
_NAMED = re.compile(r"([0-9]{1,2})[ -]([A-Za-z]{3,9})[ -]([0-9]{4}|[0-9]{2})")
_SERIAL = re.compile(r"[1-9][0-9]{4}")
_CLOCK = re.compile(r"[ T]00:00(:00(\.0+)?)?(Z|\+00:00)?$")
_NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{0,30})?|[.,][0-9]{1,30}")


@lru_cache(maxsize=2048)
def day(written: str) -> tuple[str, date]:
    """The order that a date is written in, and the date: a quarter's last day. Raises ValueError."""
    bare = _CLOCK.sub("", written.strip())
    if found := _PARTED.fullmatch(bare):
        first, second, year = int(found[1]), int(found[3]), _year(found[4])
        if 12 < second <= 31 and first <= 12:
            return MONTH_FIRST, _quarter_end(written, year, first, second)
        return DAY_FIRST, _quarter_end(written, year, second, first)
    if found := _ISO.fullmatch(bare):
        return ISO, _quarter_end(written, int(found[1]), int(found[2]), int(found[3]))
    if (found := _NAMED.fullmatch(bare)) and found[2][:3].casefold() in _MONTHS:
        return NAMED, _quarter_end(written, _year(found[3]), _MONTHS[found[2][:3].casefold()], int(found[1]))
    if _SERIAL.fullmatch(bare):
        counted = date(1899, 12, 30) + timedelta(days=int(bare))  # how a spreadsheet counts days
        return SERIAL, _quarter_end(written, counted.year, counted.month, counted.day)
    raise ValueError(f"“{_short(written)}” is not a date like 31/12/2023.")


def usual(orders: Iterable[str]) -> str:
    """Of day first and month first the one that most dates are written in; the others are named beside it."""
    counts = Counter(orders)
    return counts.most_common(1)[0][0] if counts else ""


def scale(written: str) -> str:
    return PERCENT if written.strip().endswith("%") else PROPORTION


@lru_cache(maxsize=2048)
def share(written: str) -> Decimal:
    """A proportion, or a percentage with its sign. Raises ValueError.

    A bare 56, or 6,0 that was once 0,6, is refused: nothing tells the one from the other, and guessing hides the error.
    """
    bare = written.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(bare):
        raise ValueError(f"“{_short(written)}” is not a number like 0,56 or 0.56.")
    number = Decimal(bare.replace(",", "."))
    if scale(written) == PERCENT:
        number /= 100
    if not 0 <= number <= 1:
        raise ValueError(f"“{_short(written)}” is not a proportion between 0 and 1; is it a percentage?")
    return number.quantize(DECIMALS)


def decimals(written: Iterable[str]) -> str:
    """ "comma", "point", both, or nothing when no number has decimals."""
    marks = {mark for number in written for mark in ".," if mark in number}
    return " and ".join(sorted({",": "comma", ".": "point"}[mark] for mark in marks))


def _year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _quarter_end(written: str, year: int, month: int, number: int) -> date:
    sound = 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR
    if not sound or month % 3 or number != monthrange(year, month)[1]:
        raise ValueError(f"“{_short(written)}” is not the last day of a quarter.")
    return date(year, month, number)


def _short(written: str) -> str:
    return written if len(written) <= 60 else f"{written[:59]}…"
