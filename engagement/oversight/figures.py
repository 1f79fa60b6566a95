"""What a figure is, what it is counted over, and the book of all of them.

A figure has a name for ever, a definition that a reader can hold it against, and one function that makes it. What the
console does not hold has an entry as well, which says so: a gap is told, never left out and never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import Team
from engagement import periods

Row = tuple[str, float | str | None]


@dataclass(frozen=True)
class Scope:
    """Which teams, from when to when. teams: keys of the area and all below it. until: the first moment after it."""

    team: Team
    teams: tuple[int, ...]
    wards: tuple[int, ...]
    first: date
    last: date

    @property
    def since(self) -> datetime:
        return periods.midnight(self.first)

    @property
    def until(self) -> datetime:
        return periods.midnight(self.last + timedelta(days=1))

    @property
    def end(self) -> datetime:
        """The last moment that belongs to it."""
        return self.until - timedelta(seconds=1)


@dataclass(frozen=True)
class Answer:
    """value None with `why`: not measured. words: the figure as a reader reads it; rows: what it is made of."""

    value: float | None = None
    words: str = ""
    rows: Sequence[Row] = ()
    why: str = ""


@dataclass(frozen=True)
class Figure:
    """standing: as things stood when the report was made, so there is nothing to hold it against."""

    key: str
    group: str
    title: str
    definition: str
    make: Callable[[Scope], Answer] = field(repr=False)
    standing: bool = False

    @property
    def source(self) -> str:
        """The function that makes it."""
        return f"{self.make.__module__}.{self.make.__qualname__}"


Book = list[Figure]
Maker = Callable[[Scope], Answer]


def chapter(book: Book, group: str) -> Callable[..., Callable[[Maker], Maker]]:
    """A decorator that enters a function into `book` as the maker of a figure of this group."""

    def figure(key: str, title: str, definition: str, *, standing: bool = False) -> Callable[[Maker], Maker]:
        def enter(make: Maker) -> Maker:
            book.append(Figure(key, group, title, definition, make, standing))
            return make

        return enter

    return figure


def of_all(part: int, whole: int) -> Answer:
    """ "3 of 4". Nothing to count is no zero."""
    if not whole:
        return Answer(why="There was nothing to count.")
    return Answer(part / whole, f"{part:,} of {whole:,}")
