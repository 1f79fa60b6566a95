"""Builds the demonstration's force: places, people, channels connected to the sandbox, the register."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from accounts import appointing, connecting, logins, rights
from accounts.models import Channel, Role, Stage, Team, User
from policy import registers
from smconsole.demonstration import cast, channels, departing, policies, trained
from smconsole.demonstration.simulation import Simulation


def build(simulation: Simulation, *, now: datetime) -> None:
    teams = _teams()
    people = _people(teams, now)
    admin = people["administrator"]
    for voice in cast.VOICES:
        _voice(voice, teams[voice.team], simulation, by=admin, now=now)
    for user in people.values():
        rights.sync(user, now=now)
    _register(admin, now)
    channels.lead(people, teams, simulation, now=now)
    policies.publish(people, now=now)
    trained.train(people, teams, now=now)
    policies.mark_times(people, teams, now=now)
    departing.prepare(people, teams, now=now)


def logins_to_print() -> list[dict[str, str]]:
    """What the demonstration prints: [{"role", "username", "password"}]."""
    names = dict(Role.choices)
    teams = {place.code: place.name for place in cast.PLACES} | {"MPS": "the force"}
    return [
        {
            "role": f"{names[person.role]}, {teams[person.team]}",
            "username": person.username,
            "password": cast.PASSWORD,
        }
        for person in cast.PEOPLE
    ]


def _teams() -> dict[str, Team]:
    force, _ = Team.objects.get_or_create(code="MPS", defaults={"kind": Team.Kind.FORCE, "name": settings.FORCE_NAME})
    teams = {"MPS": force}
    for place in cast.PLACES:
        facts = {"kind": place.kind, "name": place.name, "parent": teams[place.parent]}
        teams[place.code], _ = Team.objects.get_or_create(code=place.code, defaults=facts)
    return teams


def _people(teams: dict[str, Team], now: datetime) -> dict[str, User]:
    # One hash for all: they share a password, and hashing is slow by design.
    password = make_password(cast.PASSWORD)
    people: dict[str, User] = {}
    for person in cast.PEOPLE:
        people[person.username] = User.objects.create(
            username=person.username,
            password=password,
            rank=person.rank,
            first_name=person.first,
            last_name=person.last,
            email=f"{person.username}@demonstration.invalid",
        )
    # The administrator comes first, by nobody's hand: somebody has to appoint the others.
    for person in sorted(cast.PEOPLE, key=lambda person: person.role != Role.DMC_ADMIN):
        appointing.appoint(
            user=people[person.username],
            role=person.role,
            team=teams[person.team],
            starts_on=(now - timedelta(days=cast.HELD_FOR.get(person.username, 120))).date(),
            stage=person.stage,
            by=None if person.role == Role.DMC_ADMIN or Stage(person.stage).is_trusted else people["administrator"],
            now=now,
        )
    return people


def _voice(voice: cast.Voice, team: Team, simulation: Simulation, *, by: User, now: datetime) -> Channel:
    channel = connecting.open_channel(
        team=team, network=voice.network, handle=voice.handle, name=voice.name, by=by, now=now
    )
    identity = simulation.open_account(network=voice.network, handle=voice.handle, name=voice.name)
    if voice.connected:
        credentials = simulation.credentials(network=voice.network, account=identity.external_id)
        logins.keep_credentials(channel=channel, identity=identity, credentials=credentials, by=by, now=now)
    return channel


def _register(by: User, now: datetime) -> None:
    """The registers were begun long before the story: its first posts are already judged by them."""
    then = now - timedelta(days=120)
    for line in cast.REGISTERS:
        ends_on = (now + timedelta(days=line.days)).date() if line.days else None
        registers.add(
            kind=line.kind, value=line.value, note=line.note, reference=line.reference, ends_on=ends_on, by=by, now=then
        )
