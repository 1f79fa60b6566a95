"""Whose training stands and until when. Reads only.

Gate 3 of domain.md C.1: four parts of e-learning, a workshop and the scenario test, each lasting twelve months. The
rule binds everybody whose training stood once, and everybody at all from `TRAINING_REQUIRED_SINCE` on: so a force can
begin with authors who were trained elsewhere and bring their records in first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Max, QuerySet

from accounts.models import Completion, Part, Stage, User
from accounts.models.people import LONDON
from accounts.statements import Question, Rows, Value

# Days before the end from which it is called due.
DUE = 30


@dataclass(frozen=True)
class Standing:
    """How one person stands. parts: each with the last day on which it counts, or counted; None: never done.

    required: whether this person is held to it.
    """

    parts: Mapping[str, date | None]
    today: date
    required: bool

    @property
    def until(self) -> date | None:
        """The last day on which all of it counts or counted; None while a part was never done."""
        lasts = [last for last in self.parts.values() if last is not None]
        return min(lasts) if len(lasts) == len(self.parts) else None

    @property
    def stands(self) -> bool:
        return self.until is not None and self.until >= self.today

    @property
    def lapsed(self) -> bool:
        """It stood once, and does no more."""
        return self.until is not None and not self.stands

    @property
    def due(self) -> bool:
        return self.stands and self.left is not None and self.left <= DUE

    @property
    def left(self) -> int | None:
        """Days up to its last one; below zero once it has lapsed."""
        return (self.until - self.today).days if self.until is not None else None

    @property
    def holds_back(self) -> bool:
        """Whether an author's plain posts go back to a reader for want of it."""
        return self.required and not self.stands

    @property
    def lacking(self) -> list[Part]:
        return [Part(part) for part, last in self.parts.items() if last is None or last < self.today]

    @property
    def reasons(self) -> list[str]:
        """What stands in the way, in sentences."""
        return [_sentence(part, self.parts[part]) for part in self.lacking]

    @property
    def rows(self) -> list[tuple[Part, date | None, bool]]:
        """Each part, its last day, and whether it counts today."""
        return [(Part(part), last, last is not None and last >= self.today) for part, last in self.parts.items()]


def qualified(user: User, now: datetime) -> Standing:
    """How this person's training stands at `now`. One query."""
    return on_day(_parts(question(user).answer()), now.astimezone(LONDON).date())


def question(user: User) -> Question:
    """What `qualified` asks."""
    return _OF_ONE.of(user=user.pk)


def standings(people: Iterable[int], *, now: datetime) -> dict[int, Standing]:
    """By key of the person. One query, however many they are."""
    today = now.astimezone(LONDON).date()
    return {key: on_day(parts, today) for key, parts in last_days(people).items()}


def last_days(people: Iterable[int]) -> dict[int, Mapping[str, date | None]]:
    """By key of the person: each part with the last day on which it counts, None where it was never done. One query."""
    keys = list(people)
    of_these = counting() if len(keys) > 500 else counting().filter(user__in=keys)
    found: dict[int, list[tuple[str, date]]] = {key: [] for key in keys}
    for user, part, last in of_these.order_by().values_list("user", "part").annotate(Max("until")):
        if user in found:
            found[user].append((part, last))
    return {key: _parts(rows) for key, rows in found.items()}


def on_day(parts: Mapping[str, date | None], today: date) -> Standing:
    """How somebody with these parts stands on that London day."""
    since: date | None = settings.TRAINING_REQUIRED_SINCE
    stood_once = all(last is not None for last in parts.values())
    return Standing(parts, today, stood_once or (since is not None and since <= today))


def with_training(stage: Stage, user: User, now: datetime) -> Stage:
    """`stage`, or probation for a trusted author whose training does not stand. Asks nothing for the others."""
    if stage.is_trusted and qualified(user, now).holds_back:
        return Stage.PROBATION
    return stage


def counting() -> QuerySet[Completion]:
    return Completion.objects.filter(struck_at__isnull=True)


# Asked of every trusted author's post in its minute.
_OF_ONE = Rows(
    lambda: counting().filter(user=Value("user", User)).order_by().values_list("part").annotate(Max("until"))
)


def _parts(rows: Iterable[tuple[str, date]]) -> dict[str, date | None]:
    return dict.fromkeys(Part.values) | {part: last for part, last in rows if part in Part.values}


def _sentence(part: Part, last: date | None) -> str:
    if last is None:
        return f"{part.label}: not done yet."
    return f"{part.label}: ran out on {last.day} {last:%B %Y}."
