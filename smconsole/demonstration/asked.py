"""What the invented residents asked for, ward by ward. Every word is made for the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from accounts import priorities
from accounts.models import Priority, Team, User


class Asked(NamedTuple):
    """One priority. key: how a text names it. days: how long ago it was set; steps: (kind, days ago, words)."""

    key: str
    ward: str
    days: int
    words: str
    steps: tuple[tuple[str, int, str], ...] = ()
    closed: int | None = None


ASKED = [
    Asked(
        "mopeds",
        "E05009376",
        75,
        "Mopeds on the footpaths of the estate",
        (
            ("action", 31, "Walked the estate with the housing team and agreed two barriers."),
            ("result", 9, "Both barriers are in. No report of a moped on the paths in the week since."),
        ),
    ),
    Asked(
        "bikes",
        "E05009376",
        75,
        "Bike theft by the station",
        (("action", 27, "Marked 31 bikes at the library and gave out locks."),),
    ),
    Asked(
        "lamps",
        "E05009376",
        75,
        "Lighting on the green",
        (("action", 20, "Night walk with neighbours; the council ordered four lamps."),),
    ),
    Asked("market", "E05009376", 160, "Noise after the market closes", (("action", 120, "Spoke to traders."),), 76),
    Asked(
        "towpath",
        "E05009374",
        60,
        "Feeling safe on the towpath",
        (
            ("action", 19, "Two bicycle patrols a day, morning and evening."),
            ("result", 8, "42 rides in a month. Residents ask most about lights: raised with the council."),
        ),
    ),
    Asked("stadium", "E05009374", 60, "Crowds after events at the stadium"),
    Asked(
        "shops",
        "E05013503",
        50,
        "A quicker way for shops to reach us",
        (
            ("action", 29, "A weekly walk-in hour for shopkeepers."),
            ("result", 15, "Nine visits in two weeks, and a broken shutter mended the same day."),
        ),
    ),
    Asked("crossing", "E05013503", 50, "Speeding by the school", (("action", 4, "At the junction every morning."),)),
    Asked("parcels", "E05013716", 45, "Parcels taken from doorsteps", (("action", 28, "A shop keeps parcels."),)),
]


def write(people: Mapping[str, User], *, now: datetime) -> dict[str, Priority]:
    """Every priority as it stands today, by key."""
    by, teams = people["editor"], {team.code: team for team in Team.objects.all()}
    return {asked.key: _write(asked, teams[asked.ward], by, now) for asked in ASKED}


def _write(asked: Asked, team: Team, by: User, now: datetime) -> Priority:
    then = now - timedelta(days=asked.days)
    made = priorities.set_priority(
        team=team, words=asked.words, set_on=then.date(), source="Ward panel", by=by, now=then
    )
    for kind, days, words in asked.steps:
        at = now - timedelta(days=days)
        priorities.add_step(priority=made, kind=kind, words=words, on=at.date(), by=by, now=at)
    if asked.closed is not None:
        at = now - timedelta(days=asked.closed)
        priorities.close(priority=made, ending=Priority.Ending.DONE, on=at.date(), by=by, now=at)
    return made
