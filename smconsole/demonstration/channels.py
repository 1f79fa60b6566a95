"""Channels on their way, stopped and closed, and accounts that pretend: what the board and the log show first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts import logins
from accounts.models import Application, Channel, Team, User
from accounts.opening import open_channel
from accounts.provisioning import applying, impersonation, life, signing
from accounts.provisioning.applying import Answers
from smconsole.demonstration.simulation import Simulation

DAY = timedelta(days=1)
People, Teams = Mapping[str, User], Mapping[str, Team]

# Who signed which gate of Victoria's, how many days ago, and on what.
SIGNED = (
    ("need", "manager", 12, "Minutes of the ward panel of the autumn, item 4. The borough’s channel reaches few here."),
    ("owner", "manager", 11, "HR confirms the posting; deputy and mentor have agreed."),
    ("owner_dmc", "editor", 10, "Spoke to all three. The DMC’s lead is the duty editor."),
    ("records", "compliance", 8, "Entry 311 of the information asset register; seven years; privacy notice read."),
)


def lead(people: People, teams: Teams, simulation: Simulation, *, now: datetime) -> None:
    """Through the verbs, at the moments at which it happened."""
    _on_its_way(people, teams, simulation, now)
    _just_asked(people, teams, now)
    _stopped_and_closed(people, teams, now)
    _pretending(people, now)


def _on_its_way(people: People, teams: Teams, simulation: Simulation, now: datetime) -> None:
    """Victoria: granted, connected, its profile not right yet; security, training and practice are still to sign."""
    said = _answers(
        people, "MPSVictoria", "Victoria Police", owner="victoria", audience="Residents and shops of Victoria ward",
        asked="At the autumn panel: to hear what is done about parcels taken from doorsteps.",
        why_here="The borough’s channel speaks for 21 wards. Met Engage reaches 340 people here, most of them over 60.",
    )  # fmt: skip
    asked = _ask(teams["E05009386"], said, people["inspector"], now - 14 * DAY)
    for seat, who, days, words in SIGNED:
        signing.sign(application=asked, seat=seat, evidence=words, by=people[who], now=now - days * DAY)
    channel = Channel.objects.get(pk=asked.channel_id)
    identity = simulation.open_account(network="x", handle=channel.handle, name="Victoria Ward Team")
    login = simulation.credentials(network="x", account=identity.external_id)
    logins.keep_credentials(
        channel=channel, identity=identity, credentials=login, by=people["administrator"], now=now - 3 * DAY
    )


def _just_asked(people: People, teams: Teams, now: datetime) -> None:
    """Hoxton: waits for the borough's commander; and one that came back with a question."""
    said = _answers(
        people, "MPSHoxton", "Hoxton East & Shoreditch Police", owner="trusted",
        audience="Residents, and people who come for the evening",
        asked="Night-time noise and bag theft; neighbours want to know what the late patrols find.",
        why_here="Most who are concerned live elsewhere and read no borough channel.",
    )  # fmt: skip
    asked = _ask(teams["E05009377"], said, people["inspector"], now - 2 * DAY)
    page = _answers(
        people, "MPSKingsPark", "King's Park Police", owner="kingspark", audience="Parents at the school gates",
        asked="A place to ask.", why_here="They use Facebook.",
    )  # fmt: skip
    returned = _ask(teams["E05009379"], page, people["inspector"], now - 5 * DAY, network="facebook")
    signing.send_back(
        application=returned, seat="need", by=people["manager"], now=now - 4 * DAY,
        reason="Who asked for it, and when? And who answers there at the weekend?",
    )  # fmt: skip
    assert asked.channel_id != returned.channel_id


def _stopped_and_closed(people: People, teams: Teams, now: datetime) -> None:
    stopped = Channel.objects.get(handle="MPSStonebridge")
    life.suspend(
        channel=stopped, reason="Its sergeant left at short notice; a deputy is being found.",
        by=people["administrator"], now=now - 2 * DAY,
    )  # fmt: skip
    then = now - 75 * DAY
    facts = {"network": "x", "handle": "MPSQueensParkB", "name": "Queens Park Police"}
    closed = open_channel(team=teams["E05013507"], **facts, by=None, now=now - 110 * DAY)
    life.start_closing(
        channel=closed, new_home="@MPSKilburn", reason="Merged with the neighbouring ward.",
        by=people["administrator"], now=then,
    )  # fmt: skip
    life.close_due(now=then + life.REDIRECT)


def _pretending(people: People, now: datetime) -> None:
    admin = people["administrator"]
    fake = impersonation.report(
        network="x", handle="MPSH0merton", kind="pretends", risky=True, by=people["sergeant"], now=now - 3 * DAY,
        seen="It asks neighbours to pay a fine by gift card, with our picture.",
    )  # fmt: skip
    impersonation.add_step(
        matter=fake, kind="reported", words="Reported to X as impersonation.", by=admin, now=now - 3 * DAY
    )
    parody = impersonation.report(
        network="x", handle="MPSPigeonPatrol", kind="parody", by=people["contributor"], now=now - 20 * DAY,
        seen="Pictures of pigeons in helmets. Its bio says that it is a joke.",
    )  # fmt: skip
    impersonation.close(matter=parody, outcome="left_alone", words="Clearly a joke.", by=admin, now=now - 19 * DAY)


def _answers(
    people: People, handle: str, name: str, *, owner: str, audience: str, asked: str, why_here: str
) -> Answers:
    return Answers(
        handle=handle, name=name, audience=audience, asked=asked, why_here=why_here, owner=people[owner],
        deputy=people["contributor"], mentor=people["mentor"], cover=people["contributor"],
    )  # fmt: skip


def _ask(team: Team, said: Answers, by: User, at: datetime, *, network: str = "x") -> Application:
    return applying.apply(team=team, network=network, answers=said, by=by, now=at)
