"""An application gate by gate, as its page shows it to one person. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Application, Channel, Signature, User, Waiting
from accounts.provisioning import signing, waiting
from accounts.provisioning.evidence import Known, Part, known, missing
from accounts.provisioning.gates import APPLICANT, TABLE, Gate, Seat

Decision = Signature.Decision


@dataclass(frozen=True)
class Place:
    """One seat of a gate. obstacle: why this person may not sign here, in words; empty when they may. instead: who may,
    for somebody who holds the office."""

    seat: Seat
    signature: Signature | None
    waits: Waiting | None
    obstacle: str
    instead: str

    @property
    def is_mine(self) -> bool:
        return self.waits is not None and not self.obstacle

    @property
    def is_signed(self) -> bool:
        return self.signature is not None and self.signature.decision == Decision.SIGNED

    @property
    def is_returned(self) -> bool:
        return self.signature is not None and self.signature.decision == Decision.RETURNED


@dataclass(frozen=True)
class Step:
    """One gate. facts: what the console knows of it and who signs instead of this person, none once it is passed."""

    gate: Gate
    places: list[Place]
    facts: list[Known]

    @property
    def is_passed(self) -> bool:
        return all(place.is_signed for place in self.places)

    @property
    def is_mine(self) -> bool:
        return any(place.is_mine for place in self.places)

    @property
    def is_open(self) -> bool:
        return any(place.waits for place in self.places)

    @property
    def missing(self) -> list[str]:
        return missing(self.facts)


def steps(application: Application, user: User, parts: Sequence[Part], *, now: datetime) -> list[Step]:
    """The eight gates in order."""
    stands = waiting.standing(application)
    waits = {row.seat: row for row in application.waiting.all()}
    open_now = application.channel.life in Channel.BEFORE_LAUNCH
    found = []
    for gate in TABLE:
        places = [_place(application, seat, stands, waits, user, open_now) for seat in gate.seats]
        facts = known(application, gate.number, parts, now=now) if any(place.waits for place in places) else []
        facts += [Known(place.instead) for place in places if place.instead and len(places) == 1]
        found.append(Step(gate, places, facts))
    return found


def _place(
    application: Application,
    seat: Seat,
    stands: dict[str, Signature],
    waits: dict[str, Waiting],
    user: User,
    open_now: bool,
) -> Place:
    row = waits.get(seat.key) if open_now else None
    found = signing.obstacle(user, application, seat, stands) if row else None
    return Place(seat, stands.get(seat.key), row, found.words if found else "", found.instead if found else "")


def headline(application: Application, found: Sequence[Step], user: User) -> str:
    """The answer of the page, in words."""
    channel = application.channel
    if channel.life not in Channel.BEFORE_LAUNCH:
        return f"{channel.public_name} is {channel.get_life_display().lower()}"
    if application.waiting.filter(seat=APPLICANT).exists():
        return f"{channel.public_name} came back with a question"
    if any(step.is_mine for step in found):
        return f"{channel.public_name} waits for you"
    passed = sum(step.is_passed for step in found)
    return f"{channel.public_name} has passed {passed} of {len(found)} gates"
