"""A force of invented wards in the real boroughs, with a channel on each network, and people who look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from accounts import rights
from accounts.boroughs import BOROUGHS, FORCE
from accounts.models import Appointment, Channel, Role, Stage, Team, User

FIRST = (
    "Abbey Bridge Castle Dene East Forest Grange Heath Kings Lower Mill North Old Park Queens River South Upper West"
)
SECOND = "Common Cross End Fields Gate Green Hill Lane Marsh Park Road Town Vale Wells Wood"
LOOKERS = {"scale-head": Role.HEAD, "scale-administrator": Role.DMC_ADMIN, "scale-mentor": Role.MENTOR}


@dataclass(frozen=True)
class Force:
    """wards: with (author, X channel, Facebook channel), as keys."""

    wards: tuple[tuple[Team, User, int, int], ...]


def build(*, channels: int, now: datetime) -> Force:
    """Half as many wards as channels, spread evenly over the boroughs. Nobody here has a password that works."""
    force = Team.objects.create(kind=Team.Kind.FORCE, code=FORCE, name=settings.FORCE_NAME)
    boroughs = Team.objects.bulk_create(
        Team(kind=Team.Kind.BOROUGH, code=code, name=name, parent=force) for code, name in BOROUGHS.items()
    )
    wards = Team.objects.bulk_create(_ward(number, boroughs) for number in range(max(1, channels // 2)))
    authors = User.objects.bulk_create(_sergeant(number) for number in range(len(wards)))
    made = Channel.objects.bulk_create(
        _channel(network, number, ward, now) for network in Channel.Network for number, ward in enumerate(wards)
    )
    _appoint(force, boroughs[0], wards, authors, now=now)
    x, facebook = made[: len(wards)], made[len(wards) :]
    return Force(tuple((w, a, i.pk, j.pk) for w, a, i, j in zip(wards, authors, x, facebook, strict=True)))


def _ward(number: int, boroughs: list[Team]) -> Team:
    first, second = FIRST.split(), SECOND.split()
    name = f"{first[number % len(first)]} {second[number // len(first) % len(second)]}"
    twin = number // (len(first) * len(second))
    borough = boroughs[number % len(boroughs)]
    # E0599…: no ward of the Office for National Statistics is called so.
    return Team(
        kind=Team.Kind.WARD, code=f"E0599{number:04d}", name=f"{name} {twin + 1}" if twin else name, parent=borough
    )


def _sergeant(number: int) -> User:
    person = User(username=f"scale-{number:04d}", rank="Sgt", first_name="Sam", last_name=f"Number {number}")
    person.set_unusable_password()
    return person


def _channel(network: str, number: int, ward: Team, now: datetime) -> Channel:
    return Channel(
        network=network,
        team=ward,
        handle=f"Scale{number:04d}",
        name=f"{ward.name} Police",
        external_id=f"9{number:017d}",
        state=Channel.State.LIVE,
        verified_at=now,
        created_at=now,
    )


def _appoint(force: Team, borough: Team, wards: list[Team], authors: list[User], *, now: datetime) -> None:
    lookers = [User(username=name, first_name="Scale", last_name=role.label) for name, role in LOOKERS.items()]
    lookers.append(User(username="scale-manager", first_name="Scale", last_name="Manager"))
    for person in lookers:
        person.set_unusable_password()
    User.objects.bulk_create(lookers)
    held = [(person, role, force) for person, role in zip(lookers, LOOKERS.values(), strict=False)]
    held.append((lookers[-1], Role.MANAGER, borough))
    held += [(author, Role.SERGEANT, ward) for author, ward in zip(authors, wards, strict=True)]
    day = now.date().replace(month=1, day=1)
    Appointment.objects.bulk_create(
        Appointment(user=user, role=role, team=team, stage=Stage.TRUSTED, starts_on=day, made_at=now)
        for user, role, team in held
    )
    rights.sync_people([user.pk for user, _, _ in held], now=now)
