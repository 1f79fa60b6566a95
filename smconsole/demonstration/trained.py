"""Who is trained: nearly everybody, one soon due, one lapsed; a test that was passed, and a workshop to sign up for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from random import Random

from accounts.channels import AUTHORS
from accounts.models import Completion, Part, Team, User
from accounts.models.people import LONDON
from accounts.training import records, scenarios, workshops
from smconsole.demonstration import cast

DAY = timedelta(days=1)
# Days since each author's training, where it was not two hundred: one has lapsed, one will within two weeks.
AGO = {"brockley": 367, "kilburn": 353}
AGENDA = "Pictures: who is in the background?\nVictims: what points to somebody\nTen of your own updates, read together"


def train(people: Mapping[str, User], teams: Mapping[str, Team], *, now: datetime) -> None:
    admin = people["administrator"]
    for person in cast.PEOPLE:
        if person.role in AUTHORS:
            _bring(people[person.username], AGO.get(person.username, 200), admin, now)
    _sit(people["sergeant"], now - 100 * DAY)
    tuesday = now.date() + timedelta(days=7 + (1 - now.weekday()) % 7)
    begins = datetime.combine(tuesday, time(10), LONDON)
    planned = workshops.plan(
        title="Pictures, people and plates", team=teams["MPS"], starts_at=begins, place="Training room 2, Hendon",
        capacity=12, agenda=AGENDA, by=admin, now=now - 6 * DAY,
    )  # fmt: skip
    for name in ("brockley", "contributor"):
        workshops.book(workshop=planned, by=people[name], now=now - 2 * DAY)


def _bring(user: User, ago: int, by: User, now: datetime) -> None:
    """From before this console, as a file would bring it in."""
    on = records.london_day(now) - ago * DAY
    for part in Part.values:
        records.keep(user=user, part=part, on=on, origin=Completion.Origin.FILE, by=by, now=now - 110 * DAY)


def _sit(user: User, at: datetime) -> None:
    """All right but one."""
    sitting = scenarios.begin(by=user, now=at, chance=Random(7))  # noqa: S311  the same test in each demonstration
    while sitting.at is not None:
        asked = sitting.questions[sitting.at]
        given = asked["right"] if sitting.at else (asked["right"] + 1) % len(asked["answers"])
        sitting = scenarios.answer(sitting=sitting, place=sitting.at, given=given, by=user, now=at)
