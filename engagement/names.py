"""What the names in a survey file stand for. Measures and spellings are rows; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from accounts import boroughs
from accounts.boroughs import BOROUGHS
from engagement.models import Measure, Spelling
from engagement.survey import Rejected, Row

LONDON = ""  # the code of London as a whole: figures without a team
_MARKS = str.maketrans(dict.fromkeys("\"'“”‘’„«»`", " "))


@dataclass(frozen=True)
class Names:
    """measures: plain name to code. boroughs: plain name to ONS code."""

    measures: dict[str, str]
    boroughs: dict[str, str]

    def place(self, row: Row) -> tuple[str, str] | Rejected:
        """The measure's code and the borough's, or why there are none, with the nearest name that is known."""
        measure = self.measures.get(plain(row.measure))
        if measure is None:
            near = _nearest(plain(row.measure), self.measures)
            return Rejected(row.line, f"“{row.measure[:80]}” is not a known measure.{near}", row.sheet)
        written = boroughs.plain(row.borough)
        if row.borough.strip("\"'“” ").casefold() in ("mps", "london"):
            return measure, LONDON
        borough = self.boroughs.get(written)
        if borough is None:
            return Rejected(row.line, _unknown(row.borough[:80], written, self.boroughs), row.sheet)
        return measure, borough


def known() -> Names:
    """Two queries."""
    measures = Measure.objects.order_by("-position").values_list("published_as", "name", "code")
    named = {plain(name): code for _, name, code in measures}
    named |= {plain(published): code for published, _, code in measures}
    spelt = dict(Spelling.objects.values_list("written", "team__code"))
    return Names(named, {**spelt, **boroughs.CODES})


def plain(measure: str) -> str:
    """A measure's name as any export spells it: quote marks lost, doubled or bent, capitals lost."""
    return " ".join(measure.translate(_MARKS).replace("&", " and ").casefold().split())


def _unknown(borough: str, written: str, among: Iterable[str]) -> str:
    if written == "london":
        return f"“{borough}” is another force's, and the survey leaves it out."
    close = get_close_matches(written, list(among), n=1, cutoff=0.5)
    name = next((name for name in BOROUGHS.values() if close and boroughs.plain(name) == close[0]), close and close[0])
    return f"“{borough}” is not a known borough.{f' Did the publisher mean “{name}”?' if name else ''}"


def _nearest(measure: str, among: Iterable[str]) -> str:
    close = get_close_matches(measure, list(among), n=1, cutoff=0.5)
    return f" Did the publisher mean “{close[0]}”?" if close else ""
