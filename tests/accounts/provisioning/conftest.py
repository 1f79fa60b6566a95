"""People who sign, and an application at any gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest

from accounts import rights
from accounts.models import Application, Appointment, Channel, Role, Team, User
from accounts.provisioning import applying, signing
from accounts.provisioning.applying import Answers
from accounts.provisioning.evidence import Part
from accounts.provisioning.gates import TABLE
from tests.conftest import MONDAY, Cast


@dataclass(frozen=True)
class Office:
    """Who stands on the way to a channel. ines: information security; bo: the inspector who asks; abe: a second
    administrator; wyn: the sergeant-to-be of Hackney Wick."""

    cast: Cast
    ines: User
    bo: User
    abe: User
    wyn: User

    def answers(self, **change: Any) -> Answers:
        said = Answers(
            handle="MPSHackneyWick", name="Hackney Wick Police", audience="Residents of Hackney Wick",
            asked="To hear what we do about the towpath.", why_here="One in five reads the borough’s channel.",
            owner=self.wyn, deputy=self.cast.con, mentor=self.cast.rex, cover=self.cast.con,
        )  # fmt: skip
        return replace(said, **change)

    def apply(
        self, *, team: Team | None = None, by: User | None = None, now: datetime = MONDAY, **change: Any
    ) -> Application:
        return applying.apply(
            team=team or self.cast.wick, network=change.pop("network", "x"), answers=self.answers(**change),
            by=by or self.bo, now=now,
        )  # fmt: skip

    def signatory(self, seat: str) -> User:
        cast = self.cast
        return {
            "need": cast.olu, "owner": cast.olu, "owner_dmc": cast.dee, "training": cast.sam, "practice": cast.rex,
            "identity": cast.sam, "security": self.ines, "records": cast.cora, "launch": cast.hana,
        }[seat]  # fmt: skip

    def sign(
        self, application: Application, seat: str, *, parts: tuple[Part, ...] = (), now: datetime = MONDAY
    ) -> None:
        signing.sign(
            application=application, seat=seat, evidence="Seen.", parts=parts, by=self.signatory(seat), now=now
        )

    def sign_through(self, application: Application, last: int) -> Channel:
        """Every gate up to and with `last`."""
        for gate in TABLE:
            for seat in gate.seats if gate.number <= last else ():
                self.sign(application, seat.key)
        return Channel.objects.get(pk=application.channel_id)


PEOPLE = {
    "ines": ("Ines", "Varga", "", Role.INFOSEC, "force"),
    "bo": ("Bo", "Sandell", "Insp", Role.MANAGER, "hackney"),
    "abe": ("Abe", "Kerrigan", "", Role.DMC_ADMIN, "force"),
    "wyn": ("Wyn", "Castell", "Sgt", Role.SERGEANT, "wick"),
}


@pytest.fixture
def office(cast: Cast, now: datetime) -> Office:
    made = {}
    for name, (first, last, rank, role, team) in PEOPLE.items():
        made[name] = User.objects.create(username=name, first_name=first, last_name=last, rank=rank)
        Appointment.objects.create(
            user=made[name], role=role, team=getattr(cast, team), starts_on=date(2026, 1, 5), made_at=now
        )
    rights.sync_people([user.pk for user in made.values()], now=now)
    return Office(cast, **made)


ClientFor = Callable[[User], Any]
